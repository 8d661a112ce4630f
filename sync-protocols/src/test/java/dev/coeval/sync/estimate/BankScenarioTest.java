package dev.coeval.sync.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.ExchangeTrace;
import dev.coeval.sync.sim.ExchangeTrace.Path;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two banks of filters against the truth, and against what is best possible. */
class BankScenarioTest {
  private static final int SEEDS = 3;
  private static final int POLLS = 1600;
  private static final long DRIFT_PPB = 200_000;

  /** What a run shows: true errors, and those that were claimed, as mean squares. */
  private record Run(double square, double claimed, double greatest, double wander) {
    double micros() {
      return Math.sqrt(square) / 1e3;
    }

    double calibration() {
      return Math.sqrt(claimed / square);
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static OscillatorModel quartz(double wander) {
    return OscillatorModel.perfect().withFrequency(3e-5).withWander(wander);
  }

  private static LinkModel exponential(double jitter) {
    return LinkModel.of(DelayModel.exponential(seconds(1e-4), seconds(jitter)));
  }

  private static Run run(ExchangeTrace trace, Estimator estimator, int polls, int dropped) {
    double square = 0;
    double claimed = 0;
    double greatest = 0;
    double logWander = 0;
    int points = 0;
    for (int i = 0; i < polls; i++) {
      Measurement measurement = trace.next();
      estimator.add(measurement, measurement.bounds(0, DRIFT_PPB));
      long from = trace.elapsedNanos();
      long to = trace.nextRequestNanos();
      for (int part = 0; i >= dropped && part < 4; part++) {
        long tick = trace.tickAt(from + (to - from) * part / 4);
        double error = (double) (estimator.offsetNanosAt(tick) - trace.offsetNanos());
        square += error * error;
        claimed += Math.pow(estimator.errorNanosAt(tick), 2);
        greatest = Math.max(greatest, Math.abs(error));
        logWander += Math.log(estimator.wander());
        points++;
      }
    }
    return new Run(square / points, claimed / points, greatest, Math.exp(logWander / points));
  }

  private static Run mean(
      Supplier<Estimator> make, OscillatorModel oscillator, Path path, int poll) {
    double[] sums = new double[4];
    for (int seed = 1; seed <= SEEDS; seed++) {
      ExchangeTrace trace = new ExchangeTrace(seed, oscillator, path, Duration.ofSeconds(poll));
      Run run = run(trace, make.get(), POLLS, POLLS / 2);
      sums[0] += run.square() / SEEDS;
      sums[1] += run.claimed() / SEEDS;
      sums[2] = Math.max(sums[2], run.greatest());
      sums[3] += Math.log(run.wander()) / SEEDS;
    }
    return new Run(sums[0], sums[1], sums[2], Math.exp(sums[3]));
  }

  @ParameterizedTest(name = "jitter {0} s, wander {1}")
  @CsvSource({
    "1e-5, 1e-8, 64, 6.5",
    "1e-4, 1e-8, 64, 25.6",
    "1e-3, 1e-8, 64, 102",
    "1e-2, 1e-8, 64, 410",
    "1e-5, 1e-9, 64, 2.6",
    "1e-4, 1e-9, 64, 10.2",
    "1e-3, 1e-9, 64, 41",
    "1e-4, 1e-9, 1024, 54",
    "1e-3, 1e-9, 1024, 214",
  })
  void shouldComeNearTheBestPossibleAndKnowItsErrorWhenToldNothing(
      double jitter, double wander, int poll, double bestMicros) {
    Path path = Path.symmetric(exponential(jitter));
    Run run = mean(AdaptiveEstimator::new, quartz(wander), path, poll);
    assertTrue(run.micros() < 1.3 * bestMicros, () -> "" + run);
    assertEquals(0, Math.log(run.calibration()), Math.log(1.5), () -> "" + run);
    assertEquals(0, Math.log(run.wander() / wander), Math.log(3), () -> "" + run);
    Run kalman = mean(KalmanEstimator::new, quartz(wander), path, poll);
    assertTrue(kalman.micros() < 1.8 * bestMicros, () -> "" + kalman);
    assertEquals(0, Math.log(kalman.calibration()), Math.log(1.6), () -> "" + kalman);
  }

  @ParameterizedTest
  @CsvSource({"GAMMA, 2, 155", "LOGNORMAL, 1, 125", "WEIBULL, 0.6, 85", "PARETO, 2.5, 105"})
  void shouldNotMindHowDelaysAreDistributed(
      DelayModel.Excess excess, double shape, double mostMicros) {
    LinkModel link = LinkModel.of(new DelayModel(100_000, 1e6, excess, shape));
    Run run = mean(AdaptiveEstimator::new, quartz(1e-8), Path.symmetric(link), 64);
    assertTrue(run.micros() < mostMicros, () -> "" + run);
    assertEquals(0, Math.log(run.calibration()), Math.log(1.5), () -> "" + run);
  }

  @Test
  void shouldKeepTheTimeWhenOneDirectionIsCongestedNowAndThen() {
    LinkModel burst =
        exponential(1e-4)
            .withRule(
                passage ->
                    passage.delayNanos()
                        + (passage.sinceStartNanos() % 1_800_000_000_000L < 300_000_000_000L
                            ? 20_000_000
                            : 0));
    Path path = new Path(burst, exponential(1e-4));
    Run run = mean(AdaptiveEstimator::new, quartz(1e-9), path, 16);
    assertTrue(run.micros() < 12, () -> "" + run);
  }

  @Test
  void shouldLeanToTheQuickDirectionWhenOnlyTheOtherQueues() {
    Path path = new Path(exponential(5e-4), exponential(1e-6));
    Run run = mean(AdaptiveEstimator::new, quartz(1e-9), path, 64);
    assertTrue(run.micros() < 10, () -> "" + run);
  }

  @ParameterizedTest
  @CsvSource({"0.3, 45", "0.7, 60"})
  void shouldLoseLittleWhenDatagramsAreLost(double loss, double mostMicros) {
    Path path = Path.symmetric(exponential(1e-4).withLoss(1 - Math.sqrt(1 - loss)));
    Run run = mean(AdaptiveEstimator::new, quartz(1e-8), path, 64);
    assertTrue(run.micros() < mostMicros, () -> "" + run);
  }

  @Test
  void shouldKnowHowFarItIsOffAfterADayOfSilence() {
    double square = 0;
    double claimed = 0;
    for (int seed = 1; seed <= 12; seed++) {
      Path path = Path.symmetric(exponential(1e-4));
      ExchangeTrace trace = new ExchangeTrace(seed, quartz(1e-9), path, Duration.ofSeconds(64));
      Estimator estimator = new AdaptiveEstimator();
      run(trace, estimator, 600, 0);
      long tick = trace.tickAt(trace.elapsedNanos() + Duration.ofDays(1).toNanos());
      square += Math.pow((double) (estimator.offsetNanosAt(tick) - trace.offsetNanos()), 2);
      claimed += Math.pow(estimator.errorNanosAt(tick), 2);
      trace.pause(Duration.ofDays(1));
      Run after = run(trace, estimator, 100, 20);
      assertTrue(after.micros() < 60, () -> "" + after);
    }
    assertEquals(0, Math.log(claimed / square) / 2, Math.log(2.5));
  }

  @ParameterizedTest
  @CsvSource({"5_000_000, 0", "-3_000_000, 0", "0, 0.000_005", "0, -0.000_1"})
  void shouldFindItsWayWhenTheSourceStepsOrTheRateJumps(String step, String rate) {
    long offset = Long.parseLong(step.replace("_", ""));
    double frequency = Double.parseDouble(rate.replace("_", ""));
    Path path = Path.symmetric(exponential(1e-4));
    ExchangeTrace trace = new ExchangeTrace(1, quartz(1e-9), path, Duration.ofSeconds(64));
    Estimator estimator = new AdaptiveEstimator();
    run(trace, estimator, 300, 0);
    long turn = trace.tickAt(trace.elapsedNanos());
    double square = 0;
    for (int i = 0; i < 100; i++) {
      Measurement m = trace.next();
      long off = offset + Math.round((double) (m.sentTickNanos() - turn) * frequency);
      Measurement other =
          new Measurement(
              m.peer(),
              m.sentTickNanos(),
              m.peerReceivedEpochNanos() + off,
              m.peerSentEpochNanos() + off,
              m.receivedTickNanos(),
              m.root());
      estimator.add(other, other.bounds(0, DRIFT_PPB));
      long there = estimator.offsetNanosAt(m.receivedTickNanos());
      double error = (double) (there - trace.offsetNanos() - off);
      square += i >= 20 ? error * error / 80 : 0;
    }
    assertTrue(Math.sqrt(square) < 60_000, "RMS " + Math.sqrt(square));
  }

  @ParameterizedTest
  @CsvSource({"4, 1", "1, 4"})
  void shouldFindItsWayWhenTheRouteChanges(long before, long after) {
    LinkModel link =
        exponential(1e-4)
            .withRule(
                passage ->
                    passage.delayNanos()
                        + 1_000_000
                            * (passage.sinceStartNanos() < 20_000_000_000_000L ? before : after));
    ExchangeTrace trace =
        new ExchangeTrace(2, quartz(1e-9), Path.symmetric(link), Duration.ofSeconds(64));
    Estimator estimator = new AdaptiveEstimator();
    Run through = run(trace, estimator, 500, 100);
    assertTrue(through.greatest() < 400_000, () -> "" + through);
    Run then = run(trace, estimator, 500, 0);
    assertTrue(then.micros() < 20, () -> "" + then);
  }

  @Test
  void shouldStayANumberWhateverComes() {
    for (int seed = 1; seed <= 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Estimator estimator = seed % 2 == 0 ? new AdaptiveEstimator() : new KalmanEstimator();
      long tick = random.nextLong(-Measurement.MAX_TICK_NANOS, 0);
      Measurement like =
          new ExchangeTrace(1, quartz(0), Path.symmetric(exponential(1e-4)), seconds(1)).next();
      for (int i = 0; i < 300; i++) {
        tick += 1 + (long) Math.pow(10, random.nextDouble(0, 15));
        long there = (long) Math.pow(10, random.nextDouble(0, 13));
        long epoch = random.nextLong(-Measurement.MAX_EPOCH_NANOS, Measurement.MAX_EPOCH_NANOS);
        long served = random.nextInt(4) == 0 ? epoch : tick + there / 2;
        Measurement wild =
            new Measurement(like.peer(), tick, served, served, tick + there, like.root());
        estimator.add(wild, wild.bounds(0, DRIFT_PPB));
        long at = tick + there;
        String message = "seed " + seed + ", exchange " + i;
        assertTrue(Double.isFinite(estimator.errorNanosAt(at)), message);
        assertTrue(Double.isFinite(estimator.errorNanosAt(at + (1L << 55))), message);
        assertTrue(Math.abs(estimator.frequency()) <= 0.1, message);
        assertTrue(estimator.frequencyError() >= 0, message);
        assertTrue(Double.isFinite(estimator.frequencyError()), message);
        assertTrue(Double.isFinite(estimator.wander()), message);
        tick = at;
      }
    }
  }
}
