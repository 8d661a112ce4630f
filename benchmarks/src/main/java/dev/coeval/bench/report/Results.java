package dev.coeval.bench.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of JMH 1.37 ({@code -rf json}).
 *
 * <p>An auxiliary counter of events has the unit {@code #}, and its score is the sum over
 * iterations and forks. What is wanted here is what one iteration saw: the mean of the raw values.
 */
final class Results {
  private static final String EVENTS = "#";

  private Results() {}

  /**
   * The results of a file.
   *
   * @throws IOException if the file cannot be read, or is not what JMH writes
   */
  static List<Result> read(Path file) throws IOException {
    String text = Files.readString(file);
    List<Result> results = new ArrayList<>();
    for (Object entry : listOf(JSON.std.anyFrom(text))) {
      results.add(result(mapOf(entry)));
    }
    if (results.isEmpty()) {
      throw new IOException("no results in it");
    }
    return results;
  }

  private static Result result(Map<?, ?> entry) throws IOException {
    Map<String, String> params = new LinkedHashMap<>();
    if (entry.get("params") != null) {
      mapOf(entry.get("params")).forEach((name, value) -> params.put(text(name), text(value)));
    }
    Map<String, Metric> secondary = new TreeMap<>();
    if (entry.get("secondaryMetrics") != null) {
      for (Map.Entry<?, ?> each : mapOf(entry.get("secondaryMetrics")).entrySet()) {
        secondary.put(text(each.getKey()), metric(mapOf(each.getValue())));
      }
    }
    return new Result(
        text(entry.get("benchmark")),
        text(entry.get("mode")),
        params,
        metric(mapOf(entry.get("primaryMetric"))),
        secondary);
  }

  private static Metric metric(Map<?, ?> map) throws IOException {
    String unit = text(map.get("scoreUnit"));
    double score = number(map.get("score"));
    if (unit.equals(EVENTS) && map.get("rawData") != null) {
      List<Double> values = new ArrayList<>();
      for (Object fork : listOf(map.get("rawData"))) {
        listOf(fork).forEach(value -> values.add(number(value)));
      }
      score = values.stream().mapToDouble(value -> value).average().orElse(score);
    }
    return new Metric(score, number(map.get("scoreError")), unit);
  }

  /** JMH writes what is not a number as a text. */
  private static double number(@Nullable Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static Map<?, ?> mapOf(@Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IOException("not the JSON of JMH: an object was expected");
  }

  private static List<?> listOf(@Nullable Object value) throws IOException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IOException("not the JSON of JMH: a list was expected");
  }
}
