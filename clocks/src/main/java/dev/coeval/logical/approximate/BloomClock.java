package dev.coeval.logical.approximate;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.LogicalClock;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * A Bloom clock of one process.
 *
 * <p><strong>Problem.</strong> Compare causal pasts with stamps whose size does not depend on how
 * many processes there are, or ever were.
 *
 * <p><strong>Idea.</strong> Keep the past as a counting Bloom filter. A past within another one has
 * no cell above the other's.
 *
 * <ol>
 *   <li>{@link #tick()}: hash the event, that is, the actor and a count of its events, to a few
 *       cells, and add one to each.
 *   <li>{@link #receive}: take the greater count of every cell, then do as for an event.
 * </ol>
 *
 * <p>More cells make false orders rarer. As in a Bloom filter the best number of hashes is near
 * {@code 0.7 * cells / events}, for the events of the longer past, and one where the events are
 * more than the cells. {@link BloomTimestamp#falseOrderProbability} says what to expect: of 5
 * events against 60 others, 4.9 % are ordered falsely with 64 cells and one hash, 19 % with two;
 * with 256 cells 0.04 % with one hash, and fewer than 0.01 % with three.
 *
 * <p><strong>Known attack.</strong> A stamp that claims large counts puts everything before it. As
 * with a vector clock there is no cure but to trust the senders; a count that could not be added to
 * is rejected.
 *
 * <p><strong>Restart.</strong> The actor must be a new incarnation, or the same events would be
 * hashed again.
 *
 * <p>Lock-free and thread-safe: concurrent calls act as if made one after another.
 *
 * <p>Source: L. Ramabaja, "The Bloom clock", 2019.
 */
public final class BloomClock implements LogicalClock<BloomTimestamp> {

  /** The most cells that an event may hit: more would only fill the filter. */
  public static final int MAX_HASHES = 16;

  private static final AtomicReferenceFieldUpdater<BloomClock, State> LATEST =
      AtomicReferenceFieldUpdater.newUpdater(BloomClock.class, State.class, "latest");

  private final String actor;
  private final long actorHash;
  private final int hashes;
  private volatile State latest;

  /** How many events the actor has had, and the stamp of the last. */
  private record State(long events, BloomTimestamp stamp) {}

  private BloomClock(String actor, int hashes, BloomTimestamp start) {
    if (hashes < 1 || hashes > MAX_HASHES) {
      throw new IllegalArgumentException("hashes are not in 1.." + MAX_HASHES + ": " + hashes);
    }
    this.actor = ActorNames.require(actor);
    this.actorHash = Hash.of(actor);
    this.hashes = hashes;
    this.latest = new State(0, start);
  }

  /**
   * A clock of a process that has had no event yet.
   *
   * @param actor the id of the process, unique among the processes and their incarnations
   * @param cells how many cells a stamp has, 1 to {@link BloomTimestamp#MAX_CELLS}; the same for
   *     all processes
   * @param hashes how many cells an event hits, 1 to {@link #MAX_HASHES}; the same for all
   *     processes
   * @return a clock whose latest stamp is all zeros
   * @throws IllegalArgumentException if a number is out of its range, or the actor is no name
   */
  public static BloomClock of(String actor, int cells, int hashes) {
    return new BloomClock(
        actor, hashes, BloomTimestamp.ofOwned(new long[Entries.requireSize(cells)]));
  }

  /**
   * The clock of a process that starts again.
   *
   * @param actor a new incarnation of the process
   * @param last the last stamp that it gave to any event
   * @param hashes how many cells an event hits, as before
   * @return a clock whose stamps are all after {@code last}
   * @throws IllegalArgumentException if a number is out of its range, or the actor is no name
   */
  public static BloomClock resumeFrom(String actor, BloomTimestamp last, int hashes) {
    return new BloomClock(actor, hashes, Objects.requireNonNull(last, "last"));
  }

  @Override
  public BloomTimestamp tick() {
    while (true) {
      State local = latest;
      State next = event(local, local.stamp().toArray());
      if (LATEST.compareAndSet(this, local, next)) {
        return next.stamp();
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not admitted are a stamp with another number of cells ({@link
   * dev.coeval.logical.StampRejectedException.Reason#OTHER_SIZE}), and one with a cell at {@link
   * Long#MAX_VALUE} ({@link dev.coeval.logical.StampRejectedException.Reason#COUNTER_EXHAUSTED}).
   */
  @Override
  public BloomTimestamp receive(BloomTimestamp remote) {
    Entries.requireAdmitted(latest().owned(), remote.owned());
    while (true) {
      State local = latest;
      State next = event(local, Entries.max(local.stamp().owned(), remote.owned()));
      if (LATEST.compareAndSet(this, local, next)) {
        return next.stamp();
      }
    }
  }

  /** Adds the next event to the cells, which are ours to change. */
  private State event(State local, long[] cells) {
    long event = Math.addExact(local.events(), 1);
    for (int draw = 0; draw < hashes; draw++) {
      int cell = Hash.place(Hash.of(actorHash, event, draw), cells.length);
      cells[cell] = Math.addExact(cells[cell], 1);
    }
    return new State(event, BloomTimestamp.ofOwned(cells));
  }

  @Override
  public BloomTimestamp latest() {
    return latest.stamp();
  }

  /**
   * The clock as text, for people.
   *
   * @return the actor and the latest stamp
   */
  @Override
  public String toString() {
    return "BloomClock[" + actor + ", " + latest() + "]";
  }
}
