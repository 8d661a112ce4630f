package dev.coeval.sync.filter;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.LearnedDrift;
import java.util.Objects;
import java.util.Optional;

/**
 * What the last exchanges with one peer say together, each direction by itself.
 *
 * <p><b>Idea.</b> A request bounds the offset from above, a reply from below, and the best request
 * need not belong to the same exchange as the best reply. The old 4.4BSD {@code timed} took its
 * minima so; with {@code n} exchanges of exponential jitter {@code J} the error of half the
 * difference of the minima is about {@code J / (sqrt(2) * n)}, that of the quickest exchange {@code
 * J / sqrt(6 * n)}.
 *
 * <p><b>The bounds</b> are the intersection of those of all exchanges held, each aged by what the
 * local oscillator may have drifted since. They hold the true offset if the local rate keeps its
 * drift bound and the peer was right, within the error it claims, in every exchange held. Bounds
 * that are empty prove that one of the two is not so.
 *
 * <p><b>The point</b> corrects for drift by a frequency that the caller knows, and claims no
 * certainty.
 *
 * <p>A ring of fixed size: adding overwrites the oldest and allocates nothing. Not thread-safe.
 */
public final class DirectionalMinima {

  /** More exchanges would be too old to help: at 200 ppm a second costs 200 µs of sharpness. */
  public static final int MAX_CAPACITY = 1024;

  /** Through fewer points any line goes. */
  private static final int MIN_FOR_SLOPE = 4;

  private final long minOneWayNanos;
  private final long driftBoundPpb;
  private final long[] sentTicks;
  private final long[] receivedTicks;
  private final long[] forwards;
  private final long[] backwards;
  private final long[] lows;
  private final long[] highs;
  private int size;
  private int next;

  /**
   * A ring without exchanges.
   *
   * @param capacity how many exchanges to hold, 1 to {@link #MAX_CAPACITY}
   * @param minOneWayNanos the least time a datagram takes one way; 0 if not known
   * @param driftBoundPpb by how much the local oscillator's rate can be wrong, in parts per billion
   * @throws IllegalArgumentException if one is out of its range
   */
  public DirectionalMinima(int capacity, long minOneWayNanos, long driftBoundPpb) {
    if (capacity < 1 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException("capacity is out of range: " + capacity);
    }
    if (minOneWayNanos < 0 || driftBoundPpb < 0) {
      throw new IllegalArgumentException(
          "negative: minOneWayNanos " + minOneWayNanos + ", driftBoundPpb " + driftBoundPpb);
    }
    this.minOneWayNanos = minOneWayNanos;
    this.driftBoundPpb = driftBoundPpb;
    this.sentTicks = new long[capacity];
    this.receivedTicks = new long[capacity];
    this.forwards = new long[capacity];
    this.backwards = new long[capacity];
    this.lows = new long[capacity];
    this.highs = new long[capacity];
  }

  /**
   * Takes in an exchange; the oldest leaves when the ring is full.
   *
   * @param measurement an exchange with this filter's peer
   * @throws ArithmeticException if its stamps are beyond all reason; nothing is changed then
   */
  public void add(Measurement measurement) {
    Objects.requireNonNull(measurement, "measurement");
    OffsetBounds bounds = measurement.bounds(minOneWayNanos, driftBoundPpb);
    sentTicks[next] = measurement.sentTickNanos();
    receivedTicks[next] = measurement.receivedTickNanos();
    forwards[next] = measurement.forwardNanos();
    backwards[next] = measurement.backwardNanos();
    lows[next] = bounds.lowNanos();
    highs[next] = bounds.highNanos();
    next = (next + 1) % sentTicks.length;
    size = Math.min(size + 1, sentTicks.length);
  }

  /**
   * The offsets that all exchanges held allow.
   *
   * @param tickNanos a local tick, at or after the exchanges
   * @return the bounds at that tick; empty if the exchanges contradict one another; without limits
   *     ({@link Long#MIN_VALUE} to {@link Long#MAX_VALUE}) if none is held
   */
  public OffsetBounds boundsAt(long tickNanos) {
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      long drift = OffsetBounds.driftNanos(tickNanos - receivedTicks[i], driftBoundPpb);
      low = Math.max(low, Math.subtractExact(lows[i], drift));
      high = Math.min(high, Math.addExact(highs[i], drift));
    }
    return new OffsetBounds(tickNanos, low, high);
  }

  /**
   * The offsets that all exchanges held allow, if the local oscillator keeps to what was learned of
   * it: each exchange's own bounds, moved along the learned rate and aged by its error.
   *
   * @param tickNanos a local tick, at or after the exchanges
   * @param drift what was learned
   * @return the bounds at that tick; empty if the exchanges contradict one another by it; without
   *     limits ({@link Long#MIN_VALUE} to {@link Long#MAX_VALUE}) if none is held
   */
  public OffsetBounds boundsAt(long tickNanos, LearnedDrift drift) {
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      long age = tickNanos - receivedTicks[i];
      long gained = drift.gainNanosAfter(age);
      long error = drift.errorNanosAfter(age);
      low = Math.max(low, Math.subtractExact(Math.addExact(lows[i], gained), error));
      high = Math.min(high, Math.addExact(Math.addExact(highs[i], gained), error));
    }
    return new OffsetBounds(tickNanos, low, high);
  }

  /**
   * The rate that the exchanges themselves show: the slope of the straight line through the middles
   * of their bounds, each weighted by the inverse square of its bounds' width.
   *
   * @return by how much time runs faster than ticks, in seconds a second; NaN if fewer than {@value
   *     #MIN_FOR_SLOPE} are held, or all at one tick
   */
  public double slope() {
    if (size < MIN_FOR_SLOPE) {
      return Double.NaN;
    }
    int newest = newest();
    double weights = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int i = 0; i < size; i++) {
      double width = (double) (highs[i] - lows[i]) + 1;
      double weight = 1 / (width * width);
      double x = (double) (receivedTicks[i] - receivedTicks[newest]);
      double y = ((double) (lows[i] - lows[newest]) + (highs[i] - highs[newest])) / 2;
      weights += weight;
      sumX += weight * x;
      sumY += weight * y;
      sumXx += weight * x * x;
      sumXy += weight * x * y;
    }
    double spread = sumXx - sumX * sumX / weights;
    return spread > 0 ? (sumXy - sumX * sumY / weights) / spread : Double.NaN;
  }

  /**
   * The age of the oldest exchange held.
   *
   * @param tickNanos a local tick
   * @return nanoseconds; 0 if none is held
   */
  public long oldestAgeNanosAt(long tickNanos) {
    int oldest = size < sentTicks.length ? 0 : next;
    return size == 0 ? 0 : tickNanos - receivedTicks[oldest];
  }

  /**
   * The likely offset: half the difference of the two directions' minima, every stamp moved to the
   * tick along the frequency.
   *
   * <p>Its error is that of the minima of exponential jitter, whose mean is seen in the ring; while
   * there are few exchanges, part of the round trip is added, which nothing splits yet. Not in it:
   * a lasting asymmetry, which no exchange shows, and what a false frequency does to old exchanges.
   *
   * @param tickNanos a local tick
   * @param frequency by how much time runs faster than ticks, in seconds a second
   * @return the estimate at that tick; empty if no exchange is held
   */
  public Optional<OffsetEstimate> estimateAt(long tickNanos, double frequency) {
    if (size == 0) {
      return Optional.empty();
    }
    long base = forwards[newest()];
    double minForward = Double.POSITIVE_INFINITY;
    double minBackward = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double forward = (forwards[i] - base) + frequency * (tickNanos - sentTicks[i]);
      double backward = (backwards[i] + base) - frequency * (tickNanos - receivedTicks[i]);
      minForward = Math.min(minForward, forward);
      minBackward = Math.min(minBackward, backward);
      sum += forward + backward;
    }
    double delay = Math.max(minForward + minBackward, 0);
    double jitter = Math.max(sum / size - delay, 0) / 2;
    double error =
        jitter / (Math.sqrt(2) * size) + ExcessDelay.ofUnlearned(delay, size) / ExcessDelay.SPREAD;
    long offset = base + Math.round((minForward - minBackward) / 2);
    return Optional.of(new OffsetEstimate(tickNanos, offset, (long) Math.ceil(error)));
  }

  /**
   * How many exchanges are held.
   *
   * @return 0 to the capacity
   */
  public int size() {
    return size;
  }

  /**
   * The mean age of the exchanges held: a frequency that is wrong by {@code e} moves {@link
   * #estimateAt} by about as much as {@code e} times this.
   *
   * @param tickNanos a local tick
   * @return nanoseconds; 0 if none is held
   */
  public long meanAgeNanosAt(long tickNanos) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += tickNanos - receivedTicks[i];
    }
    return size == 0 ? 0 : (long) (sum / size);
  }

  /**
   * Makes every offset held so much larger: the time scale made a step, and the peer with it.
   *
   * @param nanos by how much later the peer's time is from now on
   * @throws ArithmeticException if an offset is beyond all reason then
   */
  public void shift(long nanos) {
    for (int i = 0; i < size; i++) {
      forwards[i] = Math.addExact(forwards[i], nanos);
      backwards[i] = Math.subtractExact(backwards[i], nanos);
      lows[i] = Math.addExact(lows[i], nanos);
      highs[i] = Math.addExact(highs[i], nanos);
    }
  }

  /** Forgets all exchanges. */
  public void clear() {
    size = 0;
    next = 0;
  }

  private int newest() {
    return (next + sentTicks.length - 1) % sentTicks.length;
  }
}
