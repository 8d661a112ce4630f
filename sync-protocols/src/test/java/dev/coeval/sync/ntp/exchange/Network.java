package dev.coeval.sync.ntp.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/** Carries datagrams, and loses, repeats, overtakes and replays them; one seed, one run. */
final class Network {

  /**
   * What may happen to a datagram.
   *
   * @param loss how probable it is that it is lost
   * @param repeat that it arrives twice
   * @param replay that an old one of the same way arrives as well
   * @param jitterNanos by how much it can be later than another
   */
  record Faults(double loss, double repeat, double replay, long jitterNanos) {
    static final Faults NONE = new Faults(0, 0, 0, 100 * End.MICRO);
    static final Faults ALL = new Faults(0.2, 0.1, 0.1, 30 * End.MILLI);
  }

  private record Event(long at, long order, Runnable what) {}

  private static final long LEAST_DELAY = 10 * End.MICRO;
  private static final int HISTORY = 200;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final Random random;
  private final List<List<ByteBuffer>> sent = List.of(new ArrayList<>(), new ArrayList<>());
  private long order;
  private long now;

  Network(long seed) {
    this.random = new Random(seed);
  }

  Random random() {
    return random;
  }

  long now() {
    return now;
  }

  void at(long time, Runnable what) {
    events.add(new Event(Math.max(time, now), order++, what));
  }

  /** Carries a datagram, one way or the other, from a moment on. */
  void carry(int way, long departure, ByteBuffer datagram, Faults faults, Arrival arrival) {
    List<ByteBuffer> before = sent.get(way);
    if (random.nextDouble() < faults.replay() && !before.isEmpty()) {
      ByteBuffer old = before.get(random.nextInt(before.size()));
      arrive(departure + random.nextLong(2 * End.SECOND), old, faults, arrival);
    }
    if (before.size() < HISTORY) {
      before.add(datagram);
    }
    int copies = random.nextDouble() < faults.repeat() ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      if (random.nextDouble() >= faults.loss()) {
        arrive(departure, datagram, faults, arrival);
      }
    }
  }

  private void arrive(long departure, ByteBuffer datagram, Faults faults, Arrival arrival) {
    long time = departure + LEAST_DELAY + random.nextLong(faults.jitterNanos());
    at(time, () -> arrival.at(time, datagram.duplicate()));
  }

  void runUntil(long end) {
    while (!events.isEmpty() && events.element().at() <= end) {
      Event event = events.remove();
      now = event.at();
      event.what().run();
    }
    now = end;
  }

  /** What receives. */
  interface Arrival {
    void at(long time, ByteBuffer datagram);
  }
}
