package dev.coeval.sync.scenario.file;

/**
 * How far one clock is off, taken at every whole true second: x in seconds and F in seconds a
 * second.
 *
 * <p>The sync time is one more than the last second at which |x| or |F| was above its limit, with
 * nothing smoothed. Largest values and RMS, about zero, are over the seconds after the window; over
 * all of them if the window ends at 0 or not before the run.
 */
final class ErrorMeter {
  private static final double TOLERANCE = 1 + 1e-6;

  private final Limits limits;
  private final long from;
  private long syncSeconds;
  private double maxTime;
  private double maxFrequency;
  private double timeSquares;
  private double frequencySquares;
  private long samples;

  ErrorMeter(Limits limits, long seconds) {
    this.limits = limits;
    double most = limits.sync().most();
    this.from = most <= 0 || most >= seconds ? 0 : (long) Math.floor(most) + 1;
  }

  void sample(long second, double time, double frequency) {
    boolean isOff =
        Math.abs(time) > limits.time() * TOLERANCE
            || Math.abs(frequency) > limits.frequency() * TOLERANCE;
    if (isOff) {
      syncSeconds = second + 1;
    }
    if (second >= from) {
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

  double maxTime() {
    return maxTime;
  }

  double maxFrequency() {
    return maxFrequency;
  }

  double rmsTime() {
    return samples == 0 ? 0 : Math.sqrt(timeSquares / samples);
  }

  double rmsFrequency() {
    return samples == 0 ? 0 : Math.sqrt(frequencySquares / samples);
  }
}
