package dev.coeval.logical.vector;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The actors that a stamp names, in order; the counts beside it have the same places.
 *
 * <p>Stamps of one group soon name the same actors, and comparing names is what makes a vector
 * clock slow. So equal sets are made one object where possible: a set looks for itself in a small
 * table before it is used. The table has a fixed size and holds weak references, so it keeps
 * nothing alive, and a set that lost its place to another one merely is compared name by name.
 *
 * <p>Immutable and thread-safe.
 */
final class ActorSet {

  /** The one set without actors. */
  static final ActorSet EMPTY = new ActorSet(new String[0]);

  /** Up to here a set is so small that comparing its names is as quick as looking it up. */
  static final int PRIVATE_SIZE = 2;

  private static final int TABLE_SIZE = 1024;
  private static final AtomicReferenceArray<WeakReference<ActorSet>> SHARED =
      new AtomicReferenceArray<>(TABLE_SIZE);

  /** Sorted, without duplicates; never written. */
  final String[] names;

  /** A number that equal sets share. */
  final int hash;

  /** Where the active actor was found last. A hint: any value is right, so races are harmless. */
  private int lastFound;

  /** A set of its own, even if an equal one is shared. */
  ActorSet(String[] sorted) {
    this.names = sorted;
    this.hash = Arrays.hashCode(sorted);
  }

  /**
   * The set of these actors.
   *
   * @param sorted their names, sorted, without duplicates; not to be written any more
   */
  static ActorSet of(String[] sorted) {
    if (sorted.length == 0) {
      return EMPTY;
    }
    ActorSet set = new ActorSet(sorted);
    return sorted.length <= PRIVATE_SIZE ? set : shared(set);
  }

  private static ActorSet shared(ActorSet set) {
    int place = (set.hash ^ set.hash >>> 16) & (TABLE_SIZE - 1);
    WeakReference<ActorSet> reference = SHARED.get(place);
    ActorSet known = reference == null ? null : reference.get();
    if (known != null && known.sameAs(set)) {
      return known;
    }
    SHARED.set(place, new WeakReference<>(set));
    return set;
  }

  int size() {
    return names.length;
  }

  boolean isEmpty() {
    return names.length == 0;
  }

  boolean contains(String actor) {
    return indexOf(actor) >= 0;
  }

  /** The place of an actor; if it is not there, {@code -place - 1} of where it would be. */
  int indexOf(String actor) {
    int hint = lastFound;
    if (hint < names.length && names[hint].equals(actor)) {
      return hint;
    }
    return Arrays.binarySearch(names, Objects.requireNonNull(actor, "actor"));
  }

  /** As {@link #indexOf}, of an actor that will be asked for again. */
  int indexOfActive(String actor) {
    int index = indexOf(actor);
    if (index >= 0 && index != lastFound) {
      lastFound = index;
    }
    return index;
  }

  /** Whether both have the same actors. */
  boolean sameAs(ActorSet other) {
    return this == other || (hash == other.hash && Arrays.equals(names, other.names));
  }

  /** Whether all actors of another set are here. */
  boolean containsAll(ActorSet other) {
    int place = 0;
    for (String actor : other.names) {
      while (place < names.length && !names[place].equals(actor)) {
        place++;
      }
      if (place == names.length) {
        return false;
      }
    }
    return true;
  }

  /** This set and one actor more. */
  ActorSet plus(String actor) {
    int index = indexOf(actor);
    if (index >= 0) {
      return this;
    }
    int place = -index - 1;
    String[] more = Arrays.copyOf(names, names.length + 1);
    System.arraycopy(names, place, more, place + 1, names.length - place);
    more[place] = actor;
    return of(more);
  }

  /** The actors of both. */
  ActorSet union(ActorSet other) {
    if (other.isEmpty() || sameAs(other)) {
      return this;
    }
    SortedSet<String> union = new TreeSet<>(Arrays.asList(names));
    union.addAll(Arrays.asList(other.names));
    return of(union.toArray(String[]::new));
  }

  /** This set without one actor. */
  ActorSet minus(String actor) {
    int index = indexOf(actor);
    if (index < 0) {
      return this;
    }
    String[] fewer = Arrays.copyOf(names, names.length - 1);
    System.arraycopy(names, index + 1, fewer, index, fewer.length - index);
    return of(fewer);
  }
}
