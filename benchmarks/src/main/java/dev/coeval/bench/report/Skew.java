package dev.coeval.bench.report;

import java.util.List;
import java.util.Map;

/** The secondary results of skew benchmarks, by the names of their counters. */
final class Skew {
  static final String RMS = "rmsErrorNanos";
  static final String P50 = "p50ErrorNanos";
  static final String P99 = "p99ErrorNanos";
  static final String MAX = "maxErrorNanos";
  static final String WIDTH = "meanWidthNanos";
  static final String READINGS = "readings";
  static final String VIOLATIONS = "violations";

  /** In the order of the table, with their headings; not every benchmark has all. */
  static final List<Map.Entry<String, String>> COLUMNS =
      List.of(
          Map.entry(RMS, "RMS error"),
          Map.entry("rmsDeviationNanos", "± over seeds"),
          Map.entry(P50, "p50"),
          Map.entry(P99, "p99"),
          Map.entry(MAX, "max"),
          Map.entry(WIDTH, "mean bound width"),
          Map.entry("meanCharacterisedWidthNanos", "characterised"),
          Map.entry("characterisedPercent", "holds, %"),
          Map.entry(READINGS, "readings"),
          Map.entry(VIOLATIONS, "violations"),
          Map.entry("meanSyncSeconds", "mean s to sync"),
          Map.entry("maxSyncSeconds", "max"),
          Map.entry("messagesAnHour", "messages an hour"));

  private Skew() {}
}
