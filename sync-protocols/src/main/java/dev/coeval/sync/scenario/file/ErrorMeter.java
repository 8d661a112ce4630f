package dev.coeval.sync.scenario.file;

/**
 * How far one clock is off, taken at every whole true second: x in seconds and F in seconds a
 * second.
 *
 * <p>The sync time is one more than the last second at which |x| or |F| was above its limit, with
 * nothing smoothed. Largest values, RMS about zero, and quantiles are over the seconds from the end
 * of the warm-up on.
 */
final class ErrorMeter {
  private static final double TOLERANCE = 1 + 1e-6;

  private final Limits limits;
  private final long from;
  private final MagnitudeHistogram times = new MagnitudeHistogram();
  private long syncSeconds;
  private double maxTime;
  private double maxFrequency;
  private double timeSquares;
  private double frequencySquares;
  private long samples;

  /**
   * For one clock.
   *
   * @param from the first second that counts for all but the sync time
   */
  ErrorMeter(Limits limits, long from) {
    this.limits = limits;
    this.from = from;
  }

  void sample(long second, double time, double frequency) {
    boolean isOff =
        Math.abs(time) > limits.time() * TOLERANCE
            || Math.abs(frequency) > limits.frequency() * TOLERANCE;
    if (isOff) {
      syncSeconds = second + 1;
    }
    if (second >= from) {
      times.add(time);
      maxTime = Math.max(maxTime, Math.abs(time));
      maxFrequency = Math.max(maxFrequency, Math.abs(frequency));
      timeSquares += time * time;
      frequencySquares += frequency * frequency;
      samples++;
    }
  }

  long syncSeconds() {
    return syncSeconds;
  }

  ClockAccuracy.Errors errors() {
    return new ClockAccuracy.Errors(
        samples, rms(timeSquares), times.quantile(0.5), times.quantile(0.99), maxTime);
  }

  ClockAccuracy.Rates rates() {
    return new ClockAccuracy.Rates(rms(frequencySquares), maxFrequency);
  }

  private double rms(double squares) {
    return samples == 0 ? 0 : Math.sqrt(squares / samples);
  }
}
