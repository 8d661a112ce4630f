package dev.coeval.sync.scenario.file;

import java.util.List;

/**
 * What came of one seed.
 *
 * @param scenario the variant's name
 * @param seed the seed
 * @param figures what was asked, and what came
 * @param clocks how well each checked clock kept the time
 * @param trouble why the run ended before its time; empty if it did not
 */
public record SeedResult(
    String scenario, long seed, List<Figure> figures, List<ClockAccuracy> clocks, String trouble) {

  /**
   * Copies the list.
   *
   * @param scenario as above
   * @param seed as above
   * @param figures as above
   * @param clocks as above
   * @param trouble as above
   */
  public SeedResult {
    figures = List.copyOf(figures);
    clocks = List.copyOf(clocks);
  }

  /**
   * Whether all is as it was asked for.
   *
   * @return true if so
   */
  public boolean isPassed() {
    return figures.stream().allMatch(Figure::isMet);
  }

  /**
   * Whether a figure is worse than twice its limit.
   *
   * @return true if one is
   */
  public boolean isBeyondTwice() {
    return figures.stream().anyMatch(Figure::isBeyondTwice);
  }
}
