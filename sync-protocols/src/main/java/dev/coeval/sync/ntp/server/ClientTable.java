package dev.coeval.sync.ntp.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A bucket and a few counts for each of the clients that asked last.
 *
 * <p><b>Problem.</b> Source addresses are forged at will: whatever is kept for each of them must
 * not grow with their number, and what a flood of them pushes out must not be held against a client
 * that asks as it should.
 *
 * <p><b>Idea.</b> A table of fixed size in sets of {@value Stripes#WAYS} records. The set of an
 * address follows from a secret ({@link AddressHash}). In a full set the record makes room whose
 * client was silent for longest. A client without a record has a full bucket, so to lose one's
 * record never means to be refused. And whoever asks too often, and is refused for it, is among
 * those who asked last, so a flood does not wash such a record away before theirs who are silent.
 *
 * <p><b>Attack that stays.</b> Who asks in a client's name empties that client's bucket; for this
 * there is the leak ({@link RateLimit}).
 *
 * <p>Thread-safe: a lock for each of up to {@value Stripes#MAX_LOCKS} stripes of sets, held for one
 * record.
 */
final class ClientTable {
  private static final int WORDS = 8;
  private static final int HIGH = 0;
  private static final int LOW = 1;
  private static final int LAST_TICK = 2;
  private static final int CREDIT = 3;
  private static final int REQUESTS = 4;
  private static final int REFUSED = 5;
  private static final int KISSED = 6;
  private static final int INTERVAL = 7;

  /** A new interval counts for an eighth: about the last dozen requests are heard. */
  private static final int SMOOTHING_BITS = 3;

  private final RateLimit limit;
  private final long costNanos;
  private final long capacityNanos;
  private final Stripes stripes;
  private final long[] words;

  ClientTable(ServerMemory memory, RateLimit limit) {
    this.limit = limit;
    this.costNanos = limit.costNanos();
    this.capacityNanos = limit.capacityNanos();
    this.stripes = new Stripes(memory.clients());
    this.words = new long[stripes.sets() * Stripes.WAYS * WORDS];
  }

  /** Notes a request, and says whether it is to be answered; random only if over the limit. */
  Verdict admit(ClientKey client, long tickNanos, RandomGenerator random) {
    int set = stripes.setOf(client.hash());
    synchronized (stripes.lockOf(set)) {
      int at = findOrReplace(set, client.high(), client.low(), tickNanos);
      words[at + REQUESTS]++;
      return limit.isLimited() ? decide(at, random) : Verdict.ANSWER;
    }
  }

  /** How many clients there is room for. */
  int capacity() {
    return words.length / WORDS;
  }

  /** A copy of what is known of the clients; each is consistent, all together are not. */
  List<ClientStatistics> snapshot() {
    List<ClientStatistics> clients = new ArrayList<>();
    for (int set = 0; set < stripes.sets(); set++) {
      synchronized (stripes.lockOf(set)) {
        int first = set * Stripes.WAYS * WORDS;
        for (int at = first; at < first + Stripes.WAYS * WORDS; at += WORDS) {
          if (words[at + REQUESTS] > 0) {
            clients.add(statistics(at));
          }
        }
      }
    }
    return clients;
  }

  private int findOrReplace(int set, long high, long low, long tickNanos) {
    int first = set * Stripes.WAYS * WORDS;
    int oldest = first;
    for (int at = first; at < first + Stripes.WAYS * WORDS; at += WORDS) {
      if (words[at + REQUESTS] == 0) {
        oldest = at; // the free records are the last of the set
        break;
      }
      if (words[at + LOW] == low && words[at + HIGH] == high) {
        meetAgain(at, tickNanos);
        return at;
      }
      if (words[at + LAST_TICK] - words[oldest + LAST_TICK] < 0) {
        oldest = at;
      }
    }
    words[oldest + HIGH] = high;
    words[oldest + LOW] = low;
    words[oldest + LAST_TICK] = tickNanos;
    words[oldest + CREDIT] = capacityNanos;
    words[oldest + REQUESTS] = 0;
    words[oldest + REFUSED] = 0;
    words[oldest + KISSED] = 0;
    words[oldest + INTERVAL] = 0;
    return oldest;
  }

  private void meetAgain(int at, long tickNanos) {
    long elapsed = tickNanos - words[at + LAST_TICK];
    if (elapsed <= 0) {
      return; // another thread was faster with a later request
    }
    words[at + LAST_TICK] = tickNanos;
    long lacking = capacityNanos - words[at + CREDIT];
    words[at + CREDIT] += Math.min(elapsed, lacking);
    long interval = words[at + INTERVAL];
    words[at + INTERVAL] =
        interval == 0 ? elapsed : interval + ((elapsed - interval) >> SMOOTHING_BITS);
  }

  private Verdict decide(int at, RandomGenerator random) {
    if (words[at + CREDIT] >= costNanos) {
      words[at + CREDIT] -= costNanos;
      return Verdict.ANSWER;
    }
    long bits = random.nextLong();
    if (isOneIn(limit.leakExponent(), bits)) {
      words[at + CREDIT] = 0;
      return Verdict.LEAK;
    }
    if (isOneIn(limit.kissExponent(), bits >>> Integer.SIZE)) {
      words[at + KISSED]++;
      return Verdict.KISS;
    }
    words[at + REFUSED]++;
    return Verdict.DROP;
  }

  private static boolean isOneIn(int exponent, long bits) {
    return exponent != RateLimit.NEVER && (bits & ((1L << exponent) - 1)) == 0;
  }

  private ClientStatistics statistics(int at) {
    byte[] address = AddressBits.bytes(words[at + HIGH], words[at + LOW]);
    try {
      return new ClientStatistics(
          InetAddress.getByAddress(address),
          new ClientStatistics.Counts(
              words[at + REQUESTS], words[at + REFUSED], words[at + KISSED]),
          words[at + LAST_TICK],
          words[at + INTERVAL]);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }
}
