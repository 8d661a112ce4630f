package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a server that tells the time unasked (RFC 5905 sections 8 and 9.2, mode 5).
 *
 * <p><b>Problem.</b> A broadcast was sent before it arrived, so the server's time is at least what
 * it says: one bound. How long it was on its way nothing in it tells: there is no other bound, and
 * who replays or holds back a broadcast holds back the time of all who listen.
 *
 * <p><b>Steps.</b>
 *
 * <ol>
 *   <li>First the server is asked, as a client asks, {@link #VOLLEY} times. The quickest exchange
 *       gives the delay, and an upper bound on the offset.
 *   <li>A broadcast then measures the offset as if it had taken half that delay.
 *   <li>What is claimed for it is certain: the broadcast bounds the offset from below; the volley
 *       bounds it from above, the worse the older it is, as the local oscillator drifts meanwhile.
 *       The measurement's root dispersion is widened until both ends are inside its bounds.
 *   <li>When the volley is an hour old, or four broadcasts in a row do not fit it, it is repeated.
 * </ol>
 *
 * <p><b>Attacks.</b> A broadcast must be sealed, unless told otherwise; not be sent before the last
 * one, so a replay is refused; come no sooner than half the interval that it names; and not
 * contradict the volley. One that was held back makes the bounds wide and not false.
 */
public final class BroadcastDialogue implements Dialogue {

  /** RFC 5905 section 10: as many exchanges as a clock filter holds. */
  public static final int VOLLEY = 8;

  /** At 100 ppm the bound is then a third of a second wide. */
  private static final long VOLLEY_AGE_NANOS = 3_600_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** 36 years: more is not computed with. */
  private static final double MAX_WIDTH_NANOS = 0x1p60;

  /** One broadcast may be held back or forged; so many in a row, and the server's time moved. */
  private static final int MAX_MISFITS = 4;

  private static final int MIN_POLL = -4;
  private static final int MAX_POLL = 17;

  private final DialogueConfig config;
  private final Envelope envelope;
  private final ClientDialogue volley;
  private @Nullable Measurement quickest; // of the volley that is going on
  private @Nullable Measurement learned; // of the last whole one
  private int exchanges;
  private int misfits;
  private long lastTransmit = NtpTimestamp.NONE;
  private long lastTick;

  private BroadcastDialogue(DialogueConfig config, RandomGenerator random) {
    this.config = config;
    this.envelope = new Envelope(config, NtpPacket.MODE_BROADCAST);
    Wire wire = config.wire().withInterleaved(false);
    this.volley =
        new ClientDialogue(
            new DialogueConfig(config.peer(), wire, config.keys(), config.check()), random);
  }

  /**
   * Listens to sealed broadcasts.
   *
   * @param config to whom, and with which key
   * @param random makes the random numbers of the volley's requests
   * @return a dialogue that has not begun
   * @throws IllegalArgumentException if there is no key
   */
  public static BroadcastDialogue sealed(DialogueConfig config, RandomGenerator random) {
    if (!config.wire().isSealed()) {
      throw new IllegalArgumentException("broadcasts from " + config.peer() + " need a key");
    }
    return new BroadcastDialogue(config, random);
  }

  /**
   * Listens to broadcasts whether or not there is a key: without one, whoever can write a datagram
   * with the server's address moves the estimate, within the bounds of the volley.
   *
   * @param config to whom
   * @param random makes the random numbers of the volley's requests
   * @return a dialogue that has not begun
   */
  public static BroadcastDialogue trusting(DialogueConfig config, RandomGenerator random) {
    return new BroadcastDialogue(config, random);
  }

  @Override
  public PeerId peer() {
    return config.peer();
  }

  @Override
  public boolean isAsking(long tickNanos) {
    return learned == null || tickNanos - learned.receivedTickNanos() > VOLLEY_AGE_NANOS;
  }

  @Override
  public ByteBuffer next(long sequence, ClockReading now) {
    return volley.next(sequence, now);
  }

  @Override
  public void sent(long sequence, ClockReading sent) {
    volley.sent(sequence, sent);
  }

  @Override
  public boolean isOpen() {
    return volley.isOpen();
  }

  @Override
  public void close() {
    volley.close();
  }

  @Override
  public void forget() {
    volley.forget();
    restart();
    lastTransmit = NtpTimestamp.NONE;
  }

  private void restart() {
    quickest = null;
    learned = null;
    exchanges = 0;
    misfits = 0;
  }

  @Override
  public Reply accept(ClockReading received, ByteBuffer datagram) {
    boolean isBroadcast =
        datagram.hasRemaining()
            && NtpCodec.mode(datagram.get(datagram.position())) == NtpPacket.MODE_BROADCAST;
    if (!isBroadcast) {
      Reply reply = volley.accept(received, datagram);
      if (reply instanceof Reply.Good good) {
        learn(good.measurement());
      }
      return reply;
    }
    Decoded<NtpPacket> opened = envelope.open(datagram);
    return opened instanceof Decoded.Value<NtpPacket> good
        ? listen(received, good.value())
        : new Reply.Stray(((Decoded.Refused<NtpPacket>) opened).reason());
  }

  private void learn(Measurement measurement) {
    if (quickest == null || measurement.delayNanos() <= quickest.delayNanos()) {
      quickest = measurement;
    }
    exchanges++;
    if (exchanges >= VOLLEY) {
      learned = quickest;
      quickest = null;
      exchanges = 0;
      lastTransmit = NtpTimestamp.NONE; // the server's clock may have been set back
    }
  }

  private Reply listen(ClockReading received, NtpPacket packet) {
    Rejection sequence = judgeSequence(received.tickNanos(), packet);
    if (sequence != null) {
      return new Reply.Stray(sequence);
    }
    Rejection header = ReplyCheck.judgeHeader(packet);
    if (header != null) {
      return new Reply.Refused(header, packet);
    }
    Measurement exchange = learned;
    if (exchange == null) {
      return new Reply.Heard(packet);
    }
    return measure(received, packet, exchange);
  }

  /** Tests 1 and 3, and that broadcasts come no sooner than they say. */
  private @Nullable Rejection judgeSequence(long tick, NtpPacket packet) {
    long transmit = packet.stamps().transmit();
    if (transmit == NtpTimestamp.NONE) {
      return Rejection.BAD_STAMPS;
    }
    if (lastTransmit == NtpTimestamp.NONE) {
      return null;
    }
    if (transmit == lastTransmit) {
      return Rejection.DUPLICATE;
    }
    if (NtpTimestamp.isBefore(transmit, lastTransmit)) {
      return Rejection.STALE;
    }
    int poll = Math.max(MIN_POLL, Math.min(MAX_POLL, packet.quality().poll()));
    long interval = poll < 0 ? NANOS_PER_SECOND >> -poll : NANOS_PER_SECOND << poll;
    return tick - lastTick < interval / 2 ? Rejection.RATE_LIMITED : null;
  }

  private Reply measure(ClockReading received, NtpPacket packet, Measurement exchange) {
    long tick = received.tickNanos();
    long pivot = ReplyCheck.pivot(received.wallEpochNanos());
    long sentEpoch = NtpTimestamp.toEpochNanos(packet.stamps().transmit(), pivot);
    Measurement.Root root = ReplyCheck.root(packet.quality());
    long delay = Math.max(0, exchange.delayNanos());
    Measurement bare = new Measurement(peer(), tick - delay, sentEpoch, sentEpoch, tick, root);
    if (!bare.isInRange()) {
      return new Reply.Refused(Rejection.BAD_STAMPS, packet);
    }
    long age = tick - exchange.sentTickNanos();
    long drift = OffsetBounds.driftNanos(age, config.check().driftBoundPpb());
    long high = exchange.forwardNanos() + exchange.root().errorNanos() + drift;
    long low = -bare.backwardNanos() - root.errorNanos();
    double width = (double) high - low;
    if (width < 0 || width > MAX_WIDTH_NANOS) {
      return misfit(Rejection.INCONSISTENT, packet);
    }
    long missing = Math.max(0, high - (bare.forwardNanos() + root.errorNanos()));
    Measurement.Root wide =
        new Measurement.Root(
            root.delayNanos(), root.dispersionNanos() + missing, root.precisionNanos());
    Measurement measurement =
        new Measurement(peer(), tick - delay, sentEpoch, sentEpoch, tick, wide);
    Rejection rejection = config.check().reject(measurement);
    if (rejection != null) {
      return misfit(rejection, packet);
    }
    misfits = 0;
    lastTransmit = packet.stamps().transmit();
    lastTick = tick;
    return new Reply.Good(measurement, packet, false);
  }

  /** It does not fit the volley; if that goes on, the volley is wrong. */
  private Reply misfit(Rejection reason, NtpPacket packet) {
    misfits++;
    if (misfits == MAX_MISFITS) {
      restart();
    }
    return new Reply.Refused(reason, packet);
  }
}
