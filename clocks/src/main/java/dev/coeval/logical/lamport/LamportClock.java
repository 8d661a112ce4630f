package dev.coeval.logical.lamport;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Lamport clock: the scalar clock of one process.
 *
 * <p><strong>Problem.</strong> Number the events of all processes so that no effect has a smaller
 * number than its cause, with no shared counter.
 *
 * <p><strong>Idea.</strong> Count locally, and never fall behind a message that was received.
 *
 * <ol>
 *   <li>{@link #tick()}: {@code counter = counter + 1}.
 *   <li>{@link #receive}: {@code counter = max(counter, message) + 1}.
 * </ol>
 *
 * <p><strong>Restart.</strong> A process that forgets its counter would issue old stamps again.
 * Save a number that is at least as large as every stamp issued and continue with {@link
 * #resumeAbove}; {@code dev.coeval.logical.identity} has what saves it, ahead of use.
 *
 * <p><strong>Known attack.</strong> A scalar clock must follow whatever it receives, so a stamp
 * near {@link Long#MAX_VALUE} uses up the range of every process it reaches. The very last value is
 * rejected and nothing ever wraps around, but the only cure is to trust the senders; {@link
 * dev.coeval.logical.hybrid.HybridLogicalClock} can reject such stamps, since it knows what time it
 * is.
 *
 * <p>Lock-free and thread-safe: concurrent calls act as if made one after another.
 *
 * <p>Source: L. Lamport, "Time, clocks, and the ordering of events in a distributed system",
 * Communications of the ACM 21(7), 1978, rules IR1 and IR2.
 */
public final class LamportClock implements LogicalClock<LamportTimestamp> {

  private final String nodeId;
  private final AtomicLong counter;

  private LamportClock(LamportTimestamp start) {
    this.nodeId = start.nodeId();
    this.counter = new AtomicLong(start.counter());
  }

  /**
   * A clock of a process that has had no event yet.
   *
   * @param nodeId the id of the process; unique among the processes
   * @return a clock whose first stamp has the counter 1
   * @throws IllegalArgumentException if the node id is no name of an actor
   */
  public static LamportClock of(String nodeId) {
    return resumeAbove(nodeId, 0);
  }

  /**
   * The clock of a process that starts again.
   *
   * @param nodeId the id that the process had before
   * @param highWaterMark a counter at least as large as that of every stamp it ever issued
   * @return a clock whose stamps are all after the mark
   * @throws IllegalArgumentException if the mark is negative or the node id no name of an actor
   */
  public static LamportClock resumeAbove(String nodeId, long highWaterMark) {
    return new LamportClock(new LamportTimestamp(highWaterMark, nodeId));
  }

  @Override
  public LamportTimestamp tick() {
    return advancePast(0);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Only a stamp whose counter is {@link Long#MAX_VALUE} is not admitted ({@link
   * Reason#COUNTER_EXHAUSTED}).
   */
  @Override
  public LamportTimestamp receive(LamportTimestamp remote) {
    Objects.requireNonNull(remote, "remote");
    if (remote.counter() == Long.MAX_VALUE) {
      throw new StampRejectedException(
          Reason.COUNTER_EXHAUSTED, "no counter is greater than that of " + remote);
    }
    return advancePast(remote.counter());
  }

  @Override
  public LamportTimestamp latest() {
    return new LamportTimestamp(counter.get(), nodeId);
  }

  /** Moves to the first counter after both our own and the given one. */
  private LamportTimestamp advancePast(long seen) {
    while (true) {
      long local = counter.get();
      if (local == Long.MAX_VALUE) {
        throw new ArithmeticException("the counter of " + nodeId + " is at its largest value");
      }
      long next = Math.max(local, seen) + 1;
      if (counter.compareAndSet(local, next)) {
        return new LamportTimestamp(next, nodeId);
      }
    }
  }

  /**
   * The clock as text, for people.
   *
   * @return the class and the latest stamp
   */
  @Override
  public String toString() {
    return "LamportClock[" + latest() + "]";
  }
}
