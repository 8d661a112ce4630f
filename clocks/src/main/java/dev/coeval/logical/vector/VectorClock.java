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
 * <p><strong>Known attack.</strong> What a stamp counts of others is believed. A sender that makes
 * up names takes memory, up to {@link VectorTimestamp#MAX_ACTORS}; one that counts events which
 * another process never had has our stamps refused there, and one that has pruned counts makes us
 * forget them too. Take stamps from members only.
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
    this.actor = requireUnpruned(ActorNames.require(actor), latest);
    this.latest = latest;
  }

  /** The actor, if its own count is still in the stamp. */
  static String requireUnpruned(String actor, VectorTimestamp stamp) {
    if (stamp.pruned.contains(actor)) {
      throw new IllegalArgumentException("the count of " + actor + " was pruned");
    }
    return actor;
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
      VectorTimestamp next = receipt(local, remote, actor);
      if (LATEST.compareAndSet(this, local, next)) {
        return next;
      }
    }
  }

  /** The stamp of a receipt. Our own count is ours to say, even where the sender has pruned it. */
  static VectorTimestamp receipt(VectorTimestamp local, VectorTimestamp remote, String actor) {
    requireOwnEntryKnown(actor, remote.count(actor), local.count(actor));
    VectorTimestamp others = remote.pruned.contains(actor) ? remote.retire(actor) : remote;
    return local.merge(others).increment(actor);
  }

  static void requireOwnEntryKnown(String actor, long claimed, long known) {
    if (claimed > known) {
      throw new StampRejectedException(
          Reason.OWN_ENTRY_AHEAD,
          "the stamp counts " + claimed + " events of " + actor + ", which has had " + known);
    }
  }

  /**
   * Forgets the count of another actor, so that no more has to be known of it; see {@link
   * VectorTimestamp#prune}. From then on the stamps of this clock are {@link
   * dev.coeval.logical.CausalOrder#CONCURRENT} with all that know of the actor, unless something
   * else orders them the other way. An actor that is stable is better {@link #retire retired}.
   *
   * @param other the id of the actor, not that of this clock
   * @return the latest stamp, pruned; no event was counted
   * @throws IllegalArgumentException if it is the actor of this clock
   */
  public VectorTimestamp prune(String other) {
    requireOther(other);
    return LATEST.updateAndGet(this, latest -> latest.prune(other));
  }

  /**
   * Removes the entry of another actor, which has to be stable; see {@link VectorTimestamp#retire}.
   * A stamp received later that still has the entry brings it back: retire the actor from such a
   * stamp before it is received.
   *
   * @param other the id of the actor, not that of this clock
   * @return the latest stamp, without the actor; no event was counted
   * @throws IllegalArgumentException if it is the actor of this clock
   */
  public VectorTimestamp retire(String other) {
    requireOther(other);
    return LATEST.updateAndGet(this, latest -> latest.retire(other));
  }

  private void requireOther(String other) {
    if (actor.equals(other)) {
      throw new IllegalArgumentException("a clock keeps its own entry: " + other);
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
