package dev.coeval.logical.laws;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * What clients and servers do to the replicas of one record, in the order in which it happens.
 *
 * @param servers how many replicas there are
 * @param moves what happens
 */
public record Replicas(int servers, List<Move> moves) {

  private static final int MOST_SERVERS = 4;
  private static final int MOST_MOVES = 30;
  private static final int CLIENTS = 3;

  /** What can happen. */
  public enum Kind {
    /** A client reads a replica and remembers the context. */
    READ,
    /** A client writes with the context that it remembers, which may be old. */
    WRITE,
    /** Somebody writes without having read. */
    BLIND_WRITE,
    /** A replica takes in the state of another. */
    SYNC,
    /** A server comes back from an old state, under a new incarnation. */
    RESTORE,
    /** The state of a server is saved. */
    BACKUP
  }

  /**
   * One thing that happens.
   *
   * @param kind what
   * @param server at which replica
   * @param other the other replica, or the client
   */
  public record Move(Kind kind, int server, int other) {}

  /** Creates the moves. */
  public Replicas {
    moves = List.copyOf(moves);
  }

  /**
   * Any moves of up to four servers and three clients.
   *
   * @return an arbitrary that shrinks to few moves
   */
  static Arbitrary<Replicas> any() {
    Arbitrary<Integer> choice =
        Arbitraries.integers()
            .between(0, Integer.MAX_VALUE)
            .withDistribution(RandomDistribution.uniform())
            .withoutEdgeCases();
    return Combinators.combine(
            Arbitraries.integers().between(1, MOST_SERVERS), choice.list().ofMaxSize(MOST_MOVES))
        .as(Replicas::decode);
  }

  private static Replicas decode(int servers, List<Integer> choices) {
    return new Replicas(servers, choices.stream().map(choice -> move(servers, choice)).toList());
  }

  private static Move move(int servers, int choice) {
    int weighted = choice % 16;
    int server = choice / 16 % servers;
    int other = choice / 64 % Math.max(servers, CLIENTS);
    if (weighted < 4) {
      return new Move(Kind.READ, server, other % CLIENTS);
    }
    if (weighted < 8) {
      return new Move(Kind.WRITE, server, other % CLIENTS);
    }
    if (weighted < 10) {
      return new Move(Kind.BLIND_WRITE, server, 0);
    }
    if (weighted < 14) {
      return new Move(Kind.SYNC, server, other % servers);
    }
    return new Move(weighted == 14 ? Kind.RESTORE : Kind.BACKUP, server, 0);
  }

  /**
   * The definition of what a replica holds, in sets of writes; no clock is involved. Writes are
   * numbered as they happen.
   *
   * @param seen the writes whose effect is in the replica
   * @param values those of them that no other of them had seen
   */
  record Truth(BitSet seen, BitSet values) {

    static Truth empty() {
      return new Truth(new BitSet(), new BitSet());
    }

    /** A write by somebody who had seen a set of writes. */
    Truth write(int number, BitSet context) {
      BitSet nowSeen = union(seen, context);
      nowSeen.set(number);
      BitSet left = (BitSet) values.clone();
      left.andNot(context);
      left.set(number);
      return new Truth(nowSeen, left);
    }

    /** Whatever either has, unless the other has seen it and has it no longer. */
    Truth sync(Truth other) {
      BitSet kept = (BitSet) values.clone();
      kept.and(other.values);
      kept.or(notSeen(values, other.seen));
      kept.or(notSeen(other.values, seen));
      return new Truth(union(seen, other.seen), kept);
    }

    private static BitSet notSeen(BitSet values, BitSet seen) {
      BitSet left = (BitSet) values.clone();
      left.andNot(seen);
      return left;
    }

    private static BitSet union(BitSet first, BitSet second) {
      BitSet both = (BitSet) first.clone();
      both.or(second);
      return both;
    }
  }
}
