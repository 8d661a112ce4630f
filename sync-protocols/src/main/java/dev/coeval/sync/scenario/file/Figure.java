package dev.coeval.sync.scenario.file;

/**
 * One thing that was asked of a run, and what came.
 *
 * @param node whose; {@code all} for the whole network
 * @param what what it is, with its unit where it has one
 * @param value what came; 1 and 0 for yes and no
 * @param least the least that is right
 * @param most the most that is right
 * @param kind how it counts
 */
public record Figure(String node, String what, double value, double least, double most, Kind kind) {

  private static final double TOLERANCE = 1e-6;

  /** How a figure counts. */
  public enum Kind {
    /** A quantity with a limit. */
    LIMIT,
    /** Something that holds or does not. */
    FACT,
    /** Only noted. */
    NOTE
  }

  /**
   * Whether it is as it was asked for, to a relative 10⁻⁶.
   *
   * @return true for what is only noted, too
   */
  public boolean isMet() {
    return kind == Kind.NOTE
        || (value >= least - Math.abs(least) * TOLERANCE
            && value <= most + Math.abs(most) * TOLERANCE);
  }

  /**
   * Whether it is worse than twice its limit.
   *
   * @return never for what holds or does not
   */
  public boolean isBeyondTwice() {
    return kind == Kind.LIMIT && !isMet() && (value > 2 * most || 2 * value < least);
  }

  /**
   * How bad it is, to find the worst of several seeds.
   *
   * @return the larger, the worse; above 1 if there is a limit and it is missed
   */
  double badness() {
    if (kind == Kind.FACT) {
      return isMet() ? 0 : 1 + TOLERANCE;
    }
    if (kind == Kind.NOTE) {
      return value;
    }
    double high = most == 0 ? (value > 0 ? Double.MAX_VALUE : 0) : value / most;
    double low = least == 0 ? 0 : value == 0 ? Double.MAX_VALUE : least / value;
    return Math.max(high, low);
  }
}
