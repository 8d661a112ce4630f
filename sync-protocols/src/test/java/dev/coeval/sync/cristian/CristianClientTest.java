package dev.coeval.sync.cristian;

import static dev.coeval.sync.cristian.Desk.MILLI;
import static dev.coeval.sync.cristian.Desk.OFFSET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CristianClientTest {
  private static final PeerId SERVER = PeerId.simulated(1);
  private static final PeerId SECOND = PeerId.simulated(2);
  private static final PeerId LIAR = PeerId.simulated(3);
  private static final PeerId STRANGER = PeerId.simulated(9);
  private static final CristianConfig CONFIG =
      CristianConfig.defaults(List.of(SERVER), 42)
          .withLimits(CristianLimits.DEFAULT.withMaxRoundTrip(Duration.ofMillis(20)))
          .withSchedule(CristianSchedule.DEFAULT.withAttempts(3, Duration.ofMillis(100)));

  private final Desk desk = new Desk(CONFIG);

  @Test
  void shouldSayTimeAndBoundWhenReplyIsGood() {
    long sent = desk.tick;
    desk.exchange(SERVER, 3 * MILLI, 5 * MILLI, 7_000);
    assertEquals(
        List.of(
            new Measurement(
                SERVER,
                sent,
                sent + 3 * MILLI + OFFSET,
                sent + 3 * MILLI + OFFSET,
                sent + 8 * MILLI,
                new Measurement.Root(0, 7_000, 0))),
        desk.reports(Measurement.class));
    ClockEstimate estimate = desk.last(Disciplined.class).estimate();
    // RTT / 2, the server's own error, and 200 ppm of 8 ms
    assertBound(estimate.bounds(), 4 * MILLI + 7_000 + 1_600, 4);
    assertTrue(estimate.bounds().contains(desk.tick + OFFSET));
    assertEquals(State.SYNCHRONIZED, desk.last(SyncStatus.class).state());
    long wait = desk.nextTimer() - desk.tick;
    assertTrue(117 * MILLI <= wait && wait <= 125 * MILLI, "the initial interval: " + wait);
  }

  @Test
  void shouldTakeItsStampWhenTheRuntimeSaysThatTheRequestHasLeft() {
    SendId id = desk.sends.get(0).id();
    long decided = desk.tick;
    desk.tick += 2 * MILLI;
    for (SendId other :
        List.of(new SendId("other", id.sequence()), new SendId(id.owner(), id.sequence() + 1))) {
      desk.client.onSent(desk.now(), other);
    }
    desk.tick += MILLI;
    desk.client.onSent(desk.now(), id);
    desk.exchange(SERVER, MILLI, MILLI, 0);
    assertEquals(decided + 3 * MILLI, desk.last(Measurement.class).sentTickNanos());
  }

  @Test
  void shouldFallBackToItsDecisionWhenTheStampCannotBe() {
    SendId id = desk.sends.get(0).id();
    long decided = desk.tick;
    desk.client.onSent(new ClockReading(decided + 50 * MILLI, 0, 0), id);
    desk.exchange(SERVER, MILLI, MILLI, 0);
    assertEquals(decided, desk.last(Measurement.class).sentTickNanos());
  }

  @Test
  void shouldRejectWhenReplyComesAgain() {
    desk.tick += MILLI;
    CristianReply reply = desk.reply(SERVER, 0, 0);
    desk.receive(SERVER, reply);
    desk.receive(SERVER, reply);
    desk.assertRejected(SERVER, Rejection.UNREQUESTED);
    desk.toNextTimer(); // asks again, so that a request is open
    desk.receive(SERVER, reply);
    desk.assertRejected(SERVER, Rejection.WRONG_NONCE);
    assertEquals(1, desk.reports(Measurement.class).size());
    desk.exchange(SERVER, MILLI, MILLI, 0);
    assertEquals(2, desk.reports(Measurement.class).size(), "a replay does not close the request");
  }

  @Test
  void shouldRejectWhenReplyComesAfterItsRequestWasGivenUp() {
    CristianReply late = desk.reply(SERVER, 0, 0);
    desk.toNextTimer();
    desk.receive(SERVER, late);
    desk.assertRejected(SERVER, Rejection.WRONG_NONCE);
    assertEquals(0, desk.reports(Measurement.class).size());
  }

  @Test
  void shouldRejectWhenReplyComesFromElsewhere() {
    desk.receive(STRANGER, desk.reply(SERVER, 0, 0));
    desk.assertRejected(STRANGER, Rejection.UNKNOWN_PEER);
    assertEquals(0, desk.reports(Disciplined.class).size());
  }

  @Test
  void shouldUseNewNoncesWhenItAsksAgain() {
    CristianRequest first = desk.request(SERVER);
    desk.toNextTimer();
    assertNotEquals(first.nonce(), desk.request(SERVER).nonce());
    assertNotEquals(
        first.nonce(),
        new Desk(
                new CristianConfig(
                    CONFIG.ensemble(), CONFIG.schedule(), CONFIG.limits(), CONFIG.keyring(), 43))
            .request(SERVER)
            .nonce(),
        "another seed");
    assertEquals(first.nonce(), new Desk(CONFIG).request(SERVER).nonce(), "the same seed");
  }

  @Test
  void shouldAskAgainWhenRoundTripIsTooLong() {
    desk.exchange(SERVER, MILLI, 30 * MILLI, 0);
    desk.assertRejected(SERVER, Rejection.ROUND_TRIP_TOO_LONG);
    assertEquals(0, desk.reports(Disciplined.class).size());
    assertEquals(1, desk.sends.size());
    desk.toNextTimer();
    assertEquals(2, desk.sends.size(), "at the spacing of attempts");
    desk.exchange(SERVER, 4 * MILLI, 4 * MILLI, 0);
    ClockEstimate estimate = desk.last(Disciplined.class).estimate();
    // What the first said counts now: its request took 1 ms, at most 200 ppm of 73 ms older.
    assertBound(estimate.bounds(), (1 + 4) * MILLI / 2, 25_000);
    assertTrue(estimate.bounds().contains(desk.tick + OFFSET));
  }

  @Test
  void shouldNarrowTheBoundWhenALaterReadingIsTooLong() {
    desk.exchange(SERVER, 5 * MILLI, 5 * MILLI, 0);
    desk.toNextTimer();
    desk.exchange(SERVER, MILLI, 30 * MILLI, 0);
    desk.assertRejected(SERVER, Rejection.ROUND_TRIP_TOO_LONG);
    assertEquals(1, desk.reports(Measurement.class).size());
    ClockEstimate estimate = desk.last(Disciplined.class).estimate();
    assertBound(estimate.bounds(), 3 * MILLI, 40_000);
    assertTrue(estimate.bounds().contains(desk.tick + OFFSET));
  }

  @Test
  void shouldReportFailureWhenAllAttemptsTookTooLong() {
    for (int i = 0; i < 3; i++) {
      desk.exchange(SERVER, MILLI, 30 * MILLI, 0);
      desk.toNextTimer();
    }
    assertEquals(
        List.of(new ReadingFailed(SERVER, 3, 0, "refused: ROUND_TRIP_TOO_LONG")),
        desk.reports(ReadingFailed.class));
    assertEquals(0, desk.reports(Disciplined.class).size());
  }

  @Test
  void shouldNotBelieveWhenServerIsNotSynchronized() {
    CristianReply good = desk.reply(SERVER, 0, 0);
    desk.tick += MILLI;
    desk.receive(
        SERVER,
        new CristianReply(
            good.request(), good.receivedEpochNanos(), good.sentEpochNanos(), 0, false));
    desk.assertRejected(SERVER, Rejection.PEER_UNSYNCHRONIZED);
    assertEquals(
        List.of(new ReadingFailed(SERVER, 1, 0, "refused: PEER_UNSYNCHRONIZED")),
        desk.reports(ReadingFailed.class));
    assertEquals(0, desk.reports(Disciplined.class).size());
    assertTrue(desk.nextTimer() - desk.tick > 900 * MILLI, "not again at once");
  }

  @Test
  void shouldNotBelieveWhenServerIsTooFarOff() {
    desk.exchange(SERVER, MILLI, MILLI, 1_000_000_001L);
    desk.assertRejected(SERVER, Rejection.DISTANCE_TOO_LARGE);
    assertEquals(0, desk.reports(Disciplined.class).size());
    Desk other = new Desk(CONFIG);
    other.exchange(SERVER, MILLI, MILLI, Long.MAX_VALUE);
    other.assertRejected(SERVER, Rejection.DISTANCE_TOO_LARGE);
  }

  @Test
  void shouldRejectWhenStampsContradictEachOther() {
    desk.tick += 2 * MILLI;
    CristianReply backwards = desk.reply(SERVER, -1, 1_000);
    desk.receive(SERVER, backwards);
    desk.assertRejected(SERVER, Rejection.BAD_STAMPS);
    desk.toNextTimer();
    desk.tick += 2 * MILLI;
    desk.receive(SERVER, desk.reply(SERVER, 3 * MILLI, 1_000)); // processed longer than it took
    desk.assertRejected(SERVER, Rejection.BAD_STAMPS);
    desk.toNextTimer();
    desk.tick += 2 * MILLI;
    CristianRequest request = desk.request(SERVER);
    long far = CristianCodec.MAX_EPOCH_NANOS;
    desk.receive(SERVER, new CristianReply(request, -far, far, 1_000, true));
    desk.assertRejected(SERVER, Rejection.BAD_STAMPS);
    assertEquals(0, desk.reports(Disciplined.class).size());
  }

  @Test
  void shouldNotCountTheServersOwnTimeWhenItJudgesTheRoundTrip() {
    desk.tick += 50 * MILLI;
    CristianReply reply = desk.reply(SERVER, 45 * MILLI, 0);
    desk.tick += MILLI;
    desk.receive(SERVER, reply);
    assertEquals(1, desk.reports(Measurement.class).size());
    assertEquals(6 * MILLI, desk.last(Measurement.class).delayNanos());
  }

  @Test
  void shouldHoldOverAndSayWhoWhenServerFallsSilent() {
    desk.exchange(SERVER, MILLI, MILLI, 0);
    long heard = desk.tick;
    while (desk.last(SyncStatus.class).state() == State.SYNCHRONIZED) {
      desk.toNextTimer();
    }
    assertEquals(State.HOLDOVER, desk.last(SyncStatus.class).state());
    assertTrue(
        desk.last(SyncStatus.class)
            .reason()
            .contains("no reading of " + SERVER + " for 3 synchronizations, "),
        desk.last(SyncStatus.class).reason());
    assertTrue(desk.tick - heard < 5_000 * MILLI, "three times an interval and its attempts");
    List<ReadingFailed> failures = desk.reports(ReadingFailed.class);
    assertEquals(new ReadingFailed(SERVER, 3, 3, "no reply"), failures.get(0));
    assertEquals(3, failures.size());
    int sends = desk.sends.size();
    desk.toNextTimer();
    desk.toNextTimer();
    assertEquals(sends + 1, desk.sends.size(), "then it only knocks, once a synchronization");
    desk.toNextTimer();
    desk.exchange(SERVER, MILLI, MILLI, 0);
    assertEquals(State.SYNCHRONIZED, desk.last(SyncStatus.class).state());
    assertEquals(3, desk.reports(SyncStatus.class).size());
  }

  @Test
  void shouldSayWhyWhenHostSaysThatPortIsClosed() {
    desk.carryOut(desk.client.onUnreachable(desk.now(), SERVER, "connection refused"));
    desk.carryOut(desk.client.onUnreachable(desk.now(), STRANGER, "connection refused"));
    assertEquals(
        List.of(new PeerUnreachable(SERVER, "connection refused")),
        desk.reports(PeerUnreachable.class));
    desk.toNextTimer();
    desk.toNextTimer();
    desk.toNextTimer();
    assertEquals(
        new ReadingFailed(SERVER, 3, 3, "no reply: connection refused"),
        desk.last(ReadingFailed.class));
  }

  @Test
  void shouldDoNoHarmWhenTimerIsSpuriousOrForeign() {
    long due = desk.nextTimer();
    desk.tick += MILLI;
    for (TimerId timer :
        List.of(
            new TimerId("cristian", 1, 0),
            new TimerId("cristian", 1, 1),
            new TimerId("cristian", 1, -1),
            new TimerId("cristian", 2, 0),
            new TimerId("other", 1, 0))) {
      desk.carryOut(desk.client.onTimer(desk.now(), timer));
    }
    assertEquals(1, desk.sends.size());
    assertEquals(due, desk.nextTimer());
    desk.exchange(SERVER, MILLI, MILLI, 0);
    assertEquals(1, desk.reports(Measurement.class).size());
  }

  @Test
  void shouldComeBackSoonerWhenATargetMustBeKept() {
    CristianSchedule schedule =
        new CristianSchedule(60_000 * MILLI, 60_000 * MILLI, 0, 10, 500 * MILLI);
    Desk steady = new Desk(CONFIG.withSchedule(schedule).withLimits(limits(5)));
    steady.exchange(SERVER, 2 * MILLI, 2 * MILLI, 0);
    ClockEstimate estimate = steady.last(Disciplined.class).estimate();
    long error = estimate.bounds().errorNanosOf(estimate.epochNanos());
    long valid = ReadingError.validForNanos(5 * MILLI, error, 200_000) - 5_000 * MILLI;
    long wait = steady.nextTimer() - steady.tick;
    assertTrue(valid - valid / 16 <= wait && wait <= valid, wait + " of " + valid);
    Desk hopeless = new Desk(CONFIG.withSchedule(schedule).withLimits(limits(1)));
    hopeless.exchange(SERVER, 2 * MILLI, 2 * MILLI, 0);
    assertTrue(hopeless.nextTimer() - hopeless.tick >= 468 * MILLI, "never faster than attempts");
  }

  @Test
  void shouldForgetWhatItKnewWhenHostSlept() {
    desk.exchange(SERVER, MILLI, MILLI, 0);
    desk.toNextTimer();
    CristianReply reply = desk.reply(SERVER, 0, 0);
    desk.wallOffset += 3_600_000 * MILLI; // the ticks stood still for an hour
    desk.tick += MILLI;
    desk.receive(SERVER, reply);
    assertEquals(State.DISRUPTED, desk.last(SyncStatus.class).state());
    desk.assertRejected(SERVER, Rejection.UNREQUESTED);
    assertEquals(1, desk.reports(Measurement.class).size(), "T1 is of another time");
    desk.toNextTimer();
    long time = desk.tick + OFFSET + 3_600_000 * MILLI;
    desk.tick += MILLI;
    desk.receive(SERVER, new CristianReply(desk.request(SERVER), time, time, 0, true));
    assertEquals(State.SYNCHRONIZED, desk.last(SyncStatus.class).state());
    assertTrue(desk.last(Disciplined.class).estimate().bounds().contains(time + MILLI));
  }

  @Test
  void shouldNoticeWhenServerSteps() {
    desk.exchange(SERVER, MILLI, MILLI, 0);
    desk.toNextTimer();
    long time = desk.tick + OFFSET + 500 * MILLI;
    desk.tick += 2 * MILLI;
    desk.receive(SERVER, new CristianReply(desk.request(SERVER), time, time, 0, true));
    assertEquals(State.DISRUPTED, desk.last(SyncStatus.class).state());
    desk.assertRejected(SERVER, Rejection.INCONSISTENT);
    desk.toNextTimer();
    time = desk.tick + OFFSET + 500 * MILLI;
    desk.tick += 2 * MILLI;
    desk.receive(SERVER, new CristianReply(desk.request(SERVER), time, time, 0, true));
    assertEquals(State.SYNCHRONIZED, desk.last(SyncStatus.class).state());
    assertTrue(desk.last(Disciplined.class).estimate().bounds().contains(time + 2 * MILLI));
  }

  @Test
  void shouldOutvoteTheLiarWhenTwoOthersAreTrue() {
    Desk three =
        new Desk(CONFIG.withEnsemble(EnsembleConfig.defaults(List.of(SERVER, SECOND, LIAR))));
    long time = three.tick + OFFSET + 1_000 * MILLI;
    three.tick += 2 * MILLI;
    three.receive(LIAR, new CristianReply(three.request(LIAR), time, time, 0, true));
    assertEquals(0, three.reports(Disciplined.class).size(), "one may be the liar");
    three.receive(SERVER, three.reply(SERVER, MILLI, 0));
    three.receive(SECOND, three.reply(SECOND, MILLI, 0));
    three.assertRejected(LIAR, Rejection.INCONSISTENT);
    assertTrue(three.last(Disciplined.class).estimate().bounds().contains(three.tick + OFFSET));
    assertEquals(State.SYNCHRONIZED, three.last(SyncStatus.class).state());
    assertEquals(1, three.reports(Rejected.class).size(), "said once");
  }

  @Test
  void shouldRefuseConfigurationWhenAValueIsOutOfRange() {
    assertThrows(
        IllegalArgumentException.class,
        () -> CristianSchedule.DEFAULT.withInterval(Duration.ofNanos(999_999)));
    assertThrows(
        IllegalArgumentException.class,
        () -> CristianSchedule.DEFAULT.withAttempts(0, Duration.ofSeconds(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> CristianLimits.DEFAULT.withMaxServerError(Duration.ofHours(2)));
  }

  private static CristianLimits limits(int targetMillis) {
    return CONFIG.limits().withTargetError(Duration.ofMillis(targetMillis));
  }

  private static void assertBound(BoundedInstant bounds, long halfWidth, long slack) {
    long actual = bounds.widthNanos() / 2;
    assertTrue(
        halfWidth - 1 <= actual && actual <= halfWidth + slack, actual + " is not " + halfWidth);
  }
}
