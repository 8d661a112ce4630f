package dev.coeval.bench.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Events and memory grow with the number of nodes, and no faster; never a word about time. */
final class ScaleTest {
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final double HARDLY_MORE = 1.1;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a network of a size took. */
  private record Cost(double events, double allocatedBytes, double worstNanos) {}

  private Cost costOf(IntFunction<Network> made, int nodes) {
    long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    Network network = made.apply(nodes);
    network.simulation.runFor(LENGTH);
    long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    return new Cost(network.simulation.events(), after - before, network.worstErrorNanos());
  }

  private void assertLinear(IntFunction<Network> made) {
    costOf(made, 20); // whatever is allocated once
    Cost small = costOf(made, 50);
    Cost large = costOf(made, 200);
    assertEquals(4, large.events / small.events, 0.2, small + " " + large);
    assertTrue(large.allocatedBytes <= 4 * HARDLY_MORE * small.allocatedBytes, small + " " + large);
  }

  @Test
  void shouldGrowLinearlyWhenNodesAreInTree() {
    assertLinear(nodes -> new TreeNetwork(nodes, 3));
    assertTrue(costOf(nodes -> new TreeNetwork(nodes, 3), 200).worstNanos < 10_000_000);
  }

  @Test
  void shouldGrowLinearlyWhenNodesGossip() {
    assertLinear(nodes -> new GossipNetwork(nodes, 3));
    assertTrue(costOf(nodes -> new GossipNetwork(nodes, 3), 200).worstNanos < 6_000_000);
  }

  @Test
  void shouldGiveEveryNodeFourNeighboursWhenGraphIsDrawn() {
    GossipNetwork network = new GossipNetwork(60, 5);
    network.simulation.runFor(Duration.ofSeconds(40));
    assertTrue(network.simulation.datagramsDelivered() >= 60 * 4 * 2);
    assertEquals(0, network.simulation.datagramsDelivered() % (60 * 4 * 2));
  }

  @Test
  void shouldPrintRowForEachSizeWhenRun() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ScaleRun.run(
        new int[] {20, 40},
        Duration.ofMinutes(3),
        new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertEquals(6, bytes.toString(StandardCharsets.UTF_8).lines().count());
  }
}
