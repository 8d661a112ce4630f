package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.select.Candidate;
import dev.coeval.sync.select.Combine;
import dev.coeval.sync.select.Combine.Combined;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import java.util.List;

/**
 * The lines of sources that were selected, made one: offsets as NTP combines them ({@link
 * Combine}), frequencies by the inverse square of their likely error. The point is held within what
 * is certain, and what is likely is never worse than that.
 */
final class Combination {
  private static final double MIN_FREQUENCY_ERROR = 1e-12;

  private Combination() {}

  static ClockEstimate of(List<Source> sources, List<Candidate> candidates, OffsetBounds certain) {
    long tick = certain.tickNanos();
    Combined combined = Combine.of(candidates);
    double weights = 0;
    double own = 0;
    for (int i = 0; i < sources.size(); i++) {
      double weight = Combine.weight(candidates.get(i));
      weights += weight;
      own += Math.pow(weight * sources.get(i).pointAt(tick).errorNanos(), 2);
    }
    double off = (double) (combined.offsetNanos() - candidates.get(0).offsetNanos());
    double spread = Math.max(combined.jitterNanos() * combined.jitterNanos() - off * off, 0);
    double error = Math.sqrt(own / (weights * weights) + spread);
    long epoch = Math.addExact(tick, certain.clamp(combined.offsetNanos()));
    BoundedInstant bounds =
        new BoundedInstant(
            Math.addExact(tick, certain.lowNanos()), Math.addExact(tick, certain.highNanos()));
    long likely = Math.min((long) Math.ceil(error), bounds.errorNanosOf(epoch));
    return new ClockEstimate(tick, epoch, frequency(sources), likely, bounds);
  }

  /**
   * How well a frequency is known: as if all sources erred alike, for it is one oscillator that
   * they look at, and most of what they miss is its own. What a loop claims before it has settled
   * is not enough: where the readings show another rate, the difference counts.
   *
   * @param claimed one standard deviation, as whoever learned it says; if it was not each source,
   *     otherwise NaN
   */
  static Characterisation.Rate rate(List<Source> sources, double frequency, double claimed) {
    double weights = 0;
    double sum = 0;
    double wander = 0;
    double doubt = 0;
    for (Source source : sources) {
      double error = Math.max(source.frequencyError(), MIN_FREQUENCY_ERROR);
      weights += Math.pow(error, -2);
      sum += 1 / error;
      wander = Math.max(wander, source.wander());
      doubt = Math.max(doubt, source.doubtOf(frequency)); // NaN stays
    }
    double own = Double.isNaN(claimed) ? sum / weights : claimed;
    return new Characterisation.Rate(Math.max(own, doubt), wander);
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
}
