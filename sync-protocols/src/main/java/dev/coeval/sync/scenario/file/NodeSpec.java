package dev.coeval.sync.scenario.file;

import dev.coeval.sync.machine.PeerId;
import java.util.List;
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
   * @param isReference whether its clock tells the time by itself, but for its lie, instead of
   *     following others
   * @param lie how a reference lies
   */
  record Roles(
      @Nullable ClientSpec client, @Nullable ServerSpec server, boolean isReference, Lie lie) {}

  /**
   * How a reference lies.
   *
   * @param error by how much its time is wrong, over the time t; null if it is right
   * @param names what the file has values for
   */
  record Lie(@Nullable Expression error, Map<String, Double> names) {}

  /**
   * When it runs.
   *
   * @param startNanos when its process starts, in true time since the start
   * @param isChecked whether its clock is held to the limits
   * @param pauses when it does not run
   */
  record Life(long startNanos, boolean isChecked, List<PauseSpec> pauses) {}
}
