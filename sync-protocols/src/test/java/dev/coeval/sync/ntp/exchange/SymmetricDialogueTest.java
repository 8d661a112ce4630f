package dev.coeval.sync.ntp.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymmetricDialogueTest {

  private static final PeerId PEER = PeerId.simulated(1);
  private static final ReplyCheck CHECK = new ReplyCheck(16 * End.SECOND, 100_000);
  private static final int ACTIVE = NtpPacket.MODE_SYMMETRIC_ACTIVE;

  private final End end = new End(End.START, 5_000, 0, -32);
  private final Dialogue dialogue = dialogue(Wire.DEFAULT, ACTIVE);
  private long now = End.SECOND;

  private Dialogue dialogue(Wire wire, int mode) {
    return new SymmetricDialogue(
        new DialogueConfig(PEER, wire, Packets.KEYS, CHECK), mode, end::served, new Random(1));
  }

  private NtpPacket send(Dialogue from) {
    now += End.SECOND;
    return NtpCodec.decode(from.next(now, end.at(now)));
  }

  private Reply hear(Dialogue to, NtpPacket packet) {
    now += 1_000;
    return to.accept(end.at(now), Packets.bytes(packet));
  }

  private static long stamp(long t) {
    return NtpTimestamp.ofEpochNanos(End.START + t);
  }

  private NtpPacket answer(NtpPacket packet) {
    return Packets.of(ACTIVE, packet.stamps().transmit(), stamp(now + 100), stamp(now + 200));
  }

  private static void assertStray(Rejection reason, Reply reply) {
    assertEquals(reason, assertInstanceOf(Reply.Stray.class, reply).reason());
  }

  @Test
  void shouldSayItsOwnTimeWhenSending() {
    end.err(3 * End.MILLI);
    dialogue.pollEvery(-3);
    NtpPacket packet = send(dialogue);
    assertEquals(new NtpPacket.Kind(0, 4, ACTIVE), packet.kind());
    assertEquals(2, packet.quality().stratum());
    assertEquals(-3, packet.quality().poll());
    assertEquals(-32, packet.quality().precision());
    assertEquals(197, packet.quality().rootDispersion()); // 3 ms, rounded up
    assertEquals("GPS", packet.reference().text());
    assertEquals(new NtpPacket.Stamps(0, 0, stamp(now + 3 * End.MILLI)), packet.stamps());
  }

  @Test
  void shouldMeasureAndBringBackTheStampsWhenAnswered() {
    NtpPacket packet = send(dialogue);
    assertTrue(dialogue.isOpen());
    long sent = now;
    NtpPacket answer = answer(packet);
    Reply.Good good = assertInstanceOf(Reply.Good.class, hear(dialogue, answer));
    assertEquals(
        new Measurement(
            PEER,
            end.tick(sent),
            End.START + sent + 100,
            End.START + sent + 200,
            end.tick(now),
            good.measurement().root()),
        good.measurement());
    assertFalse(dialogue.isOpen());
    long received = now;
    NtpPacket next = send(dialogue);
    assertEquals(answer.stamps().transmit(), next.stamps().origin());
    assertEquals(stamp(received), next.stamps().receive());
  }

  @Test
  void shouldChangeNothingWhenPacketIsDuplicated() {
    NtpPacket answer = answer(send(dialogue));
    hear(dialogue, answer);
    long received = now;
    assertStray(Rejection.DUPLICATE, hear(dialogue, answer)); // TEST1
    assertEquals(stamp(received), send(dialogue).stamps().receive());
    assertStray(Rejection.DUPLICATE, hear(dialogue, answer));
  }

  @Test
  void shouldBringBackTheNewestWhenMoreAnswersCome() {
    NtpPacket packet = send(dialogue);
    hear(dialogue, answer(packet));
    NtpPacket second = answer(packet);
    assertStray(Rejection.UNREQUESTED, hear(dialogue, second));
    NtpPacket older =
        Packets.of(ACTIVE, packet.stamps().transmit(), stamp(now), stamp(now - 1_500));
    assertStray(Rejection.UNREQUESTED, hear(dialogue, older));
    assertEquals(second.stamps().transmit(), send(dialogue).stamps().origin());
  }

  @Test
  void shouldChangeNothingWhenOriginIsBogusZeroOrReplayed() {
    NtpPacket answer = answer(send(dialogue));
    hear(dialogue, answer);
    NtpPacket packet = send(dialogue);
    NtpPacket bogus = Packets.of(ACTIVE, 12345, 1, stamp(now + 50 * End.SECOND));
    assertStray(Rejection.WRONG_NONCE, hear(dialogue, bogus)); // TEST2
    NtpPacket zero = Packets.of(ACTIVE, 0, 0, stamp(now + 60 * End.SECOND));
    assertStray(Rejection.UNREQUESTED, hear(dialogue, zero)); // TEST3
    assertTrue(dialogue.isOpen());
    NtpPacket second = answer(packet);
    assertInstanceOf(Reply.Good.class, hear(dialogue, second));
    assertStray(Rejection.UNREQUESTED, hear(dialogue, zero));
    assertEquals(second.stamps().transmit(), send(dialogue).stamps().origin());
  }

  @Test
  void shouldNotUseAnOldPacketWhenAnswersAreMissing() {
    NtpPacket answer = answer(send(dialogue));
    hear(dialogue, answer);
    send(dialogue);
    hear(dialogue, Packets.of(ACTIVE, 0, 0, stamp(now - 10 * End.SECOND)));
    assertEquals(answer.stamps().transmit(), send(dialogue).stamps().origin());
    NtpPacket newer = Packets.of(ACTIVE, 0, 0, stamp(now + 7));
    hear(dialogue, newer);
    assertEquals(newer.stamps().transmit(), send(dialogue).stamps().origin());
  }

  @Test
  void shouldNotUseAStrangerWhenThePeerPollsLessOften() {
    dialogue.pollEvery(3);
    NtpPacket answer = Packets.withPoll(answer(send(dialogue)), 5);
    hear(dialogue, answer);
    for (int i = 0; i < 4; i++) {
      assertEquals(answer.stamps().transmit(), send(dialogue).stamps().origin());
      hear(dialogue, Packets.of(ACTIVE, 0, 0, stamp(now + 7)));
    }
    assertNotEquals(answer.stamps().transmit(), send(dialogue).stamps().origin());
  }

  @Test
  void shouldTakeAnAnswerToAnyOfTheLastPacketsOnce() {
    NtpPacket first = send(dialogue);
    NtpPacket second = send(dialogue);
    NtpPacket third = send(dialogue);
    assertInstanceOf(Reply.Good.class, hear(dialogue, answer(second)));
    assertTrue(dialogue.isOpen());
    assertStray(Rejection.WRONG_NONCE, hear(dialogue, answer(first)));
    assertStray(Rejection.WRONG_NONCE, hear(dialogue, answer(second)));
    assertInstanceOf(Reply.Good.class, hear(dialogue, answer(third)));
    NtpPacket tooOld = send(dialogue);
    for (int i = 0; i < Outbox.CAPACITY; i++) {
      send(dialogue);
    }
    assertStray(Rejection.WRONG_NONCE, hear(dialogue, answer(tooOld)));
  }

  @Test
  void shouldRefuseWhenItsOwnPacketComesBack() {
    for (Wire wire : new Wire[] {Wire.DEFAULT, Wire.DEFAULT.withKeyId(Packets.KEY)}) {
      Dialogue mirror = dialogue(wire, ACTIVE);
      for (int i = 0; i < 40; i++) {
        now += End.SECOND;
        ByteBuffer packet = mirror.next(i, end.at(now));
        assertStray(Rejection.LOOP, mirror.accept(end.at(now + 5), packet));
      }
    }
  }

  @Test
  void shouldRefuseWhenTransmitTimestampIsZero() {
    NtpPacket packet = send(dialogue);
    NtpPacket answer = Packets.of(ACTIVE, packet.stamps().transmit(), stamp(now), 0);
    assertStray(Rejection.BAD_STAMPS, hear(dialogue, answer));
    assertTrue(dialogue.isOpen());
  }

  @Test
  void shouldGoOnWithoutTimeWhenThePeerHasNone() {
    NtpPacket packet = send(dialogue);
    NtpPacket answer = Packets.with(answer(packet), 3, 0, "INIT"); // TEST6
    Reply.Refused refused = assertInstanceOf(Reply.Refused.class, hear(dialogue, answer));
    assertEquals(Rejection.PEER_UNSYNCHRONIZED, refused.reason());
    assertEquals(answer.stamps().transmit(), send(dialogue).stamps().origin());
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,true",
    "1,2,true",
    "2,1,true",
    "2,2,false",
    "1,3,false",
    "1,4,false",
    "2,5,false"
  })
  void shouldTakeOnlyTheModesThatThereAre(int own, int other, boolean isTaken) {
    Dialogue peer = dialogue(Wire.DEFAULT, own);
    NtpPacket packet = send(peer);
    NtpPacket answer = Packets.of(other, packet.stamps().transmit(), stamp(now), stamp(now + 1));
    Reply reply = hear(peer, answer);
    assertEquals(isTaken, reply instanceof Reply.Good);
    assertEquals(!isTaken, reply.equals(new Reply.Stray(Rejection.UNEXPECTED_TYPE)));
  }

  @ParameterizedTest
  @CsvSource({"3,true", "4,true", "2,false", "5,false", "0,false"})
  void shouldTakeVersions3And4(int version, boolean isTaken) {
    NtpPacket answer = Packets.withVersion(answer(send(dialogue)), version);
    assertEquals(isTaken, hear(dialogue, answer) instanceof Reply.Good);
  }

  @Test
  void shouldThrowWhenModeIsNotSymmetric() {
    assertThrows(IllegalArgumentException.class, () -> dialogue(Wire.DEFAULT, 3));
  }

  @Test
  void shouldChangeNothingWhenPacketIsNotSealed() {
    Dialogue sealed = dialogue(Wire.DEFAULT.withKeyId(Packets.KEY), ACTIVE);
    NtpPacket packet = send(sealed);
    NtpPacket answer = answer(packet);
    assertStray(Rejection.NOT_AUTHENTICATED, hear(sealed, answer)); // TEST5
    assertStray(
        Rejection.BAD_AUTHENTICATION,
        sealed.accept(end.at(now), Packets.sealed(answer, Packets.FALSE_KEYS, Packets.KEY)));
    assertStray(Rejection.CRYPTO_NAK, sealed.accept(end.at(now), Packets.nak(answer)));
    assertTrue(sealed.isOpen());
    assertEquals(0, send(sealed).stamps().origin());
    ByteBuffer good = Packets.sealed(answer, Packets.KEYS, Packets.KEY);
    assertInstanceOf(Reply.Good.class, sealed.accept(end.at(now), good));
  }

  @Test
  void shouldSayWhenThePacketBeforeHadLeftWhenInterleaved() {
    Dialogue peer = dialogue(Wire.DEFAULT.withInterleaved(true), ACTIVE);
    NtpPacket first = send(peer);
    hear(peer, answer(first));
    NtpPacket second = send(peer);
    assertEquals(stamp(now - End.SECOND - 1_000), second.stamps().transmit() - 1);
    NtpPacket answer =
        Packets.of(
            ACTIVE,
            second.stamps().receive(),
            stamp(now + 100),
            stamp(now - End.SECOND - 1_000 + 250));
    Reply.Good good = assertInstanceOf(Reply.Good.class, hear(peer, answer));
    assertTrue(good.isInterleaved());
    assertEquals(end.tick(2 * End.SECOND), good.measurement().sentTickNanos());
    assertEquals(End.START + 2 * End.SECOND + 250, good.measurement().peerSentEpochNanos());
    send(peer);
    assertEquals(0, send(peer).stamps().origin() - answer.stamps().transmit());
  }

  @Test
  void shouldSayItsErrorIsLargerWhenItsTimeWasCorrectedMeanwhile() {
    Dialogue peer = dialogue(Wire.DEFAULT.withInterleaved(true), ACTIVE);
    NtpPacket first = send(peer);
    hear(peer, answer(first));
    NtpPacket second = send(peer);
    NtpPacket answer =
        Packets.of(ACTIVE, second.stamps().receive(), stamp(now + 100), stamp(now - 1_000));
    hear(peer, answer);
    end.err(End.SECOND);
    NtpPacket third = send(peer);
    assertEquals(answer.stamps().receive(), third.stamps().origin());
    assertEquals(2 << 16, third.quality().rootDispersion(), 2);
  }

  @Test
  void shouldHideTheBitsThatItDoesNotKnow() {
    End coarse = new End(End.START, 0, 0, -10);
    Dialogue peer =
        new SymmetricDialogue(
            DialogueConfig.open(PEER, Wire.DEFAULT, CHECK), ACTIVE, coarse::served, new Random(1));
    long first = NtpCodec.decode(peer.next(1, coarse.at(0))).stamps().transmit();
    long second = NtpCodec.decode(peer.next(2, coarse.at(0))).stamps().transmit();
    assertEquals(first >> 22, second >> 22);
    assertNotEquals(first, second);
    assertEquals(stamp(0) >> 22, first >> 22);
  }
}
