package dev.coeval.logical.vector;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;

/**
 * A causal past: for every actor, how many of its events are in it.
 *
 * <p>An actor that is not named counts zero, and an explicit zero is the same as no entry: zeros
 * are never stored, so equality, hash code and order cannot tell them apart. Under {@link #merge}
 * the stamps form a join-semilattice with {@link #empty()} at its bottom.
 *
 * <p>Two stamps are compared with {@link #relationTo}. This class is not {@link Comparable}: with
 * {@code a = {x=1}}, {@code b = {y=1}}, {@code c = {x=2}}, {@code a} and {@code b} are concurrent,
 * so are {@code b} and {@code c}, and yet {@code a} is before {@code c}; "neither smaller nor
 * greater" is no equality.
 *
 * <p>Inside are the names in order, shared between stamps that name the same actors, and the counts
 * beside them in a form chosen by how many there are: one number, one array, or chunks that stamps
 * have in common. Stamps that share their names are merged and compared as plain arrays of numbers,
 * in time linear in the number of entries; an event costs little more than a lookup.
 *
 * <p><strong>Leaving actors out.</strong> {@link #retire} removes an actor that every process knows
 * all of; from then on nobody speaks of it. {@link #prune} forgets the count of an actor sooner
 * than that is certain, and the stamp says so: whatever an answer needs the forgotten count for, it
 * is {@link CausalOrder#CONCURRENT}. So a pruned stamp may fail to see an order, but never claims a
 * false one.
 *
 * <p>Immutable and thread-safe. Counts never wrap around.
 *
 * <p>Sources: C. J. Fidge 1988, F. Mattern 1989 (see the package).
 */
public final class VectorTimestamp {

  /**
   * The most actors that a stamp may name: 65,536. A stamp of that size takes about half a megabyte
   * of counts alone; whatever needs more is a broken or hostile sender that makes up names.
   */
  public static final int MAX_ACTORS = 1 << 16;

  private static final VectorTimestamp EMPTY =
      new VectorTimestamp(ActorSet.EMPTY, new FlatCounts(new long[0]), ActorSet.EMPTY);

  final ActorSet actors;
  final Counts counts;

  /** Actors whose counts were forgotten. */
  final ActorSet pruned;

  private VectorTimestamp(ActorSet actors, Counts counts, ActorSet pruned) {
    this.actors = actors;
    this.counts = counts;
    this.pruned = pruned;
  }

  /** A stamp of these parts: names and counts side by side, no actor both counted and pruned. */
  static VectorTimestamp of(ActorSet actors, Counts counts, ActorSet pruned) {
    requireSize(actors.size() + pruned.size());
    if (actors.isEmpty() && pruned.isEmpty()) {
      return EMPTY;
    }
    return new VectorTimestamp(actors, counts, pruned);
  }

  /**
   * The stamp of an empty past.
   *
   * @return the stamp in which every actor counts zero
   */
  public static VectorTimestamp empty() {
    return EMPTY;
  }

  /**
   * The stamp with the given counts.
   *
   * @param counts the number of events of each actor; zero counts as absent
   * @return the stamp
   * @throws IllegalArgumentException if a count is negative, an id is none (see {@link
   *     ActorNames}), or there are more than {@link #MAX_ACTORS} entries that are not zero
   */
  public static VectorTimestamp of(Map<String, Long> counts) {
    SortedMap<String, Long> entries = new TreeMap<>();
    counts.forEach(
        (actor, count) -> {
          ActorNames.require(actor);
          if (count < 0) {
            throw new IllegalArgumentException(actor + " has a negative count: " + count);
          }
          if (count > 0) {
            entries.put(actor, count);
          }
        });
    return of(
        ActorSet.of(entries.keySet().toArray(String[]::new)),
        Counts.of(entries.values().stream().mapToLong(Long::longValue).toArray()),
        ActorSet.EMPTY);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @param text a stamp as text
   * @return the stamp of which {@code toString} gives exactly this text
   * @throws StampFormatException if there is none
   */
  public static VectorTimestamp parse(CharSequence text) {
    return VectorText.parse(text);
  }

  private static void requireSize(int entries) {
    if (entries > MAX_ACTORS) {
      throw new StampRejectedException(
          Reason.TOO_MANY_ACTORS, entries + " actors, but at most " + MAX_ACTORS + " are allowed");
    }
  }

  /**
   * How many events of an actor are in this past.
   *
   * @param actor the actor's id
   * @return the count, zero for an actor that is not named, or whose count was {@link #prune
   *     pruned}
   */
  public long count(String actor) {
    int index = actors.indexOf(actor);
    return index < 0 ? 0 : counts.at(index);
  }

  /**
   * How many actors have an event in this past, pruned ones left out.
   *
   * @return the number of entries that are not zero
   */
  public int size() {
    return actors.size();
  }

  /**
   * Whether no event at all is in this past.
   *
   * @return true for {@link #empty()} only
   */
  public boolean isEmpty() {
    return actors.isEmpty() && pruned.isEmpty();
  }

  /**
   * The counts by actor.
   *
   * @return an unmodifiable map, sorted by actor, of the entries that are not zero
   */
  public SortedMap<String, Long> toMap() {
    SortedMap<String, Long> map = new TreeMap<>();
    forEach((actor, count) -> map.put(actor, count));
    return Collections.unmodifiableSortedMap(map);
  }

  /**
   * Shows every entry that is not zero, sorted by actor.
   *
   * @param visitor is given an actor and its count
   */
  public void forEach(ObjLongConsumer<? super String> visitor) {
    for (int i = 0; i < actors.size(); i++) {
      visitor.accept(actors.names[i], counts.at(i));
    }
  }

  /**
   * This past with one more event of an actor.
   *
   * @param actor the id of the actor, see {@link ActorNames}
   * @return the stamp of that event
   * @throws ArithmeticException if the count of the actor is {@link Long#MAX_VALUE}
   * @throws IllegalArgumentException if that is no id, its count was pruned, or there is no room
   *     for another actor
   */
  public VectorTimestamp increment(String actor) {
    int index = actors.indexOfActive(actor);
    if (index < 0) {
      return withNewActor(ActorNames.require(actor), -index - 1);
    }
    if (counts.at(index) == Long.MAX_VALUE) {
      throw new ArithmeticException("the count of " + actor + " is at its largest value");
    }
    return new VectorTimestamp(actors, counts.increment(index), pruned);
  }

  private VectorTimestamp withNewActor(String actor, int index) {
    if (pruned.contains(actor)) {
      throw new IllegalArgumentException("the count of " + actor + " was pruned");
    }
    requireSize(size() + 1 + pruned.size());
    long[] ours = counts.values();
    long[] next = Arrays.copyOf(ours, ours.length + 1);
    System.arraycopy(ours, index, next, index + 1, ours.length - index);
    next[index] = 1;
    return new VectorTimestamp(actors.plus(actor), Counts.of(next), pruned);
  }

  /**
   * The union of two pasts: the least stamp that is after or equal to both.
   *
   * @param other the other past
   * @return for every actor, the greater of the two counts; pruned, if it is in either
   * @throws StampRejectedException if together they name more than {@link #MAX_ACTORS} actors
   */
  public VectorTimestamp merge(VectorTimestamp other) {
    if (!pruned.sameAs(other.pruned)) {
      return Pruning.merge(this, other);
    }
    if (actors.sameAs(other.actors)) {
      return withCounts(counts.max(other.counts), other);
    }
    if (other.actors.isEmpty()) {
      return this;
    }
    return actors.isEmpty() ? other : Alignment.merge(this, other);
  }

  /** The stamp with the names that both have, and these counts: one of the two if it has them. */
  private VectorTimestamp withCounts(Counts merged, VectorTimestamp other) {
    if (merged == counts) {
      return this;
    }
    return merged == other.counts ? other : new VectorTimestamp(actors, merged, pruned);
  }

  /**
   * How this past stands to another.
   *
   * @param other the other past
   * @return {@link CausalOrder#BEFORE} if it is a proper part of the other, {@link
   *     CausalOrder#AFTER} if the other is a proper part of it, {@link CausalOrder#EQUAL} if they
   *     are the same, {@link CausalOrder#CONCURRENT} if each has an event that the other has not,
   *     or if that depends on a count that was pruned
   */
  public CausalOrder relationTo(VectorTimestamp other) {
    if (!pruned.isEmpty() || !other.pruned.isEmpty()) {
      return Pruning.relation(this, other);
    }
    return actors.sameAs(other.actors)
        ? counts.relationTo(other.counts)
        : Alignment.relation(this, other);
  }

  /**
   * This past without an actor, as though it had never had an event.
   *
   * <p>Right only once the actor is <em>stable</em>: it will have no more events, and every process
   * knows all that it had. Then all new stamps have the same entry, and leaving it out of all of
   * them changes no answer. Older stamps that are still kept, or under way, have to lose the entry
   * before they meet such a stamp: a stamp that never lost it counts events that the other denies.
   * Where that is not certain, {@link #prune}.
   *
   * @param actor the id of the actor
   * @return the stamp without its entry, whether it was counted or pruned
   */
  public VectorTimestamp retire(String actor) {
    int index = actors.indexOf(actor);
    if (index < 0) {
      return pruned.contains(actor) ? of(actors, counts, pruned.minus(actor)) : this;
    }
    long[] ours = counts.values();
    long[] rest = Arrays.copyOf(ours, ours.length - 1);
    System.arraycopy(ours, index + 1, rest, index, rest.length - index);
    return of(actors.minus(actor), Counts.of(rest), pruned);
  }

  /**
   * This past without the count of an actor, of which it is only known from then on that it is not
   * zero. The stamp is no smaller in memory for that, but needs no knowledge of other processes,
   * and {@link #relationTo} stays free of false orders.
   *
   * @param actor the id of the actor
   * @return the pruned stamp; this one if the actor is not counted in it
   */
  public VectorTimestamp prune(String actor) {
    return actors.contains(actor) ? retire(actor).withPruned(pruned.plus(actor)) : this;
  }

  private VectorTimestamp withPruned(ActorSet forgotten) {
    return of(actors, counts, forgotten);
  }

  /**
   * The actors whose counts were forgotten.
   *
   * @return an unmodifiable set, in order; empty unless {@link #prune} was used
   */
  public SortedSet<String> pruned() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(Arrays.asList(pruned.names)));
  }

  /**
   * Whether the event of this stamp happened before that of another.
   *
   * @param other the other stamp
   * @return true if {@link #relationTo} answers {@link CausalOrder#BEFORE}
   */
  public boolean isBefore(VectorTimestamp other) {
    return relationTo(other) == CausalOrder.BEFORE;
  }

  /**
   * Whether the event of this stamp happened after that of another.
   *
   * @param other the other stamp
   * @return true if {@link #relationTo} answers {@link CausalOrder#AFTER}
   */
  public boolean isAfter(VectorTimestamp other) {
    return relationTo(other) == CausalOrder.AFTER;
  }

  /**
   * Whether neither of two events can have caused the other.
   *
   * @param other the other stamp
   * @return true if {@link #relationTo} answers {@link CausalOrder#CONCURRENT}
   */
  public boolean isConcurrentWith(VectorTimestamp other) {
    return relationTo(other) == CausalOrder.CONCURRENT;
  }

  /**
   * Whether both say the same; entries of zero do not matter.
   *
   * @param other the object to compare with
   * @return true if the other is a stamp with the same counts, and the same pruned actors
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof VectorTimestamp that
        && actors.sameAs(that.actors)
        && pruned.sameAs(that.pruned)
        && counts.relationTo(that.counts) == CausalOrder.EQUAL;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * actors.hash + counts.hash()) + pruned.hash;
  }

  /**
   * The stamp as text that {@link #parse} reads back.
   *
   * @return the entries that are not zero, sorted by actor: {@code {a=1, b=2}}. A name with other
   *     characters than ASCII letters, digits and {@code - _ . : / @ #} is quoted: {@code {"x
   *     y"=1}}, with a backslash before a quote or a backslash, and control characters as {@code
   *     \\u} and four hex digits. A pruned count is a question mark: {@code {a=1, b=?}}
   */
  @Override
  public String toString() {
    return VectorText.print(this);
  }
}
