package dev.coeval.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.testing.DriftingTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * Hosts with virtual clocks on this one, whose ticks, counted on from one reading of its wall
 * clock, are the truth. While a test waits, processes that are stepped by hand are stepped, and
 * what must always hold is checked. Belongs to the test's thread, but for {@link #violated}.
 */
final class LoopbackLab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long NAP_NANOS = 1_000_000;
  private static final int PAIRING_ATTEMPTS = 10;
  private static final int MAX_VIOLATIONS_TOLD = 5;

  private static final ClockReader SYSTEM = ClockReader.system();
  private static final ClockReading ORIGIN = SYSTEM.readTightest(PAIRING_ATTEMPTS);

  /** This host as its ticks tell it: somebody may set its wall clock meanwhile. */
  private static final ClockReader BASE =
      ClockReader.of(SYSTEM::tickNanos, () -> trueEpochNanosAt(SYSTEM.tickNanos()), SYSTEM::pause);

  private final List<LoopbackNode> nodes = new ArrayList<>();
  private final List<LoopbackNode> frozen = new ArrayList<>();
  private final List<Runnable> checks = new ArrayList<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  long baseTickNanos() {
    return BASE.tickNanos();
  }

  /** The true time at a tick of this host, in nanoseconds since the Unix epoch. */
  static long trueEpochNanosAt(long baseTickNanos) {
    return ORIGIN.wallEpochNanos() + (baseTickNanos - ORIGIN.tickNanos());
  }

  /** A host whose clocks are off. */
  DriftingTime host(long offsetMillis, long driftPpb) {
    return DriftingTime.over(BASE, Duration.ofMillis(offsetMillis), driftPpb);
  }

  /** A clock that knows the truth, or is off by a lie, and is sure of itself either way. */
  DisciplinedClock served(Duration lie) {
    DisciplinedClock clock =
        new DisciplinedClock(BASE, 0, SteeringPolicy.with(StepPolicy.atStart(Duration.ZERO)));
    long tick = BASE.tickNanos();
    long time = trueEpochNanosAt(tick) + lie.toNanos();
    clock.steer(new ClockEstimate(tick, time, 0, 0, BoundedInstant.around(time, 0)));
    return clock;
  }

  LoopbackNode add(LoopbackNode node) {
    nodes.add(node);
    return node;
  }

  /** Adds what must hold whenever the test waits. */
  void always(Runnable check) {
    checks.add(check);
  }

  /** Something that must always hold did not. */
  void violated(String what) {
    violations.add(what);
  }

  /** A process that is stepped by hand stands still. */
  void freeze(LoopbackNode node) {
    frozen.add(node);
  }

  void thaw(LoopbackNode node) {
    frozen.remove(node);
  }

  /** Waits, while everything is checked, until a condition holds. */
  void await(String what, BooleanSupplier condition) {
    long deadline = BASE.tickNanos() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(BASE.tickNanos() - deadline < 0, () -> "in vain: " + what + ": " + nodes);
      pass();
    }
    pass();
  }

  /** Goes on for a while, so that what must not happen could. */
  void goOn(Duration time) {
    long end = BASE.tickNanos() + time.toNanos();
    while (BASE.tickNanos() - end < 0) {
      pass();
    }
  }

  private void pass() {
    for (LoopbackNode node : nodes) {
      if (!frozen.contains(node)) {
        node.step();
      }
    }
    checks.forEach(Runnable::run);
    assertTrue(violations.isEmpty(), this::describe);
    BASE.pause(NAP_NANOS);
  }

  private String describe() {
    return violations.stream().limit(MAX_VIOLATIONS_TOLD).toList() + " while " + nodes;
  }

  /** Ends all processes; none may have failed. */
  @Override
  public void close() {
    nodes.forEach(LoopbackNode::close);
    nodes.forEach(LoopbackNode::assertSound);
    assertTrue(violations.isEmpty(), this::describe);
  }
}
