package dev.coeval.sync.order.mutex;

import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.order.link.Admission;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.order.link.LinkEvent;
import dev.coeval.sync.order.link.Links;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group of which at most one at a time may enter: a distributed lock without a
 * server.
 *
 * <p>{@link #request} asks, a published {@link Granted} lets in, {@link #release} leaves. Both
 * return actions, as events do; whoever runs the machine submits the calls:
 *
 * <pre>{@code
 * UdpRuntime runtime = UdpRuntime.open(config, new Switchboard()
 *     .add("lock", first -> first == MutualExclusion.FIRST_BYTE, lock), clock, report -> {
 *   if (report instanceof Granted granted) { ... }
 * });
 * runtime.submit(lock::request);
 * ...
 * runtime.submit(lock::release);
 * }</pre>
 *
 * <p>It also publishes what its links say of the other members ({@link LinkEvent.Silent} and {@link
 * LinkEvent.HeardAgain}, {@link LinkEvent.Connected} and {@link LinkEvent.Restarted}), and what it
 * refuses as a {@link dev.coeval.sync.measure.Rejected}. This package's description says what is
 * promised when members crash.
 *
 * <p>Not thread-safe, as every {@link StateMachine}; {@link #rejections()} may be read by anybody.
 */
public final class MutualExclusion implements StateMachine {

  /** The first byte of every datagram of this protocol: the letter E. */
  public static final int FIRST_BYTE = 'E';

  static final String PROTOCOL = "EXCL";

  /** So many messages wait for a member's window; what a member says that makes more is refused. */
  static final int MAX_BACKLOG = 64;

  private final MutexConfig config;
  private final Arbiter arbiter;
  private final MutexCodec codec;
  private final Links links;
  private final Map<PeerId, String> names = new HashMap<>();
  private final Map<String, ArrayDeque<ByteBuffer>> backlogs = new HashMap<>();
  private final List<Action> reports = new ArrayList<>();
  private @Nullable LamportTimestamp published;
  private long messages;

  /**
   * A member.
   *
   * @param owner the name in its timers and sends, unique within its endpoint
   * @param config its group
   * @param keyring the keys of the group, or none
   * @param seed for sessions and challenges; on a real network from a secure source, and another
   *     one for each start of the process
   */
  public MutualExclusion(String owner, MutexConfig config, Keyring keyring, long seed) {
    this.config = config;
    this.arbiter =
        config
            .algorithm()
            .newArbiter(config.self(), config.others().keySet(), config.aboveCounter());
    this.codec = new MutexCodec(config.algorithm());
    LinkConfig link = LinkConfig.of(PROTOCOL).with(config.timing());
    this.links = new Links(new TimerId(owner, 0, 0), link, keyring, seed);
    config.others().forEach((name, peer) -> names.put(peer, name));
  }

  @Override
  public List<Action> start(ClockReading now) {
    config.others().values().forEach(peer -> links.connect(now.tickNanos(), peer));
    arbiter.start();
    return finish(now);
  }

  /**
   * Asks to enter. The grant is a {@link Granted} report, among the returned actions if this member
   * is alone in its group.
   *
   * @param now the local clocks now
   * @return what to do
   * @throws IllegalStateException if there is a request already, or if so many messages wait for a
   *     silent member that no more fit
   */
  public List<Action> request(ClockReading now) {
    backlogs.forEach(
        (name, backlog) -> {
          if (!backlog.isEmpty()) {
            throw new IllegalStateException(name + " does not take what was sent to it");
          }
        });
    arbiter.request();
    return finish(now);
  }

  /**
   * Leaves; or takes the request back, if it was not granted yet. Whoever asked and is no longer
   * interested must call it too: the others wait for it.
   *
   * @param now the local clocks now
   * @return what to do
   * @throws IllegalStateException if there is no request
   */
  public List<Action> release(ClockReading now) {
    arbiter.release();
    published = null;
    return finish(now);
  }

  /**
   * Goes on without a member, for good: what it asked for does not count, nothing that it says is
   * heard any more, and it need not answer. This is its owner's decision; <b>it is safe only if
   * that member has stopped, or is kept from the resource by its tokens</b>: a member that is
   * merely cut off may be inside. To be told to every other member, too.
   *
   * @param now the local clocks now
   * @param member its name; nothing happens if it is not in the group
   * @return what to do
   */
  public List<Action> remove(ClockReading now, String member) {
    if (arbiter.hasMember(member)) {
      PeerId peer = peerOf(member);
      links.forget(peer);
      names.remove(peer);
      backlogs.remove(member);
      arbiter.remove(member);
    }
    return finish(now);
  }

  /**
   * Where this member stands.
   *
   * @return its phase
   */
  public MutexPhase phase() {
    if (arbiter.isInside()) {
      return MutexPhase.INSIDE;
    }
    if (!arbiter.isWelcome()) {
      return MutexPhase.JOINING;
    }
    return arbiter.isWaiting() ? MutexPhase.WAITING : MutexPhase.IDLE;
  }

  /**
   * Whom this member waits for: to answer it, to leave, or to come up.
   *
   * @return a copy of the names; empty if it waits for nobody
   */
  public SortedSet<String> waitsFor() {
    return arbiter.waitsFor();
  }

  /**
   * What was not used, by reason.
   *
   * @return live counters; thread-safe
   */
  public RejectionCounts rejections() {
    return links.rejections();
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    handle(links.onDatagram(received.tickNanos(), from, payload));
    return finish(received);
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    handle(links.onTimer(now.tickNanos(), timer));
    return finish(now);
  }

  /** How many messages of the algorithm this member has sent, without those of coming in. */
  long messages() {
    return messages;
  }

  /** All that it remembers, as text. */
  String describe() {
    return arbiter + " " + backlogs.values().stream().mapToInt(ArrayDeque::size).sum();
  }

  private void handle(List<LinkEvent> events) {
    for (LinkEvent event : events) {
      String name = names.get(event.peer());
      if (event instanceof LinkEvent.Received received) {
        if (name != null) {
          onMessage(received.peer(), name, received.message());
        }
        continue;
      }
      if (event instanceof LinkEvent.Restarted && name != null) {
        backlogs.remove(name); // it was for the earlier life; the next one says HELLO
      }
      reports.add(new Action.Publish(event));
    }
  }

  private void onMessage(PeerId peer, String name, ByteBuffer bytes) {
    Decoded<Message> decoded = codec.decode(bytes);
    if (decoded instanceof Decoded.Refused<Message> refused) {
      links.reject(peer, refused.reason());
    } else if (backlog(name).size() >= MAX_BACKLOG) {
      links.reject(peer, Rejection.LIMIT_REACHED);
    } else if (decoded instanceof Decoded.Value<Message> good) {
      arbiter.receive(name, good.value());
      post(); // so that what it brought about counts for the next one's limit
    }
  }

  private void post() {
    for (Arbiter.Outgoing out : arbiter.takeOutgoing()) {
      Message.Kind kind = out.message().kind();
      if (kind != Message.Kind.HELLO && kind != Message.Kind.WELCOME) {
        messages++;
      }
      backlog(out.to()).add(codec.encode(out.message()));
    }
  }

  private List<Action> finish(ClockReading now) {
    post();
    backlogs.forEach((name, backlog) -> flush(now.tickNanos(), peerOf(name), backlog));
    LamportTimestamp mine = arbiter.mine();
    if (arbiter.isInside() && mine != null && !mine.equals(published)) {
      published = mine;
      reports.add(new Action.Publish(new Granted(mine)));
    }
    List<Action> actions = new ArrayList<>(reports);
    reports.clear();
    actions.addAll(links.takeActions(now.tickNanos()));
    return actions;
  }

  private void flush(long tick, PeerId peer, ArrayDeque<ByteBuffer> backlog) {
    while (!backlog.isEmpty() && links.send(tick, peer, backlog.peek()) == Admission.ACCEPTED) {
      backlog.remove();
    }
  }

  private ArrayDeque<ByteBuffer> backlog(String name) {
    return backlogs.computeIfAbsent(name, each -> new ArrayDeque<>());
  }

  private PeerId peerOf(String name) {
    return Objects.requireNonNull(config.others().get(name), "a member has an address");
  }
}
