package dev.coeval.bench.logical;

import org.openjdk.jmh.annotations.Threads;

/**
 * As {@link HybridPeersBenchmark}, with two threads that share each clock.
 *
 * <p>The lesson: a compare-and-set that another thread's makes fail is made again, and no clock
 * that gives every event a stamp of its own can do without.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar HybridPeersTwoThreads}.
 */
@Threads(2)
public class HybridPeersTwoThreadsBenchmark extends HybridPeersBenchmark {

  /** For JMH. */
  public HybridPeersTwoThreadsBenchmark() {}
}
