package dev.coeval.bench.laws;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.VectorLaws;
import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Map;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Our vector clock in the suite of vector clocks. */
@AddLifecycleHook(LawRecorder.class)
final class CoevalVectorLaws extends VectorLaws<VectorTimestamp> {

  CoevalVectorLaws() {}

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
