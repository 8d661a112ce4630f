package dev.coeval.logical.lamport;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.LamportLaws;

/** Our Lamport clock keeps the laws of Lamport clocks. */
final class LamportClockContract extends LamportLaws<LamportTimestamp> {

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
