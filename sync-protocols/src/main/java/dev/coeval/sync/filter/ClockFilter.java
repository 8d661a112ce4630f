package dev.coeval.sync.filter;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetEstimate;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The clock filter of NTP (RFC 5905 section 10): of the last eight exchanges the quickest, with the
 * dispersion that all eight have gathered, and their jitter.
 *
 * <p><b>Steps.</b> The stages are a shift register, filled with dummies of the largest dispersion
 * at the start. All stages but the newest age by 15 ppm. Sorted by delay, stage {@code i} adds
 * {@code dispersion / 2^(i + 1)}. The quickest comes out if it is newer than the one that came out
 * last. A poll without an answer shifts in a dummy, so that the dispersion tells of silence.
 *
 * <p><b>Two choices</b> where the RFC leaves one. Jitter is the root mean square with {@code 1 / (n
 * - 1)} under the root, as in section 11.2.2; section 10 prints it outside. And offsets here are
 * against raw ticks, not against a clock that is being steered, so they are moved along the
 * frequency known so far before they are compared.
 *
 * <p>Not thread-safe.
 */
public final class ClockFilter {

  /** The number of stages (RFC 5905 section 10, NSTAGE). */
  public static final int STAGES = 8;

  /** The dispersion of what is not known (MAXDISP): 16 s, in nanoseconds. */
  public static final long MAX_DISPERSION_NANOS = 16_000_000_000L;

  /** By how much dispersion grows (PHI): 15 ppm. */
  public static final long DISPERSION_RATE_PPB = 15_000L;

  private static final double PHI = DISPERSION_RATE_PPB * 1e-9;

  private final long precisionNanos;
  private final Stage[] stages = new Stage[STAGES];
  private long lastUsedTick = Long.MIN_VALUE;

  /**
   * A filter full of dummies.
   *
   * @param precisionNanos the resolution of the local ticks, in nanoseconds; not negative
   * @throws IllegalArgumentException if it is negative
   */
  public ClockFilter(long precisionNanos) {
    if (precisionNanos < 0) {
      throw new IllegalArgumentException("precisionNanos is negative: " + precisionNanos);
    }
    this.precisionNanos = precisionNanos;
    clear();
  }

  /**
   * What comes out of the filter.
   *
   * @param estimate the offset of the quickest exchange, at its T4, with the jitter as its error
   * @param delayNanos its round trip, at least the local precision
   * @param dispersionNanos what all stages have gathered, in nanoseconds
   * @param jitterNanos the scatter of the other stages about it, at least the local precision
   */
  public record Filtered(
      OffsetEstimate estimate, long delayNanos, long dispersionNanos, long jitterNanos) {

    /**
     * How far the offset can be from the peer's time: half the delay and the dispersion.
     *
     * @return nanoseconds
     */
    public long distanceNanos() {
      return (delayNanos + 1) / 2 + dispersionNanos;
    }
  }

  /**
   * Shifts in an exchange.
   *
   * @param measurement an exchange with this filter's peer
   * @param frequency by how much time runs faster than ticks, as far as it is known, in seconds a
   *     second
   * @return the quickest exchange held, if it is newer than the one that came out last
   * @throws ArithmeticException if its stamps are beyond all reason
   */
  public Optional<Filtered> add(Measurement measurement, double frequency) {
    Objects.requireNonNull(measurement, "measurement");
    long tick = measurement.receivedTickNanos();
    double dispersion =
        (double) measurement.root().precisionNanos()
            + precisionNanos
            + PHI * Math.max(measurement.roundTripNanos(), 0);
    long delay = Math.max(measurement.delayNanos(), Math.max(precisionNanos, 1));
    shift(new Stage(tick, measurement.offsetNanos(), delay, dispersion, tick), tick);
    Stage[] sorted = sortedByDelay();
    if (sorted[0].tick <= lastUsedTick) {
      return Optional.empty();
    }
    lastUsedTick = sorted[0].tick;
    return Optional.of(filtered(sorted, frequency));
  }

  /**
   * Shifts in a dummy: a poll got no answer.
   *
   * @param tickNanos the current tick
   */
  public void missed(long tickNanos) {
    shift(Stage.DUMMY, tickNanos);
  }

  /** Forgets all exchanges. */
  public void clear() {
    Arrays.fill(stages, Stage.DUMMY);
    lastUsedTick = Long.MIN_VALUE;
  }

  private void shift(Stage newest, long tick) {
    for (int i = STAGES - 1; i > 0; i--) {
      stages[i] = stages[i - 1].agedTo(tick);
    }
    stages[0] = newest;
  }

  private Stage[] sortedByDelay() {
    Stage[] sorted = stages.clone(); // stable: of equally quick ones the newest comes first
    Arrays.sort(sorted, (a, b) -> Long.compare(a.delay, b.delay));
    return sorted;
  }

  private Filtered filtered(Stage[] sorted, double frequency) {
    Stage quickest = sorted[0];
    double dispersion = 0;
    double squares = 0;
    int others = 0;
    for (int i = 0; i < STAGES; i++) {
      Stage stage = sorted[i];
      dispersion += Math.scalb(stage.dispersion, -(i + 1));
      if (i > 0 && !stage.isDummy()) {
        double moved = frequency * (quickest.tick - stage.tick);
        double difference = (stage.offset - quickest.offset) + moved;
        squares += difference * difference;
        others++;
      }
    }
    double scatter = others == 0 ? 0 : Math.sqrt(squares / others);
    long jitter = Math.max(precisionNanos, (long) Math.ceil(scatter));
    return new Filtered(
        new OffsetEstimate(quickest.tick, quickest.offset, jitter),
        quickest.delay,
        (long) Math.ceil(dispersion),
        jitter);
  }

  private record Stage(long tick, long offset, long delay, double dispersion, long agedTick) {
    static final Stage DUMMY =
        new Stage(0, 0, MAX_DISPERSION_NANOS, (double) MAX_DISPERSION_NANOS, 0);

    boolean isDummy() {
      return dispersion >= MAX_DISPERSION_NANOS;
    }

    Stage agedTo(long now) {
      if (isDummy()) {
        return DUMMY;
      }
      double grown = dispersion + PHI * Math.max(now - agedTick, 0);
      return new Stage(tick, offset, delay, Math.min(grown, MAX_DISPERSION_NANOS), now);
    }
  }
}
