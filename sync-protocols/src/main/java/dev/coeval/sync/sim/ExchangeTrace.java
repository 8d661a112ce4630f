package dev.coeval.sync.sim;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import java.time.Duration;
import java.util.Objects;

/**
 * The exchanges of one client with one server that tells the true time, without machines, sockets
 * or a queue of events: what estimators are compared on, as the very same exchanges can be made
 * again for each.
 *
 * <p>An exchange is begun every so often; its request and its reply are delayed, or lost, by a
 * {@link LinkModel} each, of which delay, loss and rule count; duplicates and the other mishaps
 * belong to a network, not to exchanges that were matched. A slow reply puts off the next request.
 * The client's ticks come from an {@link OscillatorModel}; as offsets are against ticks, its wall
 * clock plays no part.
 *
 * <p>Between two exchanges the truth may be asked for, in the order of time. One seed gives one
 * trace, on every machine. Not thread-safe.
 */
public final class ExchangeTrace {
  private static final long START_NANOS = 1_700_000_000L * 1_000_000_000L;
  private static final PeerId SERVER = PeerId.simulated(1);

  private final Oscillator oscillator;
  private final Way forward;
  private final Way backward;
  private long pollNanos;
  private long sentNanos;
  private long nowNanos = START_NANOS;

  /**
   * The links of both directions.
   *
   * @param forward requests take this one
   * @param backward replies take this one
   */
  public record Path(LinkModel forward, LinkModel backward) {

    /**
     * Checks that there are both.
     *
     * @param forward as above
     * @param backward as above
     */
    public Path {
      Objects.requireNonNull(forward, "forward");
      Objects.requireNonNull(backward, "backward");
    }

    /**
     * A path whose two directions are alike.
     *
     * @param link both
     * @return the path
     */
    public static Path symmetric(LinkModel link) {
      return new Path(link, link);
    }
  }

  /**
   * A trace from its beginning.
   *
   * @param seed decides everything that is random
   * @param oscillator the client's
   * @param path what delays and loses datagrams
   * @param poll from one request to the next, in true time
   * @throws IllegalArgumentException if the interval is not positive
   */
  public ExchangeTrace(long seed, OscillatorModel oscillator, Path path, Duration poll) {
    this.oscillator =
        new Oscillator(oscillator, SeededStream.of(seed, "oscillator"), START_NANOS, 0);
    this.forward = new Way(seed, "forward", path.forward());
    this.backward = new Way(seed, "backward", path.backward());
    setPoll(poll);
    this.sentNanos = START_NANOS - pollNanos;
  }

  /**
   * Exchanges are begun more or less often from the next one on.
   *
   * @param poll from one request to the next, in true time
   * @throws IllegalArgumentException if the interval is not positive
   */
  public void setPoll(Duration poll) {
    if (!(poll.toNanos() > 0)) {
      throw new IllegalArgumentException("interval is not positive: " + poll);
    }
    pollNanos = poll.toNanos();
  }

  /**
   * Nothing is asked for a while.
   *
   * @param silence by how much the next request is later than it would be; not negative
   * @throws IllegalArgumentException if it is negative
   */
  public void pause(Duration silence) {
    if (silence.isNegative()) {
      throw new IllegalArgumentException("silence is negative: " + silence);
    }
    sentNanos = Math.addExact(sentNanos, silence.toNanos());
  }

  /**
   * The next exchange that loses no datagram; those that do are passed over.
   *
   * @return its stamps, without any error of the server's
   */
  public Measurement next() {
    while (true) {
      sentNanos = Math.max(Math.addExact(sentNanos, pollNanos), nowNanos);
      long there = forward.delayNanos(sentNanos);
      long back = backward.delayNanos(Math.addExact(sentNanos, Math.max(there, 0)));
      if (there > 0 && back > 0) {
        long served = Math.addExact(sentNanos, there);
        long sentTick = oscillator.tickAt(sentNanos);
        nowNanos = Math.addExact(served, back);
        long receivedTick = oscillator.tickAt(nowNanos);
        return new Measurement(
            SERVER, sentTick, served, served, receivedTick, Measurement.Root.EXACT);
      }
    }
  }

  /**
   * The true time when the reply of the last exchange arrived, or for which the truth was asked
   * since.
   *
   * @return nanoseconds since the trace began
   */
  public long elapsedNanos() {
    return nowNanos - START_NANOS;
  }

  /**
   * When the next request is due: until then the truth may be asked for.
   *
   * @return nanoseconds since the trace began, true time
   */
  public long nextRequestNanos() {
    return Math.max(sentNanos + pollNanos, nowNanos) - START_NANOS;
  }

  /**
   * What the client's ticks read.
   *
   * @param elapsedNanos nanoseconds since the trace began, true time; not before {@link
   *     #elapsedNanos()}
   * @return the tick
   * @throws IllegalArgumentException if that has passed
   */
  public long tickAt(long elapsedNanos) {
    if (elapsedNanos < elapsedNanos()) {
      throw new IllegalArgumentException("has passed: " + elapsedNanos);
    }
    nowNanos = START_NANOS + elapsedNanos;
    return oscillator.tickAt(nowNanos);
  }

  /**
   * The true offset at the time that has been come to.
   *
   * @return true time minus local ticks, in nanoseconds
   */
  public long offsetNanos() {
    return nowNanos - oscillator.tickAt(nowNanos);
  }

  /**
   * The true rate at that time.
   *
   * @return by how much time runs faster than ticks, in seconds a second
   */
  public double frequency() {
    double fast = oscillator.frequencyAt(nowNanos);
    return -fast / (1 + fast);
  }

  /** One direction, with its draws. */
  private static final class Way {
    private final LinkModel model;
    private final DelayModel.Sampler delay;
    private final SeededStream lossStream;
    private final SeededStream ruleStream;
    private boolean bad;
    private long sent;

    Way(long seed, String name, LinkModel model) {
      this.model = model;
      this.delay = model.delay().sampler(SeededStream.of(seed, "delay " + name));
      this.lossStream = SeededStream.of(seed, "loss " + name);
      this.ruleStream = SeededStream.of(seed, "rule " + name);
    }

    /** How long a datagram takes, at least 1 ns; 0 if it gets lost. */
    long delayNanos(long trueNanos) {
      sent++;
      long drawn = delay.nextNanos();
      LinkModel.Passage passage =
          new LinkModel.Passage(sent, trueNanos - START_NANOS, drawn, ruleStream.source());
      long ruled =
          model.rule() == LinkModel.Rule.NONE
              ? Math.max(drawn, 1)
              : model.rule().delayNanos(passage);
      return isLost() ? 0 : Math.max(ruled, 0);
    }

    private boolean isLost() {
      LossModel loss = model.loss();
      bad = bad ? !lossStream.chance(loss.toGood()) : lossStream.chance(loss.toBad());
      return lossStream.chance(bad ? loss.lossWhenBad() : loss.lossWhenGood());
    }
  }
}
