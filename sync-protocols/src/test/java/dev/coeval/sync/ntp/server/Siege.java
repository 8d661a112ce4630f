package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKey;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** A guarded server under bytes from anywhere, and what must be true of each of its replies. */
public final class Siege {
  static final int KEY = 5;
  static final NtpKeys KEYS =
      NtpKeys.of(List.of(NtpKey.of(KEY, MacAlgorithm.AES128_CMAC, bytes("sixteen bytes 16"))));

  private final Desk desk;
  private final Random random;
  private final int which;
  private long requests;
  private long replies;
  private ByteBuffer last = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);

  /**
   * A server.
   *
   * @param which one of 8 configurations
   * @param seed of all that is random
   */
  public Siege(int which, long seed) {
    this.which = which;
    this.random = new Random(seed);
    NtpServerConfig config =
        (which & 1) == 0
            ? NtpServerConfig.defaults()
            : NtpServerConfig.guarded(seed).withAccess(AccessList.parse("kiss 10.0.0.0/31"));
    ServerAuthentication policy =
        (which & 2) == 0
            ? ServerAuthentication.accepting(KEYS).withNak()
            : ServerAuthentication.requiring(KEYS);
    desk = new Desk((which & 4) == 0 ? config : config.withAuthentication(policy));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Hands a datagram over and checks what comes back.
   *
   * @param bytes anything
   */
  public void send(byte[] bytes) {
    byte[] before = bytes.clone();
    ByteBuffer request = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    ByteBuffer reply = ByteBuffer.allocate(bytes.length);
    PeerId from = PeerId.simulated(random.nextInt(4));
    ClockReading now = new ClockReading(desk.tick, 0, 0);
    desk.tick += random.nextInt(1_000_000_000);
    int length = desk.server.respond(now, from, request, reply, () -> now.tickNanos() + 5);
    assertArrayEquals(before, bytes);
    assertEquals(0, request.position());
    assertEquals(bytes.length, request.limit());
    assertEquals(Math.max(0, length), reply.position());
    if (length != Responder.NOT_MINE) {
      requests++;
    }
    if (length > 0) {
      replies++;
      check(ByteBuffer.wrap(bytes), reply.flip());
      desk.server.onSent(from, reply.asReadOnlyBuffer(), new ClockReading(desk.tick, 0, 0));
      last = reply;
    }
  }

  /** Every request is counted once: as replied to, kissed or rejected. */
  public void check() {
    NtpServer server = desk.server;
    long naks = server.count(ServerEvent.CRYPTO_NAK);
    long answered =
        server.count(ServerEvent.REPLIED)
            + server.count(ServerEvent.KISSED_RATE)
            + server.count(ServerEvent.KISSED_DENY);
    assertEquals(requests, answered + server.rejections().total());
    assertEquals(replies, answered + naks);
  }

  private void check(ByteBuffer request, ByteBuffer reply) {
    int asked = request.get(0);
    int mode = NtpCodec.mode(asked);
    assertTrue(mode == 3 || (mode == 0 && NtpCodec.version(asked) == 1), "mode " + mode);
    assertTrue(reply.remaining() <= request.remaining());
    assertEquals(4, NtpCodec.mode(reply.get(0)));
    assertEquals(NtpCodec.version(asked), NtpCodec.version(reply.get(0)));
    assertNull(NtpCodec.check(reply));
    long origin = reply.getLong(NtpCodec.ORIGIN);
    assertTrue(
        origin == request.getLong(NtpCodec.TRANSMIT)
            || origin == request.getLong(NtpCodec.RECEIVE));
    if ((reply.get(0) & 0xC0) == 0xC0) {
      assertEquals(0, reply.get(NtpCodec.STRATUM));
      assertEquals(origin, reply.getLong(NtpCodec.TRANSMIT), "only who has time gives it");
    } else {
      assertEquals(3, reply.get(NtpCodec.STRATUM));
    }
    if (reply.remaining() > NtpCodec.HEADER_LENGTH + Integer.BYTES) {
      assertNull(KEYS.verify(request, NtpCodec.authenticatedLength(request), KEY));
      assertNull(KEYS.verify(reply, NtpCodec.HEADER_LENGTH, KEY));
    } else if (which >= 6) {
      assertTrue(reply.remaining() < NtpCodec.HEADER_LENGTH, "codes are required");
    }
  }

  /** A request, perhaps of the interleaved mode, perhaps sealed, with or without a flaw. */
  byte[] damaged() {
    boolean isAgain = random.nextBoolean();
    ByteBuffer plain = desk.request(4, isAgain ? last.getLong(NtpCodec.RECEIVE) : 0);
    ByteBuffer whole = ByteBuffer.allocate(160).put(plain);
    if (random.nextInt(3) == 0) {
      whole.putShort((short) random.nextInt()).putShort((short) 28).position(48 + 28);
    }
    if (random.nextBoolean()) {
      KEYS.seal(KEY, whole, 0);
    }
    int length = random.nextInt(6) == 0 ? random.nextInt(160) : whole.position();
    byte[] bytes = new byte[length];
    whole.get(0, bytes);
    for (int i = random.nextInt(3); i > 0 && length > 0; i--) {
      bytes[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
