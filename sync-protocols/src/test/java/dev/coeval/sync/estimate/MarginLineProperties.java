package dev.coeval.sync.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Measurement.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.linear.LinearConstraint;
import org.apache.commons.math3.optim.linear.LinearConstraintSet;
import org.apache.commons.math3.optim.linear.LinearObjectiveFunction;
import org.apache.commons.math3.optim.linear.NonNegativeConstraint;
import org.apache.commons.math3.optim.linear.Relationship;
import org.apache.commons.math3.optim.linear.SimplexSolver;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;

/** The line by hulls against the linear program that it solves. */
final class MarginLineProperties {
  private static final PeerId PEER = PeerId.simulated(1);
  private static final double STEEPEST = 500_000;
  private static final long EPOCH = 1_800_000_000_000_000_000L;

  private static ExchangeWindow window(SplittableRandom random, int count) {
    ExchangeWindow window = new ExchangeWindow(count);
    long tick = 0;
    double frequency = (random.nextDouble() - 0.5) * 600e-6;
    for (int i = 0; i < count; i++) {
      tick += 100_000_000 + random.nextLong(2_000_000_000L);
      long served = EPOCH + tick + Math.round(frequency * tick) + random.nextLong(1_000_000);
      long received = tick + 1_000_000 + random.nextLong(1_000_000);
      window.add(new Measurement(PEER, tick, served, served, received, Root.EXACT));
    }
    return window;
  }

  /** Maximizes d with {@code u - (a + b t) >= d} and {@code v + (a + b t) >= d}: {a, b, d}. */
  private static double[] program(ExchangeWindow window) {
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int i = 0; i < window.size(); i++) {
      double t = window.seconds(i);
      constraints.add(constraint(1, t, 1, Relationship.LEQ, window.forward(i)));
      constraints.add(constraint(-1, -t, 1, Relationship.LEQ, window.backward(i)));
    }
    constraints.add(constraint(0, 1, 0, Relationship.LEQ, STEEPEST));
    constraints.add(constraint(0, 1, 0, Relationship.GEQ, -STEEPEST));
    PointValuePair found =
        new SimplexSolver()
            .optimize(
                new LinearObjectiveFunction(new double[] {0, 0, 1}, 0),
                new LinearConstraintSet(constraints),
                GoalType.MAXIMIZE,
                new NonNegativeConstraint(false));
    return found.getPoint();
  }

  private static LinearConstraint constraint(
      double a, double b, double d, Relationship relationship, double limit) {
    return new LinearConstraint(new double[] {a, b, d}, relationship, limit);
  }

  @Property(tries = 300)
  void shouldHaveTheMarginOfTheLinearProgramWhateverTheClouds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int count) {
    ExchangeWindow window = window(new SplittableRandom(seed), count);
    MarginLine line = new MarginLine(count);
    line.solve(window, STEEPEST);
    double[] expected = program(window);
    double margin = line.room() / 2;
    assertEquals(expected[2], margin, 1e-3, "half the room, in nanoseconds");
    // The program may be solved by many lines; whatever ours is, it keeps the same margin.
    for (int i = 0; i < count; i++) {
      double height = line.middle() + line.slope() * window.seconds(i);
      assertTrue(window.forward(i) - height >= margin - 1e-3, "above, seed " + seed);
      assertTrue(window.backward(i) + height >= margin - 1e-3, "below, seed " + seed);
    }
    if (isUnique(window, line)) {
      assertEquals(expected[1], line.slope(), 1e-3, "nanoseconds a second");
      assertEquals(expected[0], line.middle(), 1e-2, "nanoseconds");
    }
  }

  /** Whether a line a little steeper or flatter has less room. */
  private static boolean isUnique(ExchangeWindow window, MarginLine line) {
    double steeper = room(window, line.slope() + 1);
    double flatter = room(window, line.slope() - 1);
    return Math.max(steeper, flatter) < line.room() - 0.01;
  }

  private static double room(ExchangeWindow window, double slope) {
    int n = window.size();
    return window.leastForward(slope, 0, n) + window.leastBackward(slope, 0, n);
  }

  @Property(tries = 100)
  void shouldWeighSlopesAsASumOverManyDoes(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int count) {
    ExchangeWindow window = window(new SplittableRandom(seed), count);
    MarginLine line = new MarginLine(count);
    line.solve(window, STEEPEST);
    double weight = count / 100_000.0;
    line.weigh(weight);
    double mass = 0;
    double mean = 0;
    double square = 0;
    double step = STEEPEST / 10_000;
    for (double slope = -STEEPEST + step / 2; slope < STEEPEST; slope += step) {
      double likely = Math.exp(weight * (room(window, slope) - line.room()));
      mass += likely;
      mean += likely * slope;
      square += likely * slope * slope;
    }
    mean /= mass;
    double sd = Math.sqrt(line.slopeVariance());
    assertEquals(mean, line.slopeMean(), 0.01 * sd + step);
    assertEquals(Math.sqrt(square / mass - mean * mean), sd, 0.01 * sd + step);
    assertTrue(line.middleVariance() >= 0);
    double correlated = line.covariance() * line.covariance();
    assertTrue(correlated <= line.slopeVariance() * line.middleVariance() * 1.000001 + 1e-6);
  }
}
