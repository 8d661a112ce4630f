package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.Ensemble;
import dev.coeval.sync.discipline.SuspendDetector;
import dev.coeval.sync.discipline.SyncStatus;
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
import dev.coeval.sync.ntp.exchange.ClientDialogue;
import dev.coeval.sync.ntp.exchange.DialogueConfig;
import dev.coeval.sync.ntp.exchange.Reply;
import dev.coeval.sync.ntp.exchange.ReplyCheck;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
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

  private static final int POLL = 0;
  private static final int TIMEOUT = 1;
  private static final double NANOS_PER_SECOND = 1e9;

  private final NtpConfig config;
  private final Ensemble ensemble;
  private final SuspendDetector suspends;
  private final List<Association> associations = new ArrayList<>();
  private final Map<PeerId, Association> byPeer = new LinkedHashMap<>();
  private List<PeerId> falsetickers = List.of();
  private SyncStatus published;
  private @Nullable ClockEstimate standing;
  private long sequence;

  /**
   * A client that has not asked anybody yet.
   *
   * @param config whom to ask, how often, and what to believe
   * @param nonces makes the random numbers of requests, of nothing else
   */
  public NtpClient(NtpConfig config, RandomGenerator nonces) {
    this.config = config;
    long driftBoundPpb = config.ensemble().local().driftBoundPpb();
    ReplyCheck check = new ReplyCheck(config.local().maxDistanceNanos(), driftBoundPpb);
    this.ensemble = new Ensemble(config.ensemble());
    this.suspends = new SuspendDetector(driftBoundPpb, SuspendDetector.DEFAULT_THRESHOLD_NANOS);
    this.published = ensemble.status();
    for (SourceConfig source : config.sources()) {
      DialogueConfig how = DialogueConfig.open(source.peer(), source.wire(), check);
      ClientDialogue dialogue = new ClientDialogue(how, nonces);
      Association association = new Association(associations.size(), dialogue, source.polling());
      associations.add(association);
      byPeer.put(source.peer(), association);
    }
  }

  @Override
  public List<Action> start(ClockReading now) {
    List<Action> actions = new ArrayList<>();
    suspends.observe(now);
    publish(actions, published);
    for (Association association : associations) {
      association.begin(now.tickNanos());
      request(association, now, actions);
    }
    return actions;
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    List<Action> actions = new ArrayList<>();
    observe(received, actions);
    Association association = byPeer.get(from);
    if (association == null) {
      publish(actions, new Rejected(from, Rejection.UNKNOWN_PEER));
      return actions;
    }
    Reply reply = association.dialogue().accept(received, payload);
    if (reply instanceof Reply.Good good) {
      use(association, good, actions);
    } else if (reply instanceof Reply.Refused refused) {
      refuse(association, refused, received, actions);
    } else if (reply instanceof Reply.Stray stray) {
      publish(actions, new Rejected(from, stray.reason()));
    }
    return actions;
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    List<Action> actions = new ArrayList<>();
    observe(now, actions);
    if (!timer.owner().equals(OWNER) || timer.index() < 0 || timer.index() >= byPeer.size()) {
      return actions;
    }
    Association association = associations.get(timer.index());
    if (association.isDenied()) {
      return actions;
    }
    long tick = now.tickNanos();
    if (timer.kind() == POLL && tick - association.nextPollTick() >= 0) {
      expire(association, now, actions);
      request(association, now, actions);
    } else if (timer.kind() == TIMEOUT && tick - association.deadlineTick() >= 0) {
      expire(association, now, actions);
    }
    return actions;
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    for (Association association : associations) {
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
    return byPeer.containsKey(peer)
        ? List.of(new Action.Publish(new PeerUnreachable(peer, reason)))
        : List.of();
  }

  private void request(Association association, ClockReading now, List<Action> actions) {
    long tick = now.tickNanos();
    sequence++;
    ByteBuffer request = association.dialogue().next(sequence, now);
    actions.add(new Action.Send(association.peer(), request, new SendId(OWNER, sequence)));
    schedule(association, tick + association.poll().afterRequest(), actions);
    association.expireAt(tick + association.poll().timeoutNanos());
    actions.add(
        new Action.SetTimer(
            new TimerId(OWNER, TIMEOUT, association.index()), association.deadlineTick()));
  }

  private void schedule(Association association, long tick, List<Action> actions) {
    association.pollAt(tick);
    actions.add(new Action.SetTimer(new TimerId(OWNER, POLL, association.index()), tick));
  }

  private void use(Association association, Reply.Good good, List<Action> actions) {
    Measurement measurement = good.measurement();
    long tick = measurement.receivedTickNanos();
    publish(actions, measurement);
    long silentNanos = association.silentNanos(tick);
    if (association.answered(tick)) {
      publish(actions, new ServerReachability(association.peer(), true, 0, silentNanos));
    }
    int stratum = good.packet().quality().stratum();
    association
        .filter(measurement, standing)
        .map(f -> new ServerSample(association.peer(), stratum, association.poll().current(), f))
        .ifPresent(sample -> publish(actions, sample));
    Ensemble.Outcome outcome = ensemble.add(measurement);
    accuse(outcome.falsetickers(), actions);
    take(outcome, tick, actions);
  }

  /** Names the servers that were not found to be false at the last exchange. */
  private void accuse(List<PeerId> found, List<Action> actions) {
    for (PeerId peer : found) {
      if (!falsetickers.contains(peer)) {
        publish(actions, new Rejected(peer, Rejection.INCONSISTENT));
      }
    }
    falsetickers = found;
  }

  private void refuse(
      Association association, Reply.Refused refused, ClockReading now, List<Action> actions) {
    publish(actions, new Rejected(association.peer(), refused.reason()));
    if (!refused.kiss().isEmpty()) {
      publish(actions, new KissReceived(association.peer(), refused.kiss()));
    }
    if (refused.reason() == Rejection.KISS_DENY) {
      deny(association, now, actions);
      return;
    }
    miss(association, now, actions);
    if (refused.reason() == Rejection.KISS_RATE) {
      association.poll().rate(refused.packet().quality().poll());
      schedule(association, now.tickNanos() + association.poll().current(), actions);
    }
  }

  /** The server wants no more requests: it gets none, and leaves the ensemble. */
  private void deny(Association association, ClockReading now, List<Action> actions) {
    association.deny();
    actions.add(new Action.CancelTimer(new TimerId(OWNER, POLL, association.index())));
    actions.add(new Action.CancelTimer(new TimerId(OWNER, TIMEOUT, association.index())));
    for (int i = 0; i < config.ensemble().missesUntilUnreachable(); i++) {
      miss(association, now, actions);
    }
  }

  private void expire(Association association, ClockReading now, List<Action> actions) {
    if (association.dialogue().isOpen()) {
      association.dialogue().close();
      miss(association, now, actions);
    }
  }

  private void miss(Association association, ClockReading now, List<Action> actions) {
    long tick = now.tickNanos();
    int allowed = config.ensemble().missesUntilUnreachable();
    boolean isNews = association.missed(tick, allowed);
    if (isNews) {
      long silentNanos = association.silentNanos(tick);
      PeerId peer = association.peer();
      publish(actions, new ServerReachability(peer, false, association.misses(), silentNanos));
    }
    long soon = tick + association.poll().current();
    if (!association.isDenied() && soon - association.nextPollTick() < 0) {
      schedule(association, soon, actions);
    }
    take(ensemble.missed(association.peer(), now), tick, actions);
    if (isNews && published.state() == SyncStatus.State.UNSYNCHRONIZED) {
      publish(actions, withSilence(published, tick)); // nobody has ever answered: say so
    }
  }

  private void observe(ClockReading now, List<Action> actions) {
    suspends
        .observe(now)
        .ifPresent(
            jump -> {
              associations.forEach(Association::forget);
              standing = null;
              String reason = "the wall clock has gained " + seconds(jump) + " on the ticks";
              take(ensemble.disrupt(reason), now.tickNanos(), actions);
            });
  }

  private void take(Ensemble.Outcome outcome, long tick, List<Action> actions) {
    outcome
        .estimate()
        .ifPresent(
            estimate -> {
              standing = estimate;
              publish(actions, new Disciplined(estimate));
            });
    if (!outcome.status().equals(published)) {
      published = outcome.status();
      publish(actions, withSilence(published, tick));
    }
  }

  /** Says who is silent, and for how long, where that may be the reason. */
  private SyncStatus withSilence(SyncStatus status, long tick) {
    String silent =
        associations.stream()
            .filter(a -> !a.isReachable() && a.misses() > 0)
            .map(a -> describe(a, tick))
            .collect(Collectors.joining(", "));
    return status.state() == SyncStatus.State.SYNCHRONIZED || silent.isEmpty()
        ? status
        : status.withReason(status.reason() + "; silent: " + silent);
  }

  private static String describe(Association association, long tick) {
    String denied = association.isDenied() ? " (it denied service)" : "";
    return association.peer() + " for " + seconds(association.silentNanos(tick)) + denied;
  }

  private static int modeOf(ByteBuffer payload) {
    return payload.hasRemaining() ? NtpCodec.mode(payload.get(payload.position())) : -1;
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / NANOS_PER_SECOND);
  }

  private static void publish(List<Action> actions, Report report) {
    actions.add(new Action.Publish(Objects.requireNonNull(report)));
  }
}
