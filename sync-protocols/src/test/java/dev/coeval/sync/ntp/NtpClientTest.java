package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.PeerUnreachable;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.time.ClockReading;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NtpClientTest {
  private static final PeerId ONE = PeerId.simulated(1);
  private static final PeerId TWO = PeerId.simulated(2);
  private static final PeerId THREE = PeerId.simulated(3);

  private static NtpConfig config(PeerId... servers) {
    EnsembleConfig ensemble =
        EnsembleConfig.defaults(List.of(servers)).withMissesUntilUnreachable(3);
    return NtpConfig.defaults(List.of(servers))
        .withEnsemble(ensemble)
        .withPolling(NtpPolling.every(Duration.ofSeconds(1)));
  }

  private static NtpClient client(NtpConfig config) {
    return new NtpClient(config, new SplittableRandom(9));
  }

  private static long requestsTo(Lab lab, PeerId server) {
    return lab.sends.stream().filter(send -> send.to().equals(server)).count();
  }

  private static void answerAll(Lab lab, PeerId... servers) {
    lab.pass(Lab.MILLI);
    for (PeerId server : servers) {
      lab.receive(server, lab.honest(server));
    }
  }

  private static void runFor(Lab lab, Duration duration) {
    long until = lab.tick() + duration.toNanos();
    while (lab.timers.values().stream().anyMatch(at -> at <= until)) {
      lab.fireNext();
    }
    lab.pass(until - lab.tick());
  }

  @Test
  void shouldAskAllServersWhenItStarts() {
    Lab lab = new Lab(client(config(ONE, TWO, THREE)));
    assertEquals(List.of(ONE, TWO, THREE), lab.sends.stream().map(Action.Send::to).toList());
    assertEquals(SyncStatus.State.UNSYNCHRONIZED, lab.all(SyncStatus.class).get(0).state());
  }

  @Test
  void shouldGiveAnEstimateWithinItsBoundsWhenServersAgree() {
    Lab lab = new Lab(client(config(ONE, TWO, THREE)));
    answerAll(lab, ONE, TWO, THREE);
    Disciplined last = lab.all(Disciplined.class).get(lab.all(Disciplined.class).size() - 1);
    assertTrue(last.estimate().bounds().contains(lab.wall()));
    // all answer at once, but were asked 0.2 s apart; one of three may be false
    assertTrue(last.estimate().bounds().widthNanos() < 250 * Lab.MILLI);
    List<SyncStatus> statuses = lab.all(SyncStatus.class);
    assertEquals(SyncStatus.State.SYNCHRONIZED, statuses.get(statuses.size() - 1).state());
    assertFalse(lab.all(ServerSample.class).isEmpty());
  }

  @Test
  void shouldUseTheStampOfTheRuntimeWhenRequestLeftLater() {
    NtpClient client = client(config(ONE));
    Lab lab = new Lab(client);
    SendId id = lab.sends.get(0).id();
    client.onSent(new ClockReading(lab.tick() + 500, lab.wall() + 500, 0), id);
    client.onSent(new ClockReading(lab.tick() + 900, 0, 0), new SendId("ntp", 99));
    lab.pass(1000);
    lab.receive(ONE, lab.honest(ONE));
    assertEquals(Lab.START_TICK + 500, lab.measurements().get(0).sentTickNanos());
  }

  @Test
  void shouldSaySoWhenServersFallSilent() {
    Lab lab = new Lab(client(config(ONE)));
    answerAll(lab, ONE);
    runFor(lab, Duration.ofSeconds(5));
    ServerReachability silent = lab.all(ServerReachability.class).get(1);
    assertEquals(ONE, silent.peer());
    assertFalse(silent.reachable());
    assertEquals(3, silent.unanswered());
    List<SyncStatus> statuses = lab.all(SyncStatus.class);
    SyncStatus last = statuses.get(statuses.size() - 1);
    assertEquals(SyncStatus.State.HOLDOVER, last.state());
    assertTrue(last.reason().contains("10.0.0.1:123 for 4.0"), last.reason());
    answerAll(lab, ONE);
    statuses = lab.all(SyncStatus.class);
    assertEquals(SyncStatus.State.SYNCHRONIZED, statuses.get(statuses.size() - 1).state());
    assertTrue(lab.all(ServerReachability.class).get(2).reachable());
  }

  @Test
  void shouldSaySoWhenNobodyHasEverAnswered() {
    Lab lab = new Lab(client(config(ONE, TWO)));
    runFor(lab, Duration.ofSeconds(5));
    List<SyncStatus> statuses = lab.all(SyncStatus.class);
    SyncStatus last = statuses.get(statuses.size() - 1);
    assertEquals(SyncStatus.State.UNSYNCHRONIZED, last.state());
    assertTrue(last.reason().contains("10.0.0.1:123 for 3."), last.reason());
    assertTrue(last.reason().contains("10.0.0.2:123 for 3."), last.reason());
    assertTrue(lab.all(Disciplined.class).isEmpty());
  }

  @Test
  void shouldNameTheLiarWhenOneOfThreeLies() {
    Lab lab = new Lab(client(config(ONE, TWO, THREE)));
    for (int i = 0; i < 5; i++) {
      lab.pass(Lab.MILLI);
      long lie = lab.wall() + 3600 * Lab.SECOND;
      lab.receive(TWO, Lab.reply(lab.request(TWO), lie, lie));
      lab.receive(ONE, lab.honest(ONE));
      lab.receive(THREE, lab.honest(THREE));
      long now = lab.wall();
      List<Disciplined> estimates = lab.all(Disciplined.class);
      assertTrue(estimates.get(estimates.size() - 1).estimate().bounds().contains(now));
      runFor(lab, Duration.ofSeconds(1));
    }
    assertEquals(List.of(Rejection.INCONSISTENT), lab.rejections().subList(0, 1));
    assertTrue(lab.reports.contains(new Rejected(TWO, Rejection.INCONSISTENT)));
  }

  @Test
  void shouldNeverAskAgainWhenServerDenies() {
    Lab lab = new Lab(client(config(ONE, TWO)));
    lab.receive(ONE, Lab.kiss(lab.honest(ONE), "DENY"));
    runFor(lab, Duration.ofSeconds(20));
    lab.fire(new TimerId(NtpClient.OWNER, 0, 0));
    assertEquals(1, requestsTo(lab, ONE));
    assertTrue(requestsTo(lab, TWO) >= 3);
    assertFalse(lab.all(ServerReachability.class).get(0).reachable());
  }

  @Test
  void shouldAskLessAndLessWhenServerStaysSilent() {
    NtpPolling polling = NtpPolling.exponents(4, 6).withTimeout(Duration.ofSeconds(1));
    Lab lab = new Lab(client(config(ONE).withPolling(polling)));
    runFor(lab, Duration.ofSeconds(149));
    assertEquals(6, requestsTo(lab, ONE));
    answerAll(lab, ONE);
    runFor(lab, Duration.ofHours(1));
    assertTrue(requestsTo(lab, ONE) <= 6 + 4 + 3600 / 64);
  }

  @Test
  void shouldSaySoWhenTheOnlyServerDenies() {
    Lab lab = new Lab(client(config(ONE)));
    answerAll(lab, ONE);
    runFor(lab, Duration.ofMillis(1100));
    lab.receive(ONE, Lab.kiss(lab.honest(ONE), "RSTR"));
    List<SyncStatus> statuses = lab.all(SyncStatus.class);
    SyncStatus last = statuses.get(statuses.size() - 1);
    assertEquals(SyncStatus.State.HOLDOVER, last.state());
    assertTrue(last.reason().endsWith("(it denied service)"), last.reason());
    assertTrue(lab.timers.isEmpty());
  }

  @Test
  void shouldAskLessOftenForGoodWhenServerSaysRate() {
    Lab lab = new Lab(client(config(ONE).withPolling(NtpPolling.exponents(0, 6))));
    lab.receive(ONE, Lab.kiss(lab.honest(ONE), "RATE")); // its poll field says 2^6 s
    runFor(lab, Duration.ofSeconds(5 * 64 - 1));
    assertEquals(1, requestsTo(lab, ONE));
    runFor(lab, Duration.ofSeconds(8));
    assertEquals(2, requestsTo(lab, ONE));
    answerAll(lab, ONE);
    runFor(lab, Duration.ofSeconds(55));
    assertEquals(2, requestsTo(lab, ONE));
    runFor(lab, Duration.ofSeconds(11));
    assertEquals(3, requestsTo(lab, ONE));
    runFor(lab, Duration.ofSeconds(55)); // lost: still not sooner than it was told
    assertEquals(3, requestsTo(lab, ONE));
  }

  @Test
  void shouldBeginWithABurstAndSlowDownWhenAllIsWell() {
    NtpPolling polling = NtpPolling.exponents(4, 6).withBurst(4, Duration.ofMillis(250));
    Lab lab = new Lab(client(config(ONE).withPolling(polling)));
    long last = lab.tick();
    StringBuilder intervals = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lab.pass(Lab.MILLI);
      lab.receive(ONE, lab.honest(ONE));
      int before = lab.sends.size();
      while (lab.sends.size() == before) {
        lab.fireNext();
      }
      intervals.append((lab.tick() - last) / (Lab.SECOND / 4)).append(' ');
      last = lab.tick();
    }
    assertTrue(intervals.toString().startsWith("1 1 1 6"), intervals.toString());
    assertTrue(intervals.toString().matches(".* 2[56]. 2[56]. "), intervals.toString());
    assertTrue(intervals.toString().matches(".* 6[45] 1(28|29|30) .*"), intervals.toString());
  }

  @Test
  void shouldDoNothingWhenTimerIsSpurious() {
    Lab lab = new Lab(client(config(ONE)));
    lab.pass(Lab.MILLI);
    int before = lab.sends.size();
    for (int kind = -1; kind < 4; kind++) {
      for (int index = -1; index < 3; index++) {
        lab.fire(new TimerId(NtpClient.OWNER, kind, index));
        lab.fire(new TimerId("else", kind, index));
      }
    }
    assertEquals(before, lab.sends.size());
    lab.receive(ONE, lab.honest(ONE));
    assertEquals(1, lab.measurements().size());
  }

  @Test
  void shouldReportWhenItsServerIsUnreachable() {
    Lab lab = new Lab(client(config(ONE)));
    lab.unreachable(ONE);
    lab.unreachable(TWO);
    assertEquals(
        List.of(new PeerUnreachable(ONE, "port unreachable")), lab.all(PeerUnreachable.class));
    lab.receive(ONE, lab.honest(ONE));
    assertEquals(1, lab.measurements().size());
  }

  @Test
  void shouldForgetWhatItKnewWhenTheHostSlept() {
    NtpClient client = client(config(ONE));
    Lab lab = new Lab(client);
    answerAll(lab, ONE);
    runFor(lab, Duration.ofMillis(999));
    ClockReading slept = new ClockReading(lab.tick(), lab.wall() + 30 * Lab.SECOND, 0);
    List<Action> actions = client.onDatagram(slept, ONE, Lab.bytes(lab.honest(ONE)));
    assertTrue(
        actions.stream()
            .anyMatch(
                action ->
                    action instanceof Action.Publish publish
                        && publish.report() instanceof SyncStatus status
                        && status.state() == SyncStatus.State.DISRUPTED));
    assertTrue(
        actions.stream()
            .noneMatch(
                action ->
                    action instanceof Action.Publish publish
                        && publish.report() instanceof Disciplined));
  }

  @Test
  void shouldGiveTheSameActionsWhenTheSeedIsTheSame() {
    Lab one = new Lab(client(config(ONE, TWO)));
    Lab two = new Lab(client(config(ONE, TWO)));
    runFor(one, Duration.ofSeconds(10));
    runFor(two, Duration.ofSeconds(10));
    assertEquals(one.sends, two.sends);
    assertEquals(one.reports, two.reports);
  }
}
