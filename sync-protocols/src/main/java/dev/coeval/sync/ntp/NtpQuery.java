package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.SuspendDetector;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.exchange.ClientDialogue;
import dev.coeval.sync.ntp.exchange.DialogueConfig;
import dev.coeval.sync.ntp.exchange.Reply;
import dev.coeval.sync.ntp.exchange.ReplyCheck;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks one NTP server a few times and stops: the stamps, offset, delay and error of each exchange,
 * and a clear word for each that brought no time.
 *
 * <p>It checks replies as {@link NtpClient} does. A kiss-o'-death ends it at once. It publishes a
 * {@link QueryReply} or a {@link QueryLoss} for each request, then a {@link QueryResult}, and
 * stops.
 */
public final class NtpQuery implements StateMachine {

  /** The owner of this machine's timers and sends. */
  public static final String OWNER = "ntp-query";

  private static final TimerId NEXT = new TimerId(OWNER, 0, 0);
  private static final TimerId TIMEOUT = new TimerId(OWNER, 1, 0);

  private final NtpQueryConfig config;
  private final ClientDialogue dialogue;
  private final SuspendDetector suspends;
  private int sent;
  private int answered;
  private boolean isOver;
  private long requestTick;
  private QueryOutcome lastOutcome = QueryOutcome.NO_REPLY;
  private String lastReason = "no reply";
  private @Nullable QueryReply best;

  /**
   * A query that has not asked yet.
   *
   * @param config whom to ask and how often
   * @param nonces makes the random numbers of requests; a {@link java.security.SecureRandom} on a
   *     real network
   */
  public NtpQuery(NtpQueryConfig config, RandomGenerator nonces) {
    this(config, NtpKeys.empty(), nonces);
  }

  /**
   * A query that has not asked yet.
   *
   * @param config whom to ask and how often
   * @param keys the symmetric keys that its wire names
   * @param nonces makes the random numbers of requests; a {@link java.security.SecureRandom} on a
   *     real network
   * @throws IllegalArgumentException if the wire names a key that is not there
   */
  public NtpQuery(NtpQueryConfig config, NtpKeys keys, RandomGenerator nonces) {
    long driftBoundPpb = NtpQueryConfig.driftBoundPpb();
    this.config = config;
    ReplyCheck check = new ReplyCheck(NtpServer.MAX_DISPERSION_NANOS, driftBoundPpb);
    DialogueConfig how = new DialogueConfig(config.server(), config.wire(), keys, check);
    this.dialogue = new ClientDialogue(how, nonces);
    this.suspends = new SuspendDetector(driftBoundPpb, SuspendDetector.DEFAULT_THRESHOLD_NANOS);
  }

  @Override
  public List<Action> start(ClockReading now) {
    List<Action> actions = new ArrayList<>();
    suspends.observe(now);
    request(now, actions);
    return actions;
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    List<Action> actions = new ArrayList<>();
    if (isOver) {
      return actions;
    }
    observe(received, actions);
    if (isOver) {
      return actions;
    }
    if (!from.equals(config.server())) {
      publish(actions, new Rejected(from, Rejection.UNKNOWN_PEER));
      return actions;
    }
    Reply reply = dialogue.accept(received, payload);
    if (reply instanceof Reply.Good good) {
      use(good, actions);
    } else if (reply instanceof Reply.Refused refused) {
      refuse(refused, actions);
    } else if (reply instanceof Reply.Stray stray) {
      publish(actions, new Rejected(from, stray.reason()));
    }
    return actions;
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    List<Action> actions = new ArrayList<>();
    if (isOver) {
      return actions;
    }
    observe(now, actions);
    long age = now.tickNanos() - requestTick;
    boolean isExpired = age >= Math.min(config.timeoutNanos(), config.intervalNanos());
    if (dialogue.isOpen() && isExpired) {
      lose(QueryOutcome.NO_REPLY, "no reply within " + age / 1_000_000 + " ms", actions);
    }
    if (!isOver && timer.equals(NEXT) && age >= config.intervalNanos()) {
      request(now, actions);
    }
    return actions;
  }

  @Override
  public List<Action> onSent(ClockReading left, SendId send) {
    dialogue.sent(send.sequence(), left);
    return List.of();
  }

  @Override
  public boolean isRequest(Action.Send send) {
    return true;
  }

  @Override
  public boolean isReply(ByteBuffer payload) {
    return true;
  }

  @Override
  public List<Action> onUnreachable(ClockReading now, PeerId peer, String reason) {
    List<Action> actions = new ArrayList<>();
    if (!isOver && peer.equals(config.server())) {
      publish(actions, new PeerUnreachable(peer, reason));
      if (dialogue.isOpen()) {
        lose(QueryOutcome.UNREACHABLE, reason, actions);
      }
    }
    return actions;
  }

  private void request(ClockReading now, List<Action> actions) {
    long tick = now.tickNanos();
    sent++;
    requestTick = tick;
    ByteBuffer request = dialogue.next(sent, now);
    actions.add(new Action.Send(config.server(), request, new SendId(OWNER, sent)));
    long timeout = Math.min(config.timeoutNanos(), config.intervalNanos());
    actions.add(new Action.SetTimer(TIMEOUT, tick + timeout));
    if (sent < config.count()) {
      actions.add(new Action.SetTimer(NEXT, tick + config.intervalNanos()));
    }
  }

  private void use(Reply.Good good, List<Action> actions) {
    Measurement measurement = good.measurement();
    OffsetBounds bounds = measurement.bounds(0, NtpQueryConfig.driftBoundPpb());
    QueryReply reply = new QueryReply(sent, measurement, bounds, good.packet());
    QueryReply leader = best;
    if (leader == null || measurement.delayNanos() < leader.measurement().delayNanos()) {
      best = reply;
    }
    answered++;
    publish(actions, reply);
    endIfLast(actions);
  }

  private void refuse(Reply.Refused refused, List<Action> actions) {
    publish(actions, new Rejected(config.server(), refused.reason()));
    if (!refused.kiss().isEmpty()) {
      publish(actions, new KissReceived(config.server(), refused.kiss()));
      lose(QueryOutcome.KISS, "kiss-o'-death " + refused.kiss(), actions);
      if (!isOver) {
        end(actions);
      }
    } else if (refused.reason() == Rejection.PEER_UNSYNCHRONIZED) {
      lose(QueryOutcome.UNSYNCHRONIZED, "the server says it is not synchronized", actions);
    } else {
      lose(QueryOutcome.UNUSABLE, "the reply is not usable: " + refused.reason(), actions);
    }
  }

  private void lose(QueryOutcome outcome, String reason, List<Action> actions) {
    dialogue.close();
    lastOutcome = outcome;
    lastReason = reason;
    publish(actions, new QueryLoss(sent, outcome, reason));
    endIfLast(actions);
  }

  private void observe(ClockReading now, List<Action> actions) {
    if (suspends.observe(now).isPresent() && dialogue.isOpen()) {
      lose(QueryOutcome.UNUSABLE, "wall clock and ticks parted during the exchange", actions);
    }
  }

  private void endIfLast(List<Action> actions) {
    if (sent == config.count()) {
      end(actions);
    }
  }

  private void end(List<Action> actions) {
    isOver = true;
    actions.add(new Action.CancelTimer(NEXT));
    actions.add(new Action.CancelTimer(TIMEOUT));
    QueryOutcome outcome = answered > 0 ? QueryOutcome.ANSWERED : lastOutcome;
    String reason = answered > 0 ? answered + " of " + sent + " requests brought time" : lastReason;
    publish(
        actions,
        new QueryResult(
            config.server(), outcome, sent, answered, Optional.ofNullable(best), reason));
    actions.add(new Action.Stop(reason));
  }

  private static void publish(List<Action> actions, Report report) {
    actions.add(new Action.Publish(report));
  }
}
