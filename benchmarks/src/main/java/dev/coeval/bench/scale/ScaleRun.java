package dev.coeval.bench.scale;

import dev.coeval.time.ClockReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/**
 * Runs large networks for an hour of their time, and prints what they took, as a table.
 *
 * <p>Run: {@code java -cp benchmarks/target/benchmarks.jar dev.coeval.bench.scale.ScaleRun [nodes
 * ...]}; 1,000, 2,000, 5,000 and 10,000 nodes unless told otherwise, in about a minute. Memory is
 * what is in use after a collection, with everything that the nodes have gathered, less what was in
 * use before.
 */
public final class ScaleRun {
  private static final int[] DEFAULT_NODES = {1_000, 2_000, 5_000, 10_000};
  private static final Duration LENGTH = Duration.ofHours(1);
  private static final long SEED = 1;

  private ScaleRun() {}

  /** What a network took. */
  record Taken(String graph, int nodes, long events, double seconds, long bytes, double worst) {

    String row() {
      return String.format(
          Locale.ROOT,
          "| %-12s | %6d | %10d | %10.0f | %8.0f | %10.1f | %8.1f |",
          graph,
          nodes,
          events,
          (double) events / nodes,
          events / seconds / 1e3,
          (double) bytes / nodes / 1024,
          worst / 1e3);
    }
  }

  /**
   * Runs all and prints a row each.
   *
   * @param args how many nodes, once or several times; none for the usual ones
   */
  public static void main(String[] args) {
    int[] sizes =
        args.length == 0
            ? DEFAULT_NODES
            : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    run(sizes, LENGTH, System.out);
  }

  static void run(int[] sizes, Duration length, PrintStream out) {
    out.println(
        "| graph        |  nodes |     events | per node   | kevents/s| KiB a node | worst us |");
    out.println("|---|---:|---:|---:|---:|---:|---:|");
    ClockReader clock = ClockReader.system();
    for (String graph : List.of("4 strata", "4-regular")) {
      for (int nodes : sizes) {
        LongFunction<Network> network =
            seed ->
                graph.equals("4 strata")
                    ? new TreeNetwork(nodes, seed)
                    : new GossipNetwork(nodes, seed);
        out.println(run(graph, nodes, network, length, clock).row());
      }
    }
  }

  private static Taken run(
      String graph, int nodes, LongFunction<Network> made, Duration length, ClockReader clock) {
    long before = usedBytes();
    Network network = made.apply(SEED);
    long start = clock.tickNanos();
    network.simulation.runFor(length);
    double seconds = (clock.tickNanos() - start) / 1e9;
    long bytes = usedBytes() - before;
    long events = network.simulation.events();
    return new Taken(graph, nodes, events, seconds, bytes, network.worstErrorNanos());
  }

  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
