package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;
import java.util.Arrays;

/** Stamps that name different actors, walked side by side in the order of the names. */
final class Alignment {

  private Alignment() {}

  /** How one stamp stands to another. */
  static CausalOrder relation(VectorTimestamp first, VectorTimestamp second) {
    if (first.size() == 1) {
      return relationOfEpoch(first, second);
    }
    return second.size() == 1
        ? relationOfEpoch(second, first).inverse()
        : relationByActor(first, second);
  }

  /** An epoch is before a stamp exactly if the stamp counts that far; it is never after it. */
  private static CausalOrder relationOfEpoch(VectorTimestamp epoch, VectorTimestamp stamp) {
    if (stamp.size() == 0) {
      return CausalOrder.AFTER;
    }
    return epoch.counts.at(0) <= stamp.count(epoch.actors.names[0])
        ? CausalOrder.BEFORE
        : CausalOrder.CONCURRENT;
  }

  private static CausalOrder relationByActor(VectorTimestamp first, VectorTimestamp second) {
    String[] names1 = first.actors.names;
    String[] names2 = second.actors.names;
    long[] counts1 = first.counts.values();
    long[] counts2 = second.counts.values();
    boolean less = false;
    boolean greater = false;
    int i = 0;
    int j = 0;
    while ((i < names1.length || j < names2.length) && !(less && greater)) {
      int order = compare(names1, i, names2, j);
      long ours = order <= 0 ? counts1[i++] : 0;
      long theirs = order >= 0 ? counts2[j++] : 0;
      less |= ours < theirs;
      greater |= ours > theirs;
    }
    return CausalOrder.of(!greater, !less);
  }

  /** The union of two stamps that have pruned the same actors. */
  static VectorTimestamp merge(VectorTimestamp first, VectorTimestamp second) {
    String[] names1 = first.actors.names;
    String[] names2 = second.actors.names;
    long[] counts1 = first.counts.values();
    long[] counts2 = second.counts.values();
    String[] names = new String[names1.length + names2.length];
    long[] counts = new long[names.length];
    int i = 0;
    int j = 0;
    int size = 0;
    while (i < names1.length || j < names2.length) {
      int order = compare(names1, i, names2, j);
      names[size] = order <= 0 ? names1[i] : names2[j];
      long ours = order <= 0 ? counts1[i++] : 0;
      long theirs = order >= 0 ? counts2[j++] : 0;
      counts[size++] = Math.max(ours, theirs);
    }
    return VectorTimestamp.of(
        namesOf(first.actors, second.actors, Arrays.copyOf(names, size)),
        Counts.of(Arrays.copyOf(counts, size)),
        first.pruned);
  }

  /**
   * The set of the names; that of a stamp that named them all, so that the next merge is aligned.
   */
  private static ActorSet namesOf(ActorSet first, ActorSet second, String[] names) {
    if (names.length == first.size()) {
      return first;
    }
    return names.length == second.size() ? second : ActorSet.of(names);
  }

  /** Compares a name with another; an array that has ended counts as greatest. */
  private static int compare(String[] first, int i, String[] second, int j) {
    if (i == first.length) {
      return 1;
    }
    if (j == second.length) {
      return -1;
    }
    return first[i].equals(second[j]) ? 0 : first[i].compareTo(second[j]);
  }
}
