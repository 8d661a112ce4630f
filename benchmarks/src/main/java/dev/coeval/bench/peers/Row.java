package dev.coeval.bench.peers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.jspecify.annotations.Nullable;

/**
 * What one client, or one clock, was found to be on one network.
 *
 * @param network its name
 * @param client its name
 * @param kind what the samples are
 * @param samples how many
 * @param asked how many there could have been
 * @param medianNanos the median of the error's magnitude
 * @param p99Nanos what 99 of 100 magnitudes stayed below
 * @param biasNanos the median of the error with its sign
 * @param roundTripNanos the median round trip; not a number if not known
 * @param slowNanos what 99 of 100 round trips stayed below; not a number if not known
 */
public record Row(
    String network,
    String client,
    Kind kind,
    int samples,
    int asked,
    double medianNanos,
    double p99Nanos,
    double biasNanos,
    double roundTripNanos,
    double slowNanos) {
  private static final double HALF = 50;
  private static final double MOST = 99;

  /** What was sampled. */
  public enum Kind {
    /** Single exchanges, nothing filtered. */
    EXCHANGE,
    /** A clock that is steered by exchanges, read at equal intervals. */
    CLOCK,
    /** Readings of Cristian's protocol, over one transport or another. */
    READING
  }

  static Row of(String network, String client, Kind kind, int asked, List<Exchange> exchanges) {
    double[] errors = exchanges.stream().mapToDouble(Exchange::errorNanos).toArray();
    double[] sizes = exchanges.stream().mapToDouble(each -> Math.abs(each.errorNanos())).toArray();
    double[] trips =
        exchanges.stream().mapToDouble(Exchange::roundTripNanos).filter(Double::isFinite).toArray();
    return new Row(
        network,
        client,
        kind,
        sizes.length,
        asked,
        percentile(sizes, HALF),
        percentile(sizes, MOST),
        percentile(errors, HALF),
        percentile(trips, HALF),
        percentile(trips, MOST));
  }

  /** As JSON wants it: what is not a number is null. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("network", network);
    map.put("client", client);
    map.put("kind", kind.name());
    map.put("samples", samples);
    map.put("asked", asked);
    put(map, "medianNanos", medianNanos);
    put(map, "p99Nanos", p99Nanos);
    put(map, "biasNanos", biasNanos);
    put(map, "roundTripNanos", roundTripNanos);
    put(map, "slowNanos", slowNanos);
    return map;
  }

  static Row from(Map<?, ?> map) {
    List<Double> numbers = new ArrayList<>();
    for (String name :
        List.of("medianNanos", "p99Nanos", "biasNanos", "roundTripNanos", "slowNanos")) {
      numbers.add(map.get(name) instanceof Number number ? number.doubleValue() : Double.NaN);
    }
    return new Row(
        String.valueOf(map.get("network")),
        String.valueOf(map.get("client")),
        Kind.valueOf(String.valueOf(map.get("kind"))),
        count(map.get("samples")),
        count(map.get("asked")),
        numbers.get(0),
        numbers.get(1),
        numbers.get(2),
        numbers.get(3),
        numbers.get(4));
  }

  private static int count(@Nullable Object value) {
    return value instanceof Number number ? number.intValue() : 0;
  }

  private static void put(Map<String, Object> map, String name, double value) {
    if (Double.isFinite(value)) {
      map.put(name, (double) Math.round(value));
    }
  }

  private static double percentile(double[] values, double percent) {
    return values.length == 0 ? Double.NaN : new Percentile().evaluate(values, percent);
  }
}
