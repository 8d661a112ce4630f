package dev.coeval.logical.laws;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.ForkedExecution.Known;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;

/**
 * Laws T1 to T9 of interval tree clocks (Almeida, Baquero, Fonte 2008).
 *
 * <p>The oracle is the causal history: with every stamp and message goes the plain set of the
 * events that it knows, see {@link ForkedExecution}. A clock whose messages are stamps without an
 * id uses one type for both.
 *
 * @param <S> a stamp, which owns a part of the interval
 * @param <M> a message, which owns none
 */
public abstract class IntervalTreeLaws<S, M> {

  private static final int TRIES = 300;
  private static final int MAX_OPERATIONS = 60;

  /** For subclasses. */
  protected IntervalTreeLaws() {}

  /**
   * The first stamp.
   *
   * @return one that owns the whole interval and knows no event
   */
  protected abstract S seed();

  /**
   * Fork.
   *
   * @param stamp a stamp
   * @return two stamps that take its place
   */
  protected abstract List<S> fork(S stamp);

  /**
   * Join.
   *
   * @param first a stamp
   * @param second a stamp
   * @return one stamp that takes the place of both; throws if they own a common part
   */
  protected abstract S join(S first, S second);

  /**
   * Event.
   *
   * @param stamp a stamp
   * @return the stamp of its next event
   */
  protected abstract S event(S stamp);

  /**
   * Peek.
   *
   * @param stamp a stamp
   * @return its past alone
   */
  protected abstract M peek(S stamp);

  /**
   * Join of a message, without an event.
   *
   * @param stamp a stamp
   * @param message what it receives
   * @return the stamp with both pasts
   */
  protected abstract S joinMessage(S stamp, M message);

  /**
   * Send.
   *
   * @param stamp a stamp
   * @return the stamp after the event of sending
   */
  protected S send(S stamp) {
    return event(stamp);
  }

  /**
   * Receive.
   *
   * @param stamp a stamp
   * @param message what it receives
   * @return the stamp after the event of receiving
   */
  protected S receive(S stamp, M message) {
    return event(joinMessage(stamp, message));
  }

  /**
   * Tries to have an event without an id.
   *
   * @param message a message
   * @return never; throws, as it does here, where the types allow no such call
   */
  protected M eventOfMessage(M message) {
    throw new UnsupportedOperationException("does not type-check");
  }

  /**
   * The order of pasts.
   *
   * @param first a stamp
   * @param second a stamp
   * @return how the past of the first stands to that of the second
   */
  protected abstract CausalOrder relation(S first, S second);

  /**
   * The order of pasts.
   *
   * @param stamp a stamp
   * @param message a message
   * @return how the past of the stamp stands to that of the message
   */
  protected abstract CausalOrder relationToMessage(S stamp, M message);

  /**
   * The part that a stamp owns.
   *
   * @param stamp a stamp
   * @return the largest subintervals that it owns whole, each as the way from the whole interval
   *     down: {@code ""} is everything, {@code "lr"} the right half of the left half
   */
  protected abstract Set<String> owned(S stamp);

  /**
   * A stamp as bytes.
   *
   * @param stamp a stamp
   * @return its form
   */
  protected abstract byte[] bytes(S stamp);

  /**
   * A message as bytes.
   *
   * @param message a message
   * @return its form
   */
  protected abstract byte[] messageBytes(M message);

  /**
   * A stamp from bytes.
   *
   * @param bytes as from {@link #bytes}
   * @return the stamp
   */
  protected abstract S stamp(byte[] bytes);

  /**
   * A message from bytes.
   *
   * @param bytes as from {@link #messageBytes}
   * @return the message
   */
  protected abstract M message(byte[] bytes);

  private ForkedExecution<S, M> execution() {
    return new ForkedExecution<>(this);
  }

  private ForkedExecution<S, M> run(List<Integer> choices) {
    ForkedExecution<S, M> execution = execution();
    choices.forEach(execution::step);
    return execution;
  }

  /**
   * Numbers that stand for operations.
   *
   * @return lists that shrink to few operations
   */
  @Provide
  protected Arbitrary<List<Integer>> operations() {
    return Arbitraries.integers()
        .between(0, Integer.MAX_VALUE)
        .withDistribution(RandomDistribution.uniform())
        .withoutEdgeCases()
        .list()
        .ofMaxSize(MAX_OPERATIONS);
  }

  @Property(tries = TRIES)
  void t1ShouldBeTheSameStampWhenForkIsJoined(@ForAll("operations") List<Integer> choices) {
    for (Known<S> live : run(choices).live()) {
      List<S> halves = fork(live.value());
      assertEquals(live.value(), join(halves.get(0), halves.get(1)));
      assertEquals(live.value(), join(halves.get(1), halves.get(0)));
      for (S half : halves) {
        assertEquals(CausalOrder.EQUAL, relation(live.value(), half));
      }
      assertTrue(disjoint(owned(halves.get(0)), owned(halves.get(1))), "ids of a fork");
    }
  }

  private static boolean disjoint(Set<String> first, Set<String> second) {
    return !first.isEmpty()
        && !second.isEmpty()
        && first.stream()
            .noneMatch(a -> second.stream().anyMatch(b -> a.startsWith(b) || b.startsWith(a)));
  }

  @Property(tries = TRIES)
  void t2ShouldBeAfterItselfAndNoOthersWhenEventHappens(
      @ForAll("operations") List<Integer> choices) {
    List<Known<S>> live = run(choices).live();
    for (Known<S> one : live) {
      S after = event(one.value());
      assertEquals(CausalOrder.BEFORE, relation(one.value(), after));
      assertEquals(owned(one.value()), owned(after));
      BitSet known = one.withEvent(live.size() + MAX_OPERATIONS);
      for (Known<S> other : live) {
        assertEquals(Known.relation(known, other.history()), relation(after, other.value()));
      }
    }
  }

  @Property(tries = TRIES)
  void t3ShouldBeLeastUpperBoundWhenJoined(@ForAll("operations") List<Integer> choices) {
    List<Known<S>> live = run(choices).live();
    for (int i = 0; i < live.size(); i++) {
      for (int j = 0; j < live.size(); j++) {
        if (i == j) {
          continue;
        }
        S joined = join(live.get(i).value(), live.get(j).value());
        assertEquals(joined, join(live.get(j).value(), live.get(i).value()), "commutative");
        BitSet union = live.get(i).union(live.get(j));
        for (Known<S> other : live) {
          assertEquals(Known.relation(union, other.history()), relation(joined, other.value()));
        }
        assertEquals(
            measure(joined), measure(live.get(i).value()).add(measure(live.get(j).value())));
      }
    }
  }

  @Property(tries = TRIES)
  void t3ItcOverlapThrows(@ForAll("operations") List<Integer> choices) {
    for (Known<S> live : run(choices).live()) {
      S stamp = live.value();
      List<S> halves = fork(stamp);
      S half = event(halves.get(0));
      assertThrows(RuntimeException.class, () -> join(stamp, stamp));
      assertThrows(RuntimeException.class, () -> join(stamp, half));
      assertThrows(RuntimeException.class, () -> join(half, stamp));
      assertThrows(RuntimeException.class, () -> join(halves.get(1), join(half, halves.get(1))));
    }
  }

  @Property(tries = TRIES)
  void t4ShouldKnowTheSameWhenPeeked(@ForAll("operations") List<Integer> choices) {
    for (Known<S> live : run(choices).live()) {
      M message = peek(live.value());
      assertEquals(CausalOrder.EQUAL, relationToMessage(live.value(), message));
      assertEquals(live.value(), joinMessage(live.value(), message));
    }
  }

  @Property(tries = TRIES)
  void t4ItcAnonymousEventThrows(@ForAll("operations") List<Integer> choices) {
    for (Known<M> sent : run(choices).messages()) {
      assertThrows(RuntimeException.class, () -> eventOfMessage(sent.value()));
    }
  }

  @Property(tries = TRIES)
  void t5ShouldBeOrderedExactlyAsCausalityWhenCompared(
      @ForAll("operations") List<Integer> choices) {
    ForkedExecution<S, M> execution = execution();
    for (int choice : choices) {
      execution.step(choice);
      Known<S> last = execution.latest();
      for (Known<S> other : execution.live()) {
        assertEquals(last.relationTo(other), relation(last.value(), other.value()));
        assertEquals(other.relationTo(last), relation(other.value(), last.value()));
      }
      for (Known<M> message : execution.messages()) {
        assertEquals(last.relationTo(message), relationToMessage(last.value(), message.value()));
      }
    }
  }

  @Property(tries = TRIES)
  void t6ShouldBeEqualInEveryWayWhenPastsAreTheSame(@ForAll("operations") List<Integer> choices) {
    List<Known<M>> pasts = new ArrayList<>(run(choices).messages());
    run(choices).live().forEach(live -> pasts.add(live.with(peek(live.value()))));
    for (Known<M> a : pasts) {
      for (Known<M> b : pasts) {
        boolean same = a.history().equals(b.history());
        assertEquals(same, a.value().equals(b.value()));
        assertEquals(same, Arrays.equals(messageBytes(a.value()), messageBytes(b.value())));
        if (same) {
          assertEquals(a.value().hashCode(), b.value().hashCode());
        }
      }
    }
  }

  @Property(tries = TRIES)
  void t7ShouldReadWhatItWroteWhenEncoded(@ForAll("operations") List<Integer> choices) {
    ForkedExecution<S, M> execution = run(choices);
    for (Known<S> live : execution.live()) {
      assertEquals(live.value(), stamp(bytes(live.value())));
    }
    for (Known<M> message : execution.messages()) {
      assertEquals(message.value(), message(messageBytes(message.value())));
    }
  }

  @Example
  void t7ItcCounterBeyond16Bits() {
    S before = seed();
    for (int i = 0; i < 70_000; i++) {
      before = event(before);
    }
    S decoded = stamp(bytes(before));
    assertEquals(before, decoded);
    assertEquals(CausalOrder.AFTER, relation(event(decoded), before));
    S young = event(seed());
    assertEquals(CausalOrder.BEFORE, relation(young, decoded));
  }

  @Property(tries = TRIES)
  void t8ItcMessageAliasing(@ForAll("operations") List<Integer> choices) {
    ForkedExecution<S, M> execution = execution();
    List<Known<S>> stamps = new ArrayList<>();
    List<byte[]> stampBytes = new ArrayList<>();
    List<byte[]> messageBytes = new ArrayList<>();
    for (int choice : choices) {
      execution.step(choice);
      stamps.add(execution.latest());
      stampBytes.add(bytes(execution.latest().value()));
      List<Known<M>> messages = execution.messages();
      while (messageBytes.size() < messages.size()) {
        messageBytes.add(messageBytes(messages.get(messageBytes.size()).value()));
      }
    }
    for (int i = 0; i < stamps.size(); i++) {
      assertArrayEquals(stampBytes.get(i), bytes(stamps.get(i).value()), "stamp " + i);
    }
    for (int i = 0; i < messageBytes.size(); i++) {
      M message = execution.messages().get(i).value();
      assertArrayEquals(messageBytes.get(i), messageBytes(message), "message " + i);
    }
  }

  @Property(tries = TRIES)
  void t9ShouldPartitionTheIntervalWhenStampsComeAndGo(
      @ForAll("operations") List<Integer> choices) {
    ForkedExecution<S, M> execution = execution();
    for (int choice : choices) {
      execution.step(choice);
      List<Known<S>> live = execution.live();
      BigInteger sum = BigInteger.ZERO;
      for (int i = 0; i < live.size(); i++) {
        sum = sum.add(measure(live.get(i).value()));
        for (int j = 0; j < i; j++) {
          assertTrue(disjoint(owned(live.get(i).value()), owned(live.get(j).value())));
        }
      }
      assertEquals(WHOLE, sum);
    }
  }

  /** Finer than any part that so few operations can make. */
  private static final int FINEST = MAX_OPERATIONS + 1;

  private static final BigInteger WHOLE = BigInteger.ONE.shiftLeft(FINEST);

  private BigInteger measure(S stamp) {
    return owned(stamp).stream()
        .map(way -> BigInteger.ONE.shiftLeft(FINEST - way.length()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
