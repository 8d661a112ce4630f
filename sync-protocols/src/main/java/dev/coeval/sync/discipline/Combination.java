package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import java.util.List;

/**
 * The points of sources that agree, made one (RFC 5905 section 11.2.3): each weighs by the inverse
 * of its largest error, as that is what asymmetry can hide in; frequencies weigh by the inverse
 * square of their likely error.
 */
final class Combination {
  private static final double MIN_FREQUENCY_ERROR = 1e-12;

  private Combination() {}

  static ClockEstimate of(List<Source> sources, OffsetBounds certain) {
    long tick = certain.tickNanos();
    long base = certain.clamp(sources.get(0).pointAt(tick).offsetNanos());
    double weights = 0;
    double sum = 0;
    double squares = 0;
    double own = 0;
    double frequencyWeights = 0;
    double frequencies = 0;
    for (Source source : sources) {
      OffsetEstimate point = source.pointAt(tick);
      double weight = 1 / largestError(source.boundsAt(tick));
      double offset = certain.clamp(point.offsetNanos()) - base;
      weights += weight;
      sum += weight * offset;
      squares += weight * offset * offset;
      own += weight * weight * point.errorNanos() * point.errorNanos();
      double doubt = Math.max(source.frequencyError(), MIN_FREQUENCY_ERROR);
      frequencyWeights += 1 / (doubt * doubt);
      frequencies += source.frequency() / (doubt * doubt);
    }
    double mean = sum / weights;
    double spread = Math.max(squares / weights - mean * mean, 0);
    double error = Math.sqrt(own / (weights * weights) + spread);
    return new ClockEstimate(
        tick,
        Math.addExact(tick, certain.clamp(base + Math.round(mean))),
        frequencies / frequencyWeights,
        (long) Math.ceil(error),
        new BoundedInstant(
            Math.addExact(tick, certain.lowNanos()), Math.addExact(tick, certain.highNanos())));
  }

  private static double largestError(OffsetBounds bounds) {
    return Math.max(1, ((double) bounds.highNanos() - bounds.lowNanos()) / 2);
  }
}
