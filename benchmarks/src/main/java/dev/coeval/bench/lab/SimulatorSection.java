package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.ExchangeTrace;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.stability.ClockSamples;
import dev.coeval.sync.stability.Deviation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.commons.math3.stat.StatUtils;

/** Whether the simulator simulates: before it is asked anything else. */
final class SimulatorSection {
  private static final double WANDER = 1e-9;
  private static final long HOLDOVER_SECONDS = 84_600;
  private static final long LOOK_SECONDS = 60;
  private static final int EXCHANGES = 20_000;
  private static final double NANOS = 1e9;
  private static final double TOLERANCE = 0.1;
  private static final int RILEY_POINTS = 1_000;
  private static final long RILEY_FIRST = 1_234_567_890L;
  private static final long RILEY_FACTOR = 16_807L;
  private static final long RILEY_MODULUS = 2_147_483_647L;

  private final Scope scope;
  private final int runs;
  private double freeRms;
  private double freeDeviation;
  private final List<List<String>> delays = new ArrayList<>();

  SimulatorSection(Scope scope, Lengths lengths) {
    this.scope = scope;
    this.runs = lengths.freeRuns() * scope.seeds().count();
  }

  void run(Workers workers) throws IOException {
    List<Callable<Double>> tasks = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      long seed = scope.seeds().first() + i;
      tasks.add(() -> freeRunMeanSquare(seed));
    }
    double[] squares = Figures.of(workers.all("free running", tasks));
    freeRms = Math.sqrt(StatUtils.mean(squares));
    freeDeviation =
        squares.length < 2
            ? 0
            : Math.sqrt(StatUtils.variance(squares) / squares.length) / (2 * freeRms);
    Traces.delays().forEach((name, delay) -> delays.add(drawn(name, delay)));
  }

  String write() {
    Markdown text = new Markdown().heading(2, "Is the simulator right?");
    text.paragraph(
        """
        A clock that nobody steers, whose frequency walks by w = 1 ppb each second, is off by w
        T^1.5 / √12 in the root mean square over T = %,d s: %s by theory, **%s ± %s** here (%d
        runs). That figure is what shows that chrony's published ones are root mean squares: its
        best one for 23.5 hours without a network is 7273 µs.
        """
            .formatted(
                HOLDOVER_SECONDS,
                Figures.time(theory()),
                Figures.time(freeRms),
                Figures.time(freeDeviation),
                runs));
    text.paragraph(
        """
        Delays, %,d exchanges each, 1 ms and a mean excess of 100 µs each way; the error of a single
        exchange is half the difference of the two ways, to the nanosecond, and its standard
        deviation that of the excess by √2:
        """
            .formatted(EXCHANGES));
    text.table(1, List.of("excess", "least", "mean excess", "error of one exchange, sd"), delays);
    text.paragraph(
        """
        The test set of NIST's *Handbook of Frequency Stability Analysis* (Riley 2008), 1000 points,
        by our deviations:
        """);
    text.table(1, List.of("averaging factor", "1", "10", "100", "published"), riley());
    return text.toString();
  }

  List<Claim> claims() {
    double ratio = freeRms / theory();
    double three = 3 * freeDeviation / theory();
    boolean isHeld = Math.abs(ratio - 1) <= Math.max(three, TOLERANCE);
    return List.of(
        new Claim(
            "0",
            "a clock left alone wanders as it should",
            "w·T^1.5/√12",
            Figures.time(freeRms),
            Figures.time(theory()),
            Claim.verdict(isHeld)));
  }

  private static double theory() {
    return WANDER * Math.pow(HOLDOVER_SECONDS, 1.5) / Math.sqrt(12);
  }

  private static double freeRunMeanSquare(long seed) {
    ExchangeTrace trace =
        new ExchangeTrace(
            seed,
            OscillatorModel.perfect().withWander(WANDER),
            ExchangeTrace.Path.symmetric(LinkModel.fixed(Duration.ofMillis(1))),
            Duration.ofDays(2));
    long start = trace.elapsedNanos();
    long first = trace.offsetNanos();
    double squares = 0;
    int count = 0;
    for (long second = 0; second <= HOLDOVER_SECONDS; second += LOOK_SECONDS) {
      trace.tickAt(start + Duration.ofSeconds(second).toNanos());
      double off = (trace.offsetNanos() - first) / NANOS;
      squares += off * off;
      count++;
    }
    return squares / count;
  }

  private static List<String> drawn(String name, DelayModel delay) {
    ExchangeTrace trace =
        new ExchangeTrace(
            1,
            OscillatorModel.perfect(),
            ExchangeTrace.Path.symmetric(LinkModel.of(delay)),
            Duration.ofSeconds(1));
    double[] ways = new double[EXCHANGES];
    double[] errors = new double[EXCHANGES];
    for (int i = 0; i < EXCHANGES; i++) {
      Measurement exchange = trace.next();
      ways[i] = exchange.delayNanos() / 2.0;
      errors[i] = (double) (exchange.offsetNanos() - trace.offsetNanos());
    }
    double least = StatUtils.min(ways);
    return List.of(
        name,
        Numbers.time(least),
        Numbers.time(StatUtils.mean(ways) - Traces.LEAST.toNanos()),
        Numbers.time(Math.sqrt(StatUtils.variance(errors))));
  }

  private static List<List<String>> riley() {
    double[] values = new double[RILEY_POINTS];
    long next = RILEY_FIRST;
    for (int i = 0; i < RILEY_POINTS; i++) {
      values[i] = (double) next / RILEY_MODULUS;
      next = next * RILEY_FACTOR % RILEY_MODULUS;
    }
    ClockSamples samples = ClockSamples.ofFrequency(values, 1);
    Map<Deviation, String> published =
        Map.of(
            Deviation.ALLAN, "2.922319e-01, 9.965736e-02, 3.897804e-02",
            Deviation.OVERLAPPING_ALLAN, "2.922319e-01, 9.159953e-02, 3.241343e-02",
            Deviation.MODIFIED_ALLAN, "2.922319e-01, 6.172376e-02, 2.170921e-02",
            Deviation.TIME, "1.687202e-01, 3.563623e-01, 1.253382e+00");
    List<List<String>> lines = new ArrayList<>();
    for (Deviation deviation :
        List.of(
            Deviation.ALLAN,
            Deviation.OVERLAPPING_ALLAN,
            Deviation.MODIFIED_ALLAN,
            Deviation.TIME)) {
      List<String> line =
          new ArrayList<>(
              List.of(deviation.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
      for (int factor : new int[] {1, 10, 100}) {
        line.add("%.6e".formatted(deviation.of(samples, factor)));
      }
      line.add(published.getOrDefault(deviation, ""));
      lines.add(line);
    }
    return lines;
  }

  /** Whether every figure of the test set is the published one. */
  static boolean isRileyEqual() {
    return riley().stream()
        .allMatch(line -> String.join(", ", line.subList(1, 4)).equals(line.get(4)));
  }
}
