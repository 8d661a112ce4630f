package dev.coeval.bench.lab;

import dev.coeval.bench.lab.WatchedClock.Look;
import dev.coeval.bench.report.Numbers;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.awt.Color;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.knowm.xchart.XYChart;

/** Error against time, and what was claimed of it: an hour of it without a network. */
final class BoundPicture {
  private static final Duration POLL = Duration.ofSeconds(16);
  private static final Duration LENGTH = Duration.ofHours(5);
  private static final Duration FROM = Duration.ofHours(2);
  private static final Duration UNTIL = Duration.ofHours(3);
  private static final Duration LOOK = Duration.ofSeconds(10);
  private static final double SECONDS_AN_HOUR = 3_600;
  private static final int LEAST = 2;
  private static final int MOST = 10;
  private static final Color WIDE = new Color(0xDCE8F5);
  private static final Color NARROW = new Color(0x9CC3B4);

  private final String estimator;
  private List<Look> looks = List.of();

  BoundPicture(String estimator) {
    this.estimator = estimator;
  }

  void run(long seed) {
    OscillatorModel oscillator = OscillatorModel.offBy(Duration.ofMillis(80), 12).withWander(1e-9);
    LinkModel link = LinkModel.exponential(Duration.ofMillis(1), Duration.ofNanos(100_000));
    WatchedClock.Setting setting =
        new WatchedClock.Setting(oscillator, link, NtpPolling.every(POLL), estimator);
    looks = new WatchedClock(setting, seed).cut(FROM, UNTIL).watch(LENGTH, LOOK);
  }

  /** Whether all claims held. */
  boolean holds() {
    return looks.stream().allMatch(Look::holds);
  }

  void draw(Markdown text, Pictures pictures) throws IOException {
    XYChart chart =
        Pictures.chart("What is claimed, and what is so: an hour of holdover", "hours", "");
    List<Look> claimed =
        looks.stream().filter(l -> l.guaranteed() > 0 && l.characterised() > 0).toList();
    double[] x = claimed.stream().mapToDouble(l -> l.second() / SECONDS_AN_HOUR).toArray();
    Pictures.band(chart, "guaranteed bound", x, logs(claimed, 0), LEAST, WIDE);
    Pictures.band(chart, "characterised bound", x, logs(claimed, 1), LEAST, NARROW);
    Pictures.line(chart, "|error|", x, logs(claimed, 2), Pictures.LIMIT).setLineWidth(1f);
    Pictures.logY(chart, LEAST, MOST, Numbers::time);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setXAxisMax((double) LENGTH.toHours());
    chart
        .getStyler()
        .setxAxisTickLabelsFormattingFunction(
            hours -> hours == Math.rint(hours) ? "%.0f".formatted(hours) : "");
    text.heading(3, "A bound in time");
    text.paragraph(
        """
        One clock (`%s`), 1 ms and an exponential excess of 100 µs each way, a poll every 16 s,
        wander of 1 ppb each second, 12 ppm off at the start. In the third hour the network is
        cut. The guaranteed bound grows by 200 ppm, the characterised one by what was learned of the
        oscillator; both must hold the error at every look, and %s.
        """
            .formatted(estimator, holds() ? "do" : "**do not**"));
    pictures.save(text, "Error and bounds in time", "skew-bound.png", List.of(chart));
  }

  private static double[] logs(List<Look> looks, int which) {
    return looks.stream()
        .mapToDouble(
            look ->
                which == 0
                    ? look.guaranteed()
                    : which == 1 ? look.characterised() : Math.abs(look.error()))
        .map(nanos -> Math.max(LEAST, Math.min(MOST, Math.log10(Math.max(1, nanos)))))
        .toArray();
  }
}
