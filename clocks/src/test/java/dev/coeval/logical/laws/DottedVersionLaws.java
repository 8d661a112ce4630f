package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.laws.Replicas.Move;
import dev.coeval.logical.laws.Replicas.Truth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Laws D2 to D5 of sets of sibling values with dotted versions (Preguiça et al. 2010, Almeida et
 * al. 2014). The values are numbers of writes, each written once.
 *
 * @param <S> the immutable set of siblings of one record
 * @param <C> the context that a reader gets
 */
public abstract class DottedVersionLaws<S, C> {

  private static final int CLIENTS = 3;

  /** For subclasses. */
  protected DottedVersionLaws() {}

  /**
   * A record that was never written.
   *
   * @return the empty set
   */
  protected abstract S empty();

  /**
   * The context of somebody who has read nothing.
   *
   * @return the empty context
   */
  protected abstract C blind();

  /**
   * What a reader of a set gets beside the values.
   *
   * @param set a set
   * @return its context
   */
  protected abstract C context(S set);

  /**
   * A server takes a write.
   *
   * @param set what it holds
   * @param context what the writer had read
   * @param server its id
   * @param value what is written
   * @return what it holds then
   */
  protected abstract S put(S set, C context, String server, int value);

  /**
   * A replica meets another.
   *
   * @param set what one holds
   * @param other what the other holds
   * @return what both hold then
   */
  protected abstract S sync(S set, S other);

  /**
   * The values in conflict.
   *
   * @param set a set
   * @return its values, in any order
   */
  protected abstract List<Integer> values(S set);

  /**
   * How large the version of a set is.
   *
   * @param set a set
   * @return the number of its entries
   */
  protected abstract int entries(S set);

  /**
   * Any moves.
   *
   * @return lists of moves of clients and servers
   */
  @Provide
  protected Arbitrary<Replicas> replicas() {
    return Replicas.any();
  }

  /** The real replicas and the true ones, side by side. */
  private final class Run {
    private final List<S> sets = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();
    private final List<S> savedSets = new ArrayList<>();
    private final List<Truth> savedTruths = new ArrayList<>();
    private final List<C> contexts = new ArrayList<>();
    private final List<BitSet> read = new ArrayList<>();
    private final int[] incarnations;
    private final Set<String> ids = new HashSet<>();
    private int writes;

    Run(int servers) {
      incarnations = new int[servers];
      for (int server = 0; server < servers; server++) {
        sets.add(empty());
        truths.add(Truth.empty());
        savedSets.add(empty());
        savedTruths.add(Truth.empty());
      }
      for (int client = 0; client < CLIENTS; client++) {
        contexts.add(blind());
        read.add(new BitSet());
      }
    }

    void make(Move move) {
      int server = move.server();
      switch (move.kind()) {
        case READ -> {
          contexts.set(move.other(), context(sets.get(server)));
          read.set(move.other(), truths.get(server).seen());
        }
        case WRITE -> write(server, contexts.get(move.other()), read.get(move.other()));
        case BLIND_WRITE -> write(server, blind(), new BitSet());
        case SYNC -> {
          sets.set(server, sync(sets.get(server), sets.get(move.other())));
          truths.set(server, truths.get(server).sync(truths.get(move.other())));
        }
        case BACKUP -> {
          savedSets.set(server, sets.get(server));
          savedTruths.set(server, truths.get(server));
        }
        case RESTORE -> {
          sets.set(server, savedSets.get(server));
          truths.set(server, savedTruths.get(server));
          incarnations[server]++;
        }
      }
    }

    private void write(int server, C context, BitSet seen) {
      String id = "s" + server + "~" + incarnations[server];
      ids.add(id);
      sets.set(server, put(sets.get(server), context, id, writes));
      truths.set(server, truths.get(server).write(writes, seen));
      writes++;
    }
  }

  private static Set<Integer> setOf(BitSet bits) {
    return new HashSet<>(bits.stream().boxed().toList());
  }

  private void assertSame(Truth truth, S set) {
    List<Integer> values = values(set);
    assertEquals(setOf(truth.values()), new HashSet<>(values));
    assertEquals(truth.values().cardinality(), values.size(), "a value twice");
  }

  @Property(tries = 1_000)
  protected void d2ShouldKeepExactlyWhatNobodyHadSeenWhenWrittenAnywhere(
      @ForAll("replicas") Replicas replicas) {
    Run run = new Run(replicas.servers());
    for (Move move : replicas.moves()) {
      run.make(move);
      assertSame(run.truths.get(move.server()), run.sets.get(move.server()));
    }
  }

  @Property(tries = 300)
  protected void d2ShouldBeSemilatticeWhenSynced(@ForAll("replicas") Replicas replicas) {
    Run run = new Run(replicas.servers());
    replicas.moves().forEach(run::make);
    for (int i = 0; i < run.sets.size(); i++) {
      S a = run.sets.get(i);
      assertSame(run.truths.get(i), sync(a, a));
      for (int j = 0; j < run.sets.size(); j++) {
        S b = run.sets.get(j);
        Truth both = run.truths.get(i).sync(run.truths.get(j));
        assertSame(both, sync(a, b));
        assertSame(both, sync(b, a));
        S c = run.sets.get(0);
        Truth all = both.sync(run.truths.get(0));
        assertSame(all, sync(sync(a, b), c));
        assertSame(all, sync(a, sync(b, c)));
      }
    }
  }

  @Property(tries = 300)
  protected void d2ShouldHaveNoMoreEntriesThanServersWhenManyClientsWrite(
      @ForAll("replicas") Replicas replicas) {
    Run run = new Run(replicas.servers());
    for (Move move : replicas.moves()) {
      run.make(move);
      assertTrue(entries(run.sets.get(move.server())) <= run.ids.size());
    }
  }

  @Property(tries = 300)
  protected void d3ShouldReplaceExactlyWhatTheContextCoversWhenWriting(
      @ForAll("replicas") Replicas replicas) {
    Run run = new Run(replicas.servers());
    replicas.moves().forEach(run::make);
    for (int server = 0; server < run.sets.size(); server++) {
      for (int client = 0; client < CLIENTS; client++) {
        Set<Integer> expected = new HashSet<>(values(run.sets.get(server)));
        expected.removeAll(setOf(run.read.get(client)));
        expected.add(run.writes);
        S after =
            put(run.sets.get(server), run.contexts.get(client), "s" + server + "~new", run.writes);
        assertEquals(expected, new HashSet<>(values(after)));
      }
    }
  }

  @Example
  protected void d4ShouldHaveAsManySiblingsAsWritesWhenAllAreBlind() {
    S set = empty();
    for (int write = 0; write < 10; write++) {
      set = put(set, blind(), "a", write);
      assertEquals(write + 1, values(set).size());
    }
    assertEquals(1, entries(set));
  }

  @Example
  protected void d4ShouldHaveOneValueWhenEveryWriterHasRead() {
    S set = empty();
    for (int write = 0; write < 10; write++) {
      set = put(set, context(set), write % 2 == 0 ? "a" : "b", write);
      assertEquals(List.of(write), values(set));
    }
  }

  @Example
  protected void d4ShouldNotMultiplyWhenTwoClientsInterleaveThroughOneServer() {
    S set = put(put(empty(), blind(), "a", 0), blind(), "a", 1);
    C first = context(set);
    C second = context(set);
    for (int write = 2; write < 20; write += 2) {
      set = put(set, first, "a", write);
      first = context(set);
      set = put(set, second, "a", write + 1);
      second = context(set);
      assertTrue(values(set).size() <= 2, () -> "the siblings explode");
    }
  }

  @Property(tries = 300)
  protected void d5ShouldNotTakeNewForOldWhenServerWasRestored(
      @ForAll("replicas") Replicas replicas) {
    Run run = new Run(replicas.servers());
    for (Move move : replicas.moves()) {
      run.make(move);
      run.make(new Move(Replicas.Kind.RESTORE, move.server(), 0));
      run.make(new Move(Replicas.Kind.BLIND_WRITE, move.server(), 0));
    }
    S all = run.sets.stream().reduce(empty(), this::sync);
    assertSame(run.truths.stream().reduce(Truth.empty(), Truth::sync), all);
  }
}
