package dev.coeval.sync.estimate;

/**
 * One view of how delays come about, hence of what an exchange says about the offset.
 *
 * <p>All begin with the same: of the time that the two ways took together beyond the least, each
 * took a share that nobody knows; so the offset is off from the middle by half of it at most. They
 * differ in how the share is distributed, and in how far the least is believed.
 */
interface ErrorModel {

  /**
   * Learns from an exchange.
   *
   * @param sample the exchange
   * @param expected where the offset was expected
   * @param variance of that
   * @param result how likely the sample was, and what to correct
   */
  void apply(Sample sample, double expected, double variance, Correction result);

  /** An exchange, in nanoseconds. Held by whoever makes it, so that nothing is allocated. */
  final class Sample {
    /** What the exchange says if both ways took equally long. */
    double offset;

    /** The round trip beyond the least that was seen. */
    double excess;

    /** By how much the least that was seen may be above the least there is. */
    double unsure;

    /** The excess that half of the exchanges are beyond. */
    double typical;

    /** The deviation of what stamps leave out. */
    double grain;
  }

  /** What came of it. */
  final class Correction {
    /** The logarithm of the sample's density, as this view expected it. */
    double logDensity;

    /** By how much the offset is other than expected. */
    double shift;

    /** What is left of its variance. */
    double share;
  }

  /** The offset is normally distributed about the middle. */
  record Peaked(double spread) implements ErrorModel {
    private static final double TWO_PI = 2 * Math.PI;

    @Override
    public void apply(Sample sample, double expected, double variance, Correction result) {
      double error = (sample.excess + sample.unsure) / spread;
      double noise = error * error + sample.grain * sample.grain;
      double total = variance + noise;
      double off = sample.offset - expected;
      result.logDensity = -0.5 * (off * off / total + Math.log(TWO_PI * total));
      result.shift = variance / total * off;
      result.share = noise / total;
    }
  }

  /**
   * The offset is anywhere in what the exchange allows, or, tilted, the more likely the nearer to
   * one end; and the ends are a little soft.
   *
   * <p>An expectation that is normally distributed, times an exponential function, is another one
   * that is moved by slope times variance; cut off at both ends, it has known moments. With soft
   * ends that is so for the offset and the error of the ends together, of which the offset has its
   * part by their covariance.
   */
  final class Slab implements ErrorModel {
    /** A steeper slope, in deviations, tells nothing that this does not, but in more digits. */
    private static final double STEEPEST = 1000;

    private static final double LEVEL = 1e-6;

    private final TruncatedNormal normal = new TruncatedNormal();
    private final double widen;
    private final double softUnsure;
    private final double softTypical;
    private final double tilt;

    /**
     * A slab.
     *
     * @param widen by how many times what is unsure it is wider than the excess
     * @param softUnsure the deviation of its ends, in parts of what is unsure
     * @param softTypical the same, in parts of the typical excess
     * @param tilt how many times over the typical excess the density falls by e, from low to high
     */
    Slab(double widen, double softUnsure, double softTypical, double tilt) {
      this.widen = widen;
      this.softUnsure = softUnsure;
      this.softTypical = softTypical;
      this.tilt = tilt;
    }

    @Override
    public void apply(Sample sample, double expected, double variance, Correction result) {
      double width = sample.excess + widen * sample.unsure + 2 * sample.grain;
      double edge = softUnsure * sample.unsure + softTypical * sample.typical + sample.grain;
      double total = variance + edge * edge;
      double scale = Math.sqrt(total);
      double steepest = STEEPEST / scale;
      double slope =
          Math.max(-steepest, Math.min(steepest, tilt / (sample.typical + sample.grain)));
      double low = sample.offset - width / 2 - expected;
      double moved = -slope * total;
      normal.truncate((low - moved) / scale, (low + width - moved) / scale);
      result.logDensity = normal.logDensity() - Math.log(scale);
      if (tilt != 0) {
        double fall = Math.abs(slope * width);
        double norm = fall < LEVEL ? 0 : Math.log(fall / -Math.expm1(-fall));
        double end = slope > 0 ? low : low + width; // where the density is greatest
        result.logDensity += norm + slope * end + slope * slope * total / 2;
      }
      result.shift = variance / total * (moved + scale * normal.mean());
      result.share = (edge * edge + variance * normal.variance()) / total;
    }
  }
}
