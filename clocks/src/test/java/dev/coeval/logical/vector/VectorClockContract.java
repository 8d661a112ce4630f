package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.VectorLaws;
import java.util.Map;

/** Our vector clock keeps the laws of vector clocks. */
final class VectorClockContract extends VectorLaws<VectorTimestamp> {

  @Override
  protected LogicalClock<VectorTimestamp> clock(String actor) {
    return VectorClock.of(actor);
  }

  @Override
  protected VectorTimestamp stamp(Map<String, Long> counts) {
    return VectorTimestamp.of(counts);
  }

  @Override
  protected long count(VectorTimestamp stamp, String actor) {
    return stamp.count(actor);
  }

  @Override
  protected CausalOrder relation(VectorTimestamp first, VectorTimestamp second) {
    return first.relationTo(second);
  }

  @Override
  protected VectorTimestamp merge(VectorTimestamp first, VectorTimestamp second) {
    return first.merge(second);
  }
}
