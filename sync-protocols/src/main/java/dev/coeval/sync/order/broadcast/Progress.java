package dev.coeval.sync.order.broadcast;

import dev.coeval.causal.CausalBroadcastBuffer;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the other members have reported, and what this one therefore lacks.
 *
 * <p>A report counts for stability only when all that it names is delivered here as well. Were it
 * used before, a message could count as delivered by all while a member that has just been taken in
 * lacks it, as the news of its joining is among what is not delivered yet.
 */
final class Progress {
  private final Map<String, Reports> byMember = new HashMap<>();
  private final Map<String, Lack> lacks = new HashMap<>();

  /** A report waits; what comes after it waits behind it, the latest only. */
  private static final class Reports {
    @Nullable VectorTimestamp first;
    @Nullable VectorTimestamp latest;

    void add(VectorTimestamp delivered) {
      latest = delivered;
      if (first == null) {
        first = delivered;
      }
    }

    VectorTimestamp latest() {
      return latest == null ? VectorTimestamp.empty() : latest;
    }
  }

  /** So many messages of an actor are delivered here, fewer than elsewhere, since this tick. */
  private record Lack(long delivered, long sinceTick, int pulls) {}

  /** Whom to ask for what. */
  record Request(String holder, String sender, long after) {}

  void add(String member, VectorTimestamp delivered) {
    byMember.computeIfAbsent(member, any -> new Reports()).add(delivered);
  }

  void remove(String member) {
    byMember.remove(member);
  }

  /** Uses what can be used by now; true if it was something. */
  boolean apply(CausalBroadcastBuffer<Cast> buffer) {
    VectorTimestamp own = buffer.delivered();
    boolean used = false;
    for (Map.Entry<String, Reports> entry : byMember.entrySet()) {
      Reports reports = entry.getValue();
      while (reports.first != null && isWithin(reports.first, own)) {
        buffer.acknowledge(entry.getKey(), reports.first);
        reports.first = Objects.equals(reports.first, reports.latest) ? null : reports.latest;
        used = true;
      }
    }
    return used;
  }

  /** What others have had for a while and this member lacks, each asked of one of them in turn. */
  List<Request> requests(VectorTimestamp held, long tick, long patienceNanos) {
    Map<String, List<String>> holders = new HashMap<>();
    byMember.forEach(
        (member, reports) ->
            reports
                .latest()
                .toMap()
                .forEach(
                    (sender, count) -> {
                      if (count > held.count(sender)) {
                        holders.computeIfAbsent(sender, any -> new ArrayList<>()).add(member);
                      }
                    }));
    lacks.keySet().retainAll(holders.keySet());
    List<Request> requests = new ArrayList<>();
    holders.forEach(
        (sender, from) -> {
          Lack lack = lacks.get(sender);
          if (lack == null || lack.delivered != held.count(sender)) {
            lacks.put(sender, new Lack(held.count(sender), tick, 0));
          } else if (tick - lack.sinceTick >= patienceNanos) {
            String holder = from.get(lack.pulls % from.size());
            requests.add(new Request(holder, sender, lack.delivered));
            lacks.put(sender, new Lack(lack.delivered, tick, lack.pulls + 1));
          }
        });
    return requests;
  }

  static boolean isWithin(VectorTimestamp some, VectorTimestamp all) {
    return switch (some.relationTo(all)) {
      case BEFORE, EQUAL -> true;
      case AFTER, CONCURRENT -> false;
    };
  }
}
