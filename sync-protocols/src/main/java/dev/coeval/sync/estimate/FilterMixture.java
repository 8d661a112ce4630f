package dev.coeval.sync.estimate;

/**
 * Filters side by side, each with its assumptions and with a weight: what all of them together say.
 *
 * <p>After each sample every weight is multiplied by how likely the sample was to its filter
 * (Magill 1965). Weights fade, so that what was learned long ago can be unlearned; and a filter
 * that has lost all weight follows an error of its own by then, so it begins again from the mean.
 *
 * <p>Offsets are in nanoseconds from a base that the owner keeps, frequencies in nanoseconds a
 * second. Allocates nothing once it is made. Not thread-safe.
 */
final class FilterMixture {

  /** Weights remember some two hundred exchanges. */
  private static final double KEPT = 0.995;

  /** No exchange by itself makes a filter less likely than another by more than e to this. */
  private static final double MOST_TOLD = 5;

  /** A filter whose weight is e to the minus this has lost. */
  private static final double LOST = 25;

  /** Quartz is right to 100 ppm, an oscillator in software not always. */
  private static final double USUAL_FREQUENCY_ERROR = 3e5;

  /** Ordinary quartz wanders by this at most, in nanoseconds a second per root second. */
  private static final double USUAL_WANDER = 10;

  /** How much less likely it is that it wanders ten times as much: e to the minus this. */
  private static final double UNUSUAL = 4;

  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] walks;
  private final double[] prior;
  private final ErrorModel[] models;
  private final LineState[] filters;
  private final double[] logWeights;
  private final double[] logDensities;
  private final double[] weights;
  private final LineState sum = new LineState();
  private final ErrorModel.Correction correction = new ErrorModel.Correction();
  private double walk;

  /**
   * A filter for every wander and every model.
   *
   * @param wanders in seconds a second per root second
   * @param models views of what an exchange says
   */
  FilterMixture(double[] wanders, ErrorModel... models) {
    int count = wanders.length * models.length;
    this.models = models.clone();
    this.walks = new double[wanders.length];
    this.prior = new double[wanders.length];
    for (int i = 0; i < walks.length; i++) {
      double nanos = wanders[i] * NANOS_PER_SECOND;
      walks[i] = nanos * nanos;
      prior[i] = -UNUSUAL * Math.max(0, Math.log10(nanos / USUAL_WANDER));
    }
    this.filters = new LineState[count];
    this.logWeights = new double[count];
    this.logDensities = new double[count];
    this.weights = new double[count];
    for (int i = 0; i < count; i++) {
      filters[i] = new LineState();
      logWeights[i] = prior[i % walks.length];
      filters[i].set(0, 0, 0, USUAL_FREQUENCY_ERROR * USUAL_FREQUENCY_ERROR);
    }
    combine();
  }

  /** Mean and covariance of all filters; the same object for ever. */
  LineState sum() {
    return sum;
  }

  /** The mean variance that frequencies gain in a second. */
  double walk() {
    return walk;
  }

  /** Time goes on. */
  void predict(double seconds) {
    for (int i = 0; i < filters.length; i++) {
      filters[i].predict(seconds, walks[i % walks.length]);
    }
    sum.predict(seconds, walk);
  }

  /** All offsets are so much larger. */
  void shift(double nanos) {
    for (LineState filter : filters) {
      filter.shift(nanos);
    }
    sum.shift(nanos);
  }

  /** Offsets are forgotten but one, so many seconds ago; the frequency stays. */
  void restart(double offset, double error, double seconds) {
    double frequency = sum.frequency();
    double variance = sum.frequencyVariance();
    for (int i = 0; i < filters.length; i++) {
      filters[i].set(offset, error * error, frequency, variance);
      filters[i].predict(seconds, walks[i % walks.length]);
    }
    combine();
  }

  /** Nothing is known but the frequency, which may have walked for so long. */
  void forget(double seconds) {
    sum.set(0, 0, sum.frequency(), sum.frequencyVariance() + walk * seconds);
  }

  /** So much is not known of the frequency, for some time already. */
  void addFrequencyVariance(double variance, double seconds) {
    for (LineState filter : filters) {
      filter.setMoments(
          filter.variance() + variance * seconds * seconds,
          filter.covariance() + variance * seconds,
          filter.frequencyVariance() + variance);
    }
  }

  /** Every filter takes in a sample, and is judged by how it foretold it. */
  void learn(ErrorModel.Sample sample) {
    double likeliest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < filters.length; i++) {
      LineState filter = filters[i];
      models[i / walks.length].apply(sample, filter.offset(), filter.variance(), correction);
      filter.correct(correction.shift, correction.share);
      logDensities[i] = correction.logDensity;
      likeliest = Math.max(likeliest, correction.logDensity);
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < filters.length; i++) {
      double before = KEPT * logWeights[i] + (1 - KEPT) * prior[i % walks.length];
      logWeights[i] = before + Math.max(logDensities[i] - likeliest, -MOST_TOLD);
      best = Math.max(best, logWeights[i]);
    }
    for (int i = 0; i < filters.length; i++) {
      logWeights[i] -= best;
    }
    combine();
    for (int i = 0; i < filters.length; i++) {
      if (logWeights[i] < -LOST) {
        filters[i].copy(sum);
        logWeights[i] = -LOST;
      }
    }
  }

  /** The moments of all filters together. */
  private void combine() {
    double total = 0;
    for (int i = 0; i < filters.length; i++) {
      weights[i] = Math.exp(logWeights[i]);
      total += weights[i];
    }
    double offset = 0;
    double frequency = 0;
    walk = 0;
    for (int i = 0; i < filters.length; i++) {
      weights[i] /= total;
      offset += weights[i] * filters[i].offset();
      frequency += weights[i] * filters[i].frequency();
      walk += weights[i] * walks[i % walks.length];
    }
    sum.setLine(offset, frequency);
    spread();
  }

  private void spread() {
    double variance = 0;
    double covariance = 0;
    double frequencyVariance = 0;
    for (int i = 0; i < filters.length; i++) {
      LineState filter = filters[i];
      double apart = filter.offset() - sum.offset();
      double faster = filter.frequency() - sum.frequency();
      variance += weights[i] * (filter.variance() + apart * apart);
      covariance += weights[i] * (filter.covariance() + apart * faster);
      frequencyVariance += weights[i] * (filter.frequencyVariance() + faster * faster);
    }
    sum.setMoments(variance, covariance, frequencyVariance);
  }
}
