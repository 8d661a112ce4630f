package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.discipline.SuspendDetector;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.exchange.Reply;
import dev.coeval.sync.ntp.exchange.ReplyCheck;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Follows the time of several NTP servers, some of which may be false.
 *
 * <p><b>Problem.</b> A datagram that looks like a reply may be late, repeated, forged, from a
 * server that does not know the time itself, or a word that is not time at all (a kiss-o'-death).
 * And a server that answers correctly may be wrong.
 *
 * <p><b>Steps</b> (RFC 5905 sections 8 to 11, with a certain bound beside the estimate):
 *
 * <ol>
 *   <li>Each server is polled with a packet that holds nothing but a random number ({@link
 *       NtpPolling}); T1 stays here.
 *   <li>What comes back must be from that address and port, of mode 4, and bring the number back;
 *       then say that it knows the time, and how well. Anything else is published as {@link
 *       Rejected} and changes nothing, except that a kiss-o'-death to an open request is obeyed.
 *   <li>The four stamps are published as a {@link Measurement}, go through the clock filter of the
 *       server ({@link ServerSample}), and into the ensemble, which selects among servers and gives
 *       estimate and bound ({@link Disciplined}).
 *   <li>Servers that fall silent are named ({@link ServerReachability}); when too few are left, the
 *       status is holdover, and the bound goes on growing with age.
 * </ol>
 *
 * <p><b>Attacks.</b> Off the path nobody sees the random number, and 64 bits are not guessed, as
 * long as the generator cannot be predicted from numbers that other servers saw: give it a {@link
 * java.security.SecureRandom} on a real network. On the path, a packet can be delayed; that widens
 * the bound but does not make it false.
 *
 * <p>After a suspension of the host ({@link SuspendDetector}) all that was known is dropped.
 */
public final class NtpClient implements StateMachine {

  /** The owner of this machine's timers and sends. */
  public static final String OWNER = "ntp";

  private final RandomGenerator nonces;
  private final Associations associations = new Associations();
  private final SystemProcess system;
  private final Poller poller;
  private final Dialogues dialogues;
  private final Strangers strangers;
  private final SuspendDetector suspends;
  private @Nullable ClockReading last;

  /**
   * A client that is only a client, and has not asked anybody yet.
   *
   * @param config whom to ask, how often, and what to believe
   * @param nonces makes the random numbers of requests and the spacing between them, nothing else
   */
  public NtpClient(NtpConfig config, RandomGenerator nonces) {
    this(config, NtpNode.BARE, nonces);
  }

  /**
   * A machine that has not asked anybody yet.
   *
   * @param config whom to ask, how often, and what to believe
   * @param node its keys, its clock, and what it knows of itself
   * @param nonces makes the random numbers of requests and the spacing between them, nothing else
   * @throws IllegalArgumentException if a source names a key that the node does not have
   */
  public NtpClient(NtpConfig config, NtpNode node, RandomGenerator nonces) {
    Objects.requireNonNull(config, "config");
    this.nonces = Objects.requireNonNull(nonces, "nonces");
    long driftBoundPpb = config.ensemble().local().driftBoundPpb();
    this.suspends = new SuspendDetector(driftBoundPpb, SuspendDetector.DEFAULT_THRESHOLD_NANOS);
    this.system = new SystemProcess(config, node, associations, nonces);
    this.poller = new Poller(config.ensemble().missesUntilUnreachable(), associations, system);
    ReplyCheck check = new ReplyCheck(config.local().maxDistanceNanos(), driftBoundPpb);
    Supplier<ServedTime> served = node.reference().orElse(system.time());
    this.dialogues = new Dialogues(node.keys(), check, served, nonces);
    this.strangers = new Strangers(config.local().passive(), node.keys());
    for (SourceConfig source : config.sources()) {
      associations.add(associate(source));
    }
  }

  /**
   * The time of this node's clock, as this machine says it to others: for a server on the same
   * node.
   *
   * @return the newest snapshot, whenever asked; thread-safe
   */
  public Supplier<ServedTime> served() {
    return system.time();
  }

  @Override
  public List<Action> start(ClockReading now) {
    List<Action> actions = new ArrayList<>();
    suspends.observe(now);
    last = now;
    system.begin(now.tickNanos(), actions);
    for (Association association : associations.all()) {
      poller.begin(association, now, actions);
    }
    return actions;
  }

  /**
   * A source joins while the machine runs. Call it as an event, where the runtime calls the others.
   *
   * @param now the local clocks now
   * @param source whom to ask, and how
   * @return what to do
   * @throws IllegalArgumentException if it is a source already, if there are as many as {@link
   *     EnsembleConfig#MAX_SOURCES}, or if it names an unknown key
   */
  public List<Action> add(ClockReading now, SourceConfig source) {
    List<Action> actions = new ArrayList<>();
    observe(now, actions);
    if (associations.of(source.peer()) != null) {
      throw new IllegalArgumentException("a source already: " + source.peer());
    }
    Association association = associate(source);
    system.admit(source);
    associations.add(association);
    poller.begin(association, now, actions);
    return actions;
  }

  /**
   * A source leaves while the machine runs. What was learned of it goes; the bound stays.
   *
   * @param now the local clocks now
   * @param peer who; nothing happens if it is no source
   * @return what to do
   */
  public List<Action> remove(ClockReading now, PeerId peer) {
    List<Action> actions = new ArrayList<>();
    observe(now, actions);
    Association association = associations.of(peer);
    if (association != null) {
      associations.remove(association);
      poller.drop(association, actions);
      system.dismiss(peer, now.tickNanos(), actions);
    }
    return actions;
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    List<Action> actions = new ArrayList<>();
    observe(received, actions);
    Association association = associations.of(from);
    if (association == null) {
      meet(from, received, payload, actions);
      return actions;
    }
    Reply reply = association.dialogue().accept(received, payload);
    if (reply instanceof Reply.Good good) {
      answered(association, good.packet(), received, actions);
      use(association, good, received, actions);
    } else if (reply instanceof Reply.Heard heard) {
      answered(association, heard.packet(), received, actions);
    } else if (reply instanceof Reply.Refused refused) {
      poller.refused(association, refused, received, actions);
    } else if (reply instanceof Reply.Stray stray) {
      association.strayed(stray.reason());
      publish(actions, new Rejected(from, stray.reason()));
    }
    return actions;
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    List<Action> actions = new ArrayList<>();
    observe(now, actions);
    if (timer.owner().equals(OWNER)) {
      poller.onTimer(now, timer, actions);
    }
    return actions;
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    for (Association association : associations.all()) {
      association.dialogue().sent(send.sequence(), sent);
    }
    return List.of();
  }

  @Override
  public boolean isRequest(Action.Send send) {
    return modeOf(send.payload()) == NtpPacket.MODE_CLIENT;
  }

  @Override
  public boolean isReply(ByteBuffer payload) {
    return modeOf(payload) == NtpPacket.MODE_SERVER;
  }

  @Override
  public List<Action> onUnreachable(ClockReading now, PeerId peer, String reason) {
    return associations.of(peer) == null
        ? List.of()
        : List.of(new Action.Publish(new PeerUnreachable(peer, reason)));
  }

  private Association associate(SourceConfig source) {
    return new Association(associations.nextIndex(), source, dialogues.of(source), false, nonces);
  }

  /** A packet of somebody who is no source. */
  private void meet(PeerId from, ClockReading received, ByteBuffer payload, List<Action> actions) {
    Strangers.Verdict verdict = strangers.judge(from, payload, associations);
    SourceConfig source = verdict.source();
    if (source == null) {
      publish(actions, new Rejected(from, Objects.requireNonNull(verdict.rejection())));
      return;
    }
    Association peer =
        new Association(associations.nextIndex(), source, dialogues.passive(source), true, nonces);
    system.admit(source);
    associations.add(peer);
    peer.dialogue().accept(received, payload);
    poller.answer(peer, received, actions);
  }

  private void answered(
      Association association, NtpPacket packet, ClockReading received, List<Action> actions) {
    long tick = received.tickNanos();
    long silentNanos = association.silentNanos(tick);
    if (association.answered(tick, packet)) {
      publish(actions, new ServerReachability(association.peer(), true, 0, silentNanos));
    }
    poller.answered(association, actions);
  }

  private void use(Association from, Reply.Good good, ClockReading received, List<Action> actions) {
    Measurement rated = from.rated(good.measurement(), system.standing());
    Measurement measured = labelled(rated, from.config().label());
    if (!from.isFresh(measured)) {
      publish(actions, new Rejected(from.peer(), Rejection.DUPLICATE));
      return;
    }
    if (!system.admits(from, good.packet(), received, actions)) {
      return;
    }
    Rejection gate =
        system.isNearLeap(measured)
            ? Rejection.NEAR_LEAP
            : from.gates().judge(measured, system.standing());
    Measurement median;
    if (gate == null) {
      publish(actions, measured);
      poller.good(from, actions);
      median = from.median().add(from.gates().straighten(measured));
    } else {
      publish(actions, new Rejected(from.peer(), gate));
      system.accuseUseless(from, Cause.DELAY_TOO_LARGE, actions);
      median = from.median().skip();
    }
    if (median != null) {
      feed(from, median, received, actions);
    }
  }

  private void feed(
      Association from, Measurement median, ClockReading received, List<Action> actions) {
    NtpPacket packet = Objects.requireNonNull(from.lastPacket());
    int stratum = packet.quality().stratum();
    from.filter(median, system.standing())
        .map(f -> new ServerSample(from.peer(), stratum, from.poll().currentNanos(), f))
        .ifPresent(sample -> publish(actions, sample));
    system.add(from, median, received, actions);
  }

  private static Measurement labelled(Measurement measured, SourceConfig.Label label) {
    return label.offsetNanos() == 0
        ? measured
        : new Measurement(
            measured.peer(),
            measured.sentTickNanos(),
            measured.peerReceivedEpochNanos() - label.offsetNanos(),
            measured.peerSentEpochNanos() - label.offsetNanos(),
            measured.receivedTickNanos(),
            measured.root());
  }

  /** Before an event: have the clocks parted, or gone back, or has a leap second passed? */
  private void observe(ClockReading now, List<Action> actions) {
    ClockReading before = last;
    last = now;
    suspends.observe(now).ifPresent(jump -> jumped(jump, now, actions));
    if (before != null && now.tickNanos() - before.tickNanos() < 0) {
      disrupt(Cause.WALL_STEPPED, "the local ticks have gone back", now, actions);
    }
    system.pass(now.tickNanos(), actions);
  }

  private void jumped(long jump, ClockReading now, List<Action> actions) {
    String reason = "the wall clock has gained " + StatusVoice.seconds(jump) + " on the ticks";
    disrupt(jump > 0 ? Cause.SUSPENDED : Cause.WALL_STEPPED, reason, now, actions);
  }

  private void disrupt(Cause cause, String reason, ClockReading now, List<Action> actions) {
    associations.all().forEach(Association::forget);
    system.disrupt(cause, reason, now.tickNanos(), actions);
    poller.restart(now, actions);
  }

  private static int modeOf(ByteBuffer payload) {
    return payload.hasRemaining() ? NtpCodec.mode(payload.get(payload.position()) & 0xFF) : -1;
  }

  private static void publish(List<Action> actions, Report report) {
    actions.add(new Action.Publish(report));
  }
}
