package dev.coeval.sync.cristian;

import static dev.coeval.sync.cristian.Desk.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many attempts a precision costs, against Cristian's 1/p. With one-way jitters that are
 * exponential of mean J, the jitter of a round trip is Gamma(2, J), and a reading is good to e with
 * p = 1 - (1 + z) exp(-z), z = 2 e / J.
 */
final class CristianAttemptsTest {
  private static final PeerId SERVER = PeerId.simulated(1);
  private static final long JITTER = MILLI;
  private static final long MIN_ONE_WAY = MILLI / 2;
  private static final int READINGS = 2_000;

  @ParameterizedTest
  @CsvSource({"2.0, 1.10", "1.0, 1.68", "0.5, 3.78", "0.25, 11.1"})
  void shouldTakeOneOverPAttemptsWhenJitterIsExponential(double precision, double expected) {
    long seed = Double.doubleToLongBits(precision);
    double z = 2 * precision;
    double p = 1 - (1 + z) * Math.exp(-z);
    assertEquals(expected, 1 / p, 0.01 * expected);

    SplittableRandom random = new SplittableRandom(seed);
    Desk desk = new Desk(config(Math.round(precision * JITTER)));
    int readings = 0;
    int attempts = 0;
    while (readings < READINGS) {
      attempts += desk.sends.size();
      desk.exchange(SERVER, delay(random), delay(random), 0);
      readings += desk.reports(Measurement.class).size();
      desk.forget();
      desk.toNextTimer();
    }
    var measured = new WilsonScoreInterval().createInterval(attempts, READINGS, 0.9999);
    assertTrue(
        measured.getLowerBound() <= p && p <= measured.getUpperBound(),
        "seed %d: %d readings took %d attempts, 1/p is %.2f"
            .formatted(seed, READINGS, attempts, 1 / p));
  }

  @ParameterizedTest
  @CsvSource({"1.0, 5", "0.5, 8"})
  void shouldFailWithProbabilityOfAllAttemptsWhenTheirNumberIsLimited(double precision, int limit) {
    double z = 2 * precision;
    double allFail = Math.pow((1 + z) * Math.exp(-z), limit);
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    CristianConfig usual = config(Math.round(precision * JITTER));
    Desk desk =
        new Desk(usual.withSchedule(usual.schedule().withAttempts(limit, Duration.ofMillis(100))));
    int failures = 0;
    int readings = 0;
    while (readings + failures < READINGS) {
      desk.exchange(SERVER, delay(random), delay(random), 0);
      failures += desk.reports(ReadingFailed.class).size();
      readings += desk.reports(Measurement.class).size();
      desk.forget();
      desk.toNextTimer();
    }
    var measured = new WilsonScoreInterval().createInterval(READINGS, failures, 0.9999);
    assertTrue(
        measured.getLowerBound() <= allFail && allFail <= measured.getUpperBound(),
        "seed %d: %d of %d failed, expected %.4f".formatted(seed, failures, READINGS, allFail));
  }

  private static CristianConfig config(long errorNanos) {
    long longest = ReadingError.maxRoundTripNanos(errorNanos, MIN_ONE_WAY, 0);
    return CristianConfig.defaults(List.of(SERVER), 1)
        .withSchedule(
            CristianSchedule.DEFAULT.withAttempts(
                CristianSchedule.MAX_ATTEMPTS, Duration.ofMillis(100)))
        .withLimits(CristianLimits.DEFAULT.withMaxRoundTrip(Duration.ofNanos(longest)));
  }

  private static long delay(SplittableRandom random) {
    return MIN_ONE_WAY + Math.round(-JITTER * Math.log1p(-random.nextDouble()));
  }
}
