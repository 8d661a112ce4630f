package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.ClockSeen.Pace;
import dev.coeval.sync.berkeley.Message.Reply;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges with one member in one round, and what they say of its clock together.
 *
 * <p>Each direction has its own minimum, as in timed's measure.c: the poll that was fastest and the
 * reply that was fastest need not be of the same exchange, and both the likely difference and the
 * certain one are better for it than by the shortest round trip.
 */
final class MemberReading {
  private static final double SQRT_3 = Math.sqrt(3);
  private static final double SQRT_2 = Math.sqrt(2);

  /** Fewer exchanges say nothing about how much delays vary. */
  private static final int ENOUGH_TO_KNOW_JITTER = 3;

  /** What reading a clock and handling a datagram can never be better than. */
  private static final long LEAST_ERROR_NANOS = 1_000;

  private final Map<Long, Poll> open = new HashMap<>();
  private final List<Exchange> done = new ArrayList<>();
  private int polls;
  private @Nullable Reply latest;

  /**
   * A poll: the tick before it was sent, which is certain, and the tick at which it likely left.
   */
  private static final class Poll {
    private final long sentTick;
    private long likelySentTick;

    Poll(long sentTick) {
      this.sentTick = sentTick;
      this.likelySentTick = sentTick;
    }
  }

  /** A poll that was answered. */
  record Exchange(
      long nonce, long sentTick, long likelySentTick, Message.Stamps stamps, long receivedTick) {

    boolean isPossible() {
      return stamps.sentEpochNanos() >= stamps.receivedEpochNanos()
          && receivedTick >= sentTick
          && sentTick >= -Measurement.MAX_TICK_NANOS
          && receivedTick <= Measurement.MAX_TICK_NANOS; // so that no sum of stamps overflows
    }
  }

  void polled(long nonce, long tick) {
    polls++;
    open.put(nonce, new Poll(tick));
  }

  void left(long nonce, long tick) {
    Poll poll = open.get(nonce);
    if (poll != null && tick >= poll.sentTick) {
      poll.likelySentTick = tick;
    }
  }

  boolean isOpen(long nonce) {
    return open.containsKey(nonce);
  }

  /** Closes a poll; empty if its answer cannot be true. */
  Optional<Exchange> answered(long nonce, Reply reply, long receivedTick) {
    Poll poll = open.remove(nonce);
    if (poll == null) {
      return Optional.empty();
    }
    long likelySent = Math.min(poll.likelySentTick, receivedTick);
    Exchange exchange =
        new Exchange(nonce, poll.sentTick, likelySent, reply.stamps(), receivedTick);
    if (!exchange.isPossible()) {
      return Optional.empty();
    }
    if (latest != null && latest.memberId() != reply.memberId()) {
      done.clear(); // it was restarted since: another process, and another clock
    }
    done.add(exchange);
    latest = reply;
    return Optional.of(exchange);
  }

  int polls() {
    return polls;
  }

  int replies() {
    return done.size();
  }

  Optional<Reply> latest() {
    return Optional.ofNullable(latest);
  }

  /** The exchange to which a correction refers: the last one. Only after a reply. */
  Exchange last() {
    return done.get(done.size() - 1);
  }

  /**
   * What the member's clock minus local ticks can be at a tick: it was not above T2 - T1 at T1, not
   * below T3 - T4 at T4, and has since gone no faster or slower than the two clocks can.
   *
   * @return bounds, empty ones if the exchanges contradict one another
   */
  OffsetBounds boundsAt(long tick, long relativeDriftPpb) {
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    for (Exchange exchange : done) {
      long lowAge = tick - exchange.receivedTick;
      long highAge = tick - exchange.sentTick;
      long lowHere =
          exchange.stamps.sentEpochNanos()
              - exchange.receivedTick
              - OffsetBounds.driftNanos(lowAge, relativeDriftPpb);
      long highHere =
          exchange.stamps.receivedEpochNanos()
              - exchange.sentTick
              + OffsetBounds.driftNanos(highAge, relativeDriftPpb);
      low = Math.max(low, lowHere - ClockSeen.ROUNDING_NANOS);
      high = Math.min(high, highHere + ClockSeen.ROUNDING_NANOS);
    }
    return new OffsetBounds(tick, low, high);
  }

  /** The clock relative to the coordinator's, whose offset and frequency are given; if readable. */
  Optional<ClockSeen> seen(int index, OwnClock own, Pace pace) {
    OffsetBounds bounds = boundsAt(own.tick, pace.boundPpb() + own.driftBoundPpb);
    if (bounds.isEmpty()) {
      return Optional.empty();
    }
    double forward = Double.MAX_VALUE; // both relative to the coordinator's clock: small numbers
    double backward = Double.MAX_VALUE;
    double excess = 0;
    for (Exchange exchange : done) {
      double ahead = exchange.stamps.receivedEpochNanos() - own.at(exchange.likelySentTick);
      double behind = own.at(exchange.receivedTick) - exchange.stamps.sentEpochNanos();
      forward = Math.min(forward, ahead);
      backward = Math.min(backward, behind);
      excess += ahead + behind;
    }
    excess = excess / done.size() - forward - backward;
    long low = bounds.lowNanos() - own.offset();
    long high = bounds.highNanos() - own.offset();
    long likely = Math.round((forward - backward) / 2);
    long point = Math.max(low, Math.min(high, likely));
    return Optional.of(new ClockSeen(index, point, low, high, error(high - low, excess), pace));
  }

  /**
   * With exponential delays of mean J beyond the least, half the difference of two minima of n has
   * a standard deviation of J / (sqrt 2 n); {@code excess} is what both directions of an exchange
   * have beyond the minima, on average.
   */
  private long error(long width, double excess) {
    double uniform = width / 2.0 / SQRT_3;
    int n = done.size();
    double exponential = n < ENOUGH_TO_KNOW_JITTER ? uniform : excess / 2 / SQRT_2 / (n - 1);
    return Math.max(LEAST_ERROR_NANOS, Math.round(Math.min(uniform, exponential)));
  }

  /** The coordinator's own clock at one tick, and its rate against the ticks. */
  record OwnClock(long tick, long epochNanos, double frequency, long driftBoundPpb) {

    long offset() {
      return epochNanos - tick;
    }

    /** At another tick of the round, not far away. */
    long at(long otherTick) {
      long age = otherTick - tick;
      return epochNanos + age + Math.round(age * frequency);
    }
  }
}
