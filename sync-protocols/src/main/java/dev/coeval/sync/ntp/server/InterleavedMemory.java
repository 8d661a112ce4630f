package dev.coeval.sync.ntp.server;

/**
 * The stamps of replies whose clients may ask for them in the interleaved mode (RFC 9769 section
 * 2).
 *
 * <p><b>Problem.</b> When a reply really left is known only after it has left. The client names the
 * reply by its T2 in the next request, and the next reply brings the T3 that has become known. So
 * the server has to remember; and what it remembers for one must be safe from all others.
 *
 * <p><b>Idea.</b> A table of fixed size in sets of {@value Stripes#WAYS}. The set follows from the
 * client's address by a secret ({@link AddressHash}), and a pair is found only by the address that
 * it was kept for. In a full set an address that holds half of it replaces its own oldest pair;
 * else the set's oldest goes. So a client that asks fast takes nothing from others but half a set,
 * and nobody can name, replace or use up another's pairs. A pair may be asked for more than once,
 * as the request that named it, or its reply, may have been lost.
 *
 * <p><b>Uniqueness.</b> A T2 names one reply. Where a client's requests arrive at one instant, each
 * T2 is moved on by {@value #STEP} units of 2⁻³² s from the last; what would have to be moved by
 * more than {@value #MAX_SHIFT} is not kept, and its client is answered in the basic mode.
 *
 * <p><b>Attack that stays.</b> Who asks in a client's name can push out that client's pairs; it is
 * then answered in the basic mode. Thread-safe: a lock for every few sets, held for one of them.
 */
final class InterleavedMemory {

  /** The lowest bit tells a T2 from a T3, so T2 moves by two. */
  static final int STEP = 2;

  /** By so much can {@link #save} move a T2: 2 ns. */
  static final long MAX_SHIFT = 8;

  /** The same in nanoseconds, with the lowest bit, rounded up: 9 units of 0.23 ns. */
  static final long MAX_SHIFT_NANOS = 3;

  private static final int OWN_WAYS = Stripes.WAYS / 2;
  private static final int WORDS = 5;
  private static final int CLIENT = 0;
  private static final int RECEIVE = 1;
  private static final int TRANSMIT = 2;
  private static final int TICK = 3;
  private static final int ERROR = 4;

  private final Stripes stripes;
  private final long[] words;

  InterleavedMemory(int pairs) {
    stripes = new Stripes(pairs);
    words = new long[stripes.sets() * Stripes.WAYS * WORDS];
  }

  /** How many pairs there is room for. */
  int capacity() {
    return words.length / WORDS;
  }

  /**
   * Keeps a pair under a T2 that the client has had for no other, if there is one.
   *
   * @param pair all of it set; {@link StampPair#receive} is moved on if need be
   * @return whether it was kept
   */
  boolean save(long client, StampPair pair) {
    int set = stripes.setOf(client);
    synchronized (stripes.lockOf(set)) {
      int first = set * Stripes.WAYS * WORDS;
      long ahead = ahead(first, client, pair.receive);
      if (ahead >= MAX_SHIFT) {
        return false;
      }
      pair.receive += ahead < 0 ? 0 : ahead + STEP;
      int at = place(first, client);
      words[at + CLIENT] = client;
      words[at + RECEIVE] = pair.receive;
      put(at, pair);
      return true;
    }
  }

  /**
   * Replaces T3, its tick and the error of a pair.
   *
   * @param pair names the pair by {@link StampPair#receive}
   */
  void refine(long client, StampPair pair) {
    int set = stripes.setOf(client);
    synchronized (stripes.lockOf(set)) {
      int at = find(set * Stripes.WAYS * WORDS, client, pair.receive);
      if (at >= 0) {
        put(at, pair);
      }
    }
  }

  /**
   * Looks a pair up.
   *
   * @param receive the T2 that names it
   * @param pair where it is written to
   * @return whether there is one
   */
  boolean find(long client, long receive, StampPair pair) {
    int set = stripes.setOf(client);
    synchronized (stripes.lockOf(set)) {
      int at = find(set * Stripes.WAYS * WORDS, client, receive);
      if (at < 0) {
        return false;
      }
      pair.receive = receive;
      pair.transmit = words[at + TRANSMIT];
      pair.transmitTick = words[at + TICK];
      pair.errorNanos = words[at + ERROR];
      return true;
    }
  }

  private void put(int at, StampPair pair) {
    words[at + TRANSMIT] = pair.transmit;
    words[at + TICK] = pair.transmitTick;
    words[at + ERROR] = pair.errorNanos;
  }

  /** By how much the last T2 of a client, of those that may follow one, is ahead of it, or -1. */
  private long ahead(int first, long client, long receive) {
    long most = -1;
    for (int at = first; at < first + Stripes.WAYS * WORDS; at += WORDS) {
      long ahead = words[at + RECEIVE] - receive;
      if (words[at + CLIENT] == client && words[at + RECEIVE] != 0 && ahead <= MAX_SHIFT) {
        most = Math.max(most, ahead);
      }
    }
    return most;
  }

  /** The index of a pair in a set, or -1. A free place has a T2 of 0, which names nothing. */
  private int find(int first, long client, long receive) {
    for (int at = first; at < first + Stripes.WAYS * WORDS; at += WORDS) {
      if (words[at + RECEIVE] == receive && words[at + CLIENT] == client && receive != 0) {
        return at;
      }
    }
    return -1;
  }

  private int place(int first, long client) {
    int oldest = first;
    int ownOldest = -1;
    int own = 0;
    for (int at = first; at < first + Stripes.WAYS * WORDS; at += WORDS) {
      if (words[at + RECEIVE] == 0) {
        return own < OWN_WAYS ? at : ownOldest;
      }
      if (isOlder(at, oldest)) {
        oldest = at;
      }
      if (words[at + CLIENT] == client) {
        own++;
        ownOldest = ownOldest < 0 || isOlder(at, ownOldest) ? at : ownOldest;
      }
    }
    return own < OWN_WAYS ? oldest : ownOldest;
  }

  private boolean isOlder(int at, int other) {
    return words[at + TICK] - words[other + TICK] < 0;
  }
}
