package dev.coeval.logical.tree;

import dev.coeval.logical.LogicalClock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The clock of one process: it holds the one stamp of that process, and gives messages away.
 *
 * <p>Of two events of any clocks that stem from one {@link #seed}, one happened before the other if
 * and only if its message is before the other's.
 *
 * <pre>{@code
 * IntervalTreeClock a = IntervalTreeClock.seed();
 * IntervalTreeClock b = IntervalTreeClock.of(a.fork()); // the stamp is sent to b's process, once
 * IntervalTreeMessage sent = a.tick();
 * IntervalTreeMessage received = b.receive(sent); // after sent
 * a.join(b.retire()); // and b's part of the interval is a's again
 * }</pre>
 *
 * <p>To survive a restart, keep the stamp that {@link #stamp} gives and start {@link #of} it; see
 * {@link IntervalTreeStamp} for what happens if it was not the last one.
 *
 * <p>Lock-free and thread-safe: concurrent calls act as if made one after another.
 *
 * <p>Source: Almeida, Baquero, Fonte 2008 (see the package).
 */
public final class IntervalTreeClock implements LogicalClock<IntervalTreeMessage> {

  private static final AtomicReferenceFieldUpdater<IntervalTreeClock, @Nullable IntervalTreeStamp>
      STAMP =
          AtomicReferenceFieldUpdater.newUpdater(
              IntervalTreeClock.class, IntervalTreeStamp.class, "stamp");

  /** Null once the process has retired. */
  private volatile @Nullable IntervalTreeStamp stamp;

  private IntervalTreeClock(IntervalTreeStamp stamp) {
    this.stamp = Objects.requireNonNull(stamp, "stamp");
  }

  /**
   * The clock of the first process of a system.
   *
   * @return a clock that owns the whole interval
   */
  public static IntervalTreeClock seed() {
    return new IntervalTreeClock(IntervalTreeStamp.seed());
  }

  /**
   * The clock of a process that was given a stamp, or kept its own.
   *
   * @param stamp from {@link #fork}, or the last of this process; nobody else may use it
   * @return a clock whose events are all after {@code stamp}
   */
  public static IntervalTreeClock of(IntervalTreeStamp stamp) {
    return new IntervalTreeClock(stamp);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the clock has retired
   */
  @Override
  public IntervalTreeMessage tick() {
    return update(IntervalTreeStamp::event).peek();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not admitted is what {@link IntervalTreeStamp#receive} does not admit.
   *
   * @throws IllegalStateException if the clock has retired
   */
  @Override
  public IntervalTreeMessage receive(IntervalTreeMessage remote) {
    Objects.requireNonNull(remote, "remote");
    return update(local -> local.receive(remote)).peek();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the clock has retired
   */
  @Override
  public IntervalTreeMessage latest() {
    return stamp().peek();
  }

  /**
   * The state of this process, to be kept for a restart. It must not go to another process.
   *
   * @return the stamp that the clock holds now
   * @throws IllegalStateException if the clock has retired
   */
  public IntervalTreeStamp stamp() {
    IntervalTreeStamp held = stamp;
    if (held == null) {
      throw new IllegalStateException("this clock has retired");
    }
    return held;
  }

  /**
   * Gives away half of what this process owns. It is no event.
   *
   * @return the stamp for exactly one new process
   * @throws IllegalStateException if the clock has retired, or its part is too small (see {@link
   *     IntervalTreeStamp#MAX_DEPTH}); it is then unchanged
   */
  public IntervalTreeStamp fork() {
    while (true) {
      IntervalTreeStamp held = stamp();
      IntervalTreeStamp.Fork fork = held.fork();
      if (STAMP.compareAndSet(this, held, fork.first())) {
        return fork.second();
      }
    }
  }

  /**
   * Takes over what a retired process owned and knew. It is no event.
   *
   * @param retired the last stamp of that process
   * @throws dev.coeval.logical.StampRejectedException if {@link
   *     IntervalTreeStamp#join(IntervalTreeStamp)} throws it; the clock is then unchanged
   * @throws IllegalStateException if the clock has retired
   */
  public void join(IntervalTreeStamp retired) {
    Objects.requireNonNull(retired, "retired");
    update(local -> local.join(retired));
  }

  /**
   * Ends this clock.
   *
   * @return its last stamp, for exactly one other process to join
   * @throws IllegalStateException if the clock has retired
   */
  public IntervalTreeStamp retire() {
    while (true) {
      IntervalTreeStamp held = stamp();
      if (STAMP.compareAndSet(this, held, null)) {
        return held;
      }
    }
  }

  private IntervalTreeStamp update(UnaryOperator<IntervalTreeStamp> operation) {
    while (true) {
      IntervalTreeStamp held = stamp();
      IntervalTreeStamp next = operation.apply(held);
      if (STAMP.compareAndSet(this, held, next)) {
        return next;
      }
    }
  }

  /**
   * The clock as text, for people.
   *
   * @return the stamp that it holds
   */
  @Override
  public String toString() {
    IntervalTreeStamp held = stamp;
    return "IntervalTreeClock[" + (held == null ? "retired" : held) + "]";
  }
}
