package dev.coeval.sync.order.broadcast;

import dev.coeval.logical.lamport.LamportTimestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The order of Lamport's stamps, counter first and then the actor's name: a message is delivered
 * once no member can send one with a smaller stamp any more.
 *
 * <p>Messages come in causal order, so those of one actor with growing counters. What an actor was
 * heard to say, or to have as its counter, tells how small its next stamp can be.
 */
final class TotalOrdering implements Ordering {
  private final TreeMap<LamportTimestamp, Cast> waiting = new TreeMap<>();
  private final Map<String, Long> heard = new HashMap<>();
  private LamportTimestamp since = new LamportTimestamp(0, "-");

  @Override
  public void begin(Set<String> members, LamportTimestamp place) {
    since = place;
    members.forEach(member -> heard.put(member, 0L));
  }

  @Override
  public void add(Cast cast) {
    if (cast.place().compareTo(since) > 0) {
      waiting.put(cast.place(), cast);
    }
  }

  @Override
  public void heard(String actor, long counter) {
    heard.computeIfPresent(actor, (any, before) -> Math.max(before, counter));
  }

  @Override
  public void join(String actor, long counter) {
    heard.put(actor, counter);
  }

  @Override
  public void leave(String actor) {
    heard.remove(actor);
  }

  @Override
  public List<Cast> take() {
    long all = Long.MAX_VALUE;
    for (long counter : heard.values()) {
      all = Math.min(all, counter);
    }
    List<Cast> casts = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.firstKey().counter() <= all) {
      casts.add(waiting.pollFirstEntry().getValue());
    }
    return casts;
  }

  @Override
  public int waiting() {
    return waiting.size();
  }
}
