package dev.coeval.logical.laws;

import dev.coeval.logical.CausalOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * An execution in which processes come and go. With each stamp and each message goes the set of the
 * events that it knows, which only set operations ever touch.
 *
 * @param <S> a stamp
 * @param <M> a message
 */
final class ForkedExecution<S, M> {

  private static final int MOST_LIVE = 7;
  private static final int KINDS = 8;

  private final IntervalTreeLaws<S, M> clock;
  private final List<Known<S>> live = new ArrayList<>();
  private final List<Known<M>> messages = new ArrayList<>();
  private Known<S> latest;
  private int events;

  ForkedExecution(IntervalTreeLaws<S, M> clock) {
    this.clock = clock;
    latest = new Known<>(clock.seed(), new BitSet());
    live.add(latest);
  }

  /**
   * A stamp or a message, and what it must know.
   *
   * @param value the stamp or message
   * @param history the numbers of the events; never written once it is here
   */
  record Known<T>(T value, BitSet history) {

    <U> Known<U> with(U other) {
      return new Known<>(other, history);
    }

    BitSet withEvent(int event) {
      BitSet more = (BitSet) history.clone();
      more.set(event);
      return more;
    }

    BitSet union(Known<?> other) {
      BitSet union = (BitSet) history.clone();
      union.or(other.history);
      return union;
    }

    CausalOrder relationTo(Known<?> other) {
      return relation(history, other.history);
    }

    static CausalOrder relation(BitSet first, BitSet second) {
      return CausalOrder.of(contains(second, first), contains(first, second));
    }

    private static boolean contains(BitSet large, BitSet small) {
      BitSet rest = (BitSet) small.clone();
      rest.andNot(large);
      return rest.isEmpty();
    }
  }

  /** The stamps that processes hold now. */
  List<Known<S>> live() {
    return Collections.unmodifiableList(live);
  }

  /** All messages ever sent. */
  List<Known<M>> messages() {
    return Collections.unmodifiableList(messages);
  }

  /** The stamp that the latest operation made. */
  Known<S> latest() {
    return latest;
  }

  /** Does what a number stands for. Messages are received never, once or often, in any order. */
  void step(int choice) {
    int one = choice / KINDS % live.size();
    int other = choice / KINDS / live.size();
    switch (choice % KINDS) {
      case 0 -> fork(one);
      case 1 -> join(one, other);
      case 2 -> send(one);
      case 3 -> receive(one, other);
      case 4 -> receiveSilently(one, other);
      case 5 -> messages.add(live.get(one).with(clock.peek(live.get(one).value())));
      default -> happens(one, clock.event(live.get(one).value()), live.get(one).history());
    }
  }

  private void replace(int place, Known<S> stamp) {
    latest = stamp;
    live.set(place, stamp);
  }

  private void happens(int place, S stamp, BitSet past) {
    replace(place, new Known<>(stamp, new Known<>(stamp, past).withEvent(events++)));
  }

  private void fork(int place) {
    if (live.size() < MOST_LIVE) {
      Known<S> stamp = live.get(place);
      List<S> halves = clock.fork(stamp.value());
      live.add(stamp.with(halves.get(1)));
      replace(place, stamp.with(halves.get(0)));
    }
  }

  private void join(int place, int choice) {
    if (live.size() > 1) {
      Known<S> stamp = live.remove(place);
      int into = choice % live.size();
      Known<S> other = live.get(into);
      S joined = clock.join(other.value(), stamp.value());
      replace(into, new Known<>(joined, other.union(stamp)));
    }
  }

  private void send(int place) {
    Known<S> stamp = live.get(place);
    happens(place, clock.send(stamp.value()), stamp.history());
    messages.add(latest.with(clock.peek(latest.value())));
  }

  private void receive(int place, int choice) {
    if (!messages.isEmpty()) {
      Known<M> message = messages.get(choice % messages.size());
      Known<S> stamp = live.get(place);
      happens(place, clock.receive(stamp.value(), message.value()), stamp.union(message));
    }
  }

  private void receiveSilently(int place, int choice) {
    if (!messages.isEmpty()) {
      Known<M> message = messages.get(choice % messages.size());
      Known<S> stamp = live.get(place);
      S joined = clock.joinMessage(stamp.value(), message.value());
      replace(place, new Known<>(joined, stamp.union(message)));
    }
  }
}
