package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;

/**
 * NTP's clock discipline: a phase-locked loop that becomes a frequency-locked one as intervals grow
 * (RFC 5905 sections 11.3 and 12; Mills, Computer Network Time Synchronization, 2006).
 *
 * <p><b>Idea.</b> The loop steers a clock of its own, a line through ticks, and looks only at how
 * far each sample is from it. A part of the difference goes into the phase, exponentially over a
 * time constant; a smaller part into the frequency. Where network jitter is what errs, the phase
 * says most of the frequency (PLL); where the oscillator wanders, two differences do (FLL).
 *
 * <p><b>States.</b>
 *
 * <pre>
 *            first sample               900 s later                   above 125 ms
 *     NSET ---------------&gt; FREQ -----------------------&gt; SYNC &lt;-----------------------&gt; SPIK
 *     FSET -------------------------------------------&gt;          in range, or 900 s later:
 *       (frequency known)      frequency measured at once          frequency and phase set
 * </pre>
 *
 * <p>In FREQ samples are only looked at until the oscillator's frequency can be told from the first
 * and the last of them. In SPIK a difference above the step threshold is taken for a spike of the
 * network, until it has lasted for the stepout; then the phase is set.
 *
 * <p><b>What is different here.</b> The RFC adjusts the clock once a second. Here the part of the
 * phase that those adjustments would take up until the next sample is put into the estimate at
 * once, and the clock's own slew spreads it; so nothing runs on when samples stop coming. "Step"
 * means that this loop's own line is set: whether a clock follows by a step is its policy's to say.
 * And the time constant is chosen by hysteresis as the RFC does, but never below the interval at
 * which samples come, as the poll interval is not this class's to set.
 *
 * <p>Compared with a regression it is slow to start and forgets slowly, in return for five numbers
 * of state. Not thread-safe.
 */
public final class PllFllDiscipline implements Discipline {

  /** The states of RFC 5905 figure 28. */
  public enum State {
    /** Nothing is known. */
    NSET,
    /** The frequency is known from before. */
    FSET,
    /** An outlier was seen. */
    SPIK,
    /** The frequency is being measured. */
    FREQ,
    /** The loop is closed. */
    SYNC
  }

  private static final double STEP = 0.125;
  private static final double STEPOUT = 900;
  private static final double TIME_CONSTANT = 16;
  private static final double FLL_GAIN = 18;
  private static final double AVERAGE = 8;
  private static final double ALLAN = 1500;
  private static final double GATE = 4;
  private static final int LIMIT = 30;
  private static final int MIN_TAU = 4;
  private static final int MAX_TAU = 17;
  private static final double MAX_FREQUENCY = RegressionConfig.DEFAULT_MAX_FREQUENCY;
  private static final double PRECISION = 1e-7;
  private static final double SECOND = 1e-9;
  private static final double NANOS = 1e9;

  private State state = State.NSET;
  private long tick;
  private long offset;
  private double frequency;
  private double residual;
  private double jitter;
  private double wander = MAX_FREQUENCY;
  private double lastDifference;
  private long baseTick;
  private long baseOffset;
  private int tau = MIN_TAU;
  private int hysteresis;

  /** A loop that knows nothing. */
  public PllFllDiscipline() {}

  /**
   * A loop that knows its oscillator from an earlier run.
   *
   * @param knownFrequency by how much time runs faster than ticks, in seconds a second; at most 500
   *     ppm
   * @throws IllegalArgumentException if it is more
   */
  public PllFllDiscipline(double knownFrequency) {
    if (!(Math.abs(knownFrequency) <= MAX_FREQUENCY)) {
      throw new IllegalArgumentException("frequency is out of range: " + knownFrequency);
    }
    frequency = knownFrequency;
    state = State.FSET;
  }

  @Override
  public ClockEstimate update(OffsetEstimate sample, OffsetBounds bounds) {
    if (bounds.isEmpty()) {
      throw new IllegalArgumentException("bounds are empty: " + bounds);
    }
    take(sample);
    long now = Math.max(bounds.tickNanos(), tick);
    offset = bounds.clamp(lineAt(now));
    tick = now;
    double error = Math.hypot(jitter, wander * Math.scalb(1.0, tau));
    if (state == State.NSET || state == State.FREQ) {
      error = Math.max(jitter, sample.errorNanos() * SECOND);
    }
    return new ClockEstimate(
        bounds.tickNanos(),
        Math.addExact(bounds.tickNanos(), offset),
        frequency,
        (long) Math.ceil(Math.min(error * NANOS, 1e18)),
        new BoundedInstant(
            Math.addExact(bounds.tickNanos(), bounds.lowNanos()),
            Math.addExact(bounds.tickNanos(), bounds.highNanos())));
  }

  /**
   * Where the loop stands.
   *
   * @return the state
   */
  public State state() {
    return state;
  }

  @Override
  public double frequencyError() {
    return wander;
  }

  @Override
  public void shift(long nanos) {
    offset += nanos;
    baseOffset += nanos;
  }

  @Override
  public void reset() {
    state = state == State.NSET || state == State.FREQ ? State.NSET : State.FSET;
    residual = 0;
    jitter = 0;
    hysteresis = 0;
  }

  private void take(OffsetEstimate sample) {
    if (state == State.NSET || state == State.FSET) {
      begin(sample);
      return;
    }
    double interval = (sample.tickNanos() - tick) * SECOND;
    if (interval <= 0) {
      return; // by rule, an update is later than the one before
    }
    double difference = ((double) sample.offsetNanos() - lineAt(sample.tickNanos())) * SECOND;
    double sinceBase = (sample.tickNanos() - baseTick) * SECOND;
    if (state == State.FREQ) {
      measure(sample, sinceBase);
    } else if (Math.abs(difference) > STEP) {
      spike(sample, difference, sinceBase);
    } else {
      follow(sample, difference, interval);
    }
  }

  /** The first sample is the phase; only the oscillator is unknown. */
  private void begin(OffsetEstimate sample) {
    set(sample, sample.offsetNanos());
    state = state == State.NSET ? State.FREQ : State.SYNC;
    jitter = Math.max(sample.errorNanos() * SECOND, PRECISION);
  }

  private void set(OffsetEstimate sample, long newOffset) {
    tick = sample.tickNanos();
    offset = newOffset;
    baseTick = tick;
    baseOffset = newOffset;
    residual = 0;
    lastDifference = 0;
    hysteresis = 0;
  }

  /** Only looks, until first and last sample are far enough apart to tell the frequency. */
  private void measure(OffsetEstimate sample, double sinceBase) {
    if (sinceBase < STEPOUT) {
      return;
    }
    double moved = ((double) (sample.offsetNanos() - baseOffset)) * SECOND;
    setFrequency(moved / sinceBase);
    wander = Math.hypot(jitter, sample.errorNanos() * SECOND) / sinceBase;
    set(sample, sample.offsetNanos());
    state = State.SYNC;
  }

  /** The first of its kind is ignored; one that lasts is the truth. */
  private void spike(OffsetEstimate sample, double difference, double sinceBase) {
    if (state == State.SYNC) {
      state = State.SPIK;
      baseTick = sample.tickNanos();
      return;
    }
    if (sinceBase >= STEPOUT) {
      set(sample, sample.offsetNanos());
      jitter = Math.max(jitter, Math.abs(difference) / AVERAGE);
      tau = MIN_TAU;
      state = State.SYNC;
    }
  }

  private void follow(OffsetEstimate sample, double difference, double interval) {
    double change = Math.max(Math.abs(difference - lastDifference), PRECISION);
    jitter = Math.sqrt(jitter * jitter + (change * change - jitter * jitter) / AVERAGE);
    lastDifference = difference;
    double poll = Math.max(Math.scalb(1.0, tau), Math.min(interval, Math.scalb(1.0, MAX_TAU)));
    double correction = 0;
    if (poll > ALLAN / 2) {
      double gain = Math.max(FLL_GAIN - Math.log(poll) / Math.log(2), AVERAGE);
      correction += (difference - residual) / (Math.max(interval, ALLAN) * gain);
    }
    double loop = 4 * TIME_CONSTANT * poll;
    correction += difference * Math.min(interval, poll) / (loop * loop);
    setFrequency(frequency + correction);
    wander = Math.sqrt(wander * wander + (correction * correction - wander * wander) / AVERAGE);
    double constant = TIME_CONSTANT * Math.min(poll, ALLAN);
    double taken = difference * -Math.expm1(-interval / constant);
    long line = lineAt(sample.tickNanos());
    tick = sample.tickNanos();
    offset = line + Math.round(taken * NANOS);
    residual = difference - taken;
    baseTick = tick;
    state = State.SYNC;
    adapt(difference);
  }

  /** A time constant for the phase's jitter: RFC 5905's hysteresis. */
  private void adapt(double difference) {
    boolean isQuiet = Math.abs(difference) < GATE * jitter;
    hysteresis += isQuiet ? tau : -2 * tau;
    if (hysteresis > LIMIT) {
      tau = Math.min(tau + 1, MAX_TAU);
      hysteresis = 0;
    } else if (hysteresis < -LIMIT) {
      tau = Math.max(tau - 1, MIN_TAU);
      hysteresis = 0;
    }
  }

  private void setFrequency(double wanted) {
    frequency = Math.max(-MAX_FREQUENCY, Math.min(MAX_FREQUENCY, wanted));
  }

  private long lineAt(long atTick) {
    return offset + Math.round(frequency * (atTick - tick));
  }
}
