package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.Agreement.Choice;
import dev.coeval.sync.berkeley.Message.Difference;
import dev.coeval.sync.measure.OffsetBounds;
import java.util.List;
import java.util.Optional;

/**
 * What a round found: the clocks that make the group's time, and everybody's difference from it.
 *
 * <p><b>The bound.</b> Let the readings certainly hold {@code low_j <= C_j - C_c <= high_j} at one
 * moment. Then the mean of the n clocks that take part lies between the means of the lows and of
 * the highs, and a clock i differs from it by {@code (C_i - C_c) - mean}. If i takes part itself,
 * its own reading stands on both sides, and only {@code (1 - 1/n)} of its error counts (the factor
 * of Lundelius and Lynch 1984).
 */
final class Verdict {
  private final Choice choice;
  private final boolean bounded;
  private final long groupPacePpb;

  private Verdict(Choice choice, boolean bounded) {
    this.choice = choice;
    this.bounded = bounded;
    this.groupPacePpb =
        choice.clocks().stream().mapToLong(clock -> clock.pace().boundPpb()).max().orElse(0);
  }

  /**
   * Settled clocks make the group's time where there are any: they have agreed before, and keep
   * their pace, without which nothing could be promised. Empty if no clock was read well enough.
   */
  static Optional<Verdict> of(List<ClockSeen> clocks, AgreementConfig config) {
    List<ClockSeen> settled = clocks.stream().filter(ClockSeen::isSettled).toList();
    boolean bounded = !settled.isEmpty();
    List<ClockSeen> candidates = bounded ? settled : clocks;
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    long gamma = bounded ? config.gammaNanos() : config.initialGammaNanos();
    return Optional.of(new Verdict(Agreement.of(candidates, gamma, config.combiner()), bounded));
  }

  boolean isBounded() {
    return bounded;
  }

  boolean takesPart(int index) {
    return choice.clocks().stream().anyMatch(clock -> clock.index() == index);
  }

  /**
   * How far a clock is ahead of the group.
   *
   * @param clock as it was seen
   * @param ageTicks how long before that moment the clock's own reading can have been, in the
   *     coordinator's ticks, which the difference is then applied to
   */
  Difference differenceOf(ClockSeen clock, long ageTicks) {
    int n = choice.clocks().size();
    boolean inside = takesPart(clock.index());
    long lows = 0;
    long highs = 0;
    for (ClockSeen other : choice.clocks()) {
      if (other.index() != clock.index()) {
        lows += other.lowNanos() - choice.nanos();
        highs += other.highNanos() - choice.nanos();
      }
    }
    double share = inside ? 1 - 1.0 / n : 1;
    long nanos = clock.nanos() - choice.nanos();
    double rest = inside ? nanos / (double) n : 0; // what of it the group's own change takes up
    double below = share * (clock.nanos() - clock.lowNanos()) + rest + (double) highs / n;
    double above = share * (clock.highNanos() - clock.nanos()) - rest - (double) lows / n;
    long slack =
        OffsetBounds.driftNanos(ageTicks, clock.pace().boundPpb() + groupPacePpb)
            + ClockSeen.ROUNDING_NANOS;
    return new Difference(
        nanos,
        (long) Math.ceil(below) + slack,
        (long) Math.ceil(above) + slack,
        likelyError(clock, inside),
        bounded ? groupPacePpb : Difference.UNBOUNDED_PACE);
  }

  /** Independent errors add up by their squares; one's own counts as in the bound. */
  private long likelyError(ClockSeen clock, boolean inside) {
    double n = choice.clocks().size();
    double share = inside ? 1 - 1 / n : 1;
    double sum = square(share * clock.likelyErrorNanos());
    for (ClockSeen other : choice.clocks()) {
      if (other.index() != clock.index()) {
        sum += square(other.likelyErrorNanos() / n);
      }
    }
    return Math.round(Math.sqrt(sum));
  }

  private static double square(double value) {
    return value * value;
  }
}
