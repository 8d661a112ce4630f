package dev.coeval.sync.order.link;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.order.link.LinkCodec.Keyed;
import dev.coeval.sync.order.link.LinkFrame.Hello;
import dev.coeval.sync.order.link.LinkFrame.InSession;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.FrameType;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.NonceSource;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The links of one machine with its peers: messages that arrive once, and in their order, over
 * datagrams that get lost, late, reordered, repeated and replayed.
 *
 * <p><b>Problem.</b> The algorithms of the literature assume a reliable FIFO channel between each
 * two processes. UDP is none, and processes restart.
 *
 * <p><b>Idea.</b> Number the messages, acknowledge them, send again what is not acknowledged. Each
 * end names its own life of the link, its session, by a random number, and believes in the other's
 * session only when the other has echoed a fresh challenge: so nothing of an earlier life counts.
 *
 * <ol>
 *   <li>{@link #connect}: challenge the peer; it answers and challenges back.
 *   <li>{@link #send}: number, keep, send; again after a pause that doubles.
 *   <li>A receiver hands each number on once, and in {@link LinkConfig.Order#FIFO} in turn. It
 *       acknowledges all up to a number, and beyond it one by one (as RFC 2018 does).
 *   <li>A quiet peer is challenged anew; if it stays quiet that is said, and nothing more.
 * </ol>
 *
 * <p><b>Known attack.</b> Whoever can neither see the datagrams nor holds a key can forge or replay
 * nothing that counts: he knows no session and no challenge. Whoever sees them can, unless the ends
 * share a key ({@link Keyring}). A stranger is answered by at most as many bytes as it sent, and
 * costs no memory before it has echoed a challenge.
 *
 * <p><b>Use.</b> A part of a machine, not one itself: no thread, no clock, no socket inside. The
 * machine forwards its events, looks at the {@link LinkEvent}s that it gets back, and returns
 * {@link #takeActions}, once an event, at its end:
 *
 * <pre>{@code
 * public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
 *   for (LinkEvent event : links.onDatagram(received.tickNanos(), from, payload)) {
 *     ...                          // Received, Connected, Restarted, Silent, HeardAgain
 *   }
 *   return links.takeActions(received.tickNanos());
 * }
 * }</pre>
 *
 * <p>Not thread-safe, as a machine; {@link #rejections()} may be read by anybody.
 */
public final class Links {

  /** The longest message: what a frame holds beside the link's own numbers. */
  public static final int MAX_MESSAGE_BYTES = FrameType.MAX_BODY_BYTES - LinkCodec.DATA_BYTES;

  /** With more peers, the bursts and the memory of full meshes grow beyond reason. */
  public static final int MAX_LINKS = 256;

  /** So many of them are kept for peers that this end names: strangers cannot take them all. */
  public static final int NAMED_LINKS = 64;

  private final LinkConfig config;
  private final TimerId timer;
  private final LinkCodec codec;
  private final Link.Wire wire;
  private final NonceSource random;
  private final Strangers strangers;
  private final Outbox outbox;
  private final Map<PeerId, Link> links = new LinkedHashMap<>();

  /**
   * No links yet.
   *
   * @param timer the name of the one timer that they need; its owner is also that of their sends
   * @param config how they work
   * @param keyring the keys of the group, or none
   * @param seed for sessions and challenges; on a real network from a secure source, and another
   *     one for each start of the process
   */
  public Links(TimerId timer, LinkConfig config, Keyring keyring, long seed) {
    this.config = config;
    this.timer = timer;
    this.codec = new LinkCodec(config.protocol(), keyring);
    this.random = new NonceSource(seed);
    this.wire = new Link.Wire(codec, keyring.primaryId(), random::nextLong);
    this.strangers = new Strangers(random.nextLong());
    this.outbox = new Outbox(timer.owner());
  }

  /**
   * Makes a link, unless there is one. Messages may be sent at once; they leave when the peer has
   * answered.
   *
   * @param tickNanos the local ticks now
   * @param peer the other end
   * @return false if there are {@value #MAX_LINKS} others
   */
  public boolean connect(long tickNanos, PeerId peer) {
    if (!links.containsKey(peer) && links.size() < MAX_LINKS) {
      Link made = new Link(peer, config, wire, outbox, wire.fresh());
      links.put(peer, made);
      made.open(tickNanos);
    }
    return links.containsKey(peer);
  }

  /**
   * Drops a link with all that waits in it. The peer is a stranger from now on.
   *
   * @param peer the other end; nothing happens if there is no link with it
   */
  public void forget(PeerId peer) {
    if (links.remove(peer) != null) {
      strangers.renew();
    }
  }

  /**
   * Hands in a message, to be sent until it is acknowledged.
   *
   * @param tickNanos the local ticks now
   * @param to the receiver
   * @param message its bytes from position to limit; copied
   * @return whether it was taken, or why not
   */
  public Admission send(long tickNanos, PeerId to, ByteBuffer message) {
    Link link = links.get(to);
    if (link == null) {
      return Admission.NOT_LINKED;
    }
    if (message.remaining() > MAX_MESSAGE_BYTES) {
      return Admission.TOO_LONG;
    }
    if (link.isFull()) {
      return Admission.WINDOW_FULL;
    }
    ByteBuffer kept = ByteBuffer.allocate(message.remaining()).put(message.duplicate()).flip();
    link.send(tickNanos, kept.asReadOnlyBuffer());
    return Admission.ACCEPTED;
  }

  /**
   * A datagram has arrived.
   *
   * @param tickNanos the local ticks at its arrival
   * @param from who sent it, as its source address says
   * @param payload its bytes, from position to limit
   * @return what happened on the link, in order
   */
  public List<LinkEvent> onDatagram(long tickNanos, PeerId from, ByteBuffer payload) {
    Decoded<Keyed> decoded = codec.decode(payload);
    if (decoded instanceof Decoded.Refused<Keyed> refused) {
      outbox.reject(from, refused.reason());
    } else if (decoded instanceof Decoded.Value<Keyed> good) {
      Link link = links.get(from);
      if (link != null) {
        dispatch(tickNanos, link, good.value());
      } else if (config.takesStrangers()) {
        onStranger(tickNanos, from, good.value());
      } else {
        outbox.reject(from, Rejection.UNKNOWN_PEER);
      }
    }
    return outbox.takeEvents();
  }

  /**
   * A timer has come due: one of another name is ignored.
   *
   * @param tickNanos the local ticks now
   * @param due which one
   * @return what happened on the links, in order
   */
  public List<LinkEvent> onTimer(long tickNanos, TimerId due) {
    if (due.equals(timer)) {
      links.values().forEach(link -> link.onTimer(tickNanos));
    }
    return outbox.takeEvents();
  }

  /**
   * What the links want done: to be returned by the machine at the end of each event, after all its
   * calls of the other methods.
   *
   * @param tickNanos the local ticks now
   * @return the actions since the last call, acknowledgements and the timer among them
   */
  public List<Action> takeActions(long tickNanos) {
    long nanos = Long.MAX_VALUE;
    for (Link link : links.values()) {
      link.flush();
      nanos = Math.min(nanos, link.nanosUntilDue(tickNanos));
    }
    if (nanos != Long.MAX_VALUE) {
      outbox.setTimer(timer, tickNanos + Math.max(0, nanos));
    }
    return outbox.takeActions();
  }

  /**
   * Refuses what a peer said within a message, as the links refuse datagrams: counted, and
   * published with {@link #takeActions}.
   *
   * @param from who said it
   * @param reason why it is not used
   */
  public void reject(PeerId from, Rejection reason) {
    outbox.reject(from, reason);
  }

  /**
   * What was not used, by reason.
   *
   * @return live counters; thread-safe
   */
  public RejectionCounts rejections() {
    return outbox.rejections();
  }

  /**
   * With whom there are links.
   *
   * @return a copy, in the order in which they were made
   */
  public Set<PeerId> peers() {
    return new LinkedHashSet<>(links.keySet());
  }

  /**
   * Whether a peer has proven that it is there.
   *
   * @param peer the other end
   * @return true from {@link LinkEvent.Connected} on
   */
  public boolean isConnected(PeerId peer) {
    Link link = links.get(peer);
    return link != null && link.isConnected();
  }

  /**
   * Whether a peer is silent.
   *
   * @param peer the other end
   * @return true from {@link LinkEvent.Silent} until something proves that it is there
   */
  public boolean isSilent(PeerId peer) {
    Link link = links.get(peer);
    return link != null && link.isSilent();
  }

  /**
   * How many messages to a peer are not acknowledged.
   *
   * @param peer the other end
   * @return 0 if there is no link
   */
  public int unacknowledged(PeerId peer) {
    Link link = links.get(peer);
    return link == null ? 0 : link.unacknowledged();
  }

  /**
   * How many messages of a peer wait for one that was sent before them.
   *
   * @param peer the other end
   * @return 0 if there is no link
   */
  public int waiting(PeerId peer) {
    Link link = links.get(peer);
    return link == null ? 0 : link.waiting();
  }

  private static void dispatch(long tick, Link link, Keyed keyed) {
    if (keyed.frame() instanceof Hello hello) {
      link.onHello(tick, hello, keyed.keyId());
    } else if (keyed.frame() instanceof InSession frame) {
      link.onInSession(tick, frame);
    }
  }

  private void onStranger(long tick, PeerId from, Keyed keyed) {
    long theirs = keyed.frame().session();
    long session = strangers.sessionFor(from, theirs);
    long challenge = strangers.challengeFor(from, theirs);
    boolean hello = keyed.frame() instanceof Hello;
    if (hello && ((Hello) keyed.frame()).echo() == challenge) {
      admit(tick, from, keyed, session);
      return;
    }
    long echo = hello ? ((Hello) keyed.frame()).challenge() : 0;
    outbox.reject(from, hello && echo != 0 ? Rejection.UNKNOWN_PEER : Rejection.STALE);
    if (echo != 0 || !hello) {
      outbox.send(from, codec.encode(new Hello(session, challenge, echo), keyed.keyId()));
    }
  }

  private void admit(long tick, PeerId from, Keyed keyed, long session) {
    if (links.size() >= MAX_LINKS - NAMED_LINKS) {
      outbox.reject(from, Rejection.LIMIT_REACHED);
      return;
    }
    Link made = new Link(from, config, wire, outbox, session);
    links.put(from, made);
    made.openProven(tick, keyed.frame().session());
    Hello hello = (Hello) keyed.frame();
    if (hello.challenge() != 0) {
      outbox.send(from, codec.encode(new Hello(session, 0, hello.challenge()), keyed.keyId()));
    }
  }
}
