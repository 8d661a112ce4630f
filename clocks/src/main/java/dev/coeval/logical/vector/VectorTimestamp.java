package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

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
 * <p>Inside are two arrays sorted by actor. Stamps that name the same actors share one array of
 * names, and are then merged and compared as plain arrays of numbers. Merging and comparing take
 * time linear in the number of entries.
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

  private static final VectorTimestamp EMPTY = new VectorTimestamp(new String[0], new long[0]);

  /** Sorted, without duplicates; may be shared between stamps, never written after publication. */
  private final String[] actors;

  /** The count of the actor with the same index; always positive. */
  private final long[] counts;

  private VectorTimestamp(String[] actors, long[] counts) {
    this.actors = actors;
    this.counts = counts;
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
   * @throws IllegalArgumentException if a count is negative, an actor is empty, or there are more
   *     than {@link #MAX_ACTORS} entries that are not zero
   */
  public static VectorTimestamp of(Map<String, Long> counts) {
    SortedMap<String, Long> entries = new TreeMap<>();
    counts.forEach(
        (actor, count) -> {
          requireActor(actor);
          if (count < 0) {
            throw new IllegalArgumentException(actor + " has a negative count: " + count);
          }
          if (count > 0) {
            entries.put(actor, count);
          }
        });
    requireSize(entries.size());
    return new VectorTimestamp(
        entries.keySet().toArray(String[]::new),
        entries.values().stream().mapToLong(Long::longValue).toArray());
  }

  /** The actor's id, if it is one. */
  static String requireActor(String actor) {
    Objects.requireNonNull(actor, "actor");
    if (actor.isEmpty()) {
      throw new IllegalArgumentException("actor is empty");
    }
    return actor;
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
   * @return the count, zero for an actor that is not named
   */
  public long count(String actor) {
    int index = Arrays.binarySearch(actors, actor);
    return index < 0 ? 0 : counts[index];
  }

  /**
   * How many actors have an event in this past.
   *
   * @return the number of entries that are not zero
   */
  public int size() {
    return actors.length;
  }

  /**
   * Whether no event at all is in this past.
   *
   * @return true for {@link #empty()} only
   */
  public boolean isEmpty() {
    return actors.length == 0;
  }

  /**
   * The counts by actor.
   *
   * @return an unmodifiable map, sorted by actor, of the entries that are not zero
   */
  public SortedMap<String, Long> toMap() {
    SortedMap<String, Long> map = new TreeMap<>();
    for (int i = 0; i < actors.length; i++) {
      map.put(actors[i], counts[i]);
    }
    return Collections.unmodifiableSortedMap(map);
  }

  /**
   * This past with one more event of an actor.
   *
   * @param actor the id of the actor; not empty
   * @return the stamp of that event
   * @throws ArithmeticException if the count of the actor is {@link Long#MAX_VALUE}
   * @throws IllegalArgumentException if the id is empty, or there is no room for another actor
   */
  public VectorTimestamp increment(String actor) {
    int index = Arrays.binarySearch(actors, requireActor(actor));
    if (index < 0) {
      return withNewActor(actor, -index - 1);
    }
    if (counts[index] == Long.MAX_VALUE) {
      throw new ArithmeticException("the count of " + actor + " is at its largest value");
    }
    long[] next = counts.clone();
    next[index]++;
    return new VectorTimestamp(actors, next);
  }

  private VectorTimestamp withNewActor(String actor, int index) {
    int size = actors.length + 1;
    requireSize(size);
    String[] nextActors = Arrays.copyOf(actors, size);
    long[] nextCounts = Arrays.copyOf(counts, size);
    System.arraycopy(actors, index, nextActors, index + 1, actors.length - index);
    System.arraycopy(counts, index, nextCounts, index + 1, counts.length - index);
    nextActors[index] = actor;
    nextCounts[index] = 1;
    return new VectorTimestamp(nextActors, nextCounts);
  }

  /**
   * The union of two pasts: the least stamp that is after or equal to both.
   *
   * @param other the other past
   * @return for every actor, the greater of the two counts
   * @throws StampRejectedException if together they name more than {@link #MAX_ACTORS} actors
   */
  public VectorTimestamp merge(VectorTimestamp other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    return sameActors(other) ? mergeAligned(other) : mergeByActor(other);
  }

  private boolean sameActors(VectorTimestamp other) {
    return Arrays.equals(actors, other.actors);
  }

  private VectorTimestamp mergeAligned(VectorTimestamp other) {
    long[] merged = new long[counts.length];
    for (int i = 0; i < merged.length; i++) {
      merged[i] = Math.max(counts[i], other.counts[i]);
    }
    return new VectorTimestamp(actors, merged);
  }

  private VectorTimestamp mergeByActor(VectorTimestamp other) {
    int bound = actors.length + other.actors.length;
    String[] names = new String[bound];
    long[] merged = new long[bound];
    int i = 0;
    int j = 0;
    int size = 0;
    while (i < actors.length || j < other.actors.length) {
      int order = compareActors(i, other, j);
      names[size] = order <= 0 ? actors[i] : other.actors[j];
      long ours = order <= 0 ? counts[i++] : 0;
      long theirs = order >= 0 ? other.counts[j++] : 0;
      merged[size++] = Math.max(ours, theirs);
    }
    requireSize(size);
    return withSharedNames(other, Arrays.copyOf(names, size), Arrays.copyOf(merged, size));
  }

  /** Takes over the names of a stamp that named them all, so that the next merge is aligned. */
  private VectorTimestamp withSharedNames(VectorTimestamp other, String[] names, long[] merged) {
    if (names.length == actors.length) {
      return new VectorTimestamp(actors, merged);
    }
    return new VectorTimestamp(names.length == other.actors.length ? other.actors : names, merged);
  }

  /** Compares our actor i with the other's actor j; an array that has ended counts as greatest. */
  private int compareActors(int i, VectorTimestamp other, int j) {
    if (i == actors.length) {
      return 1;
    }
    if (j == other.actors.length) {
      return -1;
    }
    String ours = actors[i];
    String theirs = other.actors[j];
    return ours.equals(theirs) ? 0 : ours.compareTo(theirs);
  }

  /**
   * How this past stands to another.
   *
   * @param other the other past
   * @return {@link CausalOrder#BEFORE} if it is a proper part of the other, {@link
   *     CausalOrder#AFTER} if the other is a proper part of it, {@link CausalOrder#EQUAL} if they
   *     are the same, {@link CausalOrder#CONCURRENT} if each has an event that the other has not
   */
  public CausalOrder relationTo(VectorTimestamp other) {
    return sameActors(other) ? relationAligned(other) : relationByActor(other);
  }

  private CausalOrder relationAligned(VectorTimestamp other) {
    boolean someLess = false;
    boolean someGreater = false;
    for (int i = 0; i < counts.length; i++) {
      someLess |= counts[i] < other.counts[i];
      someGreater |= counts[i] > other.counts[i];
    }
    return CausalOrder.of(!someGreater, !someLess);
  }

  private CausalOrder relationByActor(VectorTimestamp other) {
    boolean someLess = false;
    boolean someGreater = false;
    int i = 0;
    int j = 0;
    while (i < actors.length || j < other.actors.length) {
      int order = compareActors(i, other, j);
      long ours = order <= 0 ? counts[i++] : 0;
      long theirs = order >= 0 ? other.counts[j++] : 0;
      someLess |= ours < theirs;
      someGreater |= ours > theirs;
    }
    return CausalOrder.of(!someGreater, !someLess);
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
   * Whether both are the same past; entries of zero do not matter.
   *
   * @param other the object to compare with
   * @return true if the other is a stamp with the same count for every actor
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof VectorTimestamp that
        && Arrays.equals(counts, that.counts)
        && sameActors(that);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(actors) + Arrays.hashCode(counts);
  }

  /**
   * The stamp as text, for people.
   *
   * @return the entries that are not zero, sorted by actor: {@code {a=1, b=2}}
   */
  @Override
  public String toString() {
    return toMap().toString();
  }
}
