package dev.coeval.sync.cristian;

import dev.coeval.sync.cristian.ServerPoll.Request;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.FrameHeader;
import dev.coeval.sync.wire.NonceSource;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the clocks of one or several servers, again and again until a round trip is short enough,
 * and says what time it is.
 *
 * <p><b>Idea.</b> Cristian (1989): the error of a reading is half its round trip, so whoever is
 * willing to ask again gets a better one. Each server is asked by itself:
 *
 * <pre>
 *   ask --&gt; good reply ------------------------------&gt; Measurement, wait for the next synchronization
 *    ^  \-&gt; too long, contradictory, none in time --&gt; ask again, or after the last attempt
 *    |                 |                                 ReadingFailed, wait likewise
 *    +-----------------+
 * </pre>
 *
 * <p><b>A round trip that is too long</b> fails its attempt, but what it says is still true: its
 * request may have been quick, and only its reply slow. Once a server has had a good reading, such
 * readings narrow the bound too; before, they wait for one.
 *
 * <p><b>The wait</b> is the schedule's, or shorter where a target error asks for it: {@code (target
 * - error) / rho}, less the time that failed attempts may cost.
 *
 * <p><b>Attack and mitigation.</b> A reply counts only if it comes from the address asked, names
 * the 64 random bits of the one open request, and carries the key of that request if it had one.
 * Replies that are late, duplicated, replayed or invented are published as {@link Rejected}, and
 * the open request stays open, so that a forger cannot close it. Delaying a datagram widens the
 * bound or fails the attempt; it cannot shift a bound off the truth. A server that lies is outvoted
 * if it is one of at most {@code f} ({@link dev.coeval.sync.discipline.Ensemble}).
 *
 * <p><b>Reports:</b> {@link Measurement}, {@link Rejected} (with {@link Rejection#INCONSISTENT}
 * when a server is found to be false), {@link ReadingFailed}, {@link PeerUnreachable}, {@link
 * dev.coeval.sync.discipline.Disciplined} and {@link dev.coeval.sync.discipline.SyncStatus}.
 *
 * <p>Not thread-safe, as all machines.
 */
public final class CristianClient implements StateMachine {

  /** The usual name of this machine in its timers and sends. */
  public static final String OWNER = "cristian";

  private static final int POLL = 1;

  private final String owner;
  private final CristianConfig config;
  private final CristianCodec codec;
  private final NonceSource nonces;
  private final Synchronizer synchronizer;
  private final List<ServerPoll> polls = new ArrayList<>();
  private final Map<PeerId, ServerPoll> byPeer = new HashMap<>();
  private long sequence;

  /**
   * A client under its usual name.
   *
   * @param config whom to ask, when, and what to demand
   */
  public CristianClient(CristianConfig config) {
    this(OWNER, config);
  }

  /**
   * A client.
   *
   * @param owner its name in its timers and sends, unique within an endpoint
   * @param config whom to ask, when, and what to demand
   */
  public CristianClient(String owner, CristianConfig config) {
    this.owner = owner;
    this.config = config;
    this.codec = new CristianCodec(config.keyring());
    this.nonces = new NonceSource(config.seed());
    this.synchronizer = new Synchronizer(config.ensemble(), polls);
    for (PeerId server : config.ensemble().sources()) {
      ServerPoll poll = new ServerPoll(server, polls.size());
      polls.add(poll);
      byPeer.put(server, poll);
    }
  }

  @Override
  public List<Action> start(ClockReading now) {
    List<Action> out = new ArrayList<>();
    watch(out, now);
    for (ServerPoll poll : polls) {
      ask(out, poll, now.tickNanos());
    }
    return out;
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    List<Action> out = new ArrayList<>();
    watch(out, now);
    ServerPoll poll = pollOf(timer);
    if (poll == null) {
      return out;
    }
    if (now.tickNanos() < poll.dueTick) {
      wake(out, poll, poll.dueTick); // spurious, or of a timer since replaced
      return out;
    }
    poll.giveUp();
    goOn(out, poll, now);
    return out;
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    List<Action> out = new ArrayList<>();
    watch(out, received);
    ServerPoll poll = byPeer.get(from);
    if (poll == null) {
      return reject(out, from, Rejection.UNKNOWN_PEER);
    }
    Decoded<CristianReply> decoded = codec.decodeReply(payload);
    if (decoded instanceof Decoded.Refused<CristianReply> refused) {
      return reject(out, from, refused.reason());
    }
    CristianReply reply = ((Decoded.Value<CristianReply>) decoded).value();
    Request open = poll.open();
    if (open == null) {
      return reject(out, from, Rejection.UNREQUESTED);
    }
    if (reply.request().nonce() != open.nonce) {
      return reject(out, from, Rejection.WRONG_NONCE);
    }
    if (reply.request().keyId() != config.keyring().primaryId()) {
      return reject(out, from, Rejection.NOT_AUTHENTICATED);
    }
    take(out, poll, measurementOf(from, open, reply, received), reply, received);
    return out;
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    if (send.owner().equals(owner)) {
      for (ServerPoll poll : polls) {
        Request open = poll.open();
        if (open != null && open.sequence == send.sequence()) {
          open.sent(sent.tickNanos());
        }
      }
    }
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
    ServerPoll poll = byPeer.get(peer);
    if (poll == null) {
      return List.of(); // another machine's, on the same port
    }
    poll.unreachable(reason);
    return List.of(new Action.Publish(new PeerUnreachable(peer, reason)));
  }

  /** Looks whether the host slept: then open requests and all that was known are void. */
  private void watch(List<Action> out, ClockReading now) {
    if (synchronizer.watch(out, now)) {
      restart(out, now.tickNanos());
    }
  }

  private void take(
      List<Action> out,
      ServerPoll poll,
      Measurement measurement,
      CristianReply reply,
      ClockReading received) {
    Rejection reason = judge(reply, measurement);
    if (reason == null) {
      boolean disrupted = synchronizer.accept(out, poll, measurement);
      if (disrupted) {
        restart(out, received.tickNanos());
      } else {
        wake(out, poll, received.tickNanos() + pause(poll));
      }
      return;
    }
    reject(out, poll.server, reason);
    poll.refuse(reason);
    if (reason == Rejection.ROUND_TRIP_TOO_LONG
        && synchronizer.acceptCoarse(out, poll, measurement)) {
      restart(out, received.tickNanos());
      return;
    }
    if (isOfServer(reason) || !poll.hasAttemptsLeft(attempts(poll))) {
      fail(out, poll, received); // to ask again at once would be of no use, or too much
    }
  }

  private @Nullable Rejection judge(CristianReply reply, Measurement measurement) {
    CristianLimits limits = config.limits();
    if (!reply.isSynchronized()) {
      return Rejection.PEER_UNSYNCHRONIZED;
    }
    if (reply.errorNanos() > limits.maxServerErrorNanos()) {
      return Rejection.DISTANCE_TOO_LARGE;
    }
    if (!measurement.isInRange()
        || reply.sentEpochNanos() < reply.receivedEpochNanos()
        || measurement.bounds(minOneWayNanos(), driftBoundPpb()).isEmpty()) {
      return Rejection.BAD_STAMPS;
    }
    return measurement.delayNanos() > limits.maxRoundTripNanos()
        ? Rejection.ROUND_TRIP_TOO_LONG
        : null;
  }

  private static boolean isOfServer(Rejection reason) {
    return reason == Rejection.PEER_UNSYNCHRONIZED || reason == Rejection.DISTANCE_TOO_LARGE;
  }

  /** The timer of a server is due: the next attempt, or the end of the attempts. */
  private void goOn(List<Action> out, ServerPoll poll, ClockReading now) {
    if (poll.hasAttemptsLeft(attempts(poll))) {
      ask(out, poll, now.tickNanos());
    } else {
      fail(out, poll, now);
    }
  }

  private void ask(List<Action> out, ServerPoll poll, long tick) {
    Request request = new Request(nonces.nextLong(), ++sequence, tick);
    poll.open(request, tick);
    int keyId = config.keyring().primaryId();
    ByteBuffer payload =
        ByteBuffer.allocate(
            keyId == FrameHeader.NO_KEY ? CristianCodec.PLAIN_BYTES : CristianCodec.MAX_BYTES);
    codec.encode(payload, new CristianRequest(request.nonce, keyId));
    out.add(new Action.Send(poll.server, payload.flip(), new SendId(owner, request.sequence)));
    wake(out, poll, tick + config.schedule().attemptSpacingNanos());
  }

  private void fail(List<Action> out, ServerPoll poll, ClockReading now) {
    long next = poll.startTick() + spread(config.schedule().intervalNanos());
    out.add(new Action.Publish(poll.fail()));
    synchronizer.miss(out, poll, now);
    long soonest = now.tickNanos() + config.schedule().attemptSpacingNanos();
    wake(out, poll, Math.max(soonest, next));
  }

  /** A server that fell silent is only knocked at. */
  private int attempts(ServerPoll poll) {
    boolean silent = poll.silences() >= config.ensemble().missesUntilUnreachable();
    return silent ? 1 : config.schedule().attempts();
  }

  private void restart(List<Action> out, long tick) {
    for (ServerPoll poll : polls) {
      poll.forget();
      wake(out, poll, tick + config.schedule().initialIntervalNanos());
    }
  }

  private long pause(ServerPoll poll) {
    CristianSchedule schedule = config.schedule();
    long usual =
        poll.readings() < schedule.initialReadings()
            ? schedule.initialIntervalNanos()
            : schedule.intervalNanos();
    if (config.limits().targetErrorNanos() == 0) {
      return spread(usual);
    }
    long valid =
        ReadingError.validForNanos(
            config.limits().targetErrorNanos(), synchronizer.errorNanos(), driftBoundPpb());
    long failures = schedule.attempts() * schedule.attemptSpacingNanos();
    long soonest = Math.min(usual, schedule.attemptSpacingNanos());
    return spread(Math.max(soonest, Math.min(usual, valid - failures)));
  }

  /** A little earlier, by chance, so that clients that began together do not stay together. */
  private long spread(long nanos) {
    return nanos - nonces.nextLong(nanos / 16 + 1);
  }

  private void wake(List<Action> out, ServerPoll poll, long tick) {
    poll.dueTick = tick;
    out.add(new Action.SetTimer(new TimerId(owner, POLL, poll.index), tick));
  }

  private @Nullable ServerPoll pollOf(TimerId timer) {
    boolean ours = timer.owner().equals(owner) && timer.kind() == POLL;
    return ours && timer.index() >= 0 && timer.index() < polls.size()
        ? polls.get(timer.index())
        : null;
  }

  private long driftBoundPpb() {
    return config.ensemble().local().driftBoundPpb();
  }

  private long minOneWayNanos() {
    return config.ensemble().local().minOneWayNanos();
  }

  private static Measurement measurementOf(
      PeerId server, Request request, CristianReply reply, ClockReading received) {
    return new Measurement(
        server,
        request.sentTick(received.tickNanos()),
        reply.receivedEpochNanos(),
        reply.sentEpochNanos(),
        received.tickNanos(),
        new Measurement.Root(0, reply.errorNanos(), 0));
  }

  private static List<Action> reject(List<Action> out, PeerId from, Rejection reason) {
    out.add(new Action.Publish(new Rejected(from, reason)));
    return out;
  }
}
