package dev.coeval.bench.sync;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.scenario.Protocol;
import dev.coeval.sync.scenario.Scenario;
import dev.coeval.sync.scenario.ScenarioRun;
import dev.coeval.sync.scenario.Situation;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Machine events that one core simulates in a second: datagrams that arrive and timers that come
 * due.
 *
 * <p>The lesson: look at the secondary result {@code events}, which is what a second holds; the
 * score itself is whole runs. {@code baselineQueue} does what a simulation cannot do without: as
 * many events through the standard library's priority queue, with an object each. {@code echo} adds
 * all that the simulator does, and machines that do next to nothing. The protocols, on a quiet
 * network, add estimators and codecs, and the probe that holds every clock against the truth at
 * every event. Which run of a scenario it is follows from a seed that goes on with each.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar SimulationBenchmark}; with {@code -prof
 * gc} it shows the bytes allocated by a run.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SimulationBenchmark {
  private static final int CLIENTS = 8;
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final int EVENTS_OF_EXCHANGE = 3;

  private long seed;

  /** For JMH. */
  public SimulationBenchmark() {}

  /** What a run is made of. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counters {

    /** How many events happened; JMH divides by the time. */
    public long events;

    /** For JMH. */
    public Counters() {}
  }

  private record Happening(long timeNanos, long sequence, int client, int step) {
    static final Comparator<Happening> ORDER =
        Comparator.comparingLong(Happening::timeNanos).thenComparingLong(Happening::sequence);
  }

  /** The floor: the same number of events, put into a queue and taken out in their order. */
  @Benchmark
  public long baselineQueue(Counters counters) {
    SplittableRandom random = new SplittableRandom(seed++);
    PriorityQueue<Happening> queue = new PriorityQueue<>(Happening.ORDER);
    long sequence = 0;
    for (int i = 0; i < CLIENTS; i++) {
      queue.add(new Happening(random.nextLong(INTERVAL.toNanos()), sequence++, i, 0));
    }
    long end = LENGTH.toNanos();
    long events = 0;
    for (Happening next = queue.remove(); next.timeNanos < end; next = queue.remove()) {
      events++;
      long time = next.timeNanos;
      if (next.step == 0) {
        queue.add(new Happening(time + INTERVAL.toNanos(), sequence++, next.client, 0));
      }
      if (next.step < EVENTS_OF_EXCHANGE - 1) {
        long delay = 100_000 + (long) (-20_000 * Math.log(1 - random.nextDouble()));
        queue.add(new Happening(time + delay, sequence++, next.client, next.step + 1));
      }
    }
    counters.events += events;
    return events;
  }

  /** A request every quarter of a second, sent back; nobody draws a conclusion from it. */
  @Benchmark
  public long echo(Counters counters) {
    Simulation simulation = Simulation.ofSeed(seed++);
    simulation.defaultLink(
        LinkModel.exponential(Duration.ofNanos(100_000), Duration.ofNanos(20_000)));
    PeerId server = PeerId.simulated(1);
    simulation.addNode(server, OscillatorModel.perfect()).run(EchoMachines::server);
    for (int i = 0; i < CLIENTS; i++) {
      OscillatorModel oscillator = OscillatorModel.offBy(Duration.ofMillis(i), 10 * i);
      SimulatedNode client =
          simulation.addNode(PeerId.simulated(2 + i), oscillator.withWander(1e-9));
      client.run(() -> EchoMachines.client(server, INTERVAL.toNanos()));
    }
    simulation.runFor(LENGTH);
    counters.events += simulation.events();
    return simulation.events();
  }

  /** Cristian's protocol: one server, three clients, two simulated minutes. */
  @Benchmark
  public long cristian(Counters counters) {
    return run(Protocol.CRISTIAN, counters);
  }

  /** NTP: the same. */
  @Benchmark
  public long ntp(Counters counters) {
    return run(Protocol.NTP, counters);
  }

  /** A Berkeley group of four. */
  @Benchmark
  public long berkeley(Counters counters) {
    return run(Protocol.BERKELEY, counters);
  }

  private long run(Protocol protocol, Counters counters) {
    ScenarioRun run = new Scenario(protocol, Situation.LAN).start(seed++);
    if (run.toEnd().violations() != 0) {
      throw new IllegalStateException("a bound was false at seed " + (seed - 1));
    }
    long events = run.simulation().events();
    counters.events += events;
    return events;
  }
}
