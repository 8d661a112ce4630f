package dev.coeval.bench.report;

/**
 * A figure.
 *
 * @param score the figure; not a number if there is none
 * @param error half the width of its 99.9% confidence interval; not a number if it is not known
 * @param unit as JMH names it
 */
record Metric(double score, double error, String unit) {
  static final Metric NONE = new Metric(Double.NaN, Double.NaN, "");
}
