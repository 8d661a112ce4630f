package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.BerkeleyCodec.Received;
import dev.coeval.sync.berkeley.Message.Correction;
import dev.coeval.sync.berkeley.Message.Difference;
import dev.coeval.sync.berkeley.Message.Elect;
import dev.coeval.sync.berkeley.Message.Entry;
import dev.coeval.sync.berkeley.Message.Poll;
import dev.coeval.sync.berkeley.Message.Refusal;
import dev.coeval.sync.berkeley.Message.Reply;
import dev.coeval.sync.berkeley.Message.Stamps;
import dev.coeval.sync.berkeley.Message.Vote;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import dev.coeval.testing.ManualTime;
import dev.coeval.time.ClockReader;
import dev.coeval.time.DisciplinedClock;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * One node, datagram by datagram: what it answers, what it takes, and above all what it refuses.
 */
final class BerkeleyNodeTest {
  private static final PeerId COORDINATOR = PeerId.simulated(1);
  private static final PeerId OTHER = PeerId.simulated(3);
  private static final Term TERM = new Term(5, 50);
  private static final long INTERVAL = 1_000_000_000L;
  private static final long AHEAD = 3_000_000;

  private final ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final ClockReader reader = time.reader();
  private final PaceConfig pace = PaceConfig.defaults();
  private final DisciplinedClock clock =
      new DisciplinedClock(reader, pace.clockDriftBoundPpb(), pace.steeringPolicy());
  private final BerkeleyCodec codec = new BerkeleyCodec(Keyring.empty());
  private BerkeleyNode node =
      new BerkeleyNode("b", BerkeleyConfig.member(), clock, Keyring.empty(), 1);
  private final ClockFollower follower = new ClockFollower(clock);

  private List<Action> hear(PeerId from, Message message, long nonce) {
    return follow(node.onDatagram(reader.read(), from, codec.encode(message, nonce, 0)));
  }

  private List<Action> follow(List<Action> actions) {
    reports(actions, Report.class).forEach(follower);
    return actions;
  }

  private static <T extends Report> List<T> reports(List<Action> actions, Class<T> type) {
    return actions.stream()
        .filter(Action.Publish.class::isInstance)
        .map(action -> ((Action.Publish) action).report())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private List<Received> sent(List<Action> actions) {
    List<Received> messages = new ArrayList<>();
    for (Action action : actions) {
      if (action instanceof Action.Send send
          && codec.decode(send.payload()) instanceof Decoded.Value<Received> good) {
        messages.add(good.value());
      }
    }
    return messages;
  }

  private static Poll poll(Term term, long round) {
    return new Poll(term, round, INTERVAL, new Entry(2, 1, 0, OTHER));
  }

  private static Correction correction(Term term, long round, long reading) {
    return new Correction(
        term, round, reading, new Difference(AHEAD, 9_000, 8_000, 1_000, 700_100));
  }

  private void assertRefused(Rejection reason, List<Action> actions) {
    assertEquals(
        List.of(reason), reports(actions, Rejected.class).stream().map(Rejected::reason).toList());
    assertEquals(List.of(), reports(actions, Disciplined.class));
    assertTrue(node.rejections().get(reason) > 0);
  }

  private long answered(long round, long nonce) {
    List<Received> sent = sent(hear(COORDINATOR, poll(TERM, round), nonce));
    Reply reply = assertInstanceOf(Reply.class, sent.get(0).message());
    assertEquals(nonce, sent.get(0).nonce());
    return reply.stamps().sentEpochNanos();
  }

  @Test
  void shouldSteerOnceWhenACorrectionComesOftener() {
    node.start(reader.read());
    long reading = answered(1, 77);
    assertEquals(clock.epochNanos(), reading);
    time.advanceNanos(5_000_000); // however long it is on its way
    Correction correction = correction(TERM, 1, reading);
    List<Action> first = hear(COORDINATOR, correction, 77);
    assertEquals(1, reports(first, Disciplined.class).size());
    assertEquals(time.wallEpochNanos() - AHEAD, clock.epochNanos());
    assertTrue(clock.now().contains(time.wallEpochNanos() - AHEAD - 8_000));
    assertTrue(clock.now().contains(time.wallEpochNanos() - AHEAD + 9_000));
    assertRefused(Rejection.STALE, hear(COORDINATOR, correction, 77));
    assertRefused(Rejection.STALE, hear(COORDINATOR, poll(TERM, 1), 78));
    answered(2, 79);
    assertRefused(Rejection.STALE, hear(COORDINATOR, correction, 77));
  }

  @Test
  void shouldRefuseCorrectionsWhenTheyNameNothingThatWasAnswered() {
    node.start(reader.read());
    long reading = answered(1, 77);
    assertRefused(Rejection.WRONG_NONCE, hear(COORDINATOR, correction(TERM, 1, reading), 78));
    assertRefused(Rejection.WRONG_NONCE, hear(COORDINATOR, correction(TERM, 1, reading + 1), 77));
    assertRefused(Rejection.STALE, hear(COORDINATOR, correction(TERM, 2, reading), 77));
    Term other = new Term(5, 51);
    assertRefused(Rejection.STALE, hear(COORDINATOR, correction(other, 1, reading), 77));
    assertRefused(Rejection.UNKNOWN_PEER, hear(OTHER, correction(TERM, 1, reading), 77));
    assertEquals(
        1, reports(hear(COORDINATOR, correction(TERM, 1, reading), 77), Disciplined.class).size());
  }

  @Test
  void shouldRefusePollsWhenTheyAreRepeatedOrOfAnEarlierRoundOrTooMany() {
    node.start(reader.read());
    answered(2, 1);
    assertRefused(Rejection.STALE, hear(COORDINATOR, poll(TERM, 2), 1));
    assertRefused(Rejection.STALE, hear(COORDINATOR, poll(TERM, 1), 2));
    for (long nonce = 2; nonce <= RoundConfig.MAX_POLLS; nonce++) {
      answered(2, nonce);
    }
    assertRefused(Rejection.LIMIT_REACHED, hear(COORDINATOR, poll(TERM, 2), 100));
  }

  @Test
  void shouldNameTheLaterTermWhenPolledByAnEarlierCoordinator() {
    node.start(reader.read());
    answered(1, 1);
    List<Action> actions = hear(OTHER, poll(new Term(4, 1), 9), 2);
    assertEquals(new Refusal(TERM), sent(actions).get(0).message());
    assertRefused(Rejection.STALE, actions);
    assertEquals(TERM, node.term());
    hear(OTHER, poll(new Term(5, 49), 1), 3);
    assertEquals(new Term(5, 49), node.term(), "of one number the smaller identifier");
  }

  @Test
  void shouldVoteOnceANumberAndOnlyWhenNoCoordinatorIsHeard() {
    node.start(reader.read());
    answered(1, 1);
    assertEquals(new Vote(TERM, false), vote(new Term(6, 9)), "a coordinator is heard");
    time.advanceNanos(3 * INTERVAL);
    assertEquals(new Vote(TERM, false), vote(new Term(5, 1)), "no later term");
    assertEquals(new Vote(TERM, true), vote(new Term(6, 9)));
    assertEquals(new Vote(TERM, true), vote(new Term(6, 9)), "the same again");
    assertEquals(new Vote(new Term(6, 9), false), vote(new Term(6, 1)), "another of that number");
    assertEquals(new Vote(TERM, true), vote(new Term(7, 1)));
  }

  private Message vote(Term term) {
    return sent(hear(OTHER, new Elect(term), 5)).get(0).message();
  }

  @Test
  void shouldLeadTheNextTermWhenOneAgreesAndNoneObjects() {
    node.start(reader.read());
    answered(1, 1);
    time.advanceNanos(5 * INTERVAL);
    List<Received> asked = sent(follow(node.onTimer(reader.read(), new TimerId("b", 3, 0))));
    assertEquals(2, asked.size(), "the other member and the old coordinator");
    Term proposed = new Term(6, node.id());
    assertEquals(new Elect(proposed), asked.get(0).message());
    assertEquals(Role.CANDIDATE, node.role());
    assertRefused(Rejection.UNREQUESTED, hear(OTHER, new Vote(TERM, true), 12345));
    hear(OTHER, new Vote(TERM, true), asked.get(0).nonce());
    follow(node.onTimer(reader.read(), new TimerId("b", 4, 0)));
    assertEquals(Role.COORDINATOR, node.role());
    assertEquals(proposed, node.term());
  }

  @Test
  void shouldGoBackToMemberWhenOneObjects() {
    node.start(reader.read());
    answered(1, 1);
    time.advanceNanos(5 * INTERVAL);
    List<Received> asked = sent(follow(node.onTimer(reader.read(), new TimerId("b", 3, 0))));
    hear(OTHER, new Vote(TERM, true), asked.get(0).nonce());
    hear(COORDINATOR, new Vote(new Term(8, 3), false), asked.get(1).nonce());
    assertEquals(Role.MEMBER, node.role());
  }

  @Test
  void shouldRefuseRepliesWhenTheyAnswerNoOpenPoll() {
    PeerId member = PeerId.simulated(2);
    node =
        new BerkeleyNode(
            "b", BerkeleyConfig.coordinator(List.of(member, OTHER)), clock, Keyring.empty(), 1);
    List<Received> polls = sent(follow(node.start(reader.read())));
    time.advanceNanos(100_000);
    long nonce = polls.get(0).nonce();
    Reply reply = new Reply(node.term(), 1, 8, new Stamps(9, 9), 700_100, true);
    assertRefused(Rejection.UNREQUESTED, hear(member, reply, nonce + 1));
    assertRefused(Rejection.UNREQUESTED, hear(OTHER, reply, nonce));
    assertRefused(Rejection.UNKNOWN_PEER, hear(COORDINATOR, reply, nonce));
    Reply stale = new Reply(node.term(), 2, 8, new Stamps(9, 9), 700_100, true);
    assertRefused(Rejection.STALE, hear(member, stale, nonce));
    assertEquals(1, reports(hear(member, reply, nonce), Measurement.class).size());
    assertRefused(Rejection.UNREQUESTED, hear(member, reply, nonce));
    Reply odd = new Reply(node.term(), 1, 8, new Stamps(9, 8), 700_100, true);
    assertRefused(Rejection.BAD_STAMPS, hear(OTHER, odd, polls.get(1).nonce()));
  }

  @Test
  void shouldFollowTheLaterTermWhenAMemberRefuses() {
    node =
        new BerkeleyNode(
            "b", BerkeleyConfig.coordinator(List.of(OTHER)), clock, Keyring.empty(), 1);
    List<Received> polls = sent(follow(node.start(reader.read())));
    assertRefused(Rejection.UNREQUESTED, hear(OTHER, new Refusal(TERM), 1));
    assertEquals(Role.COORDINATOR, node.role());
    hear(OTHER, new Refusal(TERM), polls.get(0).nonce());
    assertEquals(Role.MEMBER, node.role());
    assertEquals(TERM, node.term());
  }

  @Test
  void shouldClaimNothingWhenTheClockCannotBearTheGroupsPace() {
    DisciplinedClock weak = new DisciplinedClock(reader, 200_000, pace.steeringPolicy());
    node = new BerkeleyNode("b", BerkeleyConfig.member(), weak, Keyring.empty(), 1);
    node.start(reader.read());
    long reading = answered(1, 77);
    List<Disciplined> steered =
        reports(hear(COORDINATOR, correction(TERM, 1, reading), 77), Disciplined.class);
    assertFalse(steered.get(0).estimate().bounds().isBounded());
  }

  @Test
  void shouldListenOnlyToTheGroupWhenItHasAKey() {
    Keyring keys = Keyring.required(List.of(SharedKey.ofText(3, "the secret of the group")));
    Keyring others = Keyring.required(List.of(SharedKey.ofText(3, "the secret of another")));
    node = new BerkeleyNode("b", BerkeleyConfig.member(), clock, keys, 1);
    node.start(reader.read());
    assertRefused(Rejection.NOT_AUTHENTICATED, hear(COORDINATOR, poll(TERM, 1), 1));
    ByteBuffer forged = new BerkeleyCodec(others).encode(poll(TERM, 1), 1, 3);
    assertRefused(
        Rejection.BAD_AUTHENTICATION, node.onDatagram(reader.read(), COORDINATOR, forged));
    ByteBuffer good = new BerkeleyCodec(keys).encode(poll(TERM, 1), 1, 3);
    node.onDatagram(reader.read(), COORDINATOR, good);
    assertEquals(TERM, node.term());
  }

  @Test
  void shouldDoNothingBadWhenEventsMakeNoSense() {
    SplittableRandom random = new SplittableRandom(11);
    for (List<PeerId> members : List.of(List.<PeerId>of(), List.of(OTHER, COORDINATOR))) {
      node =
          new BerkeleyNode(
              "b",
              new BerkeleyConfig(
                  members,
                  RoundConfig.every(java.time.Duration.ofSeconds(1)),
                  AgreementConfig.defaults(),
                  pace),
              clock,
              Keyring.empty(),
              1);
      follow(node.start(reader.read()));
      for (int i = 0; i < 20_000; i++) {
        time.advanceNanos(random.nextLong(50_000_000));
        String owner = random.nextInt(5) == 0 ? "x" : "b";
        follow(
            node.onTimer(
                reader.read(), new TimerId(owner, random.nextInt(7), random.nextInt(-2, 5))));
        follow(node.onSent(reader.read(), new SendId(owner, random.nextLong(50))));
        byte[] bytes = new byte[random.nextInt(120)];
        random.nextBytes(bytes);
        follow(node.onDatagram(reader.read(), OTHER, ByteBuffer.wrap(bytes)));
      }
    }
  }
}
