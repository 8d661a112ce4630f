package dev.coeval.bench.lab;

import dev.coeval.bench.report.Numbers;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** RMS error against jitter: one chart a test of chrony's. */
final class JitterPicture {
  private static final Map<String, Double> JITTER =
      Map.of("10us", 1e4, "100us", 1e5, "1ms", 1e6, "10ms", 1e7);
  private static final int LEAST = 4;
  private static final int MOST = 7;
  private static final double NANOS = 1e9;

  private final ChronySection chrony;
  private final Scope scope;

  JitterPicture(Scope scope, ChronySection chrony) {
    this.scope = scope;
    this.chrony = chrony;
  }

  void draw(Markdown text, Pictures pictures) throws IOException {
    List<XYChart> charts = new ArrayList<>();
    chart(charts, "chrony-test-1", "Test 1: default polls, 1 ppb/s", 3, 7);
    chart(charts, "chrony-test-2", "Test 2: polls of 64 s, 10 ppb/s", 3, 7);
    chart(charts, "chrony-test-3", "Test 3: network 30 min a day", 6, 10);
    if (!charts.isEmpty()) {
      pictures.save(text, "RMS error against jitter", "skew-jitter.png", charts);
    }
  }

  private void chart(List<XYChart> charts, String file, String title, int least, int most) {
    List<Study> studies =
        scope.chrony().stream()
            .filter(spec -> spec.name().startsWith(file + "/"))
            .map(chrony::ours)
            .filter(study -> JITTER.containsKey(study.variant()))
            .toList();
    if (studies.isEmpty()) {
      return;
    }
    XYChart chart = Pictures.chart(title, "mean jitter each way", "RMS error");
    double[] ours = studies.stream().mapToDouble(s -> StatUtils.mean(s.rms())).toArray();
    double[] x =
        studies.stream()
            .mapToDouble(s -> Math.log10(JITTER.getOrDefault(s.variant(), 1.0)))
            .toArray();
    add(chart, studies, x, "openntpd", new Color(0xB9A7C9));
    add(chart, studies, x, "ntpd", Pictures.FAIR);
    add(chart, studies, x, "chrony", Pictures.GOOD);
    Pictures.marked(chart, "coeval", x, logs(ours), Pictures.OURS).setLineWidth(3f);
    add(chart, studies, x, "best", Pictures.POOR);
    add(chart, studies, x, "floor", Pictures.LIMIT);
    Pictures.logX(chart, LEAST, MOST, Numbers::time);
    Pictures.logY(chart, least, most, Numbers::time);
    charts.add(chart);
  }

  private static void add(
      XYChart chart, List<Study> studies, double[] x, String yardstick, Color color) {
    double[] y = studies.stream().mapToDouble(study -> study.yardstick(yardstick)).toArray();
    if (Arrays.stream(y).allMatch(Double::isFinite)) {
      boolean isComputed = yardstick.equals("best") || yardstick.equals("floor");
      var series = Pictures.marked(chart, yardstick, x, logs(y), color);
      if (isComputed) {
        Pictures.dashed(series).setMarker(SeriesMarkers.NONE);
      }
    }
  }

  private static double[] logs(double[] seconds) {
    return Arrays.stream(seconds).map(s -> Math.log10(s * NANOS)).toArray();
  }
}
