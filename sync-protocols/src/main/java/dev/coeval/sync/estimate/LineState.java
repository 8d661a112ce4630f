package dev.coeval.sync.estimate;

/**
 * Offset and frequency as a normal distribution, and how a random walk of the frequency blurs it:
 * the state of a Kalman filter of two dimensions. Offsets are in nanoseconds, frequencies in
 * nanoseconds a second.
 *
 * <p>The covariance is kept in Bierman's (1977) factored form: the variance of the offset, the
 * regression of the frequency on the offset, and the variance of the frequency once the offset is
 * known. A sample of the offset then changes the first only; and a step in time is a sum of three
 * contributions of rank one, whose determinant is a sum of squares. So the covariance stays
 * positive definite for as long as it runs, without any care.
 */
final class LineState {
  private static final double TWELFTH = 1.0 / 12;

  private double offset;
  private double frequency;
  private double variance;
  private double slope;
  private double rest;

  double offset() {
    return offset;
  }

  double frequency() {
    return frequency;
  }

  double variance() {
    return variance;
  }

  double covariance() {
    return slope * variance;
  }

  double frequencyVariance() {
    return rest + slope * slope * variance;
  }

  /** Offset and frequency that do not know of each other. */
  void set(double offset, double variance, double frequency, double frequencyVariance) {
    this.offset = offset;
    this.variance = variance;
    this.frequency = frequency;
    this.slope = 0;
    this.rest = frequencyVariance;
  }

  void copy(LineState other) {
    offset = other.offset;
    frequency = other.frequency;
    variance = other.variance;
    slope = other.slope;
    rest = other.rest;
  }

  /** With moments given; the determinant must not be negative. */
  void setMoments(double newVariance, double covariance, double frequencyVariance) {
    variance = newVariance;
    slope = newVariance > 0 ? covariance / newVariance : 0;
    rest = Math.max(0, frequencyVariance - slope * covariance);
  }

  void setLine(double newOffset, double newFrequency) {
    offset = newOffset;
    frequency = newFrequency;
  }

  /**
   * Time goes on by {@code seconds}, in which the frequency walks by {@code walkVariance} a second.
   */
  void predict(double seconds, double walkVariance) {
    offset += frequency * seconds;
    double walk = walkVariance * seconds;
    double bow = walk * seconds * seconds * TWELFTH; // of the offset, that the walk does not show
    double lever = 1 + slope * seconds;
    double midLever = 1 + slope * seconds / 2;
    double half = seconds / 2;
    double newVariance =
        variance * lever * lever + rest * seconds * seconds + walk * half * half + bow;
    double newCovariance = variance * lever * slope + rest * seconds + walk * half;
    double determinant =
        variance * (rest + walk * midLever * midLever + bow * slope * slope)
            + rest * (walk * half * half + bow)
            + walk * bow;
    slope = newVariance > 0 ? newCovariance / newVariance : slope;
    rest = newVariance > 0 ? determinant / newVariance : rest + walk;
    variance = newVariance;
  }

  /**
   * The offset was found to be off by {@code shift}, and its variance to be {@code share} of it.
   */
  void correct(double shift, double share) {
    offset += shift;
    frequency += slope * shift;
    variance *= share;
  }

  void shift(double nanos) {
    offset += nanos;
  }
}
