package dev.coeval.sync.scenario.file;

import dev.coeval.sync.machine.PeerId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node.
 *
 * @param name its name, unique in the file
 * @param id its address
 * @param clock its own clock
 * @param roles what runs on it
 * @param life when it runs, and whether its clock is held to the limits
 */
record NodeSpec(String name, PeerId id, ClockSpec clock, Roles roles, Life life) {

  /**
   * What runs on a node.
   *
   * @param client asks others; null if it does not
   * @param server answers others; null if it does not
   * @param error by how much a reference's time is wrong, over the time t; null for a node that
   *     asks others
   * @param names what the file has values for
   */
  record Roles(
      @Nullable ClientSpec client,
      @Nullable ServerSpec server,
      @Nullable Expression error,
      Map<String, Double> names) {}

  /**
   * When it runs.
   *
   * @param startNanos when its process starts, in true time since the start
   * @param isChecked whether its clock is held to the limits
   */
  record Life(long startNanos, boolean isChecked) {}
}
