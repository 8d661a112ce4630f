package dev.coeval.sync.cristian;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Ordeal;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Servers that lie, and strangers: no bytes, however well aimed, harm a client or a server. */
final class CristianAttackProperties {
  private static final List<PeerId> SERVERS =
      List.of(PeerId.simulated(1), PeerId.simulated(2), PeerId.simulated(3));
  private static final int STEPS = 120;
  private static final int NONCE_AT = 8;
  private static final long MILLI = 1_000_000L;

  @Property(tries = 300)
  void shouldStandClientAndServerWhenAnythingIsSent(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CristianLimits limits =
        CristianLimits.DEFAULT.withTargetError(Duration.ofMillis(random.nextInt(3)));
    CristianConfig config =
        CristianConfig.defaults(SERVERS.subList(0, random.nextInt(1, 4)), seed).withLimits(limits);
    Ordeal ordeal =
        new Ordeal(clock -> new CristianClient(config), new LinkedHashSet<>(SERVERS), random);
    CristianServer server = new CristianServer(ordeal.clock, Keyring.empty());
    for (int i = 0; i < STEPS; i++) {
      PeerId from = ordeal.anyPeer();
      byte[] frame = hostile(ordeal, from);
      ordeal.receive(from, random.nextInt(3) == 0 ? ordeal.bent(frame) : frame);
      ordeal.disturb();
      ByteBuffer latest = ordeal.latest(SERVERS.get(0));
      byte[] request = new byte[latest.remaining()];
      latest.get(request);
      request = random.nextBoolean() ? ordeal.bent(request) : request;
      ByteBuffer reply = ByteBuffer.allocate(request.length);
      long sent = ordeal.now().tickNanos();
      int length = server.respond(ordeal.now(), from, ByteBuffer.wrap(request), reply, () -> sent);
      assertTrue(length <= request.length);
    }
  }

  @Property(tries = 100)
  void shouldHoldTruthInBoundWhenStrangerForgesReplies(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PeerId server = SERVERS.get(0);
    CristianConfig config = CristianConfig.defaults(List.of(server), seed);
    Ordeal ordeal = Ordeal.onUsualHost(clock -> new CristianClient(config), Set.of(server), random);
    long offset = random.nextLong(-1_000_000 * MILLI, 1_000_000 * MILLI);
    ordeal.claim(() -> ordeal.clock.now().contains(ordeal.now().wallEpochNanos() + offset));
    for (int i = 0; i < 30; i++) {
      long nonce = ordeal.latest(server).getLong(NONCE_AT);
      forge(ordeal, server);
      ordeal.pass(random.nextLong(20 * MILLI));
      long truth = ordeal.now().wallEpochNanos() + offset;
      forge(ordeal, server);
      ordeal.pass(random.nextLong(20 * MILLI));
      ordeal.receive(
          server, bytes(new CristianReply(new CristianRequest(nonce, 0), truth, truth, 5, true)));
      forge(ordeal, server);
      ordeal.toNextTimer();
    }
    assertTrue(ordeal.estimates() >= 15, () -> "estimates: " + ordeal.estimates());
  }

  private static void forge(Ordeal ordeal, PeerId server) {
    for (int i = ordeal.random.nextInt(5); i > 0; i--) {
      byte[] forged = hostile(ordeal, server);
      forged[NONCE_AT] ^= 1; // who does not see the request cannot know its nonce
      ordeal.receive(server, forged);
    }
  }

  /** A reply to the latest request that passes as many checks as it can, with extreme fields. */
  private static byte[] hostile(Ordeal ordeal, PeerId from) {
    SplittableRandom random = ordeal.random;
    ByteBuffer request = ordeal.latest(from);
    long nonce = request.hasRemaining() ? request.getLong(NONCE_AT) : 1;
    long received = ordeal.extreme();
    long sent = random.nextInt(3) > 0 ? received : ordeal.extreme();
    long error = random.nextInt(3) > 0 ? random.nextLong(1_000 * MILLI) : ordeal.extreme();
    return bytes(
        new CristianReply(
            new CristianRequest(nonce, 0), received, sent, error, random.nextInt(8) > 0));
  }

  private static byte[] bytes(CristianReply reply) {
    CristianCodec codec = new CristianCodec(Keyring.empty());
    ByteBuffer out = ByteBuffer.allocate(CristianCodec.PLAIN_BYTES);
    codec.encode(out, reply);
    return out.array();
  }
}
