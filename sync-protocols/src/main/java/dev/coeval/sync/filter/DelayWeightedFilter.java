package dev.coeval.sync.filter;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetEstimate;
import java.util.Arrays;
import java.util.Objects;

/**
 * Makes every exchange a sample and says how much it is worth.
 *
 * <p><b>Idea.</b> Filters that keep the quickest exchange throw the others away, and with them what
 * a regression needs: samples at many ticks. Here each stays, with an error of {@code (s + u) /
 * sqrt(12)}: {@code s} is its round trip's excess over the least one of the last exchanges, {@code
 * u} how uncertain that least one is. The error needs no frequency and no history of the offset, so
 * a step cannot spoil it.
 *
 * <p>{@code u} is 0.15 of the median excess, and a part of the round trip itself while there are
 * few exchanges. Without it the exchange that happens to hold the minimum would outweigh all others
 * together.
 *
 * <p>Not thread-safe.
 */
public final class DelayWeightedFilter {

  /** As of {@link DirectionalMinima}: older minima may be of another route. */
  public static final int MAX_CAPACITY = 1024;

  private static final double MINIMUM_UNCERTAINTY = 0.15;

  private static final int ALIKE = 3;

  private final long[] delays;
  private final long[] sorted;
  private int size;
  private int next;

  /**
   * A filter that has seen nothing.
   *
   * @param capacity over how many exchanges the least round trip is sought, 1 to {@link
   *     #MAX_CAPACITY}
   * @throws IllegalArgumentException if it is out of its range
   */
  public DelayWeightedFilter(int capacity) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException("capacity is out of range: " + capacity);
    }
    this.delays = new long[capacity];
    this.sorted = new long[capacity];
  }

  /**
   * Weighs an exchange.
   *
   * @param measurement an exchange with this filter's peer
   * @return its offset, at the middle between T1 and T4, with its likely error
   * @throws ArithmeticException if its stamps are beyond all reason
   */
  public OffsetEstimate add(Measurement measurement) {
    Objects.requireNonNull(measurement, "measurement");
    long delay = Math.max(measurement.delayNanos(), 0);
    remember(delay);
    long least = sorted[0];
    double unsure = MINIMUM_UNCERTAINTY * (sorted[size / 2] - least) + unlearned(least);
    double error = (delay - least + unsure) / ExcessDelay.SPREAD;
    long tick = measurement.sentTickNanos() + measurement.roundTripNanos() / 2;
    return new OffsetEstimate(tick, measurement.offsetNanos(), (long) Math.ceil(error));
  }

  /**
   * What is not known of the least round trip by a few exchanges: no more than they differ by, once
   * there are three, for exchanges that are all alike are all quick ones.
   */
  private double unlearned(long least) {
    double unlearned = ExcessDelay.ofUnlearned((double) least, size);
    return size < ALIKE ? unlearned : Math.min(unlearned, (double) (sorted[size - 1] - least));
  }

  /** In the place of the oldest, once there is no other; what is sorted stays so. */
  private void remember(long delay) {
    int others = size;
    if (size == delays.length) {
      others--;
      int gone = Arrays.binarySearch(sorted, 0, size, delays[next]);
      System.arraycopy(sorted, gone + 1, sorted, gone, others - gone);
    }
    int found = Arrays.binarySearch(sorted, 0, others, delay);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, others - at);
    sorted[at] = delay;
    size = others + 1;
    delays[next] = delay;
    next = (next + 1) % delays.length;
  }

  /** Forgets all exchanges. */
  public void clear() {
    size = 0;
    next = 0;
  }
}
