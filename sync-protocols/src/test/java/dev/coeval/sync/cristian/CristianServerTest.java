package dev.coeval.sync.cristian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.FrameHeader;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import dev.coeval.testing.ManualTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CristianServerTest {
  private static final PeerId CLIENT = PeerId.simulated(2);
  private static final SharedKey KEY = SharedKey.ofText(5, "sixteen letters.");
  private static final SharedKey WRONG = SharedKey.ofText(5, "other letters, many");
  private static final CristianRequest REQUEST = new CristianRequest(77, FrameHeader.NO_KEY);

  private final ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final DisciplinedClock clock =
      new DisciplinedClock(time.reader(), 100_000, SteeringPolicy.with(StepPolicy.never()));
  private final ByteBuffer reply = ByteBuffer.allocate(100);

  @Test
  void shouldTellBothTimesAndTheLargerBoundWhenSynchronized() {
    long start = time.wallEpochNanos();
    steer(50);
    time.advance(Duration.ofSeconds(1));
    CristianServer server = new CristianServer(clock, Keyring.empty());
    ClockReading received = time.reader().read();
    int length = respond(server, received, request(Keyring.empty(), REQUEST));
    assertEquals(CristianCodec.PLAIN_BYTES, length);
    assertEquals(length, reply.position());
    CristianReply said = decode(Keyring.empty());
    assertEquals(REQUEST, said.request());
    assertEquals(start + 1_000_000_000L, said.receivedEpochNanos());
    assertEquals(start + 1_002_000_000L, said.sentEpochNanos());
    assertTrue(said.isSynchronized());
    // at departure, 1.002 s after the clock was set, and 100 ppm / (1 - 100 ppm) of it
    long grown = 50 + 100_210;
    assertTrue(
        grown <= said.errorNanos() && said.errorNanos() <= grown + 5, "" + said.errorNanos());
  }

  @Test
  void shouldSaySoWhenNotSynchronized() {
    CristianServer server = new CristianServer(clock, Keyring.empty());
    respond(server, time.reader().read(), request(Keyring.empty(), REQUEST));
    CristianReply said = decode(Keyring.empty());
    assertFalse(said.isSynchronized());
    assertEquals(Long.MAX_VALUE, said.errorNanos());
  }

  @Test
  void shouldAnswerWithTheSameKeyAndLengthWhenRequestIsAuthenticated() {
    steer(50);
    Keyring keyring = Keyring.required(List.of(KEY));
    CristianServer server = new CristianServer(clock, keyring);
    ByteBuffer request = request(keyring, new CristianRequest(1, 5));
    assertEquals(76, request.remaining());
    assertEquals(76, respond(server, time.reader().read(), request));
    assertEquals(5, decode(keyring).request().keyId());
    assertEquals(0, server.rejections().total());
  }

  @Test
  void shouldStaySilentAndCountWhenRequestIsNotGood() {
    CristianServer server = new CristianServer(clock, Keyring.required(List.of(KEY)));
    ByteBuffer plain = request(Keyring.empty(), REQUEST);
    ByteBuffer wrong = request(Keyring.required(List.of(WRONG)), new CristianRequest(1, 5));
    SharedKey other = SharedKey.ofText(6, "sixteen letters.");
    ByteBuffer unknown = request(Keyring.required(List.of(other)), new CristianRequest(1, 6));
    for (ByteBuffer request :
        List.of(
            plain,
            wrong,
            unknown,
            plain.slice(0, 39),
            request(Keyring.empty(), REQUEST).put(5, (byte) 9))) {
      assertEquals(Responder.SILENT, respond(server, time.reader().read(), request));
      assertEquals(0, reply.position(), "nothing was written");
    }
    assertEquals(
        Map.of(
            Rejection.NOT_AUTHENTICATED, 1L,
            Rejection.BAD_AUTHENTICATION, 1L,
            Rejection.UNKNOWN_KEY, 1L,
            Rejection.TOO_SHORT, 1L,
            Rejection.UNEXPECTED_TYPE, 1L),
        server.rejections().toMap());
  }

  @Test
  void shouldLeaveToOthersWhenDatagramIsNoRequest() {
    CristianServer server = new CristianServer(clock, Keyring.empty());
    ByteBuffer theirs = ByteBuffer.allocate(48).put(0, (byte) 0x23);
    ByteBuffer toAClient = ByteBuffer.allocate(40);
    new CristianCodec(Keyring.empty()).encode(toAClient, new CristianReply(REQUEST, 1, 2, 3, true));
    for (ByteBuffer datagram : List.of(theirs, toAClient.flip(), ByteBuffer.allocate(0))) {
      assertEquals(Responder.NOT_MINE, respond(server, time.reader().read(), datagram));
    }
    assertEquals(0, server.rejections().total());
  }

  private void steer(long errorNanos) {
    ClockReading now = time.reader().read();
    clock.steer(
        new ClockEstimate(
            now.tickNanos(),
            now.wallEpochNanos(),
            0,
            errorNanos,
            BoundedInstant.around(now.wallEpochNanos(), errorNanos)));
  }

  /** The reply leaves 2 ms after the request has come. */
  private int respond(CristianServer server, ClockReading received, ByteBuffer request) {
    ByteBuffer before = request.duplicate();
    int length =
        server.respond(
            received,
            CLIENT,
            request.asReadOnlyBuffer(),
            reply,
            () -> received.tickNanos() + 2_000_000);
    assertEquals(before, request, "the request is left as it was");
    return length;
  }

  private CristianReply decode(Keyring keyring) {
    Decoded<CristianReply> decoded = new CristianCodec(keyring).decodeReply(reply.flip());
    return ((Decoded.Value<CristianReply>) decoded).value();
  }

  private static ByteBuffer request(Keyring keyring, CristianRequest request) {
    ByteBuffer out = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
    new CristianCodec(keyring).encode(out, request);
    return out.flip();
  }
}
