package dev.coeval.bench.lab;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleFunction;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws, where the host can: one that has no fonts gets tables without pictures. Logarithmic axes
 * hold exponents of ten, so that they can be labelled in words.
 */
final class Pictures {
  static final Color OURS = new Color(0x0B6E4F);
  static final Color GOOD = new Color(0x2F6DB5);
  static final Color FAIR = new Color(0xC8553D);
  static final Color POOR = new Color(0x8E8E93);
  static final Color LIMIT = new Color(0x111111);
  private static final int WIDTH = 760;
  private static final int HEIGHT = 520;
  private static final Color GRID = new Color(0xE4E4E8);

  private final Path dir;
  private final PrintStream err;
  private boolean canDraw = true;

  Pictures(Path dir, PrintStream err) {
    this.dir = dir;
    this.err = err;
  }

  /** Charts side by side, and the line that shows them; nothing if there can be none. */
  void save(Markdown text, String title, String file, List<XYChart> charts) throws IOException {
    if (!canDraw) {
      return;
    }
    try (OutputStream out = Files.newOutputStream(dir.resolve(file))) {
      BitmapEncoder.saveBitmap(charts, 1, charts.size(), out, BitmapFormat.PNG);
      text.picture(title, file);
    } catch (Error | RuntimeException e) { // no fonts on this host, say: that is an error to AWT
      canDraw = false;
      err.println("no pictures: " + e);
      Files.deleteIfExists(dir.resolve(file));
    }
  }

  static XYChart chart(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    var style = chart.getStyler();
    style.setChartBackgroundColor(Color.WHITE);
    style.setPlotBorderVisible(false);
    style.setPlotGridLinesColor(GRID);
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setChartTitleBoxVisible(false);
    style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    style.setLegendBorderColor(GRID);
    style.setLegendPosition(LegendPosition.OutsideS);
    style.setLegendLayout(LegendLayout.Horizontal);
    return chart;
  }

  /** Exponents of ten on the axis of ordinates, from one to another. */
  static void logY(XYChart chart, int least, int most, DoubleFunction<String> words) {
    chart.getStyler().setYAxisMin((double) least);
    chart.getStyler().setYAxisMax((double) most);
    chart.getStyler().setyAxisTickLabelsFormattingFunction(e -> label(e, words));
  }

  /** The same on the axis of abscissas. */
  static void logX(XYChart chart, int least, int most, DoubleFunction<String> words) {
    chart.getStyler().setXAxisMin((double) least);
    chart.getStyler().setXAxisMax((double) most);
    chart.getStyler().setxAxisTickLabelsFormattingFunction(e -> label(e, words));
  }

  static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineWidth(2f);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Line);
    return series;
  }

  /** A line with a mark at each point. */
  static XYSeries marked(XYChart chart, String name, double[] x, double[] y, Color color) {
    XYSeries series = line(chart, name, x, y, color);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(color);
    return series;
  }

  static XYSeries dashed(XYSeries series) {
    series.setLineStyle(
        new BasicStroke(
            1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0));
    return series;
  }

  /** What lies between a curve and a straight foot. */
  static void band(XYChart chart, String name, double[] x, double[] y, double foot, Color color) {
    double[] aroundX = new double[2 * x.length];
    double[] aroundY = new double[2 * x.length];
    for (int i = 0; i < x.length; i++) {
      aroundX[i] = x[i];
      aroundY[i] = y[i];
      aroundX[2 * x.length - 1 - i] = x[i];
      aroundY[2 * x.length - 1 - i] = foot;
    }
    XYSeries series = chart.addSeries(name, aroundX, aroundY);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
    series.setMarker(SeriesMarkers.NONE);
    series.setFillColor(color);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(0.5f));
  }

  private static String label(double exponent, DoubleFunction<String> words) {
    double whole = Math.rint(exponent);
    return Math.abs(exponent - whole) < 1e-9 ? words.apply(Math.pow(10, whole)) : "";
  }
}
