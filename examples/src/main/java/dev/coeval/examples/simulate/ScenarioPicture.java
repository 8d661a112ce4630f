package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.Nanos;
import dev.coeval.sync.scenario.NodeResult;
import dev.coeval.sync.scenario.Protocol;
import dev.coeval.sync.scenario.ScenarioResult;
import dev.coeval.sync.sim.SkewSeries;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the error of each node against time, on a log scale, and as a band all that lies within the
 * widest bound that a node claims at that second.
 */
final class ScenarioPicture {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 600;

  /** From a nanosecond to ten seconds: an error may be zero, a bound infinite. */
  private static final double DECADES = 10;

  private static final Color BAND = new Color(70, 130, 180, 60);

  private ScenarioPicture() {}

  static void write(ScenarioResult result, Path file) throws IOException {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(result.scenario() + ", seed " + result.seed())
            .xAxisTitle("seconds")
            .yAxisTitle("|clock - " + reference(result.scenario().protocol()) + "|")
            .build();
    chart.getStyler().setYAxisMin(0.0);
    chart.getStyler().setYAxisMax(DECADES);
    chart.getStyler().setyAxisTickLabelsFormattingFunction(ScenarioPicture::label);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    addBand(chart, result.nodes());
    result.nodes().forEach(node -> addLine(chart, node));
    try (OutputStream out = Files.newOutputStream(file)) {
      BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
    }
  }

  private static String reference(Protocol protocol) {
    return protocol == Protocol.BERKELEY ? "group mean" : "truth";
  }

  private static void addLine(XYChart chart, NodeResult node) {
    SkewSeries series = node.series();
    List<Double> seconds = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (int i = 0; i < series.size(); i++) {
      if (!Double.isNaN(series.errorNanos(i))) {
        seconds.add((double) series.second(i));
        errors.add(visible(Math.abs(series.errorNanos(i))));
      }
    }
    if (!seconds.isEmpty()) {
      XYSeries line = chart.addSeries(node.node().toString(), seconds, errors);
      line.setMarker(SeriesMarkers.NONE);
      line.setLineWidth(1.4f);
      line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    }
  }

  private static void addBand(XYChart chart, List<NodeResult> nodes) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    int size = nodes.stream().mapToInt(node -> node.series().size()).min().orElse(0);
    for (int i = 0; i < size; i++) {
      double widest = widest(nodes, i);
      if (widest > 0) {
        x.add((double) nodes.get(0).series().second(i));
        y.add(visible(widest));
      }
    }
    if (x.isEmpty()) {
      return;
    }
    for (int i = x.size() - 1; i >= 0; i--) { // and back along the foot of the chart
      x.add(x.get(i));
      y.add(0.0);
    }
    XYSeries band = chart.addSeries("claimed bound", x, y);
    band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    band.setMarker(SeriesMarkers.NONE);
    band.setFillColor(BAND);
    band.setLineColor(BAND);
    band.setLineStyle(new BasicStroke(0.5f));
  }

  /** How far the claimed intervals reach from the truth; 0 if none is claimed. */
  private static double widest(List<NodeResult> nodes, int index) {
    double widest = 0;
    for (NodeResult node : nodes) {
      double error = node.series().errorNanos(index);
      double reach =
          Math.max(node.series().highNanos(index) - error, error - node.series().lowNanos(index));
      if (Double.isFinite(reach)) {
        widest = Math.max(widest, reach);
      }
    }
    return widest;
  }

  /** Where it is drawn: XChart's own log axis gives no label of ours, so the axis holds log₁₀. */
  private static double visible(double nanos) {
    return Math.min(DECADES, Math.log10(Math.max(1, nanos)));
  }

  private static String label(double exponent) {
    return exponent == Math.rint(exponent) ? Nanos.of(Math.round(Math.pow(10, exponent))) : "";
  }
}
