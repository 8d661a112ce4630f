package dev.coeval.bench.laws;

import com.hazelcast.cluster.impl.VectorClock;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.VectorLaws;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * Hazelcast's vector clock in the suite of vector clocks. It is mutable, and a receiver adds one to
 * its own entry itself: both as in Hazelcast's counters. Its order is {@code isAfter} and {@code
 * equals}.
 */
@AddLifecycleHook(LawRecorder.class)
final class HazelcastVectorClockLaws extends VectorLaws<VectorClock> {

  HazelcastVectorClockLaws() {}

  static UUID id(String actor) {
    return UUID.nameUUIDFromBytes(actor.getBytes(StandardCharsets.UTF_8));
  }

  private static long countOf(VectorClock stamp, UUID id) {
    Long count = stamp.getTimestampForReplica(id);
    return count == null ? 0 : count;
  }

  static VectorClock next(VectorClock past, UUID id) {
    VectorClock next = new VectorClock(past);
    next.setReplicaTimestamp(id, countOf(past, id) + 1);
    return next;
  }

  static VectorClock union(VectorClock first, VectorClock second) {
    VectorClock merged = new VectorClock(first);
    merged.merge(second);
    return merged;
  }

  static CausalOrder order(VectorClock first, VectorClock second) {
    if (first.equals(second)) {
      return CausalOrder.EQUAL;
    }
    if (first.isAfter(second)) {
      return CausalOrder.AFTER;
    }
    return second.isAfter(first) ? CausalOrder.BEFORE : CausalOrder.CONCURRENT;
  }

  @Override
  protected LogicalClock<VectorClock> clock(String actor) {
    UUID id = id(actor);
    return new PastClock<>(
        new VectorClock(), past -> next(past, id), HazelcastVectorClockLaws::union);
  }

  @Override
  protected VectorClock stamp(Map<String, Long> counts) {
    VectorClock stamp = new VectorClock();
    counts.forEach((actor, count) -> stamp.setReplicaTimestamp(id(actor), count));
    return stamp;
  }

  @Override
  protected long count(VectorClock stamp, String actor) {
    return countOf(stamp, id(actor));
  }

  @Override
  protected CausalOrder relation(VectorClock first, VectorClock second) {
    return order(first, second);
  }

  @Override
  protected VectorClock merge(VectorClock first, VectorClock second) {
    return union(first, second);
  }
}
