package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NtpServerTest {
  private static final PeerId CLIENT = PeerId.simulated(7);
  private static final long TICK = 5_000_000_000L;
  private static final long SENT_TICK = TICK + 30_000;
  private static final long NOW =
      Instant.parse("2026-11-01T12:00:00Z").getEpochSecond() * 1_000_000_000L;
  private static final long NONCE = 0xFEDC_BA98_7654_3210L;
  private static final ClockReading RECEIVED = new ClockReading(TICK, 0, 0);

  private static ClockModel model(BoundedInstant bounds) {
    ClockEstimate estimate = new ClockEstimate(TICK - 1_000_000_000L, NOW, 0, 0, bounds);
    return ClockModel.unsynchronized(new ClockReading(0, 0, 0), 200_000)
        .steer(
            estimate,
            TICK - 1_000_000_000L,
            SteeringPolicy.with(StepPolicy.atStart(Duration.ZERO)));
  }

  private static ClockModel accurateTo(long errorNanos) {
    return model(BoundedInstant.around(NOW, errorNanos));
  }

  private static ByteBuffer request(int version, int mode) {
    ByteBuffer request = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    request.put(0, NtpCodec.firstByte(0, version, mode));
    request.put(NtpCodec.POLL, (byte) 7);
    request.putLong(NtpCodec.TRANSMIT, NONCE);
    return request;
  }

  private static int respond(NtpServer server, ByteBuffer request, ByteBuffer reply) {
    return server.respond(RECEIVED, CLIENT, request.asReadOnlyBuffer(), reply, () -> SENT_TICK);
  }

  private static NtpPacket answer(NtpServer server, ByteBuffer request) {
    ByteBuffer reply = ByteBuffer.allocate(request.remaining());
    assertEquals(NtpCodec.HEADER_LENGTH, respond(server, request, reply));
    assertEquals(NtpCodec.HEADER_LENGTH, reply.position());
    return NtpCodec.decode(reply.flip());
  }

  private static NtpServer server(ClockModel model) {
    return new NtpServer(NtpServerConfig.defaults(), () -> model);
  }

  @Test
  void shouldGiveBothStampsAndTheNonceWhenAsked() {
    ClockModel model = accurateTo(1_000_000);
    NtpPacket reply = answer(server(model), request(4, 3));
    assertEquals(new NtpPacket.Kind(0, 4, 4), reply.kind());
    assertEquals(1, reply.quality().stratum());
    assertEquals(7, reply.quality().poll());
    assertEquals("LOCL", reply.reference().text());
    assertEquals(NONCE, reply.stamps().origin());
    assertEquals(model.epochNanosAt(TICK), epoch(reply.stamps().receive()));
    assertEquals(model.epochNanosAt(SENT_TICK), epoch(reply.stamps().transmit()));
    assertEquals(NOW, epoch(reply.reference().timestamp()));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 15_000, 1_000_000, 123_456_789, 2_000_000_000})
  void shouldNeverAdvertiseLessThanTheTruthWhenItHasBounds(long errorNanos) {
    ClockModel model = accurateTo(errorNanos);
    NtpPacket reply = answer(server(model), request(4, 3));
    long advertised =
        NtpShort.toNanos(reply.quality().rootDispersion())
            + NtpShort.toNanos(reply.quality().rootDelay()) / 2;
    for (long stamp : new long[] {reply.stamps().receive(), reply.stamps().transmit()}) {
      long tick = stamp == reply.stamps().receive() ? TICK : SENT_TICK;
      long worst = model.boundsAt(tick).errorNanosOf(epoch(stamp));
      assertTrue(advertised >= worst, advertised + " < " + worst);
      assertTrue(advertised <= worst + 20_000, "not much more either");
    }
  }

  @Test
  void shouldCountTheFarEndWhenTheClockIsNotInTheMiddleOfItsBounds() {
    ClockModel model = model(new BoundedInstant(NOW - 1_000, NOW + 50_000_000));
    NtpPacket reply = answer(server(model), request(4, 3));
    assertTrue(NtpShort.toNanos(reply.quality().rootDispersion()) > 50_000_000);
  }

  @Test
  void shouldCountWhatTheBoundGrewByWhenTheReplyHadToWait() {
    ClockModel model = accurateTo(1_000_000);
    long sentTick = TICK + 10_000_000_000L;
    ByteBuffer reply = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    server(model).respond(RECEIVED, CLIENT, request(4, 3), reply, () -> sentTick);
    NtpPacket packet = NtpCodec.decode(reply.flip());
    long advertised = NtpShort.toNanos(packet.quality().rootDispersion());
    assertTrue(advertised >= model.maxErrorNanosAt(sentTick));
  }

  @Test
  void shouldSayUnsynchronizedWhenThereIsNoBoundOrTooWideAOne() {
    for (ClockModel model :
        new ClockModel[] {
          ClockModel.unsynchronized(new ClockReading(0, NOW, 0), 200_000),
          accurateTo(16_000_000_000L)
        }) {
      NtpPacket reply = answer(server(model), request(4, 3));
      assertEquals(NtpPacket.LEAP_UNSYNCHRONIZED, reply.kind().leap());
      assertEquals(NtpPacket.STRATUM_UNSPECIFIED, reply.quality().stratum());
      assertEquals("INIT", reply.reference().text());
      assertEquals(NONCE, reply.stamps().origin());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void shouldAnswerInTheVersionOfTheClientWhenItIsKnown(int version) {
    assertEquals(version, answer(server(accurateTo(1)), request(version, 3)).kind().version());
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7})
  void shouldStaySilentWhenVersionIsUnknown(int version) {
    assertSilent(request(version, 3), Rejection.UNKNOWN_VERSION);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 7})
  void shouldStaySilentWhenModeIsNoClients(int mode) {
    assertSilent(request(4, mode), Rejection.UNEXPECTED_TYPE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5})
  void shouldLeaveToOthersWhenModeIsOfPeersRepliesOrBroadcasts(int mode) {
    NtpServer server = server(accurateTo(1));
    ByteBuffer reply = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    for (int version = 1; version <= 7; version++) {
      assertEquals(Responder.NOT_MINE, respond(server, request(version, mode), reply));
    }
    assertEquals(0, reply.position());
    assertEquals(0, server.rejections().total());
  }

  @Test
  void shouldLeaveToOthersWhatIsNotNtp() {
    NtpServer server = server(accurateTo(1));
    ByteBuffer reply = ByteBuffer.allocate(64);
    for (byte first : new byte[] {'B', 'C', 0}) {
      ByteBuffer frame = ByteBuffer.allocate(64).put(0, first);
      assertEquals(Responder.NOT_MINE, respond(server, frame, reply));
    }
    assertEquals(Responder.NOT_MINE, respond(server, ByteBuffer.allocate(0), reply));
    assertEquals(0, server.rejections().total());
  }

  @Test
  void shouldStaySilentWhenRequestIsShorterThanItsReply() {
    assertSilent(request(4, 3).limit(47), Rejection.TOO_SHORT);
    assertSilent(request(4, 3).limit(1), Rejection.TOO_SHORT);
  }

  @Test
  void shouldAnswerWithTheHeaderAloneWhenRequestHasACode() {
    ByteBuffer request = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + 20);
    request.put(request(4, 3)).rewind();
    assertEquals(NONCE, answer(server(accurateTo(1)), request).stamps().origin());
  }

  @Test
  void shouldStaySilentWhenWhatFollowsTheHeaderIsMalformed() {
    ByteBuffer request = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + 3);
    request.put(request(4, 3)).rewind();
    assertSilent(request, Rejection.MALFORMED);
  }

  @Test
  void shouldNotSendBeforeItReceivedWhenModelWasReplacedInBetween() {
    ClockModel model = accurateTo(1_000);
    NtpServer server = server(model);
    ByteBuffer reply = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    ClockReading beforeAnchor = new ClockReading(model.anchorTickNanos() - 1_000_000, 0, 0);
    server.respond(beforeAnchor, CLIENT, request(4, 3), reply, model::anchorTickNanos);
    NtpPacket.Stamps stamps = NtpCodec.decode(reply.flip()).stamps();
    assertEquals(1_000_000, epoch(stamps.transmit()) - epoch(stamps.receive()));
  }

  @Test
  void shouldMeasureItsPrecisionWhenTicksAdvanceBy20Nanos() {
    long[] tick = {0};
    ClockReader reader = ClockReader.of(() -> tick[0] += 20, () -> 0, nanos -> {});
    assertEquals(-25, NtpServerConfig.defaults().withPrecisionOf(reader).precision());
  }

  private static void assertSilent(ByteBuffer request, Rejection reason) {
    NtpServer server = server(accurateTo(1));
    ByteBuffer reply = ByteBuffer.allocate(NtpCodec.MAX_LENGTH);
    assertEquals(Responder.SILENT, respond(server, request, reply));
    assertEquals(0, reply.position());
    assertEquals(1, server.rejections().get(reason));
    assertEquals(1, server.rejections().total());
  }

  private static long epoch(long timestamp) {
    return NtpTimestamp.toEpochNanos(timestamp, NOW);
  }
}
