package dev.coeval.sync.estimate;

import dev.coeval.sync.measure.Measurement;
import java.util.Arrays;

/**
 * The last exchanges with one peer, oldest first, in arrays that are allocated once.
 *
 * <p><b>Precision.</b> An offset can be 1.8e18 ns, of which a {@code double} keeps 256 ns. So all
 * that is computed is relative to the newest exchange: seconds before its tick, nanoseconds above
 * its offset.
 *
 * <p><b>Ticks.</b> Both directions of an exchange are taken as of the middle between T1 and T4.
 * What that is wrong by, the frequency over half a round trip, is the same for both directions and
 * so moves no offset.
 */
final class ExchangeWindow {

  /** Of the sum of two exponential delays: its median over the mean of one of them. */
  private static final double MEDIAN_OF_TWO = 1.678;

  /** How much of the median excess the least round trip is uncertain by. */
  private static final double MINIMUM_UNCERTAINTY = 0.15;

  /** After more exchanges than this, what is not learned of the least round trip is nothing. */
  private static final int LEARNED = 40;

  /** Exchanges that are all alike are all quick ones, once there are so many. */
  private static final int ALIKE = 3;

  /** Stamps are no better than this. */
  private static final double RESOLUTION_NANOS = 20;

  private static final double SECOND = 1e-9;

  private final long[] ticks;
  private final long[] forwards;
  private final long[] backwards;
  private final long[] sorted;
  private double precision;
  private int size;

  ExchangeWindow(int capacity) {
    this.ticks = new long[capacity];
    this.forwards = new long[capacity];
    this.backwards = new long[capacity];
    this.sorted = new long[capacity];
  }

  /** Takes in an exchange newer than all others; the oldest leaves when there is no room. */
  void add(Measurement measurement) {
    if (size == ticks.length) {
      dropOldest(1);
    }
    precision = Math.max(RESOLUTION_NANOS, (double) measurement.root().precisionNanos());
    ticks[size] = measurement.sentTickNanos() + measurement.roundTripNanos() / 2;
    forwards[size] = measurement.forwardNanos();
    backwards[size] = measurement.backwardNanos();
    long delay = forwards[size] + backwards[size];
    int found = Arrays.binarySearch(sorted, 0, size, delay);
    int at = found < 0 ? -found - 1 : found;
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = delay;
    size++;
  }

  /** Forgets the oldest exchanges. */
  void dropOldest(int count) {
    for (int i = 0; i < count; i++) {
      int gone = Arrays.binarySearch(sorted, 0, size - i, delayNanos(i));
      System.arraycopy(sorted, gone + 1, sorted, gone, size - i - gone - 1);
    }
    size -= count;
    System.arraycopy(ticks, count, ticks, 0, size);
    System.arraycopy(forwards, count, forwards, 0, size);
    System.arraycopy(backwards, count, backwards, 0, size);
  }

  void clear() {
    size = 0;
  }

  /** All offsets are now so much larger. */
  void shift(long nanos) {
    for (int i = 0; i < size; i++) {
      forwards[i] += nanos;
      backwards[i] -= nanos;
    }
  }

  int size() {
    return size;
  }

  /** The tick that seconds are relative to: the newest exchange's. */
  long tickNanos() {
    return ticks[size - 1];
  }

  /** The offset that all offsets are relative to: the newest exchange's, rounded down. */
  long offsetNanos() {
    long forward = forwards[size - 1];
    long reply = -backwards[size - 1];
    return (forward & reply) + ((forward ^ reply) >> 1); // the mean, without overflow
  }

  /** When an exchange was, in seconds after the newest; not positive. */
  double seconds(int i) {
    return (ticks[i] - ticks[size - 1]) * SECOND;
  }

  /** What an exchange says the offset is at most, above {@link #offsetNanos()}. */
  double forward(int i) {
    return forwards[i] - offsetNanos();
  }

  /** What an exchange says minus the offset is at most, above minus {@link #offsetNanos()}. */
  double backward(int i) {
    return backwards[i] + offsetNanos();
  }

  /** The middle of what an exchange allows, above {@link #offsetNanos()}. */
  double offset(int i) {
    return (forward(i) - backward(i)) / 2;
  }

  long delayNanos(int i) {
    return forwards[i] + backwards[i];
  }

  long leastDelayNanos() {
    return sorted[0];
  }

  double meanDelayNanos() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += sorted[i] - sorted[0];
    }
    return sorted[0] + sum / size;
  }

  /**
   * The mean of one direction's jitter, as the median excess has it: unlike a mean it is not moved
   * by a few slow exchanges. Never less than the resolution of the stamps.
   */
  double jitterNanos() {
    return Math.max((sorted[size / 2] - sorted[0]) / MEDIAN_OF_TWO, precision);
  }

  /**
   * What is not known of the least round trip by a few exchanges: it halves with each, and is no
   * more than they differ by once there are three.
   */
  double unlearnedNanos() {
    double least = Math.max(sorted[0], 0);
    double unlearned = size > LEARNED ? 0 : least / (1L << (size - 1));
    return size < ALIKE ? unlearned : Math.min(unlearned, (double) (sorted[size - 1] - sorted[0]));
  }

  /** How wrong the least round trip can be for the weight of exchanges. */
  double uncertaintyNanos() {
    double unsure = MINIMUM_UNCERTAINTY * (sorted[size / 2] - sorted[0]);
    return Math.max(unsure + unlearnedNanos(), precision);
  }

  /** The resolution of the stamps. */
  double precisionNanos() {
    return precision;
  }

  /** How low the newest half's round trips begin above those of the rest: see the route watch. */
  boolean isLongerNow() {
    int half = size / 2;
    long least = Long.MAX_VALUE;
    for (int i = half; i < size; i++) {
      least = Math.min(least, delayNanos(i));
    }
    int quicker = 0;
    for (int i = 0; i < half; i++) {
      quicker += delayNanos(i) < least - precision ? 1 : 0;
    }
    return 2 * quicker > half;
  }

  /** The least of what is allowed above a line with this slope, in nanoseconds a second. */
  double leastForward(double slope, int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = from; i < to; i++) {
      least = Math.min(least, forward(i) - slope * seconds(i));
    }
    return least;
  }

  /** The least of what is allowed below a line with this slope, in nanoseconds a second. */
  double leastBackward(double slope, int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = from; i < to; i++) {
      least = Math.min(least, backward(i) + slope * seconds(i));
    }
    return least;
  }
}
