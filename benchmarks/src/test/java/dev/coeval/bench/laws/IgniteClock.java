package dev.coeval.bench.laws;

import dev.coeval.logical.LogicalClock;
import java.time.InstantSource;
import org.apache.ignite.internal.hlc.HybridClockImpl;
import org.apache.ignite.internal.hlc.HybridTimestamp;

/**
 * Ignite's hybrid clock on a wall clock of ours. It has no admission policy, and no stamp zero: to
 * receive the stamp of an empty past is a local event.
 */
final class IgniteClock implements LogicalClock<IgniteStamp> {
  private final HybridClockImpl clock;
  private IgniteStamp latest;

  /** A clock whose first stamp comes after the mark. */
  IgniteClock(InstantSource source, long mark) {
    boolean[] isMarking = {true};
    clock =
        new HybridClockImpl() {
          @Override
          protected long physicalTime() {
            return isMarking[0] ? 0 : source.millis();
          }
        };
    latest = new IgniteStamp(mark);
    if (mark > 1) {
      clock.update(HybridTimestamp.hybridTimestamp(mark - 1));
    } else if (mark == 1) {
      clock.nowLong();
    }
    isMarking[0] = false;
  }

  @Override
  public synchronized IgniteStamp tick() {
    latest = new IgniteStamp(clock.nowLong());
    return latest;
  }

  @Override
  public synchronized IgniteStamp receive(IgniteStamp remote) {
    if (remote.packed() == 0) {
      return tick();
    }
    HybridTimestamp sent = HybridTimestamp.hybridTimestamp(remote.packed());
    latest = new IgniteStamp(clock.update(sent).longValue());
    return latest;
  }

  @Override
  public synchronized IgniteStamp latest() {
    return latest;
  }
}
