package dev.coeval.sync.estimate;

/**
 * A standard normal variable of which an interval is learned that it lies in: how likely that was,
 * and its mean and variance then.
 *
 * <p>Three forms, each where it is exact enough: by densities and Mills ratios; in a narrow
 * interval, and far out in the tail, as an exponential distribution cut off at both ends. Nothing
 * overflows, and the variance lies within 0 and 1, however far away the interval is. Holds its
 * results, so that nothing is allocated; not thread-safe.
 */
final class TruncatedNormal {
  private static final double HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
  private static final double NARROW = 0.02;
  private static final double FAR = 30;
  private static final double SMALL = 1e-2;

  private double logMass;
  private double mean;
  private double variance;

  /** The logarithm of the probability of the interval, over its width. */
  double logDensity() {
    return logMass;
  }

  double mean() {
    return mean;
  }

  double variance() {
    return variance;
  }

  /** Learns that the variable lies in an interval that is not empty. */
  void truncate(double low, double high) {
    boolean isMirrored = low + high < 0;
    double near = isMirrored ? -high : low;
    double far = isMirrored ? -low : high;
    if (far - near < NARROW) {
      narrow(near, far - near);
    } else if (near > FAR) {
      far(near, far - near);
    } else {
      wide(near, far);
    }
    mean = isMirrored ? -mean : mean;
    variance = Math.max(0, Math.min(1, variance));
  }

  private void wide(double low, double high) {
    double atLow = Math.exp(-low * low / 2 - HALF_LOG_2PI);
    double atHigh = Math.exp(-high * high / 2 - HALF_LOG_2PI);
    double above = atHigh * MillsRatio.at(high);
    double mass =
        low > 0 ? atLow * MillsRatio.at(low) - above : 1 - above - atLow * MillsRatio.at(-low);
    mean = (atLow - atHigh) / mass;
    variance = 1 + (low * atLow - high * atHigh) / mass - mean * mean;
    logMass = Math.log(mass / (high - low));
  }

  /** The density falls by {@code middle} a unit, and hardly bends. */
  private void narrow(double low, double width) {
    double middle = low + width / 2;
    exponential(middle, width);
    mean += low;
    double k = middle * width;
    double logSpread = k < SMALL ? k * k / 24 : k / 2 + Math.log(-Math.expm1(-k) / k);
    logMass = -middle * middle / 2 - HALF_LOG_2PI + logSpread;
  }

  /** The density falls by {@code low} a unit, and is gone before that changes. */
  private void far(double low, double width) {
    exponential(low + 1 / low, width);
    mean += low;
    double k = low * width;
    logMass = -low * low / 2 - HALF_LOG_2PI + Math.log(-Math.expm1(-k) / k);
  }

  /** Mean and variance of an exponential distribution cut off at a width. */
  private void exponential(double rate, double width) {
    double k = rate * width;
    if (k < SMALL) {
      mean = width * (0.5 - k / 12);
      variance = width * width / 12 * (1 - k * k / 20);
    } else {
      double left = -Math.expm1(-k);
      double tail = k * Math.exp(-k) / left;
      mean = (1 - tail) / rate;
      variance = (1 - tail * tail - tail * k) / (rate * rate);
    }
  }
}
