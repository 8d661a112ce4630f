package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.BerkeleyCodec.Received;
import dev.coeval.sync.berkeley.Message.Correction;
import dev.coeval.sync.berkeley.Message.Elect;
import dev.coeval.sync.berkeley.Message.Poll;
import dev.coeval.sync.berkeley.Message.Refusal;
import dev.coeval.sync.berkeley.Message.Reply;
import dev.coeval.sync.berkeley.Message.Vote;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.SuspendDetector;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.NonceSource;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A node of a Berkeley group: coordinator, member or candidate, as the group needs it.
 *
 * <p>This package's description says how a group works, what its bound means, and what the node's
 * clock must be made with. The machine publishes {@link Disciplined}, {@link Corrected}, {@link
 * SyncStatus} and {@link RoleChanged}, as a coordinator also {@link RoundCompleted}, {@link
 * MemberStatus} and each exchange as a {@link dev.coeval.sync.measure.Measurement}, and what it
 * refuses as a {@link dev.coeval.sync.measure.Rejected}.
 *
 * <p>Not thread-safe, as every {@link StateMachine}; {@link #rejections()} may be read by anybody.
 */
public final class BerkeleyNode implements StateMachine {

  /** The first byte of every datagram of this protocol: the letter B. */
  public static final int FIRST_BYTE = 'B';

  static final int ROUND = 0;
  static final int DEADLINE = 1;
  static final int RETRY = 2;
  static final int SILENCE = 3;
  static final int BALLOT = 4;

  private final String owner;
  private final BerkeleyConfig config;
  private final long id;
  private final Outbox outbox;
  private final Helm helm;
  private final Membership membership;
  private final Election election;
  private final Roster roster;
  private final SuspendDetector suspends;
  private final Standing standing;
  private Role role = Role.MEMBER;
  private Term term = Term.NONE;
  private @Nullable PeerId coordinator;
  private @Nullable Coordination coordination;
  private long nextRoundTick;
  private long silenceTick;
  private long contentUntilTick;
  private long intervalNanos;
  private long heardRound;

  /**
   * A node.
   *
   * @param owner the name in its timers and sends, unique within its endpoint
   * @param config how it takes part
   * @param clock the model in force of the clock that its owner steers by what it publishes; a
   *     {@link dev.coeval.time.DisciplinedClock} made with {@link PaceConfig#clockDriftBoundPpb()}
   *     and {@link PaceConfig#steeringPolicy()}
   * @param keyring the keys of the group, or none
   * @param seed for its identifier, nonces and random delays; no two nodes of a group may have the
   *     same
   */
  public BerkeleyNode(
      String owner, BerkeleyConfig config, Supplier<ClockModel> clock, Keyring keyring, long seed) {
    this.owner = owner;
    this.config = config;
    RandomGenerator random = new NonceSource(seed);
    this.id = random.nextLong();
    this.outbox = new Outbox(owner, keyring, random);
    this.helm = new Helm(config.pace(), config.agreement().gammaNanos(), clock);
    this.membership = new Membership(id, helm, outbox);
    this.election = new Election(id, outbox);
    this.roster = new Roster(config.members());
    this.standing = new Standing(outbox);
    this.suspends =
        new SuspendDetector(config.pace().driftBoundPpb(), SuspendDetector.DEFAULT_THRESHOLD_NANOS);
    this.intervalNanos = config.rounds().intervalNanos();
  }

  /**
   * This node's identifier.
   *
   * @return random bits
   */
  public long id() {
    return id;
  }

  /**
   * What this node is to its group now.
   *
   * @return its role
   */
  public Role role() {
    return role;
  }

  /**
   * The term that this node follows or leads.
   *
   * @return the term, {@link Term#NONE} before it has heard of any
   */
  public Term term() {
    return term;
  }

  /**
   * What was not used, by reason.
   *
   * @return live counters; thread-safe
   */
  public RejectionCounts rejections() {
    return outbox.rejections();
  }

  @Override
  public List<Action> start(ClockReading now) {
    if (!config.members().isEmpty()) {
      lead(new Term(1, id), "it is configured to", now.tickNanos());
    }
    return outbox.take();
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    noticeSuspend(received);
    Decoded<Received> decoded = outbox.codec().decode(payload);
    if (decoded instanceof Decoded.Refused<Received> refused) {
      outbox.reject(from, refused.reason());
    } else if (decoded instanceof Decoded.Value<Received> good) {
      dispatch(received.tickNanos(), from, good.value());
    }
    return outbox.take();
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    noticeSuspend(now);
    long tick = now.tickNanos();
    if (timer.owner().equals(owner)) {
      switch (timer.kind()) {
        case ROUND -> onRound(tick);
        case DEADLINE -> completeRound(tick);
        case RETRY -> onRetry(timer.index(), tick);
        case SILENCE -> onSilence(tick);
        case BALLOT -> onBallot(tick);
        default -> {} // not one of ours: harmless
      }
    }
    return outbox.take();
  }

  @Override
  public List<Action> onSent(ClockReading sent, SendId send) {
    if (coordination != null && send.owner().equals(owner)) {
      coordination.onSent(send.sequence(), sent.tickNanos());
    }
    return outbox.take();
  }

  /**
   * The host slept, or its wall clock was set: what spans that is forgotten, the bound given up.
   */
  private void noticeSuspend(ClockReading now) {
    if (suspends.observe(now).isEmpty()) {
      return;
    }
    membership.forget();
    if (coordination != null) {
      coordination.abandonRound();
    }
    standing.become(
        SyncStatus.State.DISRUPTED, "wall clock and ticks have parted: a suspended host?");
  }

  private void dispatch(long tick, PeerId from, Received received) {
    Message message = received.message();
    if (message instanceof Poll poll) {
      onPoll(tick, from, received, poll);
    } else if (message instanceof Correction correction) {
      onCorrection(tick, from, received, correction);
    } else if (message instanceof Elect elect) {
      onElect(tick, from, received, elect);
    } else if (message instanceof Vote vote) {
      onVote(tick, from, received, vote);
    } else if (coordination == null) {
      outbox.reject(from, Rejection.UNREQUESTED);
    } else if (message instanceof Reply reply) {
      if (coordination.onReply(tick, from, received, reply)) {
        completeRound(tick);
      }
    } else if (message instanceof Refusal refusal) {
      onRefusal(tick, from, received, refusal, coordination);
    }
  }

  private void onPoll(long tick, PeerId from, Received received, Poll poll) {
    if (term.outranks(poll.term())) {
      outbox.reply(from, new Refusal(term), received);
      outbox.reject(from, Rejection.STALE);
      return;
    }
    boolean known = poll.term().equals(term);
    if (known && (role == Role.COORDINATOR || (coordinator != null && !coordinator.equals(from)))) {
      outbox.reject(from, Rejection.UNKNOWN_PEER);
      return;
    }
    if (!known || role != Role.MEMBER || coordinator == null) {
      follow(poll.term(), from, "it is polled by " + from);
    }
    if (membership.answer(tick, from, received, poll)) {
      roster.learn(term, from, poll.entry());
      heard(tick, poll);
    }
  }

  private void heard(long tick, Poll poll) {
    intervalNanos = poll.intervalNanos();
    contentUntilTick = tick + intervalNanos * (config.rounds().silentRounds() - 1);
    if (poll.round() != heardRound) {
      heardRound = poll.round();
      awaitSilence(tick);
    }
  }

  private void onCorrection(long tick, PeerId from, Received received, Correction correction) {
    if (role != Role.MEMBER || !from.equals(coordinator)) {
      outbox.reject(from, Rejection.UNKNOWN_PEER);
      return;
    }
    membership
        .accept(from, received, correction)
        .ifPresent(told -> steer(told, correction.round(), tick));
  }

  private void onRefusal(
      long tick, PeerId from, Received received, Refusal refusal, Coordination leading) {
    if (!leading.isAsked(from, received.nonce())) {
      outbox.reject(from, Rejection.UNREQUESTED);
    } else if (!refusal.term().outranks(term)) {
      outbox.reject(from, Rejection.STALE);
    } else {
      follow(refusal.term(), null, from + " knows of a later coordinator");
      standing.become(SyncStatus.State.HOLDOVER, "waiting for the later coordinator");
      awaitSilence(tick);
    }
  }

  private void onElect(long tick, PeerId from, Received received, Elect elect) {
    boolean content =
        role == Role.COORDINATOR
            || (role == Role.MEMBER && coordinator != null && tick < contentUntilTick);
    if (election.vote(from, received, elect, content)) {
      if (role == Role.CANDIDATE) {
        election.close();
        become(Role.MEMBER, term, "it agreed to " + from);
      }
      awaitSilence(tick);
    }
  }

  private void onVote(long tick, PeerId from, Received received, Vote vote) {
    if (role != Role.CANDIDATE) {
      outbox.reject(from, Rejection.UNREQUESTED);
      return;
    }
    election.onVote(from, received, vote);
    if (election.isRefused() || !election.isOpen()) {
      onBallot(tick);
    }
  }

  private void onRound(long tick) {
    if (coordination != null && tick >= nextRoundTick) {
      completeRound(tick);
      nextRoundTick = tick + config.rounds().intervalNanos();
      coordination.startRound(tick);
    }
  }

  private void onRetry(int place, long tick) {
    if (coordination != null) {
      coordination.retry(place, tick);
    }
  }

  private void completeRound(long tick) {
    if (coordination == null || !coordination.isOpen()) {
      return;
    }
    Coordination.Outcome outcome = coordination.complete(tick);
    outbox.publish(outcome.report());
    Helm.Told own = outcome.own();
    if (own != null) {
      steer(own, outcome.report().round(), tick);
    } else {
      standing.become(SyncStatus.State.HOLDOVER, "no member answers");
    }
  }

  private void onSilence(long tick) {
    if (role == Role.COORDINATOR || tick < silenceTick || election.isOpen()) {
      return;
    }
    if (!election.stand(roster.others())) {
      awaitSilence(tick);
      return;
    }
    coordinator = null;
    standing.become(SyncStatus.State.HOLDOVER, "no coordinator is heard");
    become(Role.CANDIDATE, election.proposal(), "no coordinator is heard");
    outbox.setTimer(BALLOT, 0, tick + 2 * config.rounds().exchangeTimeoutNanos());
  }

  private void onBallot(long tick) {
    if (role != Role.CANDIDATE) {
      return;
    }
    boolean refused = election.isRefused();
    if (election.close()) {
      lead(election.proposal(), "it was elected", tick);
    } else if (refused) {
      become(Role.MEMBER, term, "another node objected");
      awaitSilence(tick);
    } else {
      armSilence(tick + intervalNanos + outbox.random().nextLong(intervalNanos));
    }
  }

  private void lead(Term newTerm, String reason, long tick) {
    term = newTerm;
    election.heardOf(newTerm);
    coordinator = null;
    coordination = new Coordination(newTerm, config, roster.others(), helm, outbox);
    become(Role.COORDINATOR, newTerm, reason);
    nextRoundTick = tick + config.rounds().intervalNanos();
    coordination.startRound(tick);
  }

  private void follow(Term newTerm, @Nullable PeerId newCoordinator, String reason) {
    if (coordination != null) {
      outbox.cancelTimer(ROUND, 0);
      outbox.cancelTimer(DEADLINE, 0);
      coordination = null;
    }
    election.close();
    election.heardOf(newTerm);
    term = newTerm;
    coordinator = newCoordinator;
    heardRound = 0;
    become(Role.MEMBER, newTerm, reason);
  }

  private void become(Role newRole, Term ofTerm, String reason) {
    role = newRole;
    outbox.publish(new RoleChanged(newRole, ofTerm, reason));
  }

  /** As long as silence may last, and a random part of an interval, so that one node is first. */
  private void awaitSilence(long tick) {
    long silence = intervalNanos * config.rounds().silentRounds();
    armSilence(tick + silence + outbox.random().nextLong(intervalNanos));
  }

  private void armSilence(long atTick) {
    silenceTick = atTick;
    outbox.setTimer(SILENCE, 0, atTick);
  }

  private void steer(Helm.Told told, long round, long tick) {
    Helm.Course course = helm.steer(told, tick);
    outbox.publish(new Disciplined(course.estimate()));
    boolean bounded = course.estimate().bounds().isBounded();
    outbox.publish(
        new Corrected(told.term(), round, told.difference().nanos(), bounded, helm.isSettled()));
    standing.corrected(told, course);
  }
}
