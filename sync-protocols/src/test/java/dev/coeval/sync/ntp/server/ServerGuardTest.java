package dev.coeval.sync.ntp.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKey;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.KissCode;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.time.ClockReading;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the server answers, how often, and what it says to the others. */
final class ServerGuardTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int KEY = 7;
  private static final NtpKeys KEYS =
      NtpKeys.of(
          List.of(
              NtpKey.of(KEY, MacAlgorithm.AES128_CMAC, "sixteen bytes 16".getBytes(US_ASCII)),
              NtpKey.of(9, MacAlgorithm.SHA256, "another secret".getBytes(US_ASCII))));
  private static final NtpKeys STRANGERS =
      NtpKeys.of(
          List.of(
              NtpKey.of(KEY, MacAlgorithm.AES128_CMAC, "SIXTEEN bytes 16".getBytes(US_ASCII)),
              NtpKey.of(8, MacAlgorithm.SHA256, "unknown there".getBytes(US_ASCII))));

  private static ByteBuffer sealed(ByteBuffer request, NtpKeys keys, int key) {
    ByteBuffer whole = ByteBuffer.allocate(request.remaining() + 68);
    whole.put(request.duplicate());
    keys.seal(key, whole, 0);
    return whole.flip();
  }

  private static void assertCarriesNoTime(ByteBuffer request, ByteBuffer reply, KissCode code) {
    NtpPacket packet = NtpCodec.decode(reply);
    long nonce = request.getLong(NtpCodec.TRANSMIT);
    assertEquals(new NtpPacket.Kind(3, 4, 4), packet.kind());
    assertEquals(0, packet.quality().stratum());
    assertEquals(code.id(), packet.reference().id());
    assertEquals(0, packet.reference().timestamp());
    assertEquals(new NtpPacket.Stamps(nonce, nonce, nonce), packet.stamps());
  }

  @ParameterizedTest
  @CsvSource({"deny 10.0.0.0/8, DENY", "kiss 10.0.0.0/8, DENY_WITH_KISS", "deny 11, ALLOW"})
  void shouldAnswerAsTheListSaysWhenAddressIsOnIt(String rules, Access access) {
    Desk desk = new Desk(NtpServerConfig.defaults().withAccess(AccessList.parse(rules)));
    ByteBuffer request = desk.request();
    ByteBuffer reply = desk.ask(1, request);
    assertEquals(access == Access.DENY, reply == null);
    assertEquals(
        access == Access.DENY ? 1 : 0, desk.server.rejections().get(Rejection.ACCESS_DENIED));
    assertEquals(
        access == Access.DENY_WITH_KISS ? 1 : 0, desk.server.count(ServerEvent.KISSED_DENY));
    assertEquals(access == Access.ALLOW ? 1 : 0, desk.server.count(ServerEvent.REPLIED));
    if (access == Access.DENY_WITH_KISS) {
      assertCarriesNoTime(request, reply, KissCode.DENY);
      assertEquals(5, NtpCodec.decode(reply).quality().poll());
    }
  }

  @Test
  void shouldKissDeniedNoMoreOftenThanTheLimitLets() {
    Desk desk =
        new Desk(
            NtpServerConfig.guarded(1)
                .withAccess(AccessList.parse("kiss 10"))
                .withRateLimit(new RateLimit(0, 3, RateLimit.NEVER, 0)));
    int kissed = 0;
    for (int i = 0; i < 50; i++) {
      kissed += desk.ask(1, desk.request()) == null ? 0 : 1;
    }
    assertEquals(3, kissed);
    assertEquals(3, desk.server.count(ServerEvent.KISSED_DENY));
    assertEquals(47, desk.server.rejections().get(Rejection.RATE_LIMITED));
    assertEquals(0, desk.server.count(ServerEvent.REPLIED));
  }

  /** Scenario S28 a, by 40 seeds: 1250 requests in 10,000 s, one reply per 64 s, 1/16 leaks. */
  @Test
  void shouldAnswerAsOftenAsScenario28SaysWhenClientIgnoresIt() {
    for (long seed = 1; seed <= 40; seed++) {
      RateLimit limit = new RateLimit(6, 2, 4, RateLimit.NEVER);
      Desk desk = new Desk(NtpServerConfig.guarded(seed).withRateLimit(limit));
      int replies = 0;
      for (int i = 0; i < 1250; i++) {
        desk.tick = i * 8L * SECOND;
        replies += desk.askTime(1) == null ? 0 : 1;
      }
      assertTrue(replies >= 180 && replies <= 220, "seed " + seed + ": " + replies);
      assertEquals(replies, desk.server.count(ServerEvent.REPLIED));
      assertEquals(1250 - replies, desk.server.rejections().get(Rejection.RATE_LIMITED));
    }
  }

  /** S28 b, by 40 seeds: who is kissed waits 4 polls more. The plain bucket's own windows. */
  @Test
  void shouldKissAsOftenAsScenario28SaysWhenClientWaitsAfterIt() {
    for (long seed = 1; seed <= 40; seed++) {
      Desk desk = new Desk(NtpServerConfig.guarded(seed).withRateLimit(new RateLimit(6, 2, 4, 2)));
      int requests = 0;
      for (desk.tick = 0; desk.tick < 10_000 * SECOND; desk.tick += 8 * SECOND) {
        requests++;
        ByteBuffer request = desk.request();
        ByteBuffer reply = desk.ask(1, request);
        if (reply != null && NtpCodec.decode(reply).quality().stratum() == 0) {
          assertCarriesNoTime(request, reply, KissCode.RATE);
          assertEquals(6, NtpCodec.decode(reply).quality().poll());
          desk.tick += 4 * 8 * SECOND;
        }
      }
      long replies = desk.server.count(ServerEvent.REPLIED);
      long kisses = desk.server.count(ServerEvent.KISSED_RATE);
      String seen = "seed " + seed + ": " + requests + ", " + replies + ", " + kisses;
      assertTrue(requests >= 610 && requests <= 800, seen);
      assertTrue(replies + kisses >= 285 && replies + kisses <= 335, seen);
      assertTrue(kisses >= 105 && kisses <= 165, seen);
      assertEquals(
          requests - replies - kisses, desk.server.rejections().get(Rejection.RATE_LIMITED));
    }
  }

  @Test
  void shouldLimitClientsApartWhateverTheirPorts() throws Exception {
    RateLimit limit = new RateLimit(0, 2, RateLimit.NEVER, RateLimit.NEVER);
    Desk desk = new Desk(NtpServerConfig.guarded(1).withRateLimit(limit));
    int replies = 0;
    for (int port = 1; port <= 10; port++) {
      InetAddress address = PeerId.simulated(1).address();
      replies += desk.ask(new PeerId(address, port), desk.request()) == null ? 0 : 1;
    }
    assertEquals(2, replies);
    assertNotNull(desk.ask(2, desk.request()));
    assertEquals(2, desk.server.clients().size());
  }

  @Test
  void shouldShareLimitsCountsAndClientsWhenThereAreSiblings() {
    RateLimit limit = new RateLimit(0, 2, RateLimit.NEVER, RateLimit.NEVER);
    Desk desk = new Desk(NtpServerConfig.guarded(1).withRateLimit(limit));
    NtpServer sibling = desk.server.sibling();
    ByteBuffer reply = ByteBuffer.allocate(48);
    for (int i = 0; i < 2; i++) {
      int length =
          sibling.respond(
              new ClockReading(desk.tick, 0, 0),
              PeerId.simulated(1),
              desk.request(),
              reply.clear(),
              () -> desk.tick);
      assertEquals(48, length);
    }
    assertNull(desk.ask(1, desk.request()));
    assertEquals(2, desk.server.count(ServerEvent.REPLIED));
    assertEquals(1, sibling.rejections().get(Rejection.RATE_LIMITED));
    assertEquals(3, sibling.clients().get(0).counts().requests());
  }

  @ParameterizedTest
  @ValueSource(ints = {KEY, 9})
  void shouldSealReplyAsItsRequestWasWhenCodeIsRight(int key) {
    Desk desk =
        new Desk(
            NtpServerConfig.defaults().withAuthentication(ServerAuthentication.requiring(KEYS)));
    for (int version = 3; version <= 4; version++) {
      ByteBuffer request = sealed(desk.request(version, 0), KEYS, key);
      ByteBuffer reply = desk.ask(1, request);
      assertEquals(request.remaining(), reply.remaining());
      assertNull(KEYS.verify(reply, 48, key));
      assertEquals(version, NtpCodec.decode(reply).kind().version());
    }
    assertEquals(2, desk.server.count(ServerEvent.AUTHENTICATED));
  }

  @Test
  void shouldSealKissWhenRequestWasSealed() {
    Desk desk =
        new Desk(
            NtpServerConfig.defaults()
                .withAccess(AccessList.parse("kiss"))
                .withAuthentication(ServerAuthentication.accepting(KEYS)));
    ByteBuffer request = sealed(desk.request(), KEYS, KEY);
    ByteBuffer reply = desk.ask(1, request);
    assertCarriesNoTime(request, reply, KissCode.DENY);
    assertNull(KEYS.verify(reply, 48, KEY));
    assertNull(desk.ask(1, sealed(desk.request(), STRANGERS, KEY)), "no oracle for forgers");
  }

  @ParameterizedTest
  @CsvSource({
    "7, BAD_AUTHENTICATION, true", "7, BAD_AUTHENTICATION, false",
    "8, UNKNOWN_KEY, true", "8, UNKNOWN_KEY, false"
  })
  void shouldGiveNoTimeWhenCodeIsNotRight(int key, Rejection reason, boolean isNak) {
    ServerAuthentication policy = ServerAuthentication.accepting(KEYS);
    Desk desk =
        new Desk(NtpServerConfig.defaults().withAuthentication(isNak ? policy.withNak() : policy));
    ByteBuffer request = sealed(desk.request(), STRANGERS, key);
    ByteBuffer reply = desk.ask(1, request);
    assertEquals(1, desk.server.rejections().get(reason));
    assertEquals(1, desk.server.rejections().total());
    assertEquals(isNak ? 1 : 0, desk.server.count(ServerEvent.CRYPTO_NAK));
    if (isNak) {
      assertEquals(52, reply.remaining());
      assertEquals(0, reply.getInt(48));
      assertCarriesNoTime(request, reply, KissCode.CRYP);
    } else {
      assertNull(reply);
    }
  }

  @Test
  void shouldRefuseRequestWithoutCodeOnlyWhenCodesAreRequired() {
    ServerAuthentication policy = ServerAuthentication.requiring(KEYS).withNak();
    Desk strict = new Desk(NtpServerConfig.defaults().withAuthentication(policy));
    assertNull(strict.askTime(1));
    assertEquals(1, strict.server.rejections().get(Rejection.NOT_AUTHENTICATED));
    Desk open =
        new Desk(
            NtpServerConfig.defaults().withAuthentication(ServerAuthentication.accepting(KEYS)));
    assertEquals(48, open.ask(1, open.request()).remaining());
    assertEquals(0, open.server.count(ServerEvent.AUTHENTICATED));
    assertThrows(
        IllegalArgumentException.class, () -> ServerAuthentication.requiring(NtpKeys.empty()));
  }

  @Test
  void shouldNeverAnswerCryptoNakWithOne() {
    ServerAuthentication policy = ServerAuthentication.accepting(KEYS).withNak();
    Desk desk = new Desk(NtpServerConfig.defaults().withAuthentication(policy));
    ByteBuffer nak = ByteBuffer.allocate(52).put(desk.request()).rewind();
    assertNull(desk.ask(1, nak));
    assertEquals(1, desk.server.rejections().get(Rejection.CRYPTO_NAK));
  }

  @Test
  void shouldPassOverExtensionFieldsWhetherSealedOrNot() {
    ServerAuthentication policy = ServerAuthentication.accepting(KEYS);
    Desk desk = new Desk(NtpServerConfig.defaults().withAuthentication(policy));
    ByteBuffer request = ByteBuffer.allocate(80).put(desk.request()).rewind();
    request.putShort(48, (short) 0x0104).putShort(50, (short) 32);
    assertEquals(48, desk.ask(1, request).remaining());
    ByteBuffer reply = desk.ask(1, sealed(request, KEYS, KEY));
    assertEquals(48 + 20, reply.remaining());
    assertNull(KEYS.verify(reply, 48, KEY));
  }

  @Test
  void shouldAnswerFirstVersionWithoutModeUnlessItIsFromServersPort() throws Exception {
    Desk desk = new Desk(NtpServerConfig.defaults());
    ByteBuffer request = desk.request().put(0, NtpCodec.firstByte(0, 1, 0));
    InetAddress address = PeerId.simulated(1).address();
    NtpPacket reply = NtpCodec.decode(desk.ask(new PeerId(address, 1024), request));
    assertEquals(new NtpPacket.Kind(0, 1, 4), reply.kind());
    assertNull(desk.ask(new PeerId(address, 123), request));
    assertNull(desk.ask(new PeerId(address, 1024), request.put(0, NtpCodec.firstByte(0, 2, 0))));
  }
}
