package dev.coeval.sync.estimate;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.time.ClockModel;

/**
 * Kalman filters side by side, of which each assumes another wander of the oscillator and another
 * {@link ErrorModel}; each counts as much as it foretold what came (Magill 1965).
 *
 * <p><b>Steps</b>, at each exchange:
 *
 * <ol>
 *   <li>The round trip goes into {@link LeastDelay}; its excess over the least is what the offset
 *       may be off by.
 *   <li>Every filter is moved on to the middle of the exchange, and so is the sum of all.
 *   <li>An exchange that is further from the sum than errors explain is held back. If the next one
 *       is as far off, the offset has stepped: every filter begins anew with the one held back, and
 *       keeps its frequency. If not, it was an outlier and is dropped. While hardly anything is
 *       known, it is the frequency that was expected wrongly, and it is given free.
 *   <li>Every filter learns from the exchange, and its weight is multiplied by how likely the
 *       exchange was to it. Weights fade, so that what was learned long ago can be unlearned.
 *   <li>The mean and the covariance of all, each by its weight, and of how far they are apart, are
 *       the estimate. A filter that has lost all weight follows an error of its own by then: it
 *       begins again from the estimate, so that it is there when the oscillator changes.
 *   <li>If the bounds exclude the estimate by more than its error explains, all begins anew. What
 *       is left outside of them is held within.
 * </ol>
 *
 * <p>Allocates nothing once it is made. Not thread-safe.
 */
abstract class ModelBank implements Estimator {

  /** The deviations beyond which a sample is no noise any more. */
  private static final double SURPRISE = 6;

  /** The deviations that are unlikely once, and a streak of so many never happens by chance. */
  private static final double UNLIKELY = 2.0;

  private static final int STREAK = 3;

  /** With so few samples it is rather the frequency that is surprising. */
  private static final int YOUNG = 4;

  /** Nothing is expected of a frequency, in nanoseconds a second. */
  private static final double ANY_FREQUENCY_ERROR = 1e8;

  /** The host may have slept for an hour before a reset: its oscillator has walked meanwhile. */
  private static final double RESET_SECONDS = 3600;

  /** Round trips for the least one: at 64 s, of the last 18 hours. */
  private static final int DELAYS = 1024;

  /** Doubles count offsets from a base that is never further off than this: 18 minutes. */
  private static final double FAR_FROM_BASE = 0x1p40;

  private static final double TYPICAL_SHARE = 0.1;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Stamps are cut to whole nanoseconds. */
  private static final double GRAIN = 0.5;

  private static final double UNIFORM = Math.sqrt(12);

  private final FilterMixture mixture;
  private final LineState sum;
  private final LeastDelay delays = new LeastDelay(DELAYS);
  private final ErrorModel.Sample sample = new ErrorModel.Sample();
  private final Held held = new Held();
  private long baseNanos;
  private long tick;
  private long startTick;
  private long lastReceived;
  private int samples;
  private double clamped;
  private int doubts;
  private int streak;
  private long streakTick;

  /** A sample of which it is not known yet what it means. */
  private static final class Held {
    boolean isHeld;
    long tick;
    double offset;
    double error;
  }

  /**
   * A filter for every wander and every model.
   *
   * @param wanders in seconds a second per root second
   * @param models views of what an exchange says
   */
  ModelBank(double[] wanders, ErrorModel... models) {
    this.mixture = new FilterMixture(wanders, models);
    this.sum = mixture.sum();
  }

  @Override
  public boolean add(Measurement measurement, OffsetBounds bounds) {
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("bounds are empty: " + bounds);
    }
    if (samples > 0 && measurement.receivedTickNanos() <= lastReceived) {
      return false;
    }
    lastReceived = measurement.receivedTickNanos();
    measure(measurement);
    if (samples == 0) {
      begin();
    } else if (!goOn()) {
      clamp(bounds);
      return true;
    }
    if (excludes(bounds)) {
      restart(sample.offset, error(), tick);
    }
    clamp(bounds);
    return true;
  }

  /** Makes a sample of an exchange, and goes on to its time. */
  private void measure(Measurement measurement) {
    long delay = Math.max(0, measurement.delayNanos());
    long middle = measurement.sentTickNanos() + measurement.roundTripNanos() / 2;
    delays.add(delay);
    if (samples == 0) {
      baseNanos = measurement.offsetNanos();
      tick = middle;
    } else {
      predict(middle);
    }
    sample.offset = (double) (measurement.offsetNanos() - baseNanos);
    sample.excess = (double) (delay - delays.least());
    sample.unsure = delays.uncertainty();
    sample.typical = delays.medianExcess();
    sample.grain = GRAIN + measurement.root().precisionNanos() / UNIFORM;
  }

  private void predict(long nextTick) {
    double seconds = (double) Math.max(0, nextTick - tick) / NANOS_PER_SECOND;
    tick = Math.max(tick, nextTick);
    mixture.predict(seconds);
    if (Math.abs(sum.offset()) > FAR_FROM_BASE) {
      moveBase((long) sum.offset());
    }
  }

  private void moveBase(long nanos) {
    double less = (double) nanos;
    baseNanos += nanos;
    mixture.shift(-less);
    held.offset -= less;
  }

  /** The first one since nothing was known: of the past there is the frequency. */
  private void begin() {
    doubts = 0;
    restart(0, error(), tick);
  }

  /** Learns from a sample; false if it is held back. */
  private boolean goOn() {
    if (isSurprise() && !isExplained()) {
      return samples == 1; // begun anew with this one
    }
    held.isHeld = false;
    followStreak();
    samples++;
    if (samples > YOUNG) {
      doubts = 0;
    }
    mixture.learn(sample);
    return true;
  }

  /** What a surprising sample means; false if there is nothing to learn from it now. */
  private boolean isExplained() {
    if (samples < YOUNG && doubts++ == 0) {
      restart(sample.offset, error(), tick);
      return false;
    }
    if (samples < YOUNG) {
      freeFrequency();
      return true;
    }
    if (held.isHeld) {
      restart(held.offset, held.error, held.tick);
      if (isSurprise()) { // it is stepping still
        restart(sample.offset, error(), tick);
        return false;
      }
      return true;
    }
    held.isHeld = true;
    held.tick = tick;
    held.offset = sample.offset;
    held.error = error();
    return false;
  }

  /** How wrong an exchange may be by itself. */
  private double error() {
    return (sample.excess + sample.unsure) / UNIFORM + sample.grain;
  }

  /** Whether the sample is off by more than it and all that is known may be wrong. */
  private boolean isSurprise() {
    double most = (sample.excess + sample.unsure) / 2 + sample.grain;
    double beyond = Math.abs(sample.offset - sum.offset()) - most;
    double edge = sample.unsure + TYPICAL_SHARE * sample.typical + sample.grain;
    return beyond > SURPRISE * Math.sqrt(sum.variance() + edge * edge);
  }

  /** Samples in a row that are off to one side: no walk does that, the frequency has jumped. */
  private void followStreak() {
    double off = sample.offset - sum.offset();
    if (Math.abs(off) < UNLIKELY * Math.hypot(error(), Math.sqrt(sum.variance()))) {
      streak = 0;
      streakTick = tick;
      return;
    }
    streak = off * streak > 0 ? streak + Integer.signum(streak) : off > 0 ? 1 : -1;
    if (Math.abs(streak) >= STREAK) {
      double seconds = Math.max(1, (double) (tick - streakTick)) / NANOS_PER_SECOND;
      mixture.addFrequencyVariance(Math.pow(off / seconds, 2), seconds);
      streak = 0;
      streakTick = tick;
    }
  }

  /** Of the frequency nothing was known, as it turns out, ever since the start. */
  private void freeFrequency() {
    double seconds = Math.max(1, (double) (tick - startTick)) / NANOS_PER_SECOND;
    mixture.addFrequencyVariance(ANY_FREQUENCY_ERROR * ANY_FREQUENCY_ERROR, seconds);
  }

  /** All offsets are forgotten but one, from which time went on to the tick. */
  private void restart(double offset, double error, long atTick) {
    if (Math.abs(offset) > FAR_FROM_BASE) {
      long far = Math.round(offset);
      moveBase(far);
      sample.offset -= (double) far;
      offset -= (double) far;
    }
    mixture.restart(offset, error, (tick - atTick) / NANOS_PER_SECOND);
    startTick = atTick;
    streakTick = atTick;
    streak = 0;
    samples = 1;
    held.isHeld = false;
  }

  private boolean excludes(OffsetBounds bounds) {
    long offset = unclamped(bounds.tickNanos());
    double off = Math.abs((double) (offset - bounds.clamp(offset)));
    return off > SURPRISE * (errorNanosAt(bounds.tickNanos()) + sample.grain);
  }

  private void clamp(OffsetBounds bounds) {
    long offset = unclamped(bounds.tickNanos());
    clamped = (double) (bounds.clamp(offset) - offset);
  }

  private long unclamped(long tickNanos) {
    return baseNanos + Math.round(sum.offset() + rate() * (tickNanos - tick));
  }

  /** In nanoseconds a nanosecond, and no faster than a clock may run. */
  private double rate() {
    double fastest = ClockModel.MAX_FREQUENCY;
    return Math.max(-fastest, Math.min(fastest, sum.frequency() / NANOS_PER_SECOND));
  }

  @Override
  public boolean isKnown() {
    return samples > 0;
  }

  @Override
  public long offsetNanosAt(long tickNanos) {
    requireKnown();
    return unclamped(tickNanos) + Math.round(clamped);
  }

  @Override
  public double errorNanosAt(long tickNanos) {
    requireKnown();
    double seconds = (tickNanos - tick) / NANOS_PER_SECOND;
    double grown =
        sum.variance()
            + seconds * (2 * sum.covariance() + seconds * sum.frequencyVariance())
            + mixture.walk() * Math.abs(seconds * seconds * seconds) / 3;
    return Math.sqrt(Math.max(0, grown));
  }

  private void requireKnown() {
    if (samples == 0) {
      throw new IllegalStateException("nothing is known of this source");
    }
  }

  @Override
  public double frequency() {
    return rate();
  }

  @Override
  public double frequencyError() {
    return Math.sqrt(sum.frequencyVariance()) / NANOS_PER_SECOND;
  }

  @Override
  public double wander() {
    return samples > 0 ? Math.sqrt(mixture.walk()) / NANOS_PER_SECOND : 0;
  }

  @Override
  public void fallSilent() {
    // What is known ages by itself, and another path shows in the round trips to come.
  }

  @Override
  public void shift(long nanos) {
    baseNanos = Math.addExact(baseNanos, nanos);
  }

  @Override
  public void reset() {
    mixture.forget(RESET_SECONDS);
    delays.clear();
    held.isHeld = false;
    clamped = 0;
    samples = 0;
  }
}
