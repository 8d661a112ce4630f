package dev.coeval.sync.order.broadcast;

import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.order.broadcast.GroupMessage.Stance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where members end that cannot say it themselves: the others agree.
 *
 * <p><b>Problem.</b> A member crashes. Some have delivered more of its messages than others, and
 * what they send depends on these. All must end it with the same last message, and have all up to
 * that.
 *
 * <p><b>Idea.</b> Each remaining member stops delivering messages of those that are to go, and says
 * how many it has delivered. The most of these numbers is where an actor ends. Each then gets what
 * it lacks up to there, still without delivering it, and says that it is filled. Whoever has heard
 * that from all who remain knows that nobody can miss anything any more, and lets the actor go.
 *
 * <p>A member that freezes one more says all anew, for the larger set; what was said about the
 * smaller one does not count any more. One that has let an actor go before says with what last
 * message, and everybody takes that. So who settles a larger set has heard from all who may have
 * settled a smaller one.
 *
 * <p>All of this is outside the causal order: a message in it could wait for one of those that
 * nobody delivers.
 */
final class Removals {
  private static final int MAX_STASHED = 2 * BroadcastConfig.MAX_WINDOW_MESSAGES;

  private final String self;
  private final Map<String, Stance> stances = new HashMap<>();
  private final Map<String, NavigableMap<Long, Cast>> stashes = new TreeMap<>();

  /** Of those that are to go, how many messages are delivered here. */
  private final Map<String, Long> frozen = new TreeMap<>();

  /** Of those, and of those that have gone from the same set, the last message, if it is known. */
  private final Map<String, Long> finals = new TreeMap<>();

  private boolean filled;
  private @Nullable Stance parting;

  /** A member that is let go, and what is to be delivered of it yet. */
  record Settled(String actor, long last, List<Cast> stash) {}

  Removals(String self) {
    this.self = self;
  }

  boolean isActive() {
    return !frozen.isEmpty();
  }

  boolean isFrozen(String actor) {
    return frozen.containsKey(actor);
  }

  int stances() {
    return stances.size();
  }

  int stashed() {
    return stashes.values().stream().mapToInt(Map::size).sum();
  }

  /** Those of whom this member has said something. */
  Set<String> spoken() {
    Set<String> spoken = new TreeSet<>(frozen.keySet());
    spoken.addAll(finals.keySet());
    return spoken;
  }

  /** Freezes one more member. */
  void freeze(String actor, long delivered) {
    frozen.put(actor, delivered);
    filled = false;
  }

  /** Takes in one more that has gone already. */
  void recall(String actor, long last) {
    finals.put(actor, last);
    filled = false;
  }

  /** What another member says. */
  void hear(Stance stance) {
    stances.put(stance.actor(), stance);
    stance
        .finals()
        .forEach(
            (actor, last) -> {
              if (frozen.containsKey(actor)) {
                finals.put(actor, last);
              }
            });
  }

  /**
   * What somebody says whose joining is not known here yet, or a stranger: it matters once a member
   * names it among those that remain. False if too many have spoken.
   */
  boolean note(Stance stance) {
    if (stances.size() >= Group.MAX_NAMED && !stances.containsKey(stance.actor())) {
      return false;
    }
    stances.put(stance.actor(), stance);
    return true;
  }

  /** Forgets what a member has said: it is none any more, or another. */
  void forget(String actor) {
    stances.remove(actor);
  }

  /** What to tell the others; what was settled last too, as they may not know it yet. */
  Optional<Stance> toTell(Set<String> others) {
    return isActive() ? Optional.of(stance(others)) : Optional.ofNullable(parting);
  }

  private Stance stance(Set<String> others) {
    Set<String> view = new TreeSet<>(others);
    view.add(self);
    view.removeAll(spoken());
    Map<String, Long> open = new TreeMap<>(frozen);
    open.keySet().removeAll(finals.keySet());
    return new Stance(self, filled, view, open, Map.copyOf(finals));
  }

  /** Keeps a message of one that is frozen; false if there is no room. */
  boolean stash(Cast cast, long delivered) {
    long sequence = cast.stamp().sequence();
    if (sequence <= delivered) {
      return true;
    }
    NavigableMap<Long, Cast> stash =
        stashes.computeIfAbsent(cast.stamp().sender(), any -> new TreeMap<>());
    if (stash.size() < MAX_STASHED) {
      stash.putIfAbsent(sequence, cast);
    }
    return stash.containsKey(sequence);
  }

  List<Cast> stashedAfter(String actor, long after, int most) {
    return stash(actor).tailMap(after, false).values().stream().limit(most).toList();
  }

  /** What is here, delivered or not, without a gap. */
  VectorTimestamp withStash(VectorTimestamp delivered) {
    if (stashes.isEmpty()) {
      return delivered;
    }
    Map<String, Long> counts = new HashMap<>(delivered.toMap());
    stashes.keySet().forEach(actor -> counts.put(actor, held(actor)));
    return VectorTimestamp.of(counts);
  }

  /** Those that are let go now, by what is known of the members that remain. */
  List<Settled> settle(Set<String> others) {
    List<Settled> settled = new ArrayList<>();
    for (String actor : List.copyOf(frozen.keySet())) {
      Long last = finals.get(actor);
      if (last != null && held(actor) >= last) {
        settled.add(settled(actor, last));
      }
    }
    Map<String, Long> lasts = lasts(others);
    if (!lasts.isEmpty() && isFilledTo(lasts)) {
      filled = true;
      if (rest(others).stream().allMatch(each -> of(each).filled())) {
        lasts.forEach((actor, last) -> settled.add(settled(actor, last)));
      }
    }
    if (frozen.isEmpty() && !finals.isEmpty()) {
      filled = true;
      parting = stance(others);
      finals.clear();
      stances.clear();
      filled = false;
    }
    return settled;
  }

  private Settled settled(String actor, long last) {
    List<Cast> stash = List.copyOf(stash(actor).headMap(last, true).values());
    frozen.remove(actor);
    stashes.remove(actor);
    finals.put(actor, last);
    return new Settled(actor, last, stash);
  }

  /** Where those end that are frozen and not settled; empty unless all that remain have spoken. */
  private Map<String, Long> lasts(Set<String> others) {
    Map<String, Long> lasts = new TreeMap<>(frozen);
    lasts.keySet().removeAll(finals.keySet());
    Set<String> spoken = spoken();
    for (String each : rest(others)) {
      Stance stance = of(each);
      if (!stance.spoken().equals(spoken)) {
        return Map.of();
      }
      lasts.replaceAll((actor, last) -> Math.max(last, stance.frozen().getOrDefault(actor, 0L)));
    }
    return lasts;
  }

  private boolean isFilledTo(Map<String, Long> lasts) {
    return lasts.entrySet().stream().allMatch(each -> held(each.getKey()) >= each.getValue());
  }

  /** The others that remain: those known here, and those known to them. */
  private Set<String> rest(Set<String> others) {
    Set<String> rest = new HashSet<>();
    Deque<String> found = new ArrayDeque<>(others);
    while (!found.isEmpty()) {
      String each = found.remove();
      if (!each.equals(self)
          && !frozen.containsKey(each)
          && !finals.containsKey(each)
          && rest.add(each)) {
        found.addAll(of(each).view());
      }
    }
    return rest;
  }

  private Stance of(String actor) {
    return stances.getOrDefault(actor, new Stance(actor, false, Set.of(), Map.of(), Map.of()));
  }

  private long held(String actor) {
    long held = frozen.getOrDefault(actor, 0L);
    while (stash(actor).containsKey(held + 1)) {
      held++;
    }
    return held;
  }

  private NavigableMap<Long, Cast> stash(String actor) {
    return stashes.getOrDefault(actor, new TreeMap<>());
  }
}
