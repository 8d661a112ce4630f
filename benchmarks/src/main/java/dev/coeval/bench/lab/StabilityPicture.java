package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.stability.ClockSamples;
import dev.coeval.sync.stability.Deviation;
import java.awt.Color;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.knowm.xchart.XYChart;

/** Two ways to look at the same clocks: how steady they are, and how far off. */
final class StabilityPicture {
  private static final double WANDER = 1e-9;
  private static final Duration POLL = Duration.ofSeconds(64);
  private static final Duration LOOK = Duration.ofSeconds(16);
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e3;
  private static final int BINS = 51;
  private static final double BIN_MICROS = 2;
  private static final double EDGE_MICROS = 100;
  private static final double LABEL_MICROS = 25;

  private final List<String> estimators;
  private final Duration length;
  private final List<List<WatchedClock.Look>> looks = new ArrayList<>();

  /** The default first. */
  StabilityPicture(List<String> estimators, Duration length) {
    this.estimators = estimators;
    this.length = length;
  }

  void run(Workers workers, long seed) throws IOException {
    List<Callable<List<WatchedClock.Look>>> tasks = new ArrayList<>();
    for (String estimator : estimators) {
      tasks.add(() -> watch(estimator, seed));
    }
    looks.addAll(workers.all("watched clocks", tasks));
  }

  private List<WatchedClock.Look> watch(String estimator, long seed) {
    WatchedClock.Setting setting =
        new WatchedClock.Setting(
            OscillatorModel.perfect().withWander(WANDER),
            LinkModel.exponential(Duration.ofMillis(1), Duration.ofNanos(100_000)),
            NtpPolling.every(POLL),
            estimator);
    List<WatchedClock.Look> all = new WatchedClock(setting, seed).watch(length, LOOK);
    return all.subList(all.size() / 4, all.size());
  }

  void draw(Markdown text, Pictures pictures) throws IOException {
    text.heading(3, "How steady, and how far off");
    text.paragraph(
        """
        An oscillator that wanders by 1 ppb each second, polls of 64 s, jitter of 100 µs: the Allan
        deviation of the oscillator left alone and of the clock that follows the server. Left of
        where the curves cross the oscillator alone is the steadier one, right of it the server is.
        And the distribution of the error of the same clock under several estimators.
        """);
    pictures.save(text, "Allan deviation", "skew-allan.png", List.of(allan()));
    pictures.save(text, "Distribution of error", "skew-distribution.png", List.of(histogram()));
  }

  private XYChart allan() {
    XYChart chart =
        Pictures.chart("Allan deviation: left alone, and disciplined", "averaging time", "");
    List<WatchedClock.Look> ours = looks.get(0);
    add(chart, "left alone", phases(ours, true), Pictures.FAIR);
    add(chart, "disciplined (" + estimators.get(0) + ")", phases(ours, false), Pictures.OURS);
    double[] tau = {16, 1e5};
    double[] law = {law(tau[0]), law(tau[1])};
    Pictures.dashed(Pictures.line(chart, "w·√(τ/3)", logs(tau), logs(law), Pictures.LIMIT));
    Pictures.logX(chart, 1, 5, seconds -> Numbers.plain(seconds) + " s");
    Pictures.logY(chart, -11, -6, value -> "1e%d".formatted(Math.round(Math.log10(value))));
    return chart;
  }

  private static double law(double tau) {
    return WANDER * Math.sqrt(tau / 3);
  }

  private static void add(XYChart chart, String name, double[] phases, Color color) {
    List<ClockSamples.Point> points =
        ClockSamples.ofPhase(phases, (double) LOOK.toSeconds())
            .octaves(Deviation.OVERLAPPING_ALLAN);
    double[] tau = points.stream().mapToDouble(ClockSamples.Point::tauSeconds).toArray();
    double[] value = points.stream().mapToDouble(ClockSamples.Point::value).toArray();
    Pictures.marked(chart, name, logs(tau), logs(value), color);
  }

  private static double[] phases(List<WatchedClock.Look> looks, boolean isFree) {
    return looks.stream().mapToDouble(l -> (isFree ? l.free() : l.error()) / NANOS).toArray();
  }

  private static double[] logs(double[] values) {
    return Arrays.stream(values).map(Math::log10).toArray();
  }

  private XYChart histogram() {
    XYChart chart =
        Pictures.chart("Error of the clock, polls of 64 s, jitter 100 µs", "error, µs", "share");
    List<Color> colors = List.of(Pictures.OURS, Pictures.GOOD, Pictures.FAIR, Pictures.POOR);
    for (int i = 0; i < looks.size(); i++) {
      TreeMap<Long, Integer> counts = new TreeMap<>();
      for (WatchedClock.Look look : looks.get(i)) {
        long bin = Math.round(look.error() / MICROS / BIN_MICROS);
        counts.merge(Math.max(-BINS, Math.min(BINS, bin)), 1, Integer::sum);
      }
      double all = looks.get(i).size();
      double[] x = new double[2 * BINS - 1];
      double[] y = new double[2 * BINS - 1];
      for (int bin = -BINS + 1; bin < BINS; bin++) {
        x[bin + BINS - 1] = bin * BIN_MICROS;
        y[bin + BINS - 1] = counts.getOrDefault((long) bin, 0) / all;
      }
      Pictures.line(chart, estimators.get(i), x, y, colors.get(i % colors.size()));
    }
    chart.getStyler().setXAxisMin(-EDGE_MICROS);
    chart.getStyler().setXAxisMax(EDGE_MICROS);
    chart.getStyler().setxAxisTickLabelsFormattingFunction(StabilityPicture::roundMicros);
    chart.getStyler().setyAxisTickLabelsFormattingFunction(v -> "%.0f %%".formatted(100 * v));
    return chart;
  }

  private static String roundMicros(double micros) {
    return micros % LABEL_MICROS == 0 ? "%.0f".formatted(micros) : "";
  }
}
