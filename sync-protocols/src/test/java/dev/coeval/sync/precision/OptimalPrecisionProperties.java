package dev.coeval.sync.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/** Shortest paths and cycle means, against linear programs that state the problem itself. */
final class OptimalPrecisionProperties {
  private static final long FAR = 3_000_000_000_000_000_000L; // origins up to 95 years apart

  /** A run that happened: clocks, and messages whose delays keep what is assumed. */
  private static final class Run {
    final long[] offsets;
    final Execution execution;
    final List<long[]> messages = new ArrayList<>();
    final LinkAssumption[][] assumed;

    Run(SplittableRandom random, int n) {
      execution = new Execution(n);
      assumed = new LinkAssumption[n][n];
      offsets = random.longs(n, 0, random.nextBoolean() ? 10_000 : FAR / 2).toArray();
      for (int p = 0; p < n; p++) {
        for (int q = 0; q < p; q++) {
          link(random, p, q);
        }
      }
    }

    private void link(SplittableRandom random, int p, int q) {
      long least = random.nextLong(50);
      LinkAssumption assumption =
          switch (random.nextInt(4)) {
            case 0 -> LinkAssumption.NONE;
            case 1 -> LinkAssumption.atLeast(least);
            case 2 -> LinkAssumption.between(least, least + 200);
            default -> LinkAssumption.atLeast(least).withAsymmetry(60);
          };
      execution.assume(p, q, assumption);
      assumed[p][q] = assumption;
      assumed[q][p] = assumption;
      long base = 40 + least + random.nextLong(100);
      for (int i = random.nextInt(4); i > 0; i--) {
        boolean there = random.nextBoolean();
        message(there ? p : q, there ? q : p, base + random.nextLong(60));
      }
    }

    private void message(int from, int to, long delay) {
      long estimated = delay + offsets[to] - offsets[from];
      messages.add(new long[] {from, to, estimated});
      execution.add(from, to, estimated);
    }
  }

  /** Could the clock of one be so far ahead? All delays as assumed, as a linear program. */
  private static double maxAhead(Run run, int p, int q) {
    int n = run.offsets.length;
    List<LinearConstraint> constraints = new ArrayList<>();
    for (long[] message : run.messages) {
      int from = (int) message[0];
      int to = (int) message[1];
      LinkAssumption assumption = run.assumed[from][to];
      // delay = estimated - (O_to - O_from), of offsets relative to those that were
      double shown = message[2] - (run.offsets[to] - run.offsets[from]);
      double[] ahead = new double[n];
      ahead[to] = 1;
      ahead[from] = -1;
      constraints.add(
          new LinearConstraint(ahead, Relationship.LEQ, shown - assumption.leastNanos()));
      if (assumption.mostNanos() != LinkAssumption.NO_LIMIT) {
        constraints.add(
            new LinearConstraint(ahead, Relationship.GEQ, shown - assumption.mostNanos()));
      }
      if (assumption.asymmetryNanos() != LinkAssumption.NO_LIMIT) {
        for (long[] other : run.messages) {
          if (other[0] == to && other[1] == from) {
            double back = other[2] - (run.offsets[from] - run.offsets[to]);
            double[] twice = new double[n];
            twice[to] = -2;
            twice[from] = 2;
            constraints.add(
                new LinearConstraint(
                    twice, Relationship.LEQ, assumption.asymmetryNanos() - shown + back));
          }
        }
      }
    }
    double[] goal = new double[n];
    goal[q] = 1;
    goal[p] = -1;
    return solve(goal, constraints, GoalType.MAXIMIZE);
  }

  /** The corrections that promise the least: min A, so that all limits moved by them are below. */
  private static double best(double[][] limits) {
    int n = limits.length;
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        double[] row = new double[n + 1];
        row[n] = 1;
        row[q] -= 1;
        row[p] += 1;
        constraints.add(new LinearConstraint(row, Relationship.GEQ, p == q ? 0 : limits[p][q]));
      }
    }
    double[] goal = new double[n + 1];
    goal[n] = 1;
    return solve(goal, constraints, GoalType.MINIMIZE);
  }

  private static double solve(double[] goal, List<LinearConstraint> constraints, GoalType type) {
    return new SimplexSolver()
        .optimize(
            new LinearObjectiveFunction(goal, 0),
            new LinearConstraintSet(constraints),
            type,
            new NonNegativeConstraint(false))
        .getValue();
  }

  @Property(tries = 150)
  void shouldBeWhatLinearProgramsSayWhenRunIsSmall(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 2 + random.nextInt(3);
    Run run = new Run(random, n);
    Optional<OptimalPrecision> found = OptimalPrecision.of(run.execution);
    if (found.isEmpty()) {
      return; // connected runs are many
    }
    OptimalPrecision optimum = found.get();
    double[][] limits = new double[n][n];
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        if (p != q) {
          limits[p][q] = maxAhead(run, p, q);
          long shown = optimum.maxAheadNanos(q, p) - (run.offsets[q] - run.offsets[p]);
          assertEquals(limits[p][q], (double) shown, n, "seed " + seed);
        }
      }
    }
    assertEquals(best(limits), optimum.nanos(), n, "seed " + seed);
  }

  @Property(tries = 500)
  void shouldHoldClocksAndBeBeatenByNobodyWhenRunIsAny(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 1 + random.nextInt(12);
    Run run = new Run(random, n);
    OptimalPrecision.of(run.execution)
        .ifPresent(
            optimum -> {
              long[] corrections = optimum.corrections();
              double promised = optimum.precisionOf(corrections);
              assertEquals(optimum.nanos(), promised, 1, "seed " + seed);
              long low = Long.MAX_VALUE;
              long high = Long.MIN_VALUE;
              for (int p = 0; p < n; p++) {
                long clock = run.offsets[p] + corrections[p];
                low = Math.min(low, clock);
                high = Math.max(high, clock);
                corrections[p] += random.nextLong(-20, 20);
              }
              assertTrue(high - low <= promised, "seed " + seed + ": the clocks that were");
              assertTrue(
                  optimum.precisionOf(corrections) >= optimum.nanos(), "seed " + seed + ": beaten");
            });
  }

  @Example
  void shouldBeCristiansBoundOfSeparateMinimaWhenThereIsOneLink() {
    Execution execution = new Execution(2);
    execution.assume(0, 1, LinkAssumption.atLeast(100));
    for (long delay : new long[] {190, 150, 400}) {
      execution.add(0, 1, delay + 5_000);
    }
    for (long delay : new long[] {700, 130}) {
      execution.add(1, 0, delay - 5_000);
    }
    OptimalPrecision optimum = OptimalPrecision.of(execution).orElseThrow();
    assertEquals((50 + 30) / 2.0, optimum.nanos());
    assertEquals(5_050, optimum.maxAheadNanos(1, 0));
    assertEquals(-4_970, optimum.maxAheadNanos(0, 1));
    assertEquals(40, optimum.precisionOf(optimum.corrections()));
    assertEquals(50, optimum.precisionOf(new long[] {5_000, 0}));
    assertThrows(IllegalArgumentException.class, () -> optimum.precisionOf(new long[1]));
  }

  @Example
  void shouldSayNothingOrObjectWhenRunAllowsEverythingOrNothing() {
    Execution silent = new Execution(3);
    silent.add(0, 1, 10);
    silent.add(1, 0, 10);
    assertTrue(OptimalPrecision.of(silent).isEmpty());
    Execution contradictory = new Execution(2);
    contradictory.assume(LinkAssumption.atLeast(50));
    contradictory.add(0, 1, 60);
    contradictory.add(1, 0, 30);
    assertThrows(IllegalArgumentException.class, () -> OptimalPrecision.of(contradictory));
    contradictory.assume(LinkAssumption.atLeast(50).widened(10));
    assertTrue(OptimalPrecision.of(contradictory).isPresent());
    assertEquals(0, OptimalPrecision.of(new Execution(1)).orElseThrow().nanos());
    Execution absurd = new Execution(2);
    absurd.add(0, 1, Long.MAX_VALUE / 4);
    absurd.add(1, 0, Long.MAX_VALUE / 4);
    assertThrows(ArithmeticException.class, () -> OptimalPrecision.of(absurd));
  }

  /** As many clocks as may be, with the largest limits that may be: no sum overflows. */
  @Example
  void shouldBeExactWhenNumbersAreAsLargeAsCanBe() {
    int n = 96;
    long day = 86_000_000_000_000L;
    Execution execution = new Execution(n);
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        if (p != q) {
          execution.add(p, q, day / 2 + (p < q ? 7 : 0));
        }
      }
    }
    OptimalPrecision optimum = OptimalPrecision.of(execution).orElseThrow();
    assertEquals(day / 2.0 + 7.0 * (n - 1) / n, optimum.nanos(), 0.02);
    assertEquals(optimum.nanos(), (double) optimum.precisionOf(optimum.corrections()), 1);
  }
}
