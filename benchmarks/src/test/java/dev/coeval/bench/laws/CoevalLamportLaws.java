package dev.coeval.bench.laws;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.logical.laws.LamportLaws;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Our Lamport clock in the suite of scalar clocks. */
@AddLifecycleHook(LawRecorder.class)
final class CoevalLamportLaws extends LamportLaws<LamportTimestamp> {

  CoevalLamportLaws() {}

  @Override
  protected LogicalClock<LamportTimestamp> clock(String nodeId, long highWaterMark) {
    return LamportClock.resumeAbove(nodeId, highWaterMark);
  }

  @Override
  protected LamportTimestamp stamp(long counter, String nodeId) {
    return new LamportTimestamp(counter, nodeId);
  }

  @Override
  protected long counter(LamportTimestamp stamp) {
    return stamp.counter();
  }

  @Override
  protected int compare(LamportTimestamp first, LamportTimestamp second) {
    return first.compareTo(second);
  }
}
