package dev.coeval.logical.vector;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.StampRejectedException;

/**
 * The mutable twin of {@link VectorClock} and {@link VectorTimestamp}, for one thread: its events
 * allocate nothing once its actors are known.
 *
 * <p>Take it where stamps are not kept, such as in the analysis of a trace or in the event loop of
 * one process: {@link #tick} and {@link #receive} change the counts in place, and only {@link
 * #snapshot} makes a stamp. What allocates besides is meeting an actor for the first time, or a
 * pruned stamp, which costs as much as it does the twin.
 *
 * <pre>{@code
 * MutableVector a = MutableVector.of("a");
 * MutableVector b = MutableVector.of("b");
 * a.tick();
 * b.receive(a); // as b.receive(a.snapshot()) would be, without the stamp
 * }</pre>
 *
 * <p>Every answer is that of a {@link VectorClock} which had the same events. Not thread-safe.
 */
public final class MutableVector {

  private final String actor;

  private ActorSet actors = ActorSet.EMPTY;

  /** The place of our own entry; negative before our first event. */
  private int own = -1;

  /** One for each name, all positive; ours alone. */
  private long[] counts = {};

  private ActorSet pruned = ActorSet.EMPTY;

  private MutableVector(String actor, VectorTimestamp last) {
    this.actor = VectorClock.requireUnpruned(ActorNames.require(actor), last);
    become(last);
  }

  /**
   * The vector of a process that has had no event yet.
   *
   * @param actor the id of the process (see {@link ActorNames}), unique among the processes
   * @return a vector whose snapshot is empty
   * @throws IllegalArgumentException if that is no id
   */
  public static MutableVector of(String actor) {
    return new MutableVector(actor, VectorTimestamp.empty());
  }

  /**
   * The vector of a process that goes on.
   *
   * @param actor the id of the process
   * @param last the last stamp that it gave to any event
   * @return a vector whose snapshot is {@code last}
   * @throws IllegalArgumentException if that is no id, or pruned in the stamp
   */
  public static MutableVector resumeFrom(String actor, VectorTimestamp last) {
    return new MutableVector(actor, last);
  }

  private void become(VectorTimestamp stamp) {
    actors = stamp.actors;
    own = actors.indexOf(actor);
    counts = stamp.counts.values().clone();
    pruned = stamp.pruned;
  }

  /**
   * Counts a local event; sending a message is one.
   *
   * @throws ArithmeticException if this process has had {@link Long#MAX_VALUE} events; nothing is
   *     changed then
   * @throws StampRejectedException if there is no room for its first event; nothing is changed then
   */
  public void tick() {
    if (own < 0) {
      become(snapshot().increment(actor));
    } else {
      requireNotAtEnd();
      counts[own]++;
    }
  }

  private void requireNotAtEnd() {
    if (counts[own] == Long.MAX_VALUE) {
      throw new ArithmeticException("the count of " + actor + " is at its largest value");
    }
  }

  /**
   * Counts the receipt of a message.
   *
   * @param remote the stamp that the message carries
   * @throws StampRejectedException as {@link VectorClock#receive}; nothing is changed then
   * @throws ArithmeticException as {@link #tick}; nothing is changed then
   */
  public void receive(VectorTimestamp remote) {
    boolean aligned = actors.sameAs(remote.actors);
    boolean inPlace = own >= 0 && pruned.isEmpty() && remote.pruned.isEmpty();
    if (!inPlace || !(aligned || actors.containsAll(remote.actors))) {
      become(VectorClock.receipt(snapshot(), remote, actor));
      return;
    }
    long claimed = aligned ? remote.counts.at(own) : remote.count(actor);
    VectorClock.requireOwnEntryKnown(actor, claimed, counts[own]);
    requireNotAtEnd();
    if (aligned) {
      remote.counts.raise(counts);
    } else {
      raiseSome(remote);
    }
    counts[own]++;
  }

  /** Raises our counts to those of a stamp of which we name all actors. */
  private void raiseSome(VectorTimestamp remote) {
    int place = 0;
    for (int i = 0; i < remote.size(); i++) {
      while (!actors.names[place].equals(remote.actors.names[i])) {
        place++;
      }
      counts[place] = Math.max(counts[place], remote.counts.at(i));
    }
  }

  /**
   * Counts the receipt of a message that carries the present state of another vector.
   *
   * @param remote the vector of the sender; it is not changed
   * @throws StampRejectedException as {@link VectorClock#receive}; nothing is changed then
   * @throws ArithmeticException as {@link #tick}; nothing is changed then
   */
  public void receive(MutableVector remote) {
    if (own < 0 || !isLike(remote.actors, remote.pruned)) {
      become(VectorClock.receipt(snapshot(), remote.snapshot(), actor));
      return;
    }
    VectorClock.requireOwnEntryKnown(actor, remote.counts[own], counts[own]);
    requireNotAtEnd();
    CountArrays.raise(counts, 0, remote.counts);
    counts[own]++;
  }

  /** Whether others name the actors that we name, and nobody has pruned any. */
  private boolean isLike(ActorSet others, ActorSet othersPruned) {
    return actors.sameAs(others) && pruned.isEmpty() && othersPruned.isEmpty();
  }

  /**
   * How the past of this process stands to a stamp.
   *
   * @param stamp the stamp
   * @return as {@link VectorTimestamp#relationTo} of {@link #snapshot}
   */
  public CausalOrder relationTo(VectorTimestamp stamp) {
    return isLike(stamp.actors, stamp.pruned)
        ? stamp.counts.relationOf(counts)
        : snapshot().relationTo(stamp);
  }

  /**
   * How the past of this process stands to that of another.
   *
   * @param other the other process
   * @return as {@link VectorTimestamp#relationTo} of both snapshots
   */
  public CausalOrder relationTo(MutableVector other) {
    return isLike(other.actors, other.pruned)
        ? CountArrays.relation(counts, other.counts)
        : snapshot().relationTo(other.snapshot());
  }

  /**
   * How many events of an actor are in the past of this process.
   *
   * @param other the actor's id
   * @return the count, zero for an actor that is not named, or whose count was pruned
   */
  public long count(String other) {
    int index = actors.indexOf(other);
    return index < 0 ? 0 : counts[index];
  }

  /**
   * The stamp of the latest event.
   *
   * @return an immutable stamp that later events do not change
   */
  public VectorTimestamp snapshot() {
    return VectorTimestamp.of(actors, Counts.of(counts.clone()), pruned);
  }

  /**
   * The id of the process whose events are counted.
   *
   * @return the actor of the entry that this vector alone increments
   */
  public String actor() {
    return actor;
  }

  /**
   * The vector as text, for people.
   *
   * @return the actor and the present stamp
   */
  @Override
  public String toString() {
    return "MutableVector[" + actor + ", " + snapshot() + "]";
  }
}
