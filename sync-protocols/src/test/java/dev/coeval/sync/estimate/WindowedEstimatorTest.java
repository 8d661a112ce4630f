package dev.coeval.sync.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Measurement.Root;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps, outliers, routes and bends, as all that keep a window of exchanges meet them. */
final class WindowedEstimatorTest {
  private static final PeerId PEER = PeerId.simulated(1);
  private static final long SECOND = 1_000_000_000L;
  private static final long BASE = 2_000_000;
  private static final double JITTER = 20_000;
  private static final long DRIFT_PPB = 200_000;
  private static final double FREQUENCY = 20e-6;

  /** A path whose ends the tests move. */
  private static final class Path {
    private final RandomGenerator random = new SplittableRandom(42);
    private final Estimator estimator;
    private long tick;
    private double offset;
    private double frequency = FREQUENCY;
    private long forward = BASE;
    private long backward = BASE;

    Path(Supplier<Estimator> make) {
      this.estimator = make.get();
    }

    Path poll(int times) {
      for (int i = 0; i < times; i++) {
        exchange(0);
      }
      return this;
    }

    /** One exchange, whose peer stamps so much too late. */
    boolean exchange(long lateNanos) {
      tick += SECOND;
      offset += frequency * SECOND;
      long there = forward + Math.round(JITTER * random.nextExponential());
      long back = backward + Math.round(JITTER * random.nextExponential());
      long served = tick + there + Math.round(offset) + lateNanos;
      Measurement measurement =
          new Measurement(PEER, tick, served, served, tick + there + back, Root.EXACT);
      return estimator.add(measurement, measurement.bounds(0, DRIFT_PPB));
    }

    double error() {
      return estimator.offsetNanosAt(tick) - offset;
    }
  }

  static Stream<Supplier<Estimator>> all() {
    return Stream.of(
        LeastSquaresEstimator::ordinary,
        LeastSquaresEstimator::weighted,
        MinimumDelayEstimator::new,
        MinimaEstimator::new,
        MaxMarginEstimator::new);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldDropAnExchangeWhenItAloneIsTooEarly(Supplier<Estimator> make) {
    Path path = new Path(make).poll(40);
    Path control = new Path(make).poll(40);
    assertFalse(path.exchange(-1_500_000), "held back");
    control.exchange(0);
    path.poll(10);
    control.poll(10);
    assertEquals(control.error(), path.error(), 2 * JITTER);
    assertEquals(FREQUENCY, path.estimator.frequency(), 4e-6);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldStartAnewWhenThreeInARowDisagree(Supplier<Estimator> make) {
    for (long step : new long[] {-1_500_000, 1_500_000}) {
      Path path = new Path(make).poll(40);
      double frequency = path.estimator.frequency();
      path.offset += step;
      path.poll(2);
      assertEquals((double) -step, path.error(), 5 * JITTER, "two may be outliers");
      assertTrue(path.exchange(0));
      assertEquals(0, path.error(), 5 * JITTER, "three are a step");
      assertEquals(frequency, path.estimator.frequency(), 30e-6, "of the same oscillator");
      path.poll(40);
      assertEquals(0, path.error(), 2.5 * JITTER);
      assertEquals(FREQUENCY, path.estimator.frequency(), 2e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldStartAnewAtOnceWhenTheBoundsExcludeTheLine(Supplier<Estimator> make) {
    Path path = new Path(make).poll(40);
    path.offset += SECOND;
    assertTrue(path.exchange(0));
    assertEquals(0, path.error(), 2 * JITTER);
    assertEquals(FREQUENCY, path.estimator.frequency(), 4e-6);
  }

  /** Those that know slow exchanges from quick ones for as long as the window. */
  static Stream<Supplier<Estimator>> discerning() {
    return Stream.of(
        LeastSquaresEstimator::weighted, MinimaEstimator::new, MaxMarginEstimator::new);
  }

  @ParameterizedTest
  @MethodSource("discerning")
  void shouldKeepItsLineWhenOneDirectionQueuesForAWhile(Supplier<Estimator> make) {
    Path path = new Path(make).poll(64);
    path.forward += 1_000_000;
    path.poll(10);
    assertEquals(0, path.error(), 3 * JITTER);
    path.forward -= 1_000_000;
    path.poll(100);
    assertEquals(0, path.error(), 2.5 * JITTER);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldTakeTheLongerRouteWhenItLasts(Supplier<Estimator> make) {
    Path path = new Path(make).poll(64);
    path.forward += 1_000_000;
    path.backward += 1_000_000;
    path.poll(33);
    assertEquals(0, path.error(), 3 * JITTER, "symmetric: nothing to see");
    path.forward += 400_000;
    path.poll(50);
    assertEquals(200_000, path.error(), 3 * JITTER, "half of what nobody can know");
    assertEquals(FREQUENCY, path.estimator.frequency(), 4e-6);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldSayExactlyTheSameWhenExchangesComeTwiceOrLate(Supplier<Estimator> make) {
    Estimator once = make.get();
    Estimator twice = make.get();
    Measurement before = null;
    RandomGenerator random = new SplittableRandom(3);
    for (int i = 1; i < 50; i++) {
      long there = BASE + random.nextLong(100_000);
      Measurement next =
          new Measurement(
              PEER,
              i * SECOND,
              i * SECOND + there,
              i * SECOND + there,
              i * SECOND + there + BASE,
              Root.EXACT);
      once.add(next, next.bounds(0, DRIFT_PPB));
      twice.add(next, next.bounds(0, DRIFT_PPB));
      assertFalse(twice.add(next, next.bounds(0, DRIFT_PPB)), "the same");
      if (before != null) {
        assertFalse(twice.add(before, before.bounds(0, DRIFT_PPB)), "late");
      }
      before = next;
    }
    assertEquals(once.offsetNanosAt(60 * SECOND), twice.offsetNanosAt(60 * SECOND));
    assertEquals(once.frequency(), twice.frequency());
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldFollowWhenTheFrequencyChanges(Supplier<Estimator> make) {
    Path path = new Path(make).poll(64);
    path.frequency = FREQUENCY + 10e-6;
    path.poll(40);
    assertEquals(0, path.error(), 4 * JITTER);
    assertEquals(FREQUENCY + 10e-6, path.estimator.frequency(), 4e-6);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldKeepToOrdinaryFrequenciesWhenOffsetsRace(Supplier<Estimator> make) {
    Path path = new Path(make);
    path.frequency = 0.01;
    path.poll(20);
    assertTrue(Math.abs(path.estimator.frequency()) <= StandingLine.MAX_FREQUENCY);
  }

  @Test
  void shouldBeTheLineOfSimpleRegressionWhenOrdinary() {
    for (int seed = 0; seed < 20; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      ExchangeWindow window = new ExchangeWindow(64);
      SimpleRegression oracle = new SimpleRegression();
      for (int i = 0; i < 64; i++) {
        long tick = i * SECOND;
        long served = tick + BASE + random.nextLong(100_000) + Math.round(i * 30_000.0);
        Measurement measurement =
            new Measurement(PEER, tick, served, served, tick + 2 * BASE, Root.EXACT);
        window.add(measurement);
        oracle.addData(i, (double) measurement.offsetNanos());
      }
      StandingLine line = new StandingLine();
      line.anchor(window.tickNanos(), window.offsetNanos());
      LeastSquaresEstimator.ordinary().fit(window, line);
      double sure = oracle.getSlopeStdErr();
      assertEquals(oracle.getSlope(), line.slope(), 0.01 * sure, "seed " + seed);
      assertEquals(sure, line.slopeError(), 0.02 * sure, "seed " + seed);
      double end = oracle.predict(63);
      assertEquals(end, (double) line.offsetAt(63 * SECOND + BASE), 1.5, "seed " + seed);
      double mean = Math.sqrt(oracle.getMeanSquareError() / 64);
      double error = Math.hypot(mean, 31.5 * sure);
      assertEquals(error, line.errorAt(63 * SECOND + BASE), 0.02 * error, "seed " + seed);
    }
  }

  @Test
  void shouldRefuseWindowsThatAreOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new MaxMarginEstimator(0));
    assertThrows(IllegalArgumentException.class, () -> new MinimaEstimator(1025));
    assertThrows(IllegalArgumentException.class, () -> new MinimumDelayEstimator(0));
    assertThrows(IllegalArgumentException.class, () -> LeastSquaresEstimator.weighted(1025));
  }
}
