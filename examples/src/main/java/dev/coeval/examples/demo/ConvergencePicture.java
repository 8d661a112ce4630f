package dev.coeval.examples.demo;

import dev.coeval.examples.terminal.Nanos;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
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
 * Draws true error against time, on a log scale: a chart a protocol, a line a node, and as a band
 * all that lies within the widest bound that a node claims at that moment.
 */
final class ConvergencePicture {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 520;

  /** Ten nanoseconds: the foot of the log scale, as an error may be zero. */
  private static final double FLOOR_EXPONENT = 1;

  /** A second: its head. */
  private static final double CEILING_EXPONENT = 9;

  private static final Color BAND = new Color(70, 130, 180, 60);

  private ConvergencePicture() {}

  /** Writes a PNG. */
  static void write(List<DemoGroup> groups, Path file) throws IOException {
    List<XYChart> charts = groups.stream().map(ConvergencePicture::chart).toList();
    try (OutputStream out = Files.newOutputStream(file)) {
      BitmapEncoder.saveBitmap(charts, 1, charts.size(), out, BitmapFormat.PNG);
    }
  }

  /**
   * Loads what drawing needs, fonts and all. Done before the run, as after a Ctrl-C the process is
   * on its way down, and the toolkit can no longer be started.
   */
  static void prepare() throws IOException {
    XYChart blank = new XYChartBuilder().width(WIDTH).height(HEIGHT).build();
    blank.addSeries("blank", new double[] {0, 1});
    BitmapEncoder.saveBitmap(
        List.of(blank), 1, 1, OutputStream.nullOutputStream(), BitmapFormat.PNG);
  }

  private static XYChart chart(DemoGroup group) {
    String from = group.reference() == DemoGroup.Reference.TRUTH ? "truth" : "group mean";
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(group.protocol())
            .xAxisTitle("seconds")
            .yAxisTitle("|clock - " + from + "|")
            .build();
    chart.getStyler().setYAxisMin(FLOOR_EXPONENT);
    chart.getStyler().setYAxisMax(CEILING_EXPONENT);
    chart.getStyler().setyAxisTickLabelsFormattingFunction(ConvergencePicture::label);
    chart.getStyler().setXAxisMin(0.0);
    chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
    chart.getStyler().setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setPlotBorderVisible(true);
    addBand(chart, group);
    group.nodes().forEach(node -> addLine(chart, node));
    return chart;
  }

  private static void addLine(XYChart chart, DemoNode node) {
    List<Sample> samples = node.samples();
    double[] seconds = samples.stream().mapToDouble(Sample::seconds).toArray();
    double[] error =
        samples.stream().mapToDouble(s -> visible(Math.abs(s.trueErrorNanos()))).toArray();
    XYSeries line = chart.addSeries(node.name(), seconds, error);
    line.setMarker(SeriesMarkers.NONE);
    line.setLineWidth(1.4f);
    line.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
  }

  private static void addBand(XYChart chart, DemoGroup group) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    List<Sample> clock = group.nodes().get(0).samples();
    for (int i = 0; i < clock.size(); i++) {
      double widest = widest(group, i);
      if (widest > 0) {
        x.add(clock.get(i).seconds());
        y.add(widest);
      }
    }
    if (x.isEmpty()) {
      return;
    }
    for (int i = x.size() - 1; i >= 0; i--) { // and back along the foot of the chart
      x.add(x.get(i));
      y.add(FLOOR_EXPONENT);
    }
    XYSeries band = chart.addSeries("claimed bound", x, y);
    band.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    band.setMarker(SeriesMarkers.NONE);
    band.setFillColor(BAND);
    band.setLineColor(BAND);
    band.setLineStyle(new BasicStroke(0.5f));
  }

  private static double widest(DemoGroup group, int index) {
    double widest = 0;
    for (DemoNode node : group.nodes()) {
      Sample sample = node.samples().get(index);
      if (sample.synchronizedNow()) {
        widest = Math.max(widest, visible(sample.maximumNanos()));
      }
    }
    return widest;
  }

  /** Where it is drawn: XChart's own log axis gives no label of ours, so the axis holds log₁₀. */
  private static double visible(long nanos) {
    double exponent = Math.log10(Math.max(1.0, (double) nanos));
    return Math.min(CEILING_EXPONENT, Math.max(FLOOR_EXPONENT, exponent));
  }

  private static String label(double exponent) {
    return exponent == Math.rint(exponent) ? Nanos.of(Math.round(Math.pow(10, exponent))) : "";
  }
}
