package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.AgreementConfig.Combiner;
import java.util.Comparator;
import java.util.List;

/**
 * Which clocks agree, and on what: pure functions over differences.
 *
 * <p>The fault-tolerant average (Gusella and Zatti 1989): a clock is faulty if it is further than
 * gamma from the majority, so the largest set of clocks that are pairwise within gamma is found,
 * and averaged. Values that are pairwise within gamma are those of a window of that width over the
 * sorted values. The known weakness: clocks that share an error form such a set; the median of
 * 4.4BSD's timed is the other choice.
 */
final class Agreement {
  private Agreement() {}

  /** What was chosen: the clocks that take part, and the common value. Not empty. */
  record Choice(List<ClockSeen> clocks, long nanos) {}

  /** Not for an empty list. */
  static Choice of(List<ClockSeen> clocks, long gammaNanos, Combiner combiner) {
    List<ClockSeen> sorted =
        clocks.stream().sorted(Comparator.comparingLong(ClockSeen::nanos)).toList();
    List<ClockSeen> agreeing = largestWithin(sorted, gammaNanos);
    if (combiner == Combiner.AVERAGE) {
      return new Choice(agreeing, mean(agreeing));
    }
    long first = median(sorted);
    List<ClockSeen> near =
        sorted.stream().filter(clock -> Math.abs(clock.nanos() - first) <= gammaNanos).toList();
    List<ClockSeen> chosen = near.isEmpty() ? agreeing : near;
    return new Choice(chosen, median(chosen));
  }

  /** The fullest window; of equals the one with the coordinator, then the narrowest. */
  private static List<ClockSeen> largestWithin(List<ClockSeen> sorted, long gammaNanos) {
    List<ClockSeen> best = List.of();
    int from = 0;
    for (int to = 1; to <= sorted.size(); to++) {
      while (sorted.get(to - 1).nanos() - sorted.get(from).nanos() > gammaNanos) {
        from++;
      }
      List<ClockSeen> window = sorted.subList(from, to);
      if (best.isEmpty() || PREFERENCE.compare(window, best) > 0) {
        best = window;
      }
    }
    return best;
  }

  private static final Comparator<List<ClockSeen>> PREFERENCE =
      Comparator.<List<ClockSeen>>comparingInt(List::size)
          .thenComparing(window -> window.stream().anyMatch(ClockSeen::isOwn))
          .thenComparing(window -> -width(window));

  private static long width(List<ClockSeen> window) {
    return window.get(window.size() - 1).nanos() - window.get(0).nanos();
  }

  /** Summed from the smallest on, so that nothing overflows. */
  private static long mean(List<ClockSeen> sorted) {
    long base = sorted.get(0).nanos();
    long sum = sorted.stream().mapToLong(clock -> clock.nanos() - base).sum();
    return base + Math.floorDiv(sum, sorted.size());
  }

  private static long median(List<ClockSeen> sorted) {
    long low = sorted.get((sorted.size() - 1) / 2).nanos();
    long high = sorted.get(sorted.size() / 2).nanos();
    return low + (high - low) / 2;
  }
}
