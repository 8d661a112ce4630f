package dev.coeval.sync.order.mutex;

import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.sync.order.mutex.Message.Kind;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lamport's algorithm: everybody keeps the whole queue of requests.
 *
 * <p><b>Problem.</b> At most one process at a time may enter, in the order of the requests, and
 * none of them is in charge.
 *
 * <p><b>Idea.</b> A total order of the requests that all agree on makes every member a judge of its
 * own turn, once it knows that no earlier request can still arrive.
 *
 * <ol>
 *   <li>To enter, send REQUEST, with one's stamp, to all, and queue it oneself.
 *   <li>On REQUEST, queue it and REPLY: the reply's stamp is later than the request's.
 *   <li>Enter when one's own request is the first of the queue, and a message that is stamped later
 *       than it has come from every other member: by FIFO channels, whatever they asked for earlier
 *       is here.
 *   <li>To leave, unqueue it and send RELEASE to all, who unqueue it too.
 * </ol>
 *
 * <p>3(N - 1) messages an entry. <b>Needs FIFO channels:</b> a REPLY that overtakes an earlier
 * REQUEST of its sender lets two in.
 *
 * <p><b>Known attack.</b> A member that never replies stops all others; one that replies without
 * queueing lets others in beside it. Members trust each other; a member that has crashed must be
 * removed.
 *
 * <p>Source: L. Lamport, "Time, clocks, and the ordering of events in a distributed system",
 * Communications of the ACM 21(7), 1978, pages 561 to 563.
 */
final class LamportArbiter extends Arbiter {

  /** The one open request of each member: its counter. */
  private final SortedMap<String, Long> queue = new TreeMap<>();

  /** The greatest counter that a message of each member had. */
  private final SortedMap<String, Long> heard = new TreeMap<>();

  LamportArbiter(String self, Collection<String> others, long aboveCounter) {
    super(self, others, aboveCounter);
  }

  private LamportArbiter(LamportArbiter like) {
    super(like);
    queue.putAll(like.queue);
    heard.putAll(like.heard);
  }

  @Override
  LamportArbiter copy() {
    return new LamportArbiter(this);
  }

  @Override
  void asked(LamportTimestamp request) {
    queue.put(self, request.counter());
  }

  @Override
  SortedSet<String> missing(LamportTimestamp request) {
    SortedSet<String> missing = new TreeSet<>(others);
    missing.removeIf(other -> hasAnswered(other, request) && !isFirst(other, request));
    return missing;
  }

  private boolean hasAnswered(String other, LamportTimestamp request) {
    return request.compareTo(new LamportTimestamp(heard.getOrDefault(other, 0L), other)) < 0;
  }

  private boolean isFirst(String other, LamportTimestamp request) {
    Long theirs = queue.get(other);
    return theirs != null && new LamportTimestamp(theirs, other).compareTo(request) < 0;
  }

  @Override
  void left(LamportTimestamp request) {
    queue.remove(self);
    others.forEach(other -> send(other, Kind.RELEASE, request.counter()));
  }

  @Override
  void onRequest(String from, LamportTimestamp request) {
    queue.put(from, request.counter());
    send(from, Kind.REPLY, request.counter());
  }

  @Override
  void onReply(String from, Message reply) {
    // what a reply says is its stamp
  }

  @Override
  void onRelease(String from, Message release) {
    queue.remove(from, release.request());
  }

  @Override
  void heard(String from, long counter) {
    heard.merge(from, counter, Math::max);
  }

  @Override
  void forget(String member) {
    queue.remove(member);
    heard.remove(member);
  }

  @Override
  String describe() {
    return "q" + queue + "h" + heard;
  }
}
