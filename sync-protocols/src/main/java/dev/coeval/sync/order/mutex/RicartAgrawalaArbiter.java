package dev.coeval.sync.order.mutex;

import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.sync.order.mutex.Message.Kind;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The algorithm of Ricart and Agrawala: a reply is a permission, and whoever has the earlier
 * request keeps it back until it has left.
 *
 * <p><b>Problem.</b> Lamport's algorithm with fewer messages, and without FIFO channels.
 *
 * <p><b>Idea.</b> Of two requests that meet, both members know which is the earlier; the one that
 * made it just does not answer for a while. Then nobody needs a queue, nor to be told of a release.
 *
 * <ol>
 *   <li>To enter, send REQUEST, with one's stamp, to all.
 *   <li>On REQUEST, REPLY at once, unless one is inside, or has an earlier request: then later.
 *   <li>Enter when all have replied.
 *   <li>To leave, REPLY to all whose request was put off.
 * </ol>
 *
 * <p>2(N - 1) messages an entry. Channels may reorder: a reply names its request.
 *
 * <p><b>Known attack.</b> As for Lamport's algorithm: members trust each other.
 *
 * <p>Source: G. Ricart, A. K. Agrawala, "An optimal algorithm for mutual exclusion in computer
 * networks", Communications of the ACM 24(1), 1981.
 */
final class RicartAgrawalaArbiter extends Arbiter {

  /** Who has let one's own request pass. */
  private final SortedSet<String> permitted = new TreeSet<>();

  /** Whose request gets its reply later, and its counter. */
  private final SortedMap<String, Long> deferred = new TreeMap<>();

  RicartAgrawalaArbiter(String self, Collection<String> others, long aboveCounter) {
    super(self, others, aboveCounter);
  }

  private RicartAgrawalaArbiter(RicartAgrawalaArbiter like) {
    super(like);
    permitted.addAll(like.permitted);
    deferred.putAll(like.deferred);
  }

  @Override
  RicartAgrawalaArbiter copy() {
    return new RicartAgrawalaArbiter(this);
  }

  @Override
  void asked(LamportTimestamp request) {
    permitted.clear();
  }

  @Override
  SortedSet<String> missing(LamportTimestamp request) {
    SortedSet<String> missing = new TreeSet<>(others);
    missing.removeAll(permitted);
    return missing;
  }

  @Override
  void left(LamportTimestamp request) {
    permitted.clear();
    deferred.forEach((member, counter) -> send(member, Kind.REPLY, counter));
    deferred.clear();
  }

  @Override
  void onRequest(String from, LamportTimestamp request) {
    LamportTimestamp mine = mine();
    if (mine != null && (isInside() || mine.compareTo(request) < 0)) {
      deferred.merge(from, request.counter(), Math::max); // of two, the first was given up
    } else {
      send(from, Kind.REPLY, request.counter());
    }
  }

  @Override
  void onReply(String from, Message reply) {
    LamportTimestamp mine = mine();
    if (mine != null && mine.counter() == reply.request()) {
      permitted.add(from);
    }
  }

  @Override
  void onRelease(String from, Message release) {
    // not said in this algorithm
  }

  @Override
  void heard(String from, long counter) {
    // replies say all
  }

  @Override
  void forget(String member) {
    deferred.remove(member);
  }

  @Override
  String describe() {
    return "p" + permitted + "d" + deferred;
  }
}
