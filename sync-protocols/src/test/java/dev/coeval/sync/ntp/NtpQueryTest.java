package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpPacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class NtpQueryTest {
  private static final PeerId SERVER = PeerId.simulated(1);

  private static Lab lab(int count) {
    NtpQueryConfig config =
        NtpQueryConfig.defaults(SERVER).withCount(count).withInterval(Duration.ofSeconds(1));
    return new Lab(new NtpQuery(config, new SplittableRandom(5)));
  }

  private static QueryResult result(Lab lab) {
    List<QueryResult> results = lab.all(QueryResult.class);
    assertEquals(1, results.size());
    assertEquals(results.get(0), lab.reports.get(lab.reports.size() - 1));
    assertEquals(results.get(0).reason(), lab.stopReason);
    assertTrue(lab.timers.isEmpty());
    return results.get(0);
  }

  private static void runToTheEnd(Lab lab) {
    while (lab.stopReason.isEmpty()) {
      lab.fireNext();
    }
  }

  @Test
  void shouldGiveStampsOffsetAndErrorWhenServerAnswers() {
    Lab lab = lab(1);
    ByteBuffer request = lab.request(SERVER);
    lab.pass(300_000);
    long arrived = lab.wall() + 50 * Lab.MILLI;
    NtpPacket reply = Lab.reply(request, arrived, arrived + 10_000);
    lab.pass(10_000 + 100_000);
    lab.receive(SERVER, reply);
    QueryReply best = result(lab).best().orElseThrow();
    assertEquals(QueryOutcome.ANSWERED, result(lab).outcome());
    assertEquals(400_000, best.measurement().delayNanos());
    long truth = Lab.START_WALL - Lab.START_TICK + 50 * Lab.MILLI;
    assertEquals(truth + 100_000, best.measurement().offsetNanos());
    assertTrue(best.bounds().lowNanos() <= truth && truth <= best.bounds().highNanos());
    assertTrue(best.errorNanos() >= 200_000 && best.errorNanos() < 300_000);
    assertEquals(1, best.sequence());
    assertEquals(reply, best.packet());
  }

  @Test
  void shouldKeepTheQuickestWhenSeveralAnswersCame() {
    Lab lab = lab(4);
    long[] delays = {5, 2, 9, 4};
    for (int i = 0; i < delays.length; i++) {
      lab.pass(delays[i] * Lab.MILLI);
      lab.receive(SERVER, lab.honest(SERVER));
      while (lab.stopReason.isEmpty() && lab.sends.size() == i + 1) {
        lab.fireNext();
      }
    }
    assertEquals(4, result(lab).answered());
    assertEquals(2, result(lab).best().orElseThrow().sequence());
    assertEquals(4, lab.all(QueryReply.class).size());
  }

  @Test
  void shouldSayNoReplyWhenServerIsSilent() {
    Lab lab = lab(3);
    runToTheEnd(lab);
    assertEquals(QueryOutcome.NO_REPLY, result(lab).outcome());
    assertEquals(3, result(lab).sent());
    assertEquals(3, lab.all(QueryLoss.class).size());
  }

  @Test
  void shouldBeAnsweredWhenOnlyOneReplyCame() {
    Lab lab = lab(3);
    lab.pass(Lab.MILLI);
    lab.receive(SERVER, lab.honest(SERVER));
    runToTheEnd(lab);
    assertEquals(QueryOutcome.ANSWERED, result(lab).outcome());
    assertEquals(1, result(lab).answered());
    assertEquals(2, lab.all(QueryLoss.class).size());
  }

  @Test
  void shouldSayUnsynchronizedWhenServerSaysSo() {
    Lab lab = lab(1);
    lab.receive(SERVER, Lab.withKind(lab.honest(SERVER), 3, 4, 4));
    assertEquals(QueryOutcome.UNSYNCHRONIZED, result(lab).outcome());
    assertFalse(result(lab).best().isPresent());
  }

  @Test
  void shouldStopAtOnceWhenServerSendsKiss() {
    Lab lab = lab(4);
    lab.receive(SERVER, Lab.kiss(lab.honest(SERVER), "DENY"));
    assertEquals(QueryOutcome.KISS, result(lab).outcome());
    assertEquals(1, result(lab).sent());
    assertTrue(result(lab).reason().contains("DENY"));
  }

  @Test
  void shouldSayUnreachableWhenNobodyListens() {
    Lab lab = lab(1);
    lab.unreachable(PeerId.simulated(2));
    assertTrue(lab.stopReason.isEmpty());
    lab.unreachable(SERVER);
    assertEquals(QueryOutcome.UNREACHABLE, result(lab).outcome());
  }

  @Test
  void shouldSayUnusableWhenStampsContradictEachOther() {
    Lab lab = lab(1);
    lab.receive(SERVER, Lab.reply(lab.request(SERVER), lab.wall(), lab.wall() - 2));
    assertEquals(QueryOutcome.UNUSABLE, result(lab).outcome());
    assertTrue(result(lab).reason().contains("BAD_STAMPS"));
  }

  @Test
  void shouldGoOnWaitingWhenStrangersSendReplies() {
    Lab lab = lab(1);
    lab.receive(PeerId.simulated(2), lab.honest(SERVER));
    lab.receive(SERVER, Lab.withOrigin(lab.honest(SERVER), 1));
    assertEquals(List.of(Rejection.UNKNOWN_PEER, Rejection.WRONG_NONCE), lab.rejections());
    lab.pass(Lab.MILLI);
    lab.receive(SERVER, lab.honest(SERVER));
    assertEquals(QueryOutcome.ANSWERED, result(lab).outcome());
  }

  @Test
  void shouldDoNothingWhenItIsOver() {
    Lab lab = lab(1);
    lab.receive(SERVER, lab.honest(SERVER));
    int reports = lab.reports.size();
    lab.receive(SERVER, lab.honest(SERVER));
    lab.unreachable(SERVER);
    lab.fire(new TimerId(NtpQuery.OWNER, 0, 0));
    assertEquals(reports, lab.reports.size());
  }
}
