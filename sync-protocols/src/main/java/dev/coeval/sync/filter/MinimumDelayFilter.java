package dev.coeval.sync.filter;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetEstimate;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The quickest of the last exchanges, as Cristian (1989) would read a clock: the simplest filter,
 * and the one to measure others by.
 *
 * <p>An exchange comes out when it is the quickest of the last {@code capacity}, and no exchange
 * comes out twice. Its error is its round trip over {@code sqrt(12)}: the offset lies within half a
 * round trip, and nothing is assumed of where.
 *
 * <p>Not thread-safe.
 */
public final class MinimumDelayFilter {

  /** As of {@link DirectionalMinima}: older minima may be of another route. */
  public static final int MAX_CAPACITY = 1024;

  private final Measurement[] ring;
  private int size;
  private int next;
  private long lastUsedTick = Long.MIN_VALUE;

  /**
   * A filter that has seen nothing.
   *
   * @param capacity among how many exchanges the quickest is sought, 1 to {@link #MAX_CAPACITY}
   * @throws IllegalArgumentException if it is out of its range
   */
  public MinimumDelayFilter(int capacity) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException("capacity is out of range: " + capacity);
    }
    this.ring = new Measurement[capacity];
  }

  /**
   * Takes in an exchange; the oldest leaves when the ring is full.
   *
   * @param measurement an exchange with this filter's peer
   * @return the quickest exchange held, if it is newer than the one that came out last
   * @throws ArithmeticException if its stamps are beyond all reason
   */
  public Optional<OffsetEstimate> add(Measurement measurement) {
    return Optional.ofNullable(offer(measurement)).map(MinimumDelayFilter::estimateOf);
  }

  /**
   * As {@link #add}, and allocates nothing.
   *
   * @param measurement an exchange with this filter's peer
   * @return the quickest exchange held, if it is newer than the one that came out last; null if not
   * @throws ArithmeticException if its stamps are beyond all reason
   */
  public @Nullable Measurement offer(Measurement measurement) {
    Objects.requireNonNull(measurement, "measurement");
    ring[next] = measurement;
    next = (next + 1) % ring.length;
    size = Math.min(size + 1, ring.length);
    Measurement quickest = measurement;
    for (int i = 0; i < size; i++) {
      if (ring[i].delayNanos() < quickest.delayNanos()) {
        quickest = ring[i];
      }
    }
    if (quickest.receivedTickNanos() <= lastUsedTick) {
      return null;
    }
    lastUsedTick = quickest.receivedTickNanos();
    return quickest;
  }

  /** Forgets all exchanges. */
  public void clear() {
    Arrays.fill(ring, null);
    size = 0;
    next = 0;
    lastUsedTick = Long.MIN_VALUE;
  }

  private static OffsetEstimate estimateOf(Measurement quickest) {
    double error = Math.max(quickest.delayNanos(), 0) / ExcessDelay.SPREAD;
    return new OffsetEstimate(
        quickest.sentTickNanos() + quickest.roundTripNanos() / 2,
        quickest.offsetNanos(),
        (long) Math.ceil(error));
  }
}
