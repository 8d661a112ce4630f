package dev.coeval.causal;

import dev.coeval.logical.vector.VectorTimestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The recorded events of some processes, and the questions that one asks of them.
 *
 * <p>The log need not be complete. An event that is not in it is a hole: what happened before what
 * is still known of all that are, since each stamp has the whole past in it. What a log says is
 * only as good as its stamps, so {@link #check()} it first; every other answer is for logs in which
 * nothing was found but holes.
 *
 * <p>With {@code N} events of {@code n} processes, checking, counting and finding the longest chain
 * take time in the order of {@code N n log N}.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>Sources: R. Schwarz, F. Mattern, "Detecting causal relationships in distributed computations:
 * in search of the holy grail", Distributed Computing 7(3), 1994; F. Mattern, "Virtual time and
 * global states of distributed systems", 1989 (cuts).
 */
public final class CausalLog {

  private final SortedMap<String, List<CausalEvent>> byActor;
  private final int size;

  private CausalLog(SortedMap<String, List<CausalEvent>> byActor, int size) {
    this.byActor = Collections.unmodifiableSortedMap(byActor);
    this.size = size;
  }

  /**
   * The log of some events.
   *
   * @param events the events, in any order
   * @return the log
   */
  public static CausalLog of(Collection<CausalEvent> events) {
    SortedMap<String, List<CausalEvent>> byActor = new TreeMap<>();
    for (CausalEvent event : events) {
      byActor.computeIfAbsent(event.actor(), any -> new ArrayList<>()).add(event);
    }
    byActor.replaceAll(
        (actor, unsorted) ->
            unsorted.stream().sorted(Comparator.comparingLong(CausalEvent::sequence)).toList());
    return new CausalLog(byActor, events.size());
  }

  /**
   * The processes that have an event in the log.
   *
   * @return their ids, sorted
   */
  public List<String> actors() {
    return List.copyOf(byActor.keySet());
  }

  /**
   * The events of a process.
   *
   * @param actor the process
   * @return its events in their order; empty if it has none in the log
   */
  public List<CausalEvent> events(String actor) {
    return byActor.getOrDefault(actor, List.of());
  }

  /**
   * How many events there are.
   *
   * @return their number
   */
  public int size() {
    return size;
  }

  /**
   * Examines every event.
   *
   * @return what is wrong or missing, by actor and sequence; if nothing is, the log is a complete
   *     causal history, and if nothing but {@linkplain LogFinding.Kind#isHole() holes} are, a part
   *     of one
   */
  public List<LogFinding> check() {
    return new LogCheck(this).findings();
  }

  /**
   * The latest recorded event of a process in a past.
   *
   * @param actor the process
   * @param most the most events of the process in that past
   * @return the event, or null if none of them is recorded
   */
  @Nullable CausalEvent latest(String actor, long most) {
    int events = recorded(actor, most);
    return events == 0 ? null : events(actor).get(events - 1);
  }

  /** How many events of a process are recorded whose number is at most the one given. */
  int recorded(String actor, long most) {
    List<CausalEvent> events = events(actor);
    int low = 0;
    int high = events.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (events.get(middle).sequence() <= most) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The latest recorded events in the past of an event, itself excluded: one for each process. */
  List<CausalEvent> causes(CausalEvent event) {
    List<CausalEvent> causes = new ArrayList<>();
    event
        .stamp()
        .forEach(
            (actor, count) -> {
              CausalEvent cause = latest(actor, actor.equals(event.actor()) ? count - 1 : count);
              if (cause != null) {
                causes.add(cause);
              }
            });
    return causes;
  }

  /**
   * The events in an order in which they can have happened.
   *
   * @return every event after all that happened before it
   * @throws IllegalStateException if there is none, because an event causes itself
   */
  public List<CausalEvent> inCausalOrder() {
    return new CausalSort(this).sorted();
  }

  /**
   * A longest chain of events of which each happened before the next: no machine, however many
   * processes it has, can run the same history in fewer steps.
   *
   * @return the chain, the first event first; empty if the log is
   * @throws IllegalStateException if an event causes itself
   */
  public List<CausalEvent> longestChain() {
    IdentityHashMap<CausalEvent, Integer> lengths = new IdentityHashMap<>();
    IdentityHashMap<CausalEvent, CausalEvent> before = new IdentityHashMap<>();
    CausalEvent last = null;
    int longest = 0;
    for (CausalEvent event : inCausalOrder()) {
      int length = 0;
      for (CausalEvent cause : causes(event)) {
        int ofCause = lengths.getOrDefault(cause, 0);
        if (ofCause > length) {
          length = ofCause;
          before.put(event, cause);
        }
      }
      lengths.put(event, length + 1);
      if (length + 1 > longest) {
        longest = length + 1;
        last = event;
      }
    }
    List<CausalEvent> chain = new ArrayList<>();
    for (CausalEvent event = last; event != null; event = before.get(event)) {
      chain.add(event);
    }
    Collections.reverse(chain);
    return List.copyOf(chain);
  }

  /**
   * How many pairs of events could have happened in either order.
   *
   * @return the number of pairs of which neither happened before the other
   */
  public long concurrentPairs() {
    long[] ordered = {0};
    byActor
        .values()
        .forEach(
            events ->
                events.forEach(
                    event -> {
                      event.stamp().forEach((actor, most) -> ordered[0] += recorded(actor, most));
                      ordered[0]--;
                    }));
    return (long) size * (size - 1) / 2 - ordered[0];
  }

  /**
   * Whether a state of all processes can have been there at one time (law S7): no event in it
   * depends on one that is not.
   *
   * @param cut of each process, how many of its events have happened
   * @return whether the cut is consistent; of events that are not recorded nothing is known, so
   *     they are taken not to contradict
   */
  public boolean isConsistent(VectorTimestamp cut) {
    for (String actor : byActor.keySet()) {
      CausalEvent last = latest(actor, cut.count(actor));
      if (last != null && !last.stamp().relationTo(cut).isBeforeOrEqual()) {
        return false;
      }
    }
    return true;
  }
}
