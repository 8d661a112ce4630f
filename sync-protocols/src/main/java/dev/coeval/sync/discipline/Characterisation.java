package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.time.Characterised;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.LearnedDrift;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * The bound that rests on what was learned of the local oscillator, beside the guaranteed one.
 *
 * <p><b>Problem.</b> At 200 ppm an exchange of a minute ago is worth nothing: 12 ms have been added
 * to its half round trip. So the guaranteed bound is that of the last exchange, be it as slow as it
 * may. A crystal is much better than its drift bound, and its rate is known by now.
 *
 * <p><b>Idea.</b> The same hard bounds of every exchange held, and the same number of false
 * sources; only what lies between an exchange and now is judged by the learned rate, its error and
 * the wander ({@link LearnedDrift}).
 *
 * <ol>
 *   <li>The error of the frequency is that of the estimator, or its difference from the slope of
 *       the readings themselves, if that is more: a loop that has not settled claims too much. One
 *       that learns no wander tells the mean rate of its window, from which the present one has
 *       walked since, by {@code w^2 * T * 13/35} if it fits a straight line.
 *   <li>Of {@code n} aged readings each may err, so each is given {@code 1/n} of what the
 *       confidence leaves (Bonferroni): that says how many deviations to add.
 *   <li>The fixed-f intersection of the sources' bounds, aged so, within what is certain.
 * </ol>
 *
 * <p>Where nothing is left, something was learned that is not so, and nothing is claimed beyond the
 * guaranteed bound. Attack: a source that drifts slowly teaches a false rate. The rate is that of
 * the sources that were selected, so it takes as many liars as it takes to move the point; and the
 * interval never leaves the guaranteed one.
 */
final class Characterisation {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final double OF_A_FITTED_LINE = 13.0 / 35;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Holdover holdover;
  private int readings;
  private double deviations;

  Characterisation(Holdover holdover) {
    this.holdover = holdover;
  }

  /** What is likely at an estimate's tick, and how it ages. */
  Characterised of(ClockEstimate estimate, Rate rate, Ballot ballot, OffsetBounds certain) {
    double wander = Math.max(holdover.wander(), rate.wander());
    double error = rate.error();
    if (rate.wander() < wander) {
      double window = ballot.oldestAgeNanos() / NANOS_PER_SECOND;
      error = Math.sqrt(error * error + wander * wander * window * OF_A_FITTED_LINE);
    }
    if (!(error < ClockModel.MAX_FREQUENCY)) {
      return Characterised.NONE;
    }
    LearnedDrift drift =
        new LearnedDrift(
            estimate.frequency(),
            error,
            wander,
            deviationsFor(ballot.readings() + 1),
            holdover.confidence());
    OffsetBounds likely = ballot.agreement(drift).hull();
    if (likely.isEmpty()) {
      return Characterised.NONE;
    }
    return likely
        .intersect(certain)
        .toBoundedInstant()
        .map(bounds -> new Characterised(bounds, drift))
        .orElse(Characterised.NONE);
  }

  /**
   * How the oscillator runs.
   *
   * @param error one standard deviation of the frequency; NaN if it cannot be told yet
   * @param wander as learned; 0 if it was not
   */
  record Rate(double error, double wander) {}

  private double deviationsFor(int number) {
    if (number != readings) {
      readings = number;
      double each = (1 - holdover.confidence()) / number;
      deviations = NORMAL.inverseCumulativeProbability(1 - each / 2);
    }
    return deviations;
  }
}
