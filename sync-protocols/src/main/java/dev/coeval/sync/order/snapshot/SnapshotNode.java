package dev.coeval.sync.order.snapshot;

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
import dev.coeval.sync.wire.NonceSource;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A process of a system that can be photographed while it runs: it sends messages that arrive
 * exactly once, even to and from processes that are killed and restarted, and takes part in
 * snapshots.
 *
 * <p>Its owner gives it an application, saves each {@link Checkpoint} that it publishes, and calls
 * {@link #send}, {@link #snapshot} and {@link #save} by commands:
 *
 * <pre>{@code
 * SnapshotNode node = new SnapshotNode("bank", config, account, keyring, seed);
 * savedBytes.ifPresent(node::resume);
 * UdpRuntime runtime = UdpRuntime.open(udp, new Switchboard()
 *     .add("bank", first -> first == SnapshotNode.FIRST_BYTE, node), clock, report -> {
 *   if (report instanceof Checkpoint checkpoint) { ... save its bytes, or throw ... }
 *   if (report instanceof SnapshotTaken taken) { ... }
 * });
 * runtime.submit(now -> {
 *   account.withdraw(100);                     // both, or neither, survive a crash
 *   return node.send(now, "bob", transferOf(100));
 * });
 * runtime.submit(node::snapshot);
 * }</pre>
 *
 * <p>It also publishes {@link SnapshotAborted}, what its links say of other processes ({@link
 * LinkEvent}, but for received messages), and what it refuses as a {@link
 * dev.coeval.sync.measure.Rejected}. This package's description says what is promised.
 *
 * <p>Not thread-safe, as every {@link StateMachine}; {@link #rejections()} may be read by anybody.
 */
public final class SnapshotNode implements StateMachine {

  /** The first byte of every datagram of this protocol: the letter F. */
  public static final int FIRST_BYTE = 'F';

  /** The longest message of the application, in bytes: with its colour it fits a datagram. */
  public static final int MAX_MESSAGE_BYTES = 512;

  /** The largest state of the application, in bytes: it is saved again at each event. */
  public static final int MAX_STATE_BYTES = 16 * 1024;

  /** The most that one process records, in bytes: its state, and the messages to it. */
  public static final int MAX_PART_BYTES = 64 * 1024;

  static final String PROTOCOL = "FOTO";

  private static final int LINKS = 0;
  private static final int RECEIPTS = 1;
  private static final int TIMEOUT = 2;

  /** So long a receipt waits for a message that can carry it. */
  private static final long RECEIPT_NANOS = 20_000_000L;

  /** So many parcels, and the receipt waits no longer. */
  private static final int MAX_UNTOLD = 16;

  private final String owner;
  private final SnapshotConfig config;
  private final SnapshotProcess process;
  private final ProcessState state;
  private final Links links;
  private final NonceSource random;
  private final Map<PeerId, String> names = new HashMap<>();
  private final List<Action> actions = new ArrayList<>();
  private long timeoutTick;
  private boolean started;
  private boolean receiptsDue;
  private boolean receiptsTimed;

  /**
   * A process that begins anew.
   *
   * @param owner the name in its timers and sends, unique within its endpoint
   * @param config its system
   * @param application what is recorded
   * @param keyring the keys of the system, or none
   * @param seed for sessions and challenges; on a real network from a secure source, and another
   *     one for each start of the process
   */
  public SnapshotNode(
      String owner,
      SnapshotConfig config,
      SnapshotApplication application,
      Keyring keyring,
      long seed) {
    this.owner = owner;
    this.config = config;
    this.process = new SnapshotProcess(config, application);
    this.state = process.state;
    this.random = new NonceSource(seed);
    LinkConfig link =
        LinkConfig.of(PROTOCOL).with(config.algorithm().order()).with(config.timing());
    this.links = new Links(new TimerId(owner, LINKS, 0), link, keyring, random.nextLong());
    config.others().forEach((name, peer) -> names.put(peer, name));
  }

  /**
   * Continues where the process was before it was restarted. To be called before it is started.
   *
   * @param checkpoint the bytes of the last {@link Checkpoint} that was saved; an older one would
   *     make it send other messages under numbers that it has used
   * @throws IllegalArgumentException if these are no checkpoint of this process in this system, or
   *     not all of one
   * @throws IllegalStateException if it was started or resumed
   */
  public void resume(byte[] checkpoint) {
    if (started || state.life != 0) {
      throw new IllegalStateException("it was started or resumed before");
    }
    process.resume(checkpoint);
  }

  @Override
  public List<Action> start(ClockReading now) {
    started = true;
    while (state.life == 0) {
      state.life = random.nextLong();
      process.change();
    }
    config.others().values().forEach(peer -> links.connect(now.tickNanos(), peer));
    if (state.collector.id != null) {
      limitTime(now.tickNanos());
    }
    return finish(now);
  }

  /**
   * Sends a message. It arrives once, if both processes are up for long enough, some time or other.
   *
   * @param now the local clocks now
   * @param to the receiver's name
   * @param message its bytes, at most {@value #MAX_MESSAGE_BYTES}
   * @return what to do
   * @throws IllegalArgumentException if there is no such process, or the message is too long
   * @throws IllegalStateException if too many messages wait for it: see {@link #canSend}
   */
  public List<Action> send(ClockReading now, String to, byte[] message) {
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new IllegalArgumentException("a message of " + message.length + " bytes");
    }
    if (!canSend(to)) {
      throw new IllegalStateException("too many messages wait for " + to);
    }
    process.send(to, message.clone());
    return finish(now);
  }

  /**
   * Whether another message to a process is taken now. To be asked before the application changes.
   *
   * @param to the receiver's name
   * @return false while too many wait for it
   * @throws IllegalArgumentException if there is no such process
   */
  public boolean canSend(String to) {
    return process.canSend(to);
  }

  /**
   * Has the application's state saved, after a change that sends nothing.
   *
   * @param now the local clocks now
   * @return what to do
   */
  public List<Action> save(ClockReading now) {
    process.change();
    return finish(now);
  }

  /**
   * Begins a snapshot, which ends in a {@link SnapshotTaken} or {@link SnapshotAborted}; does
   * nothing while one that this process began is not over. Others may have theirs at the same time.
   *
   * @param now the local clocks now
   * @return what to do
   */
  public List<Action> snapshot(ClockReading now) {
    if (process.initiate().isPresent()) {
      limitTime(now.tickNanos());
    }
    return finish(now);
  }

  /**
   * Whether a snapshot that this process began is not over.
   *
   * @return true until its report
   */
  public boolean isTakingSnapshot() {
    return state.collector.id != null;
  }

  /**
   * Whose parts of the snapshot that this process began are not here.
   *
   * @return a copy of the names; empty if there is no such snapshot
   */
  public SortedSet<String> missing() {
    return isTakingSnapshot() ? state.collector.missing() : new TreeSet<>();
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
    if (timer.owner().equals(owner)) {
      if (timer.kind() == RECEIPTS) {
        receiptsDue = true;
        receiptsTimed = false;
      } else if (timer.kind() == TIMEOUT && now.tickNanos() - timeoutTick >= 0) {
        process.timeOut();
      }
    }
    return finish(now);
  }

  /** How many parcels wait for another process. */
  int unsaved(String other) {
    return state.channel(other).unsaved.size();
  }

  private void limitTime(long tick) {
    timeoutTick = tick + config.timeoutNanos();
    setTimer(TIMEOUT, timeoutTick);
  }

  private void handle(List<LinkEvent> events) {
    for (LinkEvent event : events) {
      String name = names.get(event.peer());
      if (name != null && event instanceof LinkEvent.Received received) {
        Decoded<Envelope> decoded = Envelope.decode(config.fingerprint(), received.message());
        if (decoded instanceof Decoded.Refused<Envelope> refused) {
          links.reject(event.peer(), refused.reason());
        } else if (decoded instanceof Decoded.Value<Envelope> good) {
          open(event.peer(), name, good.value());
        }
        continue;
      }
      if (name != null && event instanceof LinkEvent.Restarted) {
        state.channel(name).rewind();
      }
      actions.add(new Action.Publish(event));
    }
  }

  private void open(PeerId peer, String name, Envelope envelope) {
    DurableChannel channel = state.channel(name);
    if (channel.theirLife == 0) {
      channel.theirLife = envelope.life();
      process.change();
    }
    if (channel.theirLife != envelope.life()) {
      links.reject(peer, Rejection.STALE);
    } else if (!channel.isPossible(envelope.upTo(), envelope.beyond())) {
      links.reject(peer, Rejection.INCONSISTENT);
    } else {
      channel.saved(envelope.upTo(), envelope.beyond());
      if (envelope.number() != 0) {
        take(peer, name, envelope);
      }
    }
  }

  private void take(PeerId peer, String name, Envelope envelope) {
    Decoded<Content> decoded = process.codec().decode(envelope.content());
    if (decoded instanceof Decoded.Refused<Content> refused) {
      links.reject(peer, refused.reason());
      return;
    }
    DurableChannel channel = state.channel(name);
    Rejection reason = null;
    switch (channel.arrive(envelope.number())) {
      case NEW -> reason = process.receive(name, ((Decoded.Value<Content>) decoded).value());
      case REPEATED -> reason = Rejection.UNREQUESTED;
      case IMPOSSIBLE -> {
        links.reject(peer, Rejection.INCONSISTENT);
        return;
      }
    }
    channel.untold++;
    receiptsDue |= channel.untold >= MAX_UNTOLD;
    if (reason != null) {
      links.reject(peer, reason);
    }
  }

  /** Whatever is to be remembered is published before anything is sent that speaks of it. */
  private List<Action> finish(ClockReading now) {
    if (!started) {
      throw new IllegalStateException("it has not been started");
    }
    List<Action> all = new ArrayList<>();
    if (process.takeChanged()) {
      all.add(new Action.Publish(new Checkpoint(process.checkpoint())));
    }
    process.takeReports().forEach(report -> all.add(new Action.Publish(report)));
    all.addAll(actions);
    actions.clear();
    state.channels.forEach((name, channel) -> flush(now.tickNanos(), name, channel));
    receiptsDue = false;
    if (!receiptsTimed && state.channels.values().stream().anyMatch(each -> each.untold > 0)) {
      receiptsTimed = true;
      setTimer(RECEIPTS, now.tickNanos() + RECEIPT_NANOS);
    }
    all.addAll(actions);
    actions.clear();
    all.addAll(links.takeActions(now.tickNanos()));
    return all;
  }

  private void flush(long tick, String name, DurableChannel channel) {
    PeerId peer = Objects.requireNonNull(config.others().get(name), "a process has an address");
    for (DurableChannel.Parcel next = channel.next(); next != null; next = channel.next()) {
      ByteBuffer content = ByteBuffer.wrap(next.content);
      if (!hand(tick, peer, envelope(channel, next.number, content))) {
        return;
      }
      next.handedIn = true;
      channel.untold = 0;
    }
    if (receiptsDue && channel.untold > 0) {
      boolean told = hand(tick, peer, envelope(channel, 0, ByteBuffer.allocate(0)));
      channel.untold = told ? 0 : channel.untold;
    }
  }

  private Envelope envelope(DurableChannel channel, long number, ByteBuffer content) {
    return new Envelope(state.life, channel.upTo, channel.beyond, number, content);
  }

  private boolean hand(long tick, PeerId peer, Envelope envelope) {
    ByteBuffer message = Envelope.encode(config.fingerprint(), envelope);
    return links.send(tick, peer, message) == Admission.ACCEPTED;
  }

  private void setTimer(int kind, long tick) {
    actions.add(new Action.SetTimer(new TimerId(owner, kind, 0), tick));
  }
}
