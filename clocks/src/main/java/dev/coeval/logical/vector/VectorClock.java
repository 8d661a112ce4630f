package dev.coeval.logical.vector;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The vector clock of one process.
 *
 * <p><strong>Problem.</strong> Tell for any two events whether one can have caused the other.
 *
 * <p><strong>Idea.</strong> Each stamp is the causal past itself, in its shortest form: since the
 * events of a process are in a line, the number of them that are known says which they are.
 *
 * <ol>
 *   <li>{@link #tick()}: add one to our own entry.
 *   <li>{@link #receive}: take the greater count of every entry, then add one to our own.
 * </ol>
 *
 * <p><strong>Restart.</strong> Save the latest stamp before it is seen outside, and continue with
 * {@link #resumeFrom}. Nobody but this process may add to its entry. So a message that knows more
 * of our events than we do proves that two processes share an id, or that one has lost its state:
 * it is rejected with {@link Reason#OWN_ENTRY_AHEAD}, because every later answer about our events
 * would be wrong. The process should then come back under a new id.
 *
 * <p>Lock-free and thread-safe: concurrent calls act as if made one after another.
 *
 * <p>Sources: C. J. Fidge, "Timestamps in message-passing systems that preserve the partial
 * ordering", 1988; F. Mattern, "Virtual time and global states of distributed systems", 1989.
 */
public final class VectorClock implements LogicalClock<VectorTimestamp> {

  private static final AtomicReferenceFieldUpdater<VectorClock, VectorTimestamp> LATEST =
      AtomicReferenceFieldUpdater.newUpdater(VectorClock.class, VectorTimestamp.class, "latest");

  private final String actor;
  private volatile VectorTimestamp latest;

  private VectorClock(String actor, VectorTimestamp latest) {
    this.actor = ActorNames.require(actor);
    this.latest = Objects.requireNonNull(latest, "latest");
  }

  /**
   * A clock of a process that has had no event yet.
   *
   * @param actor the id of the process (see {@link ActorNames}), unique among the processes
   * @return a clock whose latest stamp is empty
   * @throws IllegalArgumentException if that is no id
   */
  public static VectorClock of(String actor) {
    return new VectorClock(actor, VectorTimestamp.empty());
  }

  /**
   * The clock of a process that starts again.
   *
   * @param actor the id that the process had before
   * @param last the last stamp that it gave to any event
   * @return a clock whose stamps are all after {@code last}
   * @throws IllegalArgumentException if that is no id
   */
  public static VectorClock resumeFrom(String actor, VectorTimestamp last) {
    return new VectorClock(actor, last);
  }

  @Override
  public VectorTimestamp tick() {
    while (true) {
      VectorTimestamp local = latest;
      VectorTimestamp next = local.increment(actor);
      if (LATEST.compareAndSet(this, local, next)) {
        return next;
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not admitted are a stamp that knows more events of this process than there were ({@link
   * Reason#OWN_ENTRY_AHEAD}), and one that would make the latest stamp name more than {@link
   * VectorTimestamp#MAX_ACTORS} processes ({@link Reason#TOO_MANY_ACTORS}).
   */
  @Override
  public VectorTimestamp receive(VectorTimestamp remote) {
    Objects.requireNonNull(remote, "remote");
    while (true) {
      VectorTimestamp local = latest;
      requireOwnEntryKnown(local, remote);
      VectorTimestamp next = local.merge(remote).increment(actor);
      if (LATEST.compareAndSet(this, local, next)) {
        return next;
      }
    }
  }

  private void requireOwnEntryKnown(VectorTimestamp local, VectorTimestamp remote) {
    long claimed = remote.count(actor);
    long known = local.count(actor);
    if (claimed > known) {
      throw new StampRejectedException(
          Reason.OWN_ENTRY_AHEAD,
          "the stamp counts " + claimed + " events of " + actor + ", which has had " + known);
    }
  }

  @Override
  public VectorTimestamp latest() {
    return latest;
  }

  /**
   * The id of the process whose events this clock stamps.
   *
   * @return the actor of the entry that this clock alone increments
   */
  public String actor() {
    return actor;
  }

  /**
   * The clock as text, for people.
   *
   * @return the actor and the latest stamp
   */
  @Override
  public String toString() {
    return "VectorClock[" + actor + ", " + latest() + "]";
  }
}
