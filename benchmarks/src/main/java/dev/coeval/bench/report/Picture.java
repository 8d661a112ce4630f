package dev.coeval.bench.report;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler;

/**
 * The results of one benchmark class as a PNG: points on a logarithmic scale, as it has no zero
 * that points could begin at.
 */
final class Picture {
  private static final int BASE_WIDTH = 400;
  private static final int WIDTH_A_RESULT = 40;
  private static final int MAX_WIDTH = 2_400;
  private static final int HEIGHT = 700;
  private static final int MANY = 24;
  private static final int LABELS_DEGREES = 60;
  private static final double NANOS_PER_MICRO = 1_000;

  private Picture() {}

  /** One kind of points: a name and what it shows of a result. */
  private record Points(String name, ToDoubleFunction<Result> height) {}

  /**
   * Draws and saves the picture of a class.
   *
   * @throws IOException if it cannot be written
   */
  static void save(String title, List<Result> all, Path png) throws IOException {
    List<Result> results = few(all);
    boolean isSkew = results.stream().anyMatch(Result::isSkew);
    String unit = isSkew ? "µs" : results.get(0).primary().unit();
    List<Points> points =
        isSkew
            ? List.of(
                micros("RMS error", Skew.RMS),
                micros("p99 error", Skew.P99),
                micros("max error", Skew.MAX),
                micros("mean bound width", Skew.WIDTH))
            : List.of(new Points("score", result -> result.primary().score()));
    CategoryChart chart = chart(title, unit, results.size());
    List<String> params = paramsThatVary(results);
    boolean isOne =
        !params.isEmpty() && results.stream().map(Result::method).distinct().count() == 1;
    List<String> labels = results.stream().map(result -> result.label(params, !isOne)).toList();
    for (Points each : points) {
      List<@Nullable Double> heights = heights(results, each);
      if (heights.stream().anyMatch(Objects::nonNull)) {
        chart.addSeries(each.name(), labels, heights);
      }
    }
    chart.getStyler().setLegendVisible(points.size() > 1);
    BitmapEncoder.saveBitmap(chart, png.toString(), BitmapEncoder.BitmapFormat.PNG);
  }

  private static CategoryChart chart(String title, String unit, int size) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(Math.min(MAX_WIDTH, BASE_WIDTH + WIDTH_A_RESULT * size))
            .height(HEIGHT)
            .title(title)
            .yAxisTitle(unit)
            .build();
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setXAxisLabelRotation(LABELS_DEGREES);
    chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
    return chart;
  }

  /** Where there are too many to tell apart, baselines stand in the table only. */
  private static List<Result> few(List<Result> all) {
    List<Result> others = all.stream().filter(result -> !result.isBaseline()).toList();
    return all.size() > MANY && !others.isEmpty() ? others : all;
  }

  private static List<String> paramsThatVary(List<Result> results) {
    return results.stream()
        .flatMap(result -> result.params().keySet().stream())
        .distinct()
        .filter(name -> results.stream().map(r -> r.params().get(name)).distinct().count() > 1)
        .toList();
  }

  /** Null for what is not there: zero has no place on the scale. */
  private static List<@Nullable Double> heights(List<Result> results, Points points) {
    List<@Nullable Double> heights = new ArrayList<>();
    for (Result result : results) {
      double height = points.height().applyAsDouble(result);
      heights.add(height > 0 ? height : null);
    }
    return heights;
  }

  private static Points micros(String name, String counter) {
    return new Points(name, result -> result.secondary(counter).score() / NANOS_PER_MICRO);
  }
}
