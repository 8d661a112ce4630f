package dev.coeval.sync.scenario.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.StatisticalSummary;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * What came of one variant over several seeds.
 *
 * @param scenario the variant's name
 * @param seeds what came of each
 */
public record RowResult(String scenario, List<SeedResult> seeds) {
  private static final int ONE_IN = 20;

  /**
   * Copies the list.
   *
   * @param scenario as above
   * @param seeds as above
   */
  public RowResult {
    seeds = List.copyOf(seeds);
  }

  /**
   * Runs a variant with the seeds from one to another.
   *
   * @param spec the variant
   * @param first the first seed
   * @param last the last seed, not below the first
   * @return what came of it
   */
  public static RowResult of(ScenarioSpec spec, long first, long last) {
    List<SeedResult> seeds = new ArrayList<>();
    for (long seed = first; seed <= last; seed++) {
      seeds.add(spec.run(seed));
    }
    return new RowResult(spec.name(), seeds);
  }

  /**
   * How many seeds passed.
   *
   * @return at most as many as there are
   */
  public long passed() {
    return seeds.stream().filter(SeedResult::isPassed).count();
  }

  /**
   * Whether the variant passes: at least 19 seeds of 20 do, and none is worse than twice a limit.
   *
   * @return true if so
   */
  public boolean isPassed() {
    long missed = seeds.size() - passed();
    boolean few = seeds.size() == 1 ? missed == 0 : missed * ONE_IN <= seeds.size();
    return few && seeds.stream().noneMatch(SeedResult::isBeyondTwice);
  }

  /**
   * The worst of each figure over the seeds.
   *
   * @return in the order in which they are asked
   */
  public List<Figure> worst() {
    Map<String, Figure> worst = new LinkedHashMap<>();
    for (SeedResult seed : seeds) {
      for (Figure figure : seed.figures()) {
        worst.merge(
            figure.node() + '\n' + figure.what(),
            figure,
            (one, other) -> other.badness() > one.badness() ? other : one);
      }
    }
    return List.copyOf(worst.values());
  }

  /**
   * Mean and deviation over the seeds, and over the checked clocks of each, of one of their
   * figures.
   *
   * <pre>{@code
   * result.over(clock -> clock.errors().rms()).getMean()
   * }</pre>
   *
   * @param figure what to take of each clock
   * @return what came of it
   */
  public StatisticalSummary over(ToDoubleFunction<ClockAccuracy> figure) {
    SummaryStatistics statistics = new SummaryStatistics();
    for (SeedResult seed : seeds) {
      seed.clocks().forEach(clock -> statistics.addValue(figure.applyAsDouble(clock)));
    }
    return statistics.getSummary();
  }

  /**
   * The first seed that did not pass.
   *
   * @return empty if all did
   */
  public Optional<SeedResult> firstMiss() {
    return seeds.stream().filter(seed -> !seed.isPassed()).findFirst();
  }
}
