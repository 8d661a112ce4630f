package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.BerkeleyCodec.Received;
import dev.coeval.sync.berkeley.ClockSeen.Pace;
import dev.coeval.sync.berkeley.MemberReading.Exchange;
import dev.coeval.sync.berkeley.MemberReading.OwnClock;
import dev.coeval.sync.berkeley.MemberStatus.State;
import dev.coeval.sync.berkeley.Message.Correction;
import dev.coeval.sync.berkeley.Message.Difference;
import dev.coeval.sync.berkeley.Message.Entry;
import dev.coeval.sync.berkeley.Message.Poll;
import dev.coeval.sync.berkeley.Message.Reply;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator's rounds in one term: poll every member several times, find the group's time, tell
 * every member its difference.
 *
 * <p>A round ends when every member that answered in the last one has answered often enough, or
 * half way to the next round. A member that was silent is asked less often, and not waited for.
 */
final class Coordination {
  private static final int POLLS_OF_SILENT = 2;

  private final Term term;
  private final BerkeleyConfig config;
  private final List<PeerId> members;
  private final Helm helm;
  private final Outbox outbox;
  private final Map<PeerId, Integer> places = new HashMap<>();
  private final Map<Long, Sent> sent = new HashMap<>();
  private final Set<PeerId> awaited;
  private final Map<PeerId, MemberStatus> statuses = new LinkedHashMap<>();
  private final int[] told; // which of the others each member is told of next
  private List<MemberReading> readings = List.of();
  private long round;
  private boolean open;

  private record Sent(int place, long nonce) {}

  /** What a round brought the coordinator itself: its own difference, if the round found one. */
  record Outcome(RoundCompleted report, Helm.@Nullable Told own) {}

  Coordination(Term term, BerkeleyConfig config, List<PeerId> members, Helm helm, Outbox outbox) {
    this.term = term;
    this.config = config;
    this.members = List.copyOf(members);
    this.helm = helm;
    this.outbox = outbox;
    this.awaited = new HashSet<>(members);
    this.told = new int[members.size()];
    for (int place = 0; place < members.size(); place++) {
      places.put(members.get(place), place);
    }
  }

  long round() {
    return round;
  }

  void startRound(long nowTick) {
    long interval = config.rounds().intervalNanos();
    outbox.setTimer(BerkeleyNode.ROUND, 0, nowTick + interval);
    outbox.setTimer(BerkeleyNode.DEADLINE, 0, nowTick + interval / 2);
    round++;
    open = true;
    sent.clear();
    List<MemberReading> fresh = new ArrayList<>();
    members.forEach(member -> fresh.add(new MemberReading()));
    readings = fresh;
    for (int place = 0; place < members.size(); place++) {
      poll(place, nowTick);
    }
  }

  /** No answer yet: ask again, if that is not too often. */
  void retry(int place, long nowTick) {
    if (open && place >= 0 && place < members.size() && !isComplete(place)) {
      int limit =
          awaited.contains(members.get(place)) ? config.rounds().maxPolls() : POLLS_OF_SILENT;
      if (readings.get(place).polls() < Math.min(limit, config.rounds().maxPolls())) {
        poll(place, nowTick);
      }
    }
  }

  void onSent(long sequence, long sentTick) {
    Sent datagram = sent.get(sequence);
    if (datagram != null) {
      readings.get(datagram.place).left(datagram.nonce, sentTick);
    }
  }

  /** Takes an answer; true if it was the last that the round waits for. */
  boolean onReply(long receivedTick, PeerId from, Received received, Reply reply) {
    Integer place = places.get(from);
    if (place == null) {
      outbox.reject(from, Rejection.UNKNOWN_PEER);
      return false;
    }
    if (!reply.term().equals(term) || reply.round() != round || !open) {
      if (reply.term().equals(term) && reply.round() >= round - 1) {
        awaited.add(from); // slow, but alive: the next round waits for it
      }
      outbox.reject(from, Rejection.STALE);
      return false;
    }
    MemberReading reading = readings.get(place);
    if (!reading.isOpen(received.nonce())) {
      outbox.reject(from, Rejection.UNREQUESTED);
      return false;
    }
    return isTaken(receivedTick, from, received.nonce(), reply) && isDone();
  }

  /** Whether a poll with this nonce is out to that member. */
  boolean isAsked(PeerId from, long nonce) {
    Integer place = places.get(from);
    return place != null && place < readings.size() && readings.get(place).isOpen(nonce);
  }

  boolean isOpen() {
    return open;
  }

  /** Gives this round up; the next begins at its time. */
  void abandonRound() {
    open = false;
    sent.clear();
    readings.replaceAll(reading -> new MemberReading());
  }

  /** Ends the round: differences to the members, the coordinator's own to the caller. */
  Outcome complete(long nowTick) {
    open = false;
    outbox.cancelTimer(BerkeleyNode.DEADLINE, 0);
    OwnClock own =
        new OwnClock(
            nowTick, helm.readAt(nowTick), helm.frequency(), config.pace().driftBoundPpb());
    Map<Integer, ClockSeen> seen = look(own);
    List<ClockSeen> clocks = new ArrayList<>(seen.values());
    ClockSeen self = ClockSeen.own(helm.pace());
    clocks.add(self);
    awaitThoseWhoAnswered();
    Optional<Verdict> verdict =
        seen.isEmpty() ? Optional.empty() : Verdict.of(clocks, config.agreement());
    List<MemberStatus> standing = tell(verdict, seen, nowTick);
    Difference difference = verdict.map(found -> found.differenceOf(self, 0)).orElse(null);
    boolean bounded = verdict.map(Verdict::isBounded).orElse(false);
    boolean inside = verdict.map(found -> found.takesPart(ClockSeen.OWN)).orElse(false);
    long ahead = difference == null ? 0 : difference.nanos();
    return new Outcome(
        new RoundCompleted(term, round, bounded, inside, ahead, standing),
        difference == null ? null : new Helm.Told(term, difference, nowTick, own.epochNanos()));
  }

  private void awaitThoseWhoAnswered() {
    awaited.clear();
    for (int place = 0; place < members.size(); place++) {
      if (readings.get(place).replies() > 0) {
        awaited.add(members.get(place));
      }
    }
  }

  private void poll(int place, long nowTick) {
    long nonce = outbox.random().nextLong();
    int size = members.size();
    int index = (place + 1 + told[place]) % size;
    told[place] = size < 3 ? 0 : (told[place] + 1) % (size - 1);
    Entry entry = new Entry(size, index, place, members.get(index));
    readings.get(place).polled(nonce, nowTick);
    long sequence =
        outbox.send(
            members.get(place),
            new Poll(term, round, config.rounds().intervalNanos(), entry),
            nonce);
    sent.put(sequence, new Sent(place, nonce));
    outbox.setTimer(BerkeleyNode.RETRY, place, nowTick + config.rounds().exchangeTimeoutNanos());
  }

  private boolean isTaken(long receivedTick, PeerId from, long nonce, Reply reply) {
    int place = places.getOrDefault(from, 0);
    MemberReading reading = readings.get(place);
    Optional<Exchange> exchange = reading.answered(nonce, reply, receivedTick);
    if (exchange.isEmpty()) {
      outbox.reject(from, Rejection.BAD_STAMPS);
      return false;
    }
    Exchange done = exchange.get();
    outbox.publish(
        new Measurement(
            from,
            done.sentTick(),
            done.stamps().receivedEpochNanos(),
            done.stamps().sentEpochNanos(),
            receivedTick,
            Measurement.Root.EXACT));
    if (!isComplete(place) && reading.polls() < config.rounds().maxPolls()) {
      poll(place, receivedTick);
    }
    return true;
  }

  private boolean isComplete(int place) {
    return readings.get(place).replies() >= config.rounds().repliesWanted();
  }

  private boolean isDone() {
    for (int place = 0; place < members.size(); place++) {
      if (awaited.contains(members.get(place)) && !isComplete(place)) {
        return false;
      }
    }
    return true;
  }

  /** Every member's clock that could be read; the first of those that share an identifier. */
  private Map<Integer, ClockSeen> look(OwnClock own) {
    Map<Integer, ClockSeen> seen = new LinkedHashMap<>();
    Set<Long> ids = new HashSet<>(Set.of(term.coordinatorId()));
    for (int i = 0; i < members.size(); i++) {
      int place = i;
      MemberReading reading = readings.get(place);
      reading
          .latest()
          .filter(reply -> ids.add(reply.memberId()))
          .flatMap(reply -> reading.seen(place, own, paceOf(reply)))
          .filter(clock -> Math.abs((double) clock.nanos()) < LARGEST_DIFFERENCE)
          .ifPresent(clock -> seen.put(place, clock));
    }
    return seen;
  }

  /** Half of what the wire allows: the group's time may be as far on the other side. */
  private static final double LARGEST_DIFFERENCE = BerkeleyCodec.MAX_DIFFERENCE_NANOS / 2.0;

  /** A promise counts only if it is as strict as this coordinator's own. */
  private Pace paceOf(Reply reply) {
    long bound = reply.paceBoundPpb();
    return new Pace(bound, reply.settled() && bound <= config.pace().settledPacePpb());
  }

  private List<MemberStatus> tell(
      Optional<Verdict> verdict, Map<Integer, ClockSeen> seen, long nowTick) {
    List<MemberStatus> standing = new ArrayList<>();
    for (int place = 0; place < members.size(); place++) {
      ClockSeen clock = seen.get(place);
      MemberStatus status =
          verdict.isEmpty() || clock == null ? unread(place) : tell(verdict.get(), clock, nowTick);
      standing.add(status);
      MemberStatus before = statuses.put(status.member(), status);
      if (before == null || before.state() != status.state()) {
        outbox.publish(status);
      }
    }
    return standing;
  }

  private MemberStatus unread(int place) {
    PeerId member = members.get(place);
    return readings.get(place).replies() == 0
        ? new MemberStatus(member, State.UNREACHABLE, 0, 0, "no answer in round " + round)
        : new MemberStatus(
            member, State.INCONSISTENT, 0, 0, "its answers contradict one another, or another's");
  }

  private MemberStatus tell(Verdict verdict, ClockSeen clock, long nowTick) {
    Exchange exchange = readings.get(clock.index()).last();
    PeerId member = members.get(clock.index());
    Difference difference = verdict.differenceOf(clock, nowTick - exchange.sentTick());
    State state = stateOf(verdict, clock, difference.nanos());
    if (state != State.TOO_FAR || !clock.isSettled() || config.agreement().healOutliers()) {
      long reading = exchange.stamps().sentEpochNanos();
      outbox.send(member, new Correction(term, round, reading, difference), exchange.nonce());
    }
    return new MemberStatus(member, state, difference.nanos(), clock.errorNanos(), reasonOf(state));
  }

  private State stateOf(Verdict verdict, ClockSeen clock, long differenceNanos) {
    if (verdict.takesPart(clock.index())) {
      return State.TAKING_PART;
    }
    boolean isNear = Math.abs(differenceNanos) <= config.agreement().gammaNanos();
    return isNear && !clock.isSettled() ? State.JOINING : State.TOO_FAR;
  }

  private static String reasonOf(State state) {
    return switch (state) {
      case JOINING -> "its clock has not settled yet";
      case TOO_FAR -> "its clock is outside gamma of the largest agreeing set";
      default -> "";
    };
  }
}
