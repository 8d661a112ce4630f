package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.Replicas.Kind;
import dev.coeval.logical.laws.Replicas.Move;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Law D1 of a version vector (Parker et al. 1983): versions are ordered as the sets of writes that
 * the replicas have seen, and replicas that have met are equal.
 *
 * @param <T> the immutable version
 */
public abstract class VersionVectorLaws<T> {

  /** For subclasses. */
  protected VersionVectorLaws() {}

  /**
   * The version before the first write.
   *
   * @return the empty version
   */
  protected abstract T empty();

  /**
   * A replica takes a write.
   *
   * @param version what it had seen
   * @param server its id
   * @return what it has seen then
   */
  protected abstract T next(T version, String server);

  /**
   * Two replicas meet.
   *
   * @param first what one has seen
   * @param second what the other has
   * @return what both have seen then
   */
  protected abstract T merge(T first, T second);

  /**
   * The order.
   *
   * @param first a version
   * @param second a version
   * @return how the first stands to the second
   */
  protected abstract CausalOrder relation(T first, T second);

  /**
   * Any moves.
   *
   * @return lists of moves of clients and servers
   */
  @Provide
  protected Arbitrary<Replicas> replicas() {
    return Replicas.any();
  }

  /** All versions that ever were, and the sets of writes that they stand for. */
  private final class Run {
    private final List<T> versions = new ArrayList<>();
    private final List<BitSet> seen = new ArrayList<>();
    private final List<T> now = new ArrayList<>();
    private final List<BitSet> seenNow = new ArrayList<>();
    private int writes;

    Run(Replicas replicas) {
      for (int server = 0; server < replicas.servers(); server++) {
        now.add(empty());
        seenNow.add(new BitSet());
      }
      for (Move move : replicas.moves()) {
        make(move);
        versions.add(now.get(move.server()));
        seen.add((BitSet) seenNow.get(move.server()).clone());
      }
    }

    private void make(Move move) {
      int server = move.server();
      if (move.kind() == Kind.WRITE || move.kind() == Kind.BLIND_WRITE) {
        now.set(server, next(now.get(server), "s" + server));
        seenNow.get(server).set(writes++);
      } else if (move.kind() == Kind.SYNC && move.other() != server) {
        T both = merge(now.get(server), now.get(move.other()));
        now.set(server, both);
        now.set(move.other(), merge(now.get(move.other()), both));
        seenNow.get(server).or(seenNow.get(move.other()));
        seenNow.get(move.other()).or(seenNow.get(server));
      }
    }
  }

  private static CausalOrder relationOf(BitSet first, BitSet second) {
    BitSet both = (BitSet) first.clone();
    both.and(second);
    return CausalOrder.of(both.equals(first), both.equals(second));
  }

  @Property(tries = 300)
  protected void d1ShouldBeOrderedAsWhatWasSeenWhenCompared(@ForAll("replicas") Replicas replicas) {
    Run run = new Run(replicas);
    for (int i = 0; i < run.versions.size(); i++) {
      for (int j = 0; j < run.versions.size(); j++) {
        T first = run.versions.get(i);
        T second = run.versions.get(j);
        CausalOrder expected = relationOf(run.seen.get(i), run.seen.get(j));
        assertEquals(expected, relation(first, second), () -> first + " to " + second);
        assertEquals(expected == CausalOrder.EQUAL, first.equals(second));
        if (first.equals(second)) {
          assertEquals(first.hashCode(), second.hashCode());
        }
      }
    }
  }

  @Property(tries = 300)
  protected void d1ShouldBeEqualWhenReplicasHaveMet(@ForAll("replicas") Replicas replicas) {
    Run run = new Run(replicas);
    for (T first : run.now) {
      for (T second : run.now) {
        T met = merge(first, second);
        assertEquals(met, merge(second, first));
        assertEquals(met, merge(met, first));
        assertEquals(CausalOrder.EQUAL, relation(met, merge(second, met)));
      }
    }
  }
}
