package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import java.util.List;

/**
 * The points of sources that agree, made one (RFC 5905 section 11.2.3): each weighs by the inverse
 * of its largest error, as that is what asymmetry can hide in; frequencies weigh by the inverse
 * square of their likely error. What is likely is never worse than what is certain.
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
    for (Source source : sources) {
      OffsetEstimate point = source.pointAt(tick);
      double weight = 1 / largestError(source.boundsAt(tick));
      double offset = certain.clamp(point.offsetNanos()) - base;
      weights += weight;
      sum += weight * offset;
      squares += weight * offset * offset;
      own += Math.pow(weight * point.errorNanos(), 2);
    }
    double mean = sum / weights;
    double spread = Math.max(squares / weights - mean * mean, 0);
    double error = Math.sqrt(own / (weights * weights) + spread);
    long epoch = Math.addExact(tick, certain.clamp(base + Math.round(mean)));
    BoundedInstant bounds =
        new BoundedInstant(
            Math.addExact(tick, certain.lowNanos()), Math.addExact(tick, certain.highNanos()));
    long likely = Math.min((long) Math.ceil(error), bounds.errorNanosOf(epoch));
    return new ClockEstimate(tick, epoch, frequency(sources), likely, bounds);
  }

  private static double frequency(List<Source> sources) {
    double weights = 0;
    double sum = 0;
    for (Source source : sources) {
      double weight = Math.pow(Math.max(source.frequencyError(), MIN_FREQUENCY_ERROR), -2);
      weights += weight;
      sum += weight * source.frequency();
    }
    double fastest = ClockModel.MAX_FREQUENCY; // a mean may be rounded beyond what it is made of
    return Math.max(-fastest, Math.min(fastest, sum / weights));
  }

  private static double largestError(OffsetBounds bounds) {
    return Math.max(1, ((double) bounds.highNanos() - bounds.lowNanos()) / 2);
  }
}
