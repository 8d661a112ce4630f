package dev.coeval.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A Markdown table of the results of one benchmark class. */
final class Table {
  /** What JMH's profiler of garbage says, of which one figure belongs into a table. */
  private static final String GARBAGE = "gc.";

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Table() {}

  /** Errors of clocks, one line a benchmark. */
  static String ofSkew(Collection<Result> results) {
    List<String> params = paramsOf(results);
    List<String> heads = new ArrayList<>(params);
    heads.add("clocks");
    List<Map.Entry<String, String>> columns = columnsOf(results);
    columns.forEach(column -> heads.add(column.getValue()));
    List<List<String>> lines = new ArrayList<>();
    for (Result result : results) {
      List<String> line = cells(params, result);
      for (Map.Entry<String, String> column : columns) {
        line.add(cell(column.getKey(), result));
      }
      lines.add(line);
    }
    return markdown(heads, params.size() + 1, lines);
  }

  private static List<Map.Entry<String, String>> columnsOf(Collection<Result> results) {
    return Skew.COLUMNS.stream()
        .filter(
            column -> results.stream().anyMatch(r -> r.secondary().containsKey(column.getKey())))
        .toList();
  }

  private static String cell(String counter, Result result) {
    if (counter.equals(Skew.WIDTH) && !(result.secondary(Skew.READINGS).score() > 0)) {
      return ""; // of no claim
    }
    double value = result.secondary(counter).score();
    return counter.endsWith("Nanos") ? Numbers.time(value) : Numbers.plain(value);
  }

  /** Scores, and how they compare with the baseline of the same parameters. */
  static String ofCost(Collection<Result> results) {
    List<String> params = paramsOf(results);
    Set<String> counters =
        results.stream()
            .flatMap(result -> result.secondary().keySet().stream())
            .filter(counter -> !counter.startsWith(GARBAGE) || counter.equals(ALLOCATED))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    boolean hasPeers = results.stream().anyMatch(Result::isOurs);
    List<String> heads = new ArrayList<>(params);
    heads.addAll(List.of("benchmark", "score", "± (99.9%)", "unit", "of the baseline"));
    if (hasPeers) {
      heads.add("of ours");
    }
    counters.forEach(counter -> heads.add(counter.equals(ALLOCATED) ? "allocated" : counter));
    List<List<String>> lines = new ArrayList<>();
    for (Result result : results) {
      List<String> line = cells(params, result);
      line.add(Numbers.plain(result.primary().score()));
      line.add(Numbers.plain(result.primary().error()));
      line.add(result.primary().unit());
      line.add(ofBaseline(result, results));
      if (hasPeers) {
        line.add(ofOurs(result, results));
      }
      for (String counter : counters) {
        Metric metric = result.secondary(counter);
        line.add((Numbers.plain(metric.score()) + " " + metric.unit()).strip());
      }
      lines.add(line);
    }
    return markdown(heads, params.size() + 1, lines);
  }

  private static List<String> cells(List<String> params, Result result) {
    List<String> line = new ArrayList<>();
    params.forEach(param -> line.add(result.params().getOrDefault(param, "")));
    line.add(result.method());
    return line;
  }

  /** The first baseline of the same parameters, mode and unit is what others are held against. */
  private static String ofBaseline(Result result, Collection<Result> results) {
    return results.stream()
        .filter(other -> other.isBaseline() && !result.isBaseline())
        .filter(result::isComparableWith)
        .findFirst()
        .map(result::times)
        .orElse("");
  }

  /** How many times what ours costs: {@code mergeHazelcast} is held against {@code mergeCoeval}. */
  private static String ofOurs(Result result, Collection<Result> results) {
    return results.stream()
        .filter(other -> other.isOurs() && result.isPeerOf(other))
        .filter(result::isComparableWith)
        .findFirst()
        .map(result::times)
        .orElse("");
  }

  private static List<String> paramsOf(Collection<Result> results) {
    return results.stream()
        .flatMap(result -> result.params().keySet().stream())
        .distinct()
        .toList();
  }

  private static String markdown(List<String> heads, int texts, List<List<String>> lines) {
    StringBuilder out = new StringBuilder();
    append(out, heads);
    List<String> rule = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      rule.add(i < texts ? "---" : "---:");
    }
    append(out, rule);
    lines.forEach(line -> append(out, line));
    return out.toString();
  }

  private static void append(StringBuilder out, List<String> cells) {
    out.append('|');
    cells.forEach(cell -> out.append(' ').append(cell.replace("|", "\\|")).append(" |"));
    out.append('\n');
  }
}
