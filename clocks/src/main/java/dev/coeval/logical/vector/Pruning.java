package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;
import java.util.Arrays;

/**
 * Stamps from which counts were forgotten.
 *
 * <p><strong>Problem.</strong> A stamp that lacks an entry looks as though it had never known of
 * the actor, and seems to be before stamps that it is after.
 *
 * <p><strong>Idea.</strong> A pruned entry is one or more, nobody knows what: the top of the counts
 * of its actor. Merged with any count it stays so, which keeps the semilattice.
 *
 * <ol>
 *   <li>Compare the entries that neither side has pruned: that is certain.
 *   <li>A pruned entry against none is certainly greater, and decides in the same way.
 *   <li>A pruned entry against any other could be either, so it counts as both: the answer is
 *       {@link CausalOrder#CONCURRENT}.
 * </ol>
 */
final class Pruning {

  private Pruning() {}

  /** How one stamp stands to another as far as can be said without a false order. */
  static CausalOrder relation(VectorTimestamp first, VectorTimestamp second) {
    ActorSet forgotten = first.pruned.union(second.pruned);
    CausalOrder exact = without(first, forgotten).relationTo(without(second, forgotten));
    boolean less = !exact.isAfterOrEqual();
    boolean greater = !exact.isBeforeOrEqual();
    for (String actor : forgotten.names) {
      less |= knows(second, actor);
      greater |= knows(first, actor);
    }
    return CausalOrder.of(!greater, !less);
  }

  private static boolean knows(VectorTimestamp stamp, String actor) {
    return stamp.actors.contains(actor) || stamp.pruned.contains(actor);
  }

  /** The union of two stamps: what either has forgotten stays forgotten. */
  static VectorTimestamp merge(VectorTimestamp first, VectorTimestamp second) {
    ActorSet forgotten = first.pruned.union(second.pruned);
    VectorTimestamp exact = without(first, forgotten).merge(without(second, forgotten));
    return VectorTimestamp.of(exact.actors, exact.counts, forgotten);
  }

  /** The stamp of the other actors only, with nothing pruned. */
  private static VectorTimestamp without(VectorTimestamp stamp, ActorSet forgotten) {
    String[] names = new String[stamp.size()];
    long[] counts = new long[stamp.size()];
    int size = 0;
    for (int i = 0; i < names.length; i++) {
      String actor = stamp.actors.names[i];
      if (!forgotten.contains(actor)) {
        names[size] = actor;
        counts[size++] = stamp.counts.at(i);
      }
    }
    ActorSet actors = size == names.length ? stamp.actors : ActorSet.of(Arrays.copyOf(names, size));
    return VectorTimestamp.of(actors, Counts.of(Arrays.copyOf(counts, size)), ActorSet.EMPTY);
  }
}
