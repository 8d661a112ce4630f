package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The interleaved mode (RFC 9769 section 2), as its clients see it. */
final class InterleavedServerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final NtpServerConfig CONFIG =
      NtpServerConfig.defaults().withMemory(ServerMemory.of(1));

  private final Desk desk = new Desk(CONFIG);

  /** A reply is told by what it has of the request in its origin. */
  private static boolean isInterleaved(ByteBuffer request, NtpPacket reply) {
    long origin = reply.stamps().origin();
    boolean is = origin == request.getLong(NtpCodec.RECEIVE);
    assertTrue(is || origin == request.getLong(NtpCodec.TRANSMIT));
    return is;
  }

  private static void assertNear(long expected, long actual) {
    assertTrue(Math.abs(actual - expected) <= 1, actual + " is not " + expected);
  }

  private static long epoch(long timestamp) {
    return NtpTimestamp.toEpochNanos(timestamp, Desk.EPOCH);
  }

  /** Two exchanges: a client that asks for the mode, and the reply that it will name. */
  private NtpPacket prepare(int client) {
    NtpPacket first = desk.exchange(client, desk.request());
    desk.tick += SECOND;
    NtpPacket second = desk.exchange(client, desk.request(4, first.stamps().receive()));
    desk.tick += SECOND;
    return second;
  }

  private boolean isAnsweredInterleaved(int client, ByteBuffer request) {
    return isInterleaved(request, desk.exchange(client, request));
  }

  /** Scenario S30 b: 2 basic, then interleaved. */
  @Test
  void shouldBringTheTimeAtWhichTheLastReplyLeftFromTheThirdReplyOn() {
    NtpPacket last = desk.exchange(1, desk.request());
    int interleaved = 0;
    for (int i = 1; i < 30; i++) {
      long leftTick = desk.tick + Desk.WORK + Desk.WAIT;
      desk.tick += SECOND;
      ByteBuffer request = desk.request(4, last.stamps().receive());
      NtpPacket reply = desk.exchange(1, request);
      if (isInterleaved(request, reply)) {
        interleaved++;
        long left = desk.snapshot().epochNanosAt(leftTick);
        assertNear(left, epoch(reply.stamps().transmit()));
      } else {
        assertEquals(1, i);
      }
      long arrived = desk.snapshot().epochNanosAt(desk.tick);
      assertNear(arrived, epoch(reply.stamps().receive()));
      last = reply;
    }
    assertEquals(28, interleaved);
    assertEquals(28, desk.server.count(ServerEvent.INTERLEAVED));
  }

  /** Scenario S30 a: a server that keeps nothing never answers so. */
  @Test
  void shouldAnswerInBasicModeWhenItKeepsNothing() {
    Desk forgetful = new Desk(NtpServerConfig.defaults());
    long origin = 1;
    for (int i = 0; i < 10; i++) {
      ByteBuffer request = forgetful.request(4, origin);
      NtpPacket reply = forgetful.exchange(1, request);
      assertFalse(isInterleaved(request, reply));
      origin = reply.stamps().receive();
    }
  }

  @Test
  void shouldAnswerInBasicModeWhenClientDoesNotAskForTheOther() {
    NtpPacket last = desk.exchange(1, desk.request());
    for (int i = 0; i < 10; i++) {
      ByteBuffer request = desk.request(4, last.stamps().transmit());
      last = desk.exchange(1, request);
      assertFalse(isInterleaved(request, last));
    }
    NtpPacket named = prepare(1);
    assertFalse(isAnsweredInterleaved(1, desk.request(3, named.stamps().receive())), "version 3");
    ByteBuffer same = desk.request(4, named.stamps().receive());
    same.putLong(NtpCodec.RECEIVE, same.getLong(NtpCodec.TRANSMIT));
    desk.exchange(1, same);
    assertEquals(0, desk.server.count(ServerEvent.INTERLEAVED));
  }

  @Test
  void shouldNotGiveOnesStampsToAnotherNorLetThemBeUsedUp() {
    long named = prepare(1).stamps().receive();
    for (int i = 0; i < 20; i++) {
      assertFalse(isAnsweredInterleaved(2, desk.request(4, named)));
    }
    assertTrue(isAnsweredInterleaved(1, desk.request(4, named)));
    assertTrue(isAnsweredInterleaved(1, desk.request(4, named)), "the reply may have been lost");
  }

  @Test
  void shouldFindClientAgainWhenItAsksFromAnotherPort() {
    long named = prepare(1).stamps().receive();
    ByteBuffer request = desk.request(4, named);
    PeerId other = new PeerId(PeerId.simulated(1).address(), 40_000);
    assertTrue(isInterleaved(request, NtpCodec.decode(desk.ask(other, request))));
  }

  @Test
  void shouldSayTheOlderErrorWhenClockBecameBetterSince() {
    desk.errorNanos = 80_000_000;
    long named = prepare(1).stamps().receive();
    desk.errorNanos = 1_000;
    ByteBuffer request = desk.request(4, named);
    NtpPacket reply = desk.exchange(1, request);
    assertTrue(isInterleaved(request, reply));
    assertTrue(ServedTimeProperties.distance(reply) >= 80_000_000);
    NtpPacket next = desk.exchange(1, desk.request(4, reply.stamps().receive()));
    assertTrue(ServedTimeProperties.distance(next) < 10_000_000, "and does not hand it on");
    assertEquals(2, desk.server.count(ServerEvent.INTERLEAVED));
  }

  @Test
  void shouldNotStepTheOldStampWhenClockIsSteppedBeforeReplyLeaves() {
    NtpPacket first = desk.exchange(1, desk.request());
    ByteBuffer second = desk.ask(1, desk.request(4, first.stamps().receive()));
    NtpPacket said = NtpCodec.decode(second);
    desk.offset += 3600 * SECOND;
    ClockReading left = new ClockReading(desk.tick + Desk.WORK + Desk.WAIT, 0, 0);
    desk.server.onSent(PeerId.simulated(1), second, left);
    ByteBuffer request = desk.request(4, said.stamps().receive());
    NtpPacket reply = desk.exchange(1, request);
    assertTrue(isInterleaved(request, reply));
    assertNear(epoch(said.stamps().transmit()) + Desk.WAIT, epoch(reply.stamps().transmit()));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 2 * SECOND})
  void shouldKeepTheReplysOwnStampWhenDepartureIsNotBelievable(long wait) {
    NtpPacket first = desk.exchange(1, desk.request());
    ByteBuffer second = desk.ask(1, desk.request(4, first.stamps().receive()));
    NtpPacket said = NtpCodec.decode(second);
    ClockReading left = new ClockReading(desk.tick + Desk.WORK + wait, 0, 0);
    desk.server.onSent(PeerId.simulated(1), second, left);
    NtpPacket reply = desk.exchange(1, desk.request(4, said.stamps().receive()));
    assertEquals(said.stamps().transmit(), reply.stamps().transmit());
  }

  @Test
  void shouldRefineOnlyTheLastReplyWhenAnotherIsReportedSent() {
    NtpPacket first = desk.exchange(1, desk.request());
    ByteBuffer second = desk.ask(1, desk.request(4, first.stamps().receive()));
    desk.ask(2, desk.request());
    ClockReading left = new ClockReading(desk.tick + Desk.WORK + Desk.WAIT, 0, 0);
    desk.server.onSent(PeerId.simulated(1), second, left);
    NtpPacket said = NtpCodec.decode(second);
    NtpPacket reply = desk.exchange(1, desk.request(4, said.stamps().receive()));
    assertEquals(said.stamps().transmit(), reply.stamps().transmit());
  }

  @Test
  void shouldRefineNothingWhenAnotherReplyIsReportedSent() {
    ByteBuffer first = desk.ask(1, desk.request());
    desk.tick += SECOND;
    long named = NtpCodec.decode(first).stamps().receive();
    NtpPacket said = NtpCodec.decode(desk.ask(1, desk.request(4, named)));
    ClockReading left = new ClockReading(desk.tick + Desk.WORK + Desk.WAIT, 0, 0);
    desk.server.onSent(PeerId.simulated(1), first, left);
    NtpPacket reply = desk.exchange(1, desk.request(4, said.stamps().receive()));
    assertEquals(said.stamps().transmit(), reply.stamps().transmit());
  }

  @Test
  void shouldGiveEachReplyItsOwnNameWhenRequestsArriveAtOneInstant() {
    long named = desk.exchange(1, desk.request()).stamps().receive();
    NtpPacket one = desk.exchange(1, desk.request(4, named));
    NtpPacket other = desk.exchange(1, desk.request(4, named));
    assertNotEquals(one.stamps().receive(), other.stamps().receive());
    assertNear(epoch(one.stamps().receive()), epoch(other.stamps().receive()));
  }

  @Test
  void shouldKeepNothingWhenThereIsNoTimeToGive() {
    desk.errorNanos = Long.MAX_VALUE;
    long named = prepare(1).stamps().receive();
    desk.errorNanos = 1_000;
    assertFalse(isAnsweredInterleaved(1, desk.request(4, named)));
  }

  @Test
  void shouldMarkStampsSoThatNeitherPassesForTheOther() {
    for (int i = 0; i < 100; i++) {
      desk.tick += 17;
      NtpPacket reply = desk.exchange(i, desk.request());
      assertEquals(1, reply.stamps().receive() & 1);
      assertEquals(0, reply.stamps().transmit() & 1);
    }
  }
}
