package dev.coeval.sync.scenario;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.sim.SkewSeries;

/**
 * How one node did.
 *
 * @param node which one
 * @param syncSeconds from which whole second on it kept the situation's limits to the end; 0 if
 *     always
 * @param settled the statistics of the seconds after the time it had to settle
 * @param bound what its claims were worth, at every event
 * @param series its error, rate and bound at whole seconds
 */
public record NodeResult(
    PeerId node, long syncSeconds, SkewSeries.Statistics settled, Bound bound, SkewSeries series) {

  /**
   * What claims were worth, at every event of the run.
   *
   * @param readings how many readings claimed a bound
   * @param violations how many of them did not hold the truth
   * @param meanWidthNanos the mean width of the claimed intervals, latest minus earliest
   */
  public record Bound(long readings, long violations, double meanWidthNanos) {}
}
