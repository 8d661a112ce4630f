package dev.coeval.sync.discipline;

/**
 * Which way a network is slow: how a source's offsets follow the delay of its exchanges.
 *
 * <p><b>Problem.</b> Where only one direction queues, every delayed exchange errs to the same side,
 * by half its delay. Weights make slow exchanges count little, not nothing: what is left is a bias
 * that no averaging removes.
 *
 * <p><b>Idea</b> (chrony has it too). Each sample says how large its error may be. Regress the
 * offsets on that beside the time: if the coefficient is larger than chance explains, the samples
 * are moved along it to where the quickest of them is. Where both directions queue alike the
 * coefficient is noise about zero, and nothing is moved.
 */
final class Asymmetry {

  /** With fewer samples chance explains too much. */
  private static final int MIN_SAMPLES = 8;

  /** Standard deviations that chance does not explain, though it is asked at each sample. */
  private static final double SIGNIFICANT = 4;

  /** Standard deviations beyond which what was significant before is contradicted. */
  private static final double CONTRADICTED = 2;

  /** All of the excess one way: half of it over its standard deviation. */
  private static final double MOST = Math.sqrt(3);

  private Asymmetry() {}

  /**
   * By how much offsets grow with their errors; 0 unless that is significant, or was before and is
   * not contradicted.
   */
  static double of(SampleWindow window, double before) {
    if (window.size() < MIN_SAMPLES) {
      return before;
    }
    window.setAsymmetry(0);
    double[] mean = means(window);
    double tt = 0;
    double te = 0;
    double ty = 0;
    double ee = 0;
    double ey = 0;
    double yy = 0;
    for (int i = 0; i < window.size(); i++) {
      double w = window.weight(i);
      double t = window.seconds(i) - mean[0];
      double e = window.error(i) - mean[1];
      double y = window.offset(i) - mean[2];
      tt += w * t * t;
      te += w * t * e;
      ty += w * t * y;
      ee += w * e * e;
      ey += w * e * y;
      yy += w * y * y;
    }
    if (tt <= 0) {
      return before;
    }
    // What the time explains is taken out of both, and what is left of one explains the other.
    double left = ee - te * te / tt;
    double shared = ey - te * ty / tt;
    double unexplained = yy - ty * ty / tt;
    if (left <= 0) {
      return before;
    }
    double coefficient = shared / left;
    double residual = Math.max(unexplained - coefficient * shared, 0) / (window.size() - 3);
    double error = Math.sqrt(residual / left);
    if (Math.abs(coefficient) > SIGNIFICANT * error) {
      return Math.max(-MOST, Math.min(MOST, coefficient));
    }
    return Math.abs(coefficient - before) < CONTRADICTED * error ? before : 0;
  }

  private static double[] means(SampleWindow window) {
    double w = 0;
    double[] sums = new double[3];
    for (int i = 0; i < window.size(); i++) {
      double weight = window.weight(i);
      w += weight;
      sums[0] += weight * window.seconds(i);
      sums[1] += weight * window.error(i);
      sums[2] += weight * window.offset(i);
    }
    return new double[] {sums[0] / w, sums[1] / w, sums[2] / w};
  }
}
