package dev.coeval.bench.skew;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.select.Marzullo;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.ExchangeTrace;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What is claimed of bounds in the literature and of ours, each measured against the truth that a
 * simulation knows. Equal seeds give equal rows.
 */
public final class BoundFigures {
  private static final long LEAST_NANOS = 80_000;
  private static final double JITTER_NANOS = 200_000;
  private static final double RHO = 200e-6;

  private BoundFigures() {}

  /**
   * One claim.
   *
   * @param number as the claims are counted in the report
   * @param claim what is claimed
   * @param formula by which formula
   * @param measured what came out
   * @param published what its authors publish
   * @param held whether the claim held
   */
  public record Row(
      int number, String claim, String formula, String measured, String published, boolean held) {}

  /**
   * Measures all claims.
   *
   * @param seeds how many runs each; at least 1
   * @return a row for each claim
   */
  public static List<Row> rows(long seeds) {
    List<Row> rows = new ArrayList<>();
    rows.add(cristian(seeds));
    rows.add(asymmetry());
    rows.add(NtpChain.row(seeds));
    rows.add(marzullo(seeds));
    rows.add(BoundRun.trueTime());
    rows.add(BoundRun.holdover(seeds));
    rows.addAll(BoundRun.comparison(seeds));
    return rows;
  }

  /**
   * Prints all claims.
   *
   * @param arguments how many runs each; 5 if not given
   */
  public static void main(String[] arguments) {
    long seeds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5;
    for (Row row : rows(seeds)) {
      System.out.println(row);
    }
  }

  static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }

  /** Cristian 1989: the reading error that is certain, and how often it is as small as wanted. */
  private static Row cristian(long seeds) {
    long readings = 0;
    long held = 0;
    long good = 0;
    double width = 0;
    for (long seed = 1; seed <= seeds; seed++) {
      LinkModel link =
          LinkModel.exponential(
              Duration.ofNanos(LEAST_NANOS), Duration.ofNanos((long) JITTER_NANOS));
      ExchangeTrace trace =
          new ExchangeTrace(
              seed,
              OscillatorModel.offBy(Duration.ofMillis(3), 150).withWander(1e-9),
              ExchangeTrace.Path.symmetric(link),
              Duration.ofSeconds(1));
      for (int i = 0; i < 2_000; i++) {
        Measurement exchange = trace.next();
        double half = exchange.roundTripNanos() / 2.0;
        double error = half * (1 + 2 * RHO) - LEAST_NANOS;
        double middle = half * (1 + 2 * RHO) - LEAST_NANOS * RHO;
        long reply = exchange.peerSentEpochNanos() - exchange.receivedTickNanos();
        double off = (double) (reply - trace.offsetNanos()) + middle;
        readings++;
        held += Math.abs(off) <= error + 1 ? 1 : 0;
        good += error <= JITTER_NANOS / 2 ? 1 : 0;
        width += 2 * error;
      }
    }
    double expected = 1 / (1 - 2 * Math.exp(-1)); // z = 2 e / J = 1
    double attempts = readings / (double) good;
    return new Row(
        1,
        "a reading's error is bounded by its round trip",
        "e = D(1+2rho) - min; attempts 1/p, p = 1-(1+z)exp(-z)",
        format(
            "coverage %.4f %%, mean width %.1f us, %.2f attempts for e = J/2 (%.2f expected)",
            100.0 * held / readings, width / readings / 1e3, attempts, expected),
        "Cristian 1989, theorem",
        held == readings && Math.abs(attempts / expected - 1) < 0.1);
  }

  /** Half the difference of the two ways is the error, to the nanosecond. */
  private static Row asymmetry() {
    long worst = 0;
    for (long micros : new long[] {100, 1_000, 10_000}) {
      long difference = micros * 1_000;
      ExchangeTrace trace =
          new ExchangeTrace(
              1,
              OscillatorModel.offBy(Duration.ofMillis(3), 0),
              new ExchangeTrace.Path(
                  LinkModel.of(DelayModel.fixed(Duration.ofNanos(LEAST_NANOS + difference))),
                  LinkModel.of(DelayModel.fixed(Duration.ofNanos(LEAST_NANOS)))),
              Duration.ofSeconds(1));
      for (int i = 0; i < 100; i++) {
        long off = trace.next().offsetNanos() - trace.offsetNanos();
        worst = Math.max(worst, Math.abs(off - difference / 2));
      }
    }
    return new Row(
        2,
        "asymmetry cannot be seen",
        "error = (df - db)/2",
        format("50 us, 0.5 ms, 5 ms: equal within %d ns", worst),
        "chrony: 5 us constant on a LAN, by software stamps",
        worst <= 1);
  }

  /** A fixed number of false intervals against the least number that makes them agree. */
  private static Row marzullo(long seeds) {
    SplittableRandom random = new SplittableRandom(1);
    int trials = (int) Math.max(200, 100 * seeds);
    long missedFixed = 0;
    StringBuilder minimal = new StringBuilder();
    for (int n : new int[] {3, 5, 7, 9}) {
      int faults = (n - 1) / 2;
      int missed = 0;
      for (int trial = 0; trial < trials; trial++) {
        List<OffsetBounds> intervals = intervals(random, n, faults);
        missedFixed += holdsZero(Marzullo.intersect(intervals, faults).hull()) ? 0 : 1;
        int least = 0;
        while (Marzullo.intersect(intervals, least).hull().isEmpty()) {
          least++;
        }
        missed += holdsZero(Marzullo.intersect(intervals, least).hull()) ? 0 : 1;
      }
      minimal.append(format(" n=%d f=%d: %.0f %%", n, faults, 100.0 * missed / trials));
    }
    return new Row(
        9,
        "with fewer than half false a fixed number keeps the truth",
        "hull of what n - F intervals share, F = (n-1)/2",
        format("fixed F missed %d of %d; least f missed", missedFixed, 4 * trials) + minimal,
        "Marzullo 1984; RFC 5905 section 11.2.1 takes the least f",
        missedFixed == 0);
  }

  private static boolean holdsZero(OffsetBounds hull) {
    return hull.lowNanos() <= 0 && hull.highNanos() >= 0;
  }

  /** Half widths of 0.5 to 2 ms around the truth, 0; liars are just outside their own. */
  private static List<OffsetBounds> intervals(SplittableRandom random, int n, int faults) {
    List<OffsetBounds> intervals = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double half = random.nextDouble(500_000, 2_000_000);
      double middle = i < faults ? 1.8 * half : random.nextDouble(-half, half);
      intervals.add(new OffsetBounds(0, (long) (middle - half), (long) (middle + half)));
    }
    return intervals;
  }
}
