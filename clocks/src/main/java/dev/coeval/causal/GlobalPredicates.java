package dev.coeval.causal;

import dev.coeval.causal.Detection.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether something was true of all processes together.
 *
 * <p><strong>Problem.</strong> Nobody sees the processes at one time, and a log does not say which
 * of their states were there together. It says only which can have been: the consistent cuts.
 *
 * <p><strong>Idea.</strong> The consistent cuts form a lattice, in which each execution that fits
 * the log is a path from the beginning to the end. <em>Possibly</em> asks for a state on some path,
 * <em>definitely</em> for one on every path. Both go through the lattice level by level, a level
 * being the states after the same number of events.
 *
 * <ol>
 *   <li>{@link #possibly}: yes at the first state in which the predicate holds; no if there is
 *       none.
 *   <li>{@link #definitely}: keep only the states that can be reached without meeting one in which
 *       it holds; yes if none is left, no if the end is.
 *   <li>{@link #possiblyAll}: for a predicate that is an "and" of one for each process, no lattice
 *       is needed: a state of one process that is over before the current state of another begins
 *       is never part of an answer, and is passed over.
 * </ol>
 *
 * <p><strong>Known limit.</strong> The lattice has up to as many states as the product of the
 * numbers of events. So the first two take a limit, and say when they reach it; the third takes
 * time in the order of the events times the square of the processes.
 *
 * <p>A log with holes is taken as it is: a process goes from one recorded event to the next.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>Sources: R. Cooper, K. Marzullo, "Consistent detection of global predicates", 1991; V. K.
 * Garg, B. Waldecker, "Detection of weak unstable predicates in distributed programs", IEEE
 * Transactions on Parallel and Distributed Systems 5(3), 1994.
 */
public final class GlobalPredicates {

  /** A cut, as the number of recorded events of each process. */
  private record Cut(List<Integer> positions) {}

  private final List<String> actors;
  private final List<List<CausalEvent>> events;
  private final long mostStates;

  private GlobalPredicates(CausalLog log, long mostStates) {
    this.actors = log.actors();
    this.events = actors.stream().map(log::events).toList();
    this.mostStates = mostStates;
  }

  /**
   * Questions to a log.
   *
   * @param log the log; nothing but holes may be found in it
   * @param mostStates how many global states may be looked at for one answer; each that is kept
   *     takes some tens of bytes for each process
   * @return what answers them
   * @throws IllegalArgumentException if the limit is below one, or the log is not well formed
   */
  public static GlobalPredicates of(CausalLog log, long mostStates) {
    if (mostStates < 1) {
      throw new IllegalArgumentException("at least one state, not " + mostStates);
    }
    for (LogFinding finding : log.check()) {
      if (!finding.kind().isHole()) {
        throw new IllegalArgumentException("not well formed: " + finding);
      }
    }
    return new GlobalPredicates(log, mostStates);
  }

  /**
   * Whether a predicate can have been true.
   *
   * @param predicate what is asked; given the same state it must answer the same
   * @return yes with such a state if the predicate holds in a consistent cut
   */
  public Detection possibly(Predicate<GlobalState> predicate) {
    long seen = 0;
    Set<Cut> level = Set.of(beginning());
    while (!level.isEmpty()) {
      for (Cut cut : level) {
        if (seen == mostStates) {
          return new Detection(Answer.LIMIT_REACHED, Optional.empty(), seen);
        }
        seen++;
        GlobalState state = state(cut);
        if (predicate.test(state)) {
          return new Detection(Answer.YES, Optional.of(state), seen);
        }
      }
      level = nextLevel(level);
    }
    return new Detection(Answer.NO, Optional.empty(), seen);
  }

  /**
   * Whether a predicate must have been true, in whatever order concurrent events happened.
   *
   * @param predicate what is asked; given the same state it must answer the same
   * @return yes if the predicate holds somewhere on every path from the beginning to the end
   */
  public Detection definitely(Predicate<GlobalState> predicate) {
    long seen = 0;
    Set<Cut> level = Set.of(beginning());
    while (true) {
      Set<Cut> without = new LinkedHashSet<>();
      for (Cut cut : level) {
        if (seen == mostStates) {
          return new Detection(Answer.LIMIT_REACHED, Optional.empty(), seen);
        }
        seen++;
        if (!predicate.test(state(cut))) {
          without.add(cut);
        }
      }
      if (without.isEmpty()) {
        return new Detection(Answer.YES, Optional.empty(), seen);
      }
      level = nextLevel(without);
      if (level.isEmpty()) {
        return new Detection(Answer.NO, Optional.empty(), seen);
      }
    }
  }

  private Cut beginning() {
    return new Cut(actors.stream().map(actor -> 0).toList());
  }

  private Set<Cut> nextLevel(Set<Cut> level) {
    Set<Cut> next = new LinkedHashSet<>();
    for (Cut cut : level) {
      for (int process = 0; process < actors.size(); process++) {
        if (canAdvance(cut, process)) {
          List<Integer> positions = new ArrayList<>(cut.positions());
          positions.set(process, positions.get(process) + 1);
          next.add(new Cut(List.copyOf(positions)));
        }
      }
    }
    return next;
  }

  /** Whether the next event of a process can happen now: all that it counts has happened. */
  private boolean canAdvance(Cut cut, int process) {
    int position = cut.positions().get(process);
    if (position == events.get(process).size()) {
      return false;
    }
    CausalEvent event = events.get(process).get(position);
    for (int other = 0; other < actors.size(); other++) {
      if (other != process && counts(event, other, cut.positions().get(other))) {
        return false;
      }
    }
    return true;
  }

  /** Whether an event counts the event of a process at a position, if there is one. */
  private boolean counts(CausalEvent event, int process, int position) {
    return position < events.get(process).size()
        && events.get(process).get(position).sequence() <= event.stamp().count(actors.get(process));
  }

  private GlobalState state(Cut cut) {
    SortedMap<String, CausalEvent> last = new TreeMap<>();
    for (int process = 0; process < actors.size(); process++) {
      int position = cut.positions().get(process);
      if (position > 0) {
        last.put(actors.get(process), events.get(process).get(position - 1));
      }
    }
    return new GlobalState(last);
  }

  /**
   * Whether something can have been true of each of some processes at one time.
   *
   * @param predicates by process, what is asked of its last event, which is absent before the
   *     first; processes that are not named may be anywhere
   * @return yes with such a state, or no; there is no limit to be reached
   */
  public Detection possiblyAll(Map<String, Predicate<Optional<CausalEvent>>> predicates) {
    int[] positions = new int[actors.size()];
    long seen = 0;
    for (Map.Entry<String, Predicate<Optional<CausalEvent>>> entry : predicates.entrySet()) {
      if (!actors.contains(entry.getKey()) && !entry.getValue().test(Optional.empty())) {
        return new Detection(Answer.NO, Optional.empty(), seen);
      }
    }
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int process = 0; process < positions.length; process++) {
        int start = positions[process];
        if (!settle(process, positions, predicates.get(actors.get(process)))) {
          return new Detection(Answer.NO, Optional.empty(), seen);
        }
        seen += positions[process] - start + 1L;
        moved |= positions[process] > start;
      }
    }
    GlobalState state = state(new Cut(Arrays.stream(positions).boxed().toList()));
    return new Detection(Answer.YES, Optional.of(state), seen);
  }

  /**
   * Moves a process on to its first state that is not over before another's begins, and in which
   * its predicate holds.
   */
  private boolean settle(
      int process, int[] positions, @Nullable Predicate<Optional<CausalEvent>> predicate) {
    while (isOver(process, positions) || !holds(process, positions[process], predicate)) {
      if (positions[process] == events.get(process).size()) {
        return false;
      }
      positions[process]++;
    }
    return true;
  }

  private boolean isOver(int process, int[] positions) {
    for (int other = 0; other < positions.length; other++) {
      if (other != process
          && positions[other] > 0
          && counts(events.get(other).get(positions[other] - 1), process, positions[process])) {
        return true;
      }
    }
    return false;
  }

  private boolean holds(
      int process, int position, @Nullable Predicate<Optional<CausalEvent>> predicate) {
    return predicate == null
        || predicate.test(
            position == 0 ? Optional.empty() : Optional.of(events.get(process).get(position - 1)));
  }
}
