package dev.coeval.sync.measure;

import dev.coeval.time.BoundedInstant;
import java.util.Optional;

/**
 * The offsets that are possible at a tick: {@code low <= truth <= high}, an offset being the time
 * minus the local ticks.
 *
 * @param tickNanos the local tick
 * @param lowNanos the truth is not below this
 * @param highNanos the truth is not above this; a {@code highNanos} below {@code lowNanos} means
 *     that no offset is possible
 */
public record OffsetBounds(long tickNanos, long lowNanos, long highNanos) {
  private static final double PPB = 1e-9;

  /**
   * By how much a local clock can go wrong over some of its own ticks, rounded up: with {@code
   * |rate - 1| <= rho}, {@code dt} local nanoseconds differ from true ones by at most {@code dt *
   * rho / (1 - rho)}.
   *
   * @param ticks how long, in local ticks
   * @param driftBoundPpb rho, in parts per billion
   * @return nanoseconds, at least 0
   */
  public static long driftNanos(long ticks, long driftBoundPpb) {
    if (driftBoundPpb == 0 || ticks == 0) {
      return 0;
    }
    double rho = driftBoundPpb * PPB;
    return (long) Math.ceil(Math.abs((double) ticks) * rho / (1 - rho)) + 1;
  }

  /**
   * The same knowledge at another tick: wider by what the local oscillator may have drifted.
   *
   * @param otherTickNanos the other tick, earlier or later
   * @param driftBoundPpb by how much the local oscillator's rate can be wrong, in parts per billion
   * @return the bounds at that tick
   */
  public OffsetBounds at(long otherTickNanos, long driftBoundPpb) {
    long drift = driftNanos(otherTickNanos - tickNanos, driftBoundPpb);
    return new OffsetBounds(
        otherTickNanos, Math.subtractExact(lowNanos, drift), Math.addExact(highNanos, drift));
  }

  /**
   * What both allow.
   *
   * @param other bounds at the same tick
   * @return the common part, which may be empty
   * @throws IllegalArgumentException if the other is of another tick
   */
  public OffsetBounds intersect(OffsetBounds other) {
    if (other.tickNanos != tickNanos) {
      throw new IllegalArgumentException(
          "bounds of different ticks: " + tickNanos + " and " + other.tickNanos);
    }
    return new OffsetBounds(
        tickNanos, Math.max(lowNanos, other.lowNanos), Math.min(highNanos, other.highNanos));
  }

  /**
   * Whether no offset is possible: an assumption does not hold, or somebody lies.
   *
   * @return true if low is above high
   */
  public boolean isEmpty() {
    return lowNanos > highNanos;
  }

  /**
   * The offset within the bounds that is nearest to a given one. Not for empty bounds.
   *
   * @param offsetNanos any offset
   * @return the same if it is within the bounds, otherwise the nearer end
   */
  public long clamp(long offsetNanos) {
    return Math.max(lowNanos, Math.min(highNanos, offsetNanos));
  }

  /**
   * The middle, rounded down.
   *
   * @return an offset in nanoseconds
   */
  public long midpointNanos() {
    return (lowNanos & highNanos) + ((lowNanos ^ highNanos) >> 1);
  }

  /**
   * As an interval of time.
   *
   * @return the interval that holds the true time at the tick; empty if no offset is possible
   */
  public Optional<BoundedInstant> toBoundedInstant() {
    if (isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new BoundedInstant(
            Math.addExact(tickNanos, lowNanos), Math.addExact(tickNanos, highNanos)));
  }
}
