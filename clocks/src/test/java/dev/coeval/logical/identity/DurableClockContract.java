package dev.coeval.logical.identity;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.logical.laws.LamportLaws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;

/** A Lamport clock under a mark keeps the laws of Lamport clocks. */
final class DurableClockContract extends LamportLaws<LamportTimestamp> {

  @Override
  protected LogicalClock<LamportTimestamp> clock(String nodeId, long highWaterMark) {
    try {
      SlottedMark mark = SlottedMark.open(new TornSlots(), nodeId, 0, new Random(1));
      mark.cover(highWaterMark, 0);
      return DurableClock.of(
          LamportClock.resumeAbove(nodeId, mark.mark()), LamportTimestamp::counter, mark, 10);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
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
