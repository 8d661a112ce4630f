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
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientDialogueTest {

  private static final PeerId SERVER = PeerId.simulated(1);
  private static final ReplyCheck CHECK = new ReplyCheck(16 * End.SECOND, 100_000);
  private static final Wire SEALED = Wire.DEFAULT.withKeyId(Packets.KEY);

  private final End end = End.steady(5_000);
  private final ReferenceServer server = new ReferenceServer(End.steady(0), true);
  private long now = End.SECOND;

  private static ClientDialogue dialogue(Wire wire) {
    return new ClientDialogue(new DialogueConfig(SERVER, wire, Packets.KEYS, CHECK), new Random(1));
  }

  private NtpPacket honest(ByteBuffer request) {
    ByteBuffer reply =
        server.answer(now + 100, request, now + 300, now + 200); // 100 ns to departure
    return NtpCodec.decode(reply);
  }

  private ByteBuffer ask(Dialogue dialogue) {
    return dialogue.next(now, end.at(now));
  }

  private Reply hear(Dialogue dialogue, ByteBuffer datagram) {
    now += 1_000;
    return dialogue.accept(end.at(now), datagram);
  }

  private static void assertStray(Rejection reason, Reply reply) {
    assertEquals(reason, assertInstanceOf(Reply.Stray.class, reply).reason());
  }

  private static void assertRefused(Rejection reason, Reply reply) {
    assertEquals(reason, assertInstanceOf(Reply.Refused.class, reply).reason());
  }

  private static Reply.Good good(Reply reply) {
    return assertInstanceOf(Reply.Good.class, reply);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4})
  void shouldSayNothingButARandomNumberWhenAsking(int version) {
    Dialogue dialogue = dialogue(new Wire(version, false, Wire.NO_KEY));
    Set<Long> numbers = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      ByteBuffer request = ask(dialogue);
      numbers.add(request.getLong(NtpCodec.TRANSMIT));
      request.putLong(NtpCodec.TRANSMIT, 0);
      ByteBuffer bare = ByteBuffer.allocate(48);
      bare.put(0, (byte) (version << 3 | 3)).put(NtpCodec.PRECISION, (byte) 32);
      assertEquals(bare, request);
    }
    assertEquals(1_000, numbers.size());
  }

  @Test
  void shouldGiveTheFourStampsWhenAnswered() {
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    ByteBuffer request = ask(dialogue);
    dialogue.sent(now, new ClockReading(end.tick(now) + 40, 0, 70));
    Measurement measurement = good(hear(dialogue, Packets.bytes(honest(request)))).measurement();
    assertEquals(end.tick(End.SECOND) + 40, measurement.sentTickNanos());
    assertEquals(End.START + End.SECOND + 100, measurement.peerReceivedEpochNanos());
    assertEquals(End.START + End.SECOND + 200, measurement.peerSentEpochNanos());
    assertEquals(end.tick(now), measurement.receivedTickNanos());
    assertFalse(dialogue.isOpen());
  }

  @Test
  void shouldKeepTheStampWhenAnotherRequestHasLeft() {
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    ByteBuffer request = ask(dialogue);
    dialogue.sent(now - 1, new ClockReading(end.tick(now) + 40, 0, 0));
    Measurement measurement = good(hear(dialogue, Packets.bytes(honest(request)))).measurement();
    assertEquals(end.tick(End.SECOND), measurement.sentTickNanos());
  }

  @Test
  void shouldTakeAReplyOnceWhenItIsRepeated() {
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    ByteBuffer reply = Packets.bytes(honest(ask(dialogue)));
    good(hear(dialogue, reply));
    assertStray(Rejection.UNREQUESTED, hear(dialogue, reply)); // TEST1
    ask(dialogue);
    assertStray(Rejection.UNREQUESTED, hear(dialogue, reply));
    assertTrue(dialogue.isOpen());
  }

  @Test
  void shouldSucceed99TimesOf99WhenTheFirstReplyWasLate() {
    for (boolean interleaved : new boolean[] {false, true}) {
      Dialogue dialogue = dialogue(Wire.DEFAULT.withInterleaved(interleaved));
      ByteBuffer late = Packets.bytes(honest(ask(dialogue)));
      dialogue.close();
      for (int i = 0; i < 99; i++) {
        ByteBuffer request = ask(dialogue);
        assertInstanceOf(Reply.Stray.class, hear(dialogue, late));
        good(hear(dialogue, Packets.bytes(honest(request))));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 63})
  void shouldWaitOnWhenOneBitOfTheOriginIsFalse(int bit) {
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    ByteBuffer reply = Packets.bytes(honest(ask(dialogue)));
    reply.putLong(NtpCodec.ORIGIN, reply.getLong(NtpCodec.ORIGIN) ^ (1L << bit));
    assertStray(Rejection.WRONG_NONCE, hear(dialogue, reply)); // TEST2
    reply.putLong(NtpCodec.ORIGIN, reply.getLong(NtpCodec.ORIGIN) ^ (1L << bit));
    good(hear(dialogue, reply));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "5", "6", "7"})
  void shouldWaitOnWhenModeIsNotAServers(int mode) {
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    ByteBuffer reply = Packets.bytes(honest(ask(dialogue)));
    reply.put(0, (byte) (4 << 3 | mode));
    assertStray(Rejection.UNEXPECTED_TYPE, hear(dialogue, reply));
    assertTrue(dialogue.isOpen());
  }

  @ParameterizedTest
  @CsvSource({"4,3", "3,4", "4,2", "4,5"})
  void shouldWaitOnWhenVersionIsNotTheRequests(int asked, int answered) {
    Dialogue dialogue = dialogue(new Wire(asked, false, Wire.NO_KEY));
    NtpPacket reply = honest(ask(dialogue));
    NtpPacket other = Packets.withVersion(reply, answered);
    assertStray(Rejection.UNKNOWN_VERSION, hear(dialogue, Packets.bytes(other)));
    assertTrue(dialogue.isOpen());
  }

  @ParameterizedTest
  @CsvSource({
    "3,2,GPS,PEER_UNSYNCHRONIZED",
    "0,16,GPS,PEER_UNSYNCHRONIZED",
    "0,255,GPS,PEER_UNSYNCHRONIZED",
    "0,0,'',PEER_UNSYNCHRONIZED",
    "3,0,INIT,PEER_UNSYNCHRONIZED",
    "3,0,STEP,PEER_UNSYNCHRONIZED",
    "3,0,DENY,KISS_DENY",
    "3,0,RSTR,KISS_DENY",
    "0,0,RATE,KISS_RATE",
    "3,0,NTSN,KISS_OTHER",
  })
  void shouldRefuseWhenServerHasNoTime(int leap, int stratum, String id, Rejection reason) {
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    NtpPacket reply = Packets.with(honest(ask(dialogue)), leap, stratum, id); // TEST6
    assertRefused(reason, hear(dialogue, Packets.bytes(reply)));
    assertFalse(dialogue.isOpen());
  }

  @Test
  void shouldRefuseWhenStampsAreNonsense() {
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    ByteBuffer reply = Packets.bytes(honest(ask(dialogue)));
    assertRefused(Rejection.BAD_STAMPS, hear(dialogue, reply.putLong(NtpCodec.RECEIVE, 0)));
    reply = Packets.bytes(honest(ask(dialogue)));
    assertRefused(Rejection.BAD_STAMPS, hear(dialogue, reply.putLong(NtpCodec.TRANSMIT, 0)));
    reply = Packets.bytes(honest(ask(dialogue)));
    long receive = reply.getLong(NtpCodec.RECEIVE);
    assertRefused(
        Rejection.BAD_STAMPS, hear(dialogue, reply.putLong(NtpCodec.TRANSMIT, receive - 100)));
    reply = Packets.bytes(honest(ask(dialogue)));
    long much = NtpTimestamp.ofEpochNanos(End.START + now + End.SECOND);
    assertRefused(Rejection.BAD_STAMPS, hear(dialogue, reply.putLong(NtpCodec.TRANSMIT, much)));
  }

  @Test
  void shouldRefuseWhenServerIsFarFromTheTruth() {
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    ByteBuffer reply = Packets.bytes(honest(ask(dialogue)));
    reply.putInt(NtpCodec.ROOT_DISPERSION, 17 << 16); // TEST11
    assertRefused(Rejection.DISTANCE_TOO_LARGE, hear(dialogue, reply));
  }

  @Test
  void shouldTellReasonsApartAndChangeNothingWhenCodeIsNotRight() {
    Dialogue dialogue = dialogue(SEALED);
    ByteBuffer request = ask(dialogue);
    NtpPacket reply = honest(request);
    assertEquals(null, Packets.KEYS.verify(request, NtpCodec.HEADER_LENGTH, Packets.KEY));
    ByteBuffer bad = Packets.sealed(reply, Packets.FALSE_KEYS, Packets.KEY);
    assertStray(Rejection.NOT_AUTHENTICATED, hear(dialogue, Packets.bytes(reply))); // TEST5
    assertStray(Rejection.BAD_AUTHENTICATION, hear(dialogue, bad));
    assertStray(
        Rejection.UNKNOWN_KEY, hear(dialogue, Packets.sealed(reply, Packets.FALSE_KEYS, 9)));
    assertStray(
        Rejection.OTHER_KEY,
        hear(dialogue, Packets.sealed(reply, Packets.KEYS, Packets.OTHER_KEY)));
    assertStray(Rejection.CRYPTO_NAK, hear(dialogue, Packets.nak(reply)));
    assertTrue(dialogue.isOpen());
    good(hear(dialogue, Packets.sealed(reply, Packets.KEYS, Packets.KEY)));
  }

  @Test
  void shouldWaitOnWhenACryptoNakComesWithoutAKey() {
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    NtpPacket reply = honest(ask(dialogue));
    assertStray(Rejection.CRYPTO_NAK, hear(dialogue, Packets.nak(reply)));
    good(hear(dialogue, Packets.bytes(reply)));
  }

  @Test
  void shouldThrowWhenTheKeyIsNotThere() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new DialogueConfig(SERVER, SEALED, NtpKeys.of(List.of()), CHECK));
    assertThrows(IllegalArgumentException.class, () -> new Wire(5, false, 0));
    assertThrows(IllegalArgumentException.class, () -> new Wire(2, false, 0));
  }

  @Test
  void shouldMeasureTheExchangeBeforeWhenReplyIsInterleaved() {
    Dialogue dialogue = dialogue(Wire.DEFAULT.withInterleaved(true));
    ByteBuffer first = ask(dialogue);
    assertEquals(0, first.getLong(NtpCodec.ORIGIN));
    assertEquals(0, first.getLong(NtpCodec.RECEIVE));
    Reply.Good basic = good(hear(dialogue, Packets.bytes(honest(first))));
    assertFalse(basic.isInterleaved());
    now += End.SECOND;
    ByteBuffer second = ask(dialogue);
    assertEquals(basic.packet().stamps().receive(), second.getLong(NtpCodec.ORIGIN));
    assertNotEquals(0, second.getLong(NtpCodec.RECEIVE));
    assertNotEquals(second.getLong(NtpCodec.TRANSMIT), second.getLong(NtpCodec.RECEIVE));
    Reply.Good better = good(hear(dialogue, Packets.bytes(honest(second))));
    assertTrue(better.isInterleaved());
    Measurement before = basic.measurement();
    Measurement after = better.measurement();
    assertEquals(before.sentTickNanos(), after.sentTickNanos());
    assertEquals(before.peerReceivedEpochNanos(), after.peerReceivedEpochNanos());
    assertEquals(before.peerSentEpochNanos() + 100, after.peerSentEpochNanos());
    assertEquals(before.receivedTickNanos(), after.receivedTickNanos());
    assertEquals(before.delayNanos() - 100, after.delayNanos());
  }

  @Test
  void shouldAskBasicallyWhenManyInterleavedRequestsWereLost() {
    Dialogue dialogue = dialogue(Wire.DEFAULT.withInterleaved(true));
    good(hear(dialogue, Packets.bytes(honest(ask(dialogue)))));
    for (int i = 0; i < ClientDialogue.MAX_ASKED; i++) {
      assertNotEquals(0, ask(dialogue).getLong(NtpCodec.ORIGIN));
      dialogue.close();
    }
    ByteBuffer request = ask(dialogue);
    assertEquals(0, request.getLong(NtpCodec.ORIGIN));
    assertFalse(good(hear(dialogue, Packets.bytes(honest(request)))).isInterleaved());
    assertNotEquals(0, ask(dialogue).getLong(NtpCodec.ORIGIN));
  }

  @Test
  void shouldRefuseWhenInterleavedDepartureIsNotBeforeTheNextArrival() {
    Dialogue dialogue = dialogue(Wire.DEFAULT.withInterleaved(true));
    good(hear(dialogue, Packets.bytes(honest(ask(dialogue)))));
    ByteBuffer reply = Packets.bytes(honest(ask(dialogue)));
    reply.putLong(NtpCodec.TRANSMIT, reply.getLong(NtpCodec.RECEIVE));
    assertRefused(Rejection.BAD_STAMPS, hear(dialogue, reply));
    assertEquals(0, ask(dialogue).getLong(NtpCodec.ORIGIN));
  }

  @Test
  void shouldClaimTheWorseRootWhenItChangedBetweenTheReplies() {
    Dialogue dialogue = dialogue(Wire.DEFAULT.withInterleaved(true));
    ByteBuffer first = Packets.bytes(honest(ask(dialogue)));
    good(hear(dialogue, first.putInt(NtpCodec.ROOT_DISPERSION, 1 << 16)));
    Reply.Good second = good(hear(dialogue, Packets.bytes(honest(ask(dialogue)))));
    assertTrue(second.isInterleaved());
    assertEquals(End.SECOND, second.measurement().root().dispersionNanos());
  }

  @Test
  void shouldAskBasicallyWhenAllIsForgotten() {
    Dialogue dialogue = dialogue(Wire.DEFAULT.withInterleaved(true));
    ByteBuffer reply = Packets.bytes(honest(ask(dialogue)));
    good(hear(dialogue, reply));
    dialogue.forget();
    assertEquals(0, ask(dialogue).getLong(NtpCodec.ORIGIN));
  }

  /** 2036-02-07T06:28:16Z and 2104-02-26T09:42:24Z: eras 0 and 1 end, and bit 31 turns. */
  @ParameterizedTest
  @ValueSource(longs = {2_085_978_496L, 4_233_462_144L})
  void shouldBeRightWhenAnEraEnds(long seconds) {
    for (long clockError : new long[] {-1_000_000_000L, 0, 1_000_000_000L}) {
      for (int i = -2; i <= 2; i++) {
        long truth = seconds * End.SECOND + i * End.SECOND / 2;
        Dialogue dialogue = dialogue(Wire.DEFAULT);
        ByteBuffer request = dialogue.next(1, new ClockReading(0, truth, 0));
        ReferenceServer there = new ReferenceServer(new End(truth, 0, 0, -30), false);
        ByteBuffer reply = there.answer(100, request, 300, 200);
        ClockReading received = new ClockReading(400, truth + clockError * End.SECOND, 0);
        Measurement measurement = good(dialogue.accept(received, reply)).measurement();
        assertTrue(Math.abs(truth - measurement.offsetNanos()) <= 200);
      }
    }
  }

  /** The timestamp that means "not known" is a time in February 2036, and still not known. */
  @ParameterizedTest
  @ValueSource(ints = {NtpCodec.RECEIVE, NtpCodec.TRANSMIT})
  void shouldRefuseAStampThatIsNotKnownWhenAnEraEnds(int place) {
    long turn = 2_085_978_496L * End.SECOND;
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    ByteBuffer request = dialogue.next(1, new ClockReading(0, turn, 0));
    ReferenceServer there = new ReferenceServer(new End(turn, 0, 0, -30), false);
    ByteBuffer reply = there.answer(0, request, 0, 0);
    long known = place == NtpCodec.TRANSMIT ? -4 : 4;
    int other = place == NtpCodec.TRANSMIT ? NtpCodec.RECEIVE : NtpCodec.TRANSMIT;
    reply.putLong(other, known).putLong(place, NtpTimestamp.NONE);
    assertRefused(Rejection.BAD_STAMPS, dialogue.accept(new ClockReading(400, turn, 0), reply));
  }

  @Test
  void shouldBeRightWhenTheWallClockWasNeverSet() {
    long truth = 3_786_912_000L * End.SECOND; // 2090
    Dialogue dialogue = dialogue(Wire.DEFAULT);
    ByteBuffer request = dialogue.next(1, new ClockReading(0, 0, 0));
    ReferenceServer there = new ReferenceServer(new End(truth, 0, 0, -30), false);
    ByteBuffer reply = there.answer(100, request, 300, 200);
    Reply.Good good = good(dialogue.accept(new ClockReading(400, 400, 0), reply));
    assertTrue(Math.abs(truth - good.measurement().offsetNanos()) <= 200);
  }
}
