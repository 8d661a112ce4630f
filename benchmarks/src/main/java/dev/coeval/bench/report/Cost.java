package dev.coeval.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one benchmark costs, in words, for reports of another kind.
 *
 * @param where the class and its parameters
 * @param what the method
 * @param score with its unit
 * @param times of the baseline; not a number if there is none
 * @param ofBaseline the same in words
 * @param allocated a call; empty if it was not measured
 */
public record Cost(
    String where, String what, String score, double times, String ofBaseline, String allocated) {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /**
   * Reads the JSON of JMH, but for benchmarks of errors, whose cost is of no interest.
   *
   * @param json the file
   * @return a line each
   * @throws IOException if the file cannot be read, or is not what JMH writes
   */
  public static List<Cost> read(Path json) throws IOException {
    List<Result> results = Results.read(json);
    List<Cost> costs = new ArrayList<>();
    for (Result result : results) {
      if (!result.isSkew()) {
        costs.add(of(result, results));
      }
    }
    return costs;
  }

  private static Cost of(Result result, List<Result> all) {
    double base =
        all.stream()
            .filter(other -> other.isBaseline() && !result.isBaseline())
            .filter(other -> other.qualifiedClass().equals(result.qualifiedClass()))
            .filter(result::isComparableWith)
            .mapToDouble(other -> other.primary().score())
            .findFirst()
            .orElse(Double.NaN);
    double score = result.primary().score();
    Metric bytes = result.secondary(ALLOCATED);
    String params =
        result.params().isEmpty() ? "" : " " + String.join(" ", result.params().values());
    return new Cost(
        result.className() + params,
        result.method(),
        Numbers.plain(score) + " " + result.primary().unit(),
        score / base,
        base > 0 ? "× " + Numbers.plain(score / base) : "",
        Double.isNaN(bytes.score()) ? "" : Numbers.plain(Math.rint(bytes.score())) + " B");
  }
}
