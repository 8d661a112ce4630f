package dev.coeval.bench.lab;

import dev.coeval.bench.report.Cost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JMH measured on some machine: a read of a clock, an update of an estimator. */
final class CostSection {
  private static final double POINT = 1.5;
  private static final double INTERVAL = 2;
  private final List<Cost> costs;

  private CostSection(List<Cost> costs) {
    this.costs = List.copyOf(costs);
  }

  /**
   * Reads what there is.
   *
   * @throws IOException if there should be something and it cannot be read
   */
  static CostSection read(@Nullable Path jmh) throws IOException {
    return new CostSection(jmh == null ? List.of() : Cost.read(jmh));
  }

  String write() {
    Markdown text = new Markdown().heading(2, "What it costs");
    if (costs.isEmpty()) {
      return text.paragraph("Not measured here: `--jmh` takes in what JMH measured.").toString();
    }
    text.paragraph("By JMH, on the machine of the run; compare within a class only.");
    List<List<String>> lines = new ArrayList<>();
    for (Cost cost : costs) {
      lines.add(
          List.of(cost.where(), cost.what(), cost.score(), cost.ofBaseline(), cost.allocated()));
    }
    text.table(2, List.of("class", "benchmark", "score", "of the baseline", "allocated"), lines);
    return text.toString();
  }

  List<Claim> claims() {
    List<Claim> claims = new ArrayList<>();
    for (Cost cost : costs) {
      boolean isPoint = cost.what().equals("point");
      if (cost.where().equals("ClockReadBenchmark")
          && (isPoint || cost.what().equals("intervalPrimitive"))) {
        double most = isPoint ? POINT : INTERVAL;
        claims.add(
            new Claim(
                "19",
                "a read of the " + (isPoint ? "time" : "interval") + " (this machine)",
                "≤ %.1f × System.nanoTime".formatted(most),
                "%s, %s".formatted(cost.score(), cost.ofBaseline()),
                "nanoTime 24 ns",
                Claim.verdict(cost.times() <= most)));
      }
    }
    return claims;
  }
}
