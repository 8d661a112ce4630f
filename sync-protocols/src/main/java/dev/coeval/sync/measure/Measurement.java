package dev.coeval.sync.measure;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import java.util.Objects;

/**
 * One exchange with a peer: four stamps, and how wrong the peer said it was.
 *
 * <p><b>Sign.</b> An offset is the peer's time minus local ticks, as NTP's theta (RFC 5905 section
 * 8): positive when the peer is ahead.
 *
 * @param peer who was asked
 * @param sentTickNanos T1, when the request left, in local ticks
 * @param peerReceivedEpochNanos T2, when it arrived, in the peer's time
 * @param peerSentEpochNanos T3, when the reply left, in the peer's time
 * @param receivedTickNanos T4, when it arrived, in local ticks
 * @param root what the peer said about its own time
 */
public record Measurement(
    PeerId peer,
    long sentTickNanos,
    long peerReceivedEpochNanos,
    long peerSentEpochNanos,
    long receivedTickNanos,
    Root root)
    implements Report {

  /** Times further from the Unix epoch, 146 years, are of no use: see {@link #isInRange()}. */
  public static final long MAX_EPOCH_NANOS = 1L << 62;

  /** Ticks further from their origin, 73 years, are of no use: see {@link #isInRange()}. */
  public static final long MAX_TICK_NANOS = 1L << 61;

  /**
   * Checks that there is a peer and a root.
   *
   * @param peer as above
   * @param sentTickNanos as above
   * @param peerReceivedEpochNanos as above
   * @param peerSentEpochNanos as above
   * @param receivedTickNanos as above
   * @param root as above
   */
  public Measurement {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(root, "root");
  }

  /**
   * What a peer says about its own time.
   *
   * @param delayNanos the round trip from the peer to its reference, in nanoseconds
   * @param dispersionNanos the error that the peer's time has gathered on the way, in nanoseconds
   * @param precisionNanos the resolution of the peer's clock, in nanoseconds
   */
  public record Root(long delayNanos, long dispersionNanos, long precisionNanos) {

    /** A peer whose time is the truth. */
    public static final Root EXACT = new Root(0, 0, 0);

    /**
     * The largest error of the peer's own time: its root distance, half the delay and the
     * dispersion (RFC 5905 section 11.2), and its precision.
     *
     * @return nanoseconds
     */
    public long errorNanos() {
      return (delayNanos + 1) / 2 + dispersionNanos + precisionNanos;
    }
  }

  /**
   * Whether every stamp is so near to its origin that nothing computed from this measurement can
   * overflow. The stamps of a peer can be anything; a machine refuses those that are not in range.
   *
   * @return whether it can be computed with
   */
  public boolean isInRange() {
    return isWithin(peerReceivedEpochNanos, MAX_EPOCH_NANOS)
        && isWithin(peerSentEpochNanos, MAX_EPOCH_NANOS)
        && isWithin(sentTickNanos, MAX_TICK_NANOS)
        && isWithin(receivedTickNanos, MAX_TICK_NANOS);
  }

  private static boolean isWithin(long nanos, long limit) {
    return -limit <= nanos && nanos <= limit;
  }

  /**
   * T2 - T1: the offset, had the request taken no time; the true offset is not above it.
   *
   * @return nanoseconds
   */
  public long forwardNanos() {
    return Math.subtractExact(peerReceivedEpochNanos, sentTickNanos);
  }

  /**
   * T4 - T3: minus the offset, had the reply taken no time; the true offset is not below its
   * negative.
   *
   * @return nanoseconds
   */
  public long backwardNanos() {
    return Math.subtractExact(receivedTickNanos, peerSentEpochNanos);
  }

  /**
   * The offset if both ways took equally long: ((T2 - T1) + (T3 - T4)) / 2.
   *
   * @return the peer's time minus local ticks, in nanoseconds, rounded down
   */
  public long offsetNanos() {
    long forward = forwardNanos();
    long reply = -backwardNanos();
    return (forward & reply) + ((forward ^ reply) >> 1); // the mean, without overflow
  }

  /**
   * The time on the way, both ways together: (T4 - T1) - (T3 - T2).
   *
   * @return nanoseconds; negative only if a clock ran wildly or a stamp is false
   */
  public long delayNanos() {
    return Math.addExact(forwardNanos(), backwardNanos());
  }

  /**
   * The round trip by the local ticks: T4 - T1.
   *
   * @return nanoseconds
   */
  public long roundTripNanos() {
    return Math.subtractExact(receivedTickNanos, sentTickNanos);
  }

  /**
   * The offsets that this exchange allows, at T4.
   *
   * <p>A request cannot arrive before it has left, nor a reply: so the true offset lies between
   * {@code T3 - T4} and {@code T2 - T1}, each end moved inwards by the least time a datagram needs
   * (Cristian 1989; his {@code RTT / 2 - min} is half the width). It is widened by the peer's own
   * error and by what the local oscillator may have drifted since T1.
   *
   * @param minOneWayNanos the least time a datagram takes one way; 0 if not known
   * @param driftBoundPpb by how much the local oscillator's rate can be wrong, in parts per billion
   * @return the bounds at T4; low above high if the exchange contradicts its assumptions
   */
  public OffsetBounds bounds(long minOneWayNanos, long driftBoundPpb) {
    long drift = OffsetBounds.driftNanos(roundTripNanos(), driftBoundPpb);
    long error = Math.addExact(root.errorNanos(), drift);
    return new OffsetBounds(
        receivedTickNanos,
        Math.subtractExact(Math.addExact(-backwardNanos(), minOneWayNanos), error),
        Math.addExact(Math.subtractExact(forwardNanos(), minOneWayNanos), error));
  }
}
