package dev.coeval.sync.scenario;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.sim.SkewSeries;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How a run of a scenario went.
 *
 * @param scenario which one
 * @param seed with which seed; the same gives the same result
 * @param nodes the nodes that synchronize: clients, or all nodes of a group
 * @param notices who noticed what, in the order of time
 * @param rejections how many datagrams clients and members did not use, by reason
 */
public record ScenarioResult(
    Scenario scenario,
    long seed,
    List<NodeResult> nodes,
    List<Notice> notices,
    Map<Rejection, Long> rejections) {

  /**
   * Copies the lists.
   *
   * @param scenario as above
   * @param seed as above
   * @param nodes as above
   * @param notices as above
   * @param rejections as above
   */
  public ScenarioResult {
    nodes = List.copyOf(nodes);
    notices = List.copyOf(notices);
    rejections = Map.copyOf(rejections);
  }

  /**
   * When the last node had synchronized.
   *
   * @return whole seconds since the start, as {@link SkewSeries#syncSeconds} defines them
   */
  public long syncSeconds() {
    return (long) max(node -> (double) node.syncSeconds());
  }

  /**
   * The largest error of any node after it had to be settled.
   *
   * @return nanoseconds
   */
  public double maxErrorNanos() {
    return max(node -> node.settled().maxErrorNanos());
  }

  /**
   * The root mean square error of all nodes after they had to be settled.
   *
   * @return nanoseconds
   */
  public double rmsErrorNanos() {
    return rms(node -> node.settled().rmsErrorNanos());
  }

  /**
   * The largest error of any node's rate after it had to be settled, slewing included.
   *
   * @return seconds a second
   */
  public double maxRateError() {
    return max(node -> node.settled().maxRateError());
  }

  /**
   * The root mean square error of all nodes' rates after they had to be settled.
   *
   * @return seconds a second
   */
  public double rmsRateError() {
    return rms(node -> node.settled().rmsRateError());
  }

  /**
   * How many readings claimed a bound, at every event and of all nodes.
   *
   * @return at least 0
   */
  public long readings() {
    return nodes.stream().mapToLong(node -> node.bound().readings()).sum();
  }

  /**
   * How many of these readings did not hold the truth.
   *
   * @return 0 as long as the assumptions hold
   */
  public long violations() {
    return nodes.stream().mapToLong(node -> node.bound().violations()).sum();
  }

  /**
   * The mean width of what was claimed.
   *
   * @return nanoseconds, latest minus earliest; 0 if nothing was claimed
   */
  public double meanWidthNanos() {
    double sum = 0;
    for (NodeResult node : nodes) {
      sum += node.bound().meanWidthNanos() * node.bound().readings();
    }
    return sum / Math.max(1, readings());
  }

  private double max(ToDoubleFunction<NodeResult> value) {
    return nodes.stream().mapToDouble(value).max().orElse(0);
  }

  private double rms(ToDoubleFunction<NodeResult> value) {
    double squares = 0;
    long samples = 0;
    for (NodeResult node : nodes) {
      double one = value.applyAsDouble(node);
      squares += one * one * node.settled().samples();
      samples += node.settled().samples();
    }
    return Math.sqrt(squares / Math.max(1, samples));
  }
}
