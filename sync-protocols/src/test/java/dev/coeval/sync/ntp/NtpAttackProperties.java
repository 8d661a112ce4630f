package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Ordeal;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.time.DisciplinedClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Servers that lie, and strangers: no bytes, however well aimed, harm a client or a server. */
final class NtpAttackProperties {
  private static final List<PeerId> SERVERS =
      List.of(PeerId.simulated(1), PeerId.simulated(2), PeerId.simulated(3));
  private static final int STEPS = 120;
  private static final long MILLI = 1_000_000L;

  @Property(tries = 300)
  void shouldStandClientWhenServersSendAnything(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NtpConfig config = NtpConfig.defaults(SERVERS.subList(0, random.nextInt(1, 4)));
    attack(clock -> new NtpClient(config, random.split()), random);
  }

  @Property(tries = 200)
  void shouldStandQueryWhenServerSendsAnything(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NtpQueryConfig config = NtpQueryConfig.defaults(SERVERS.get(0)).withCount(40);
    attack(clock -> new NtpQuery(config, random.split()), random);
  }

  @Property(tries = 200)
  void shouldNotAnswerMoreThanAskedWhenServersClockIsAnywhere(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NtpConfig config = NtpConfig.defaults(SERVERS.subList(0, 1));
    Ordeal ordeal = ordeal(clock -> new NtpClient(config, random.split()), random);
    Responder server = new NtpServer(NtpServerConfig.defaults(), ordeal.clock);
    for (int i = 0; i < STEPS; i++) {
      ordeal.receive(SERVERS.get(0), hostile(ordeal, SERVERS.get(0)));
      ordeal.disturb();
      byte[] request = hostile(ordeal, SERVERS.get(0));
      request[0] = random.nextBoolean() ? 0x23 : request[0];
      long sent = ordeal.now().tickNanos();
      ByteBuffer reply = ByteBuffer.allocate(Math.max(request.length, 1));
      int length =
          server.respond(ordeal.now(), SERVERS.get(0), ByteBuffer.wrap(request), reply, () -> sent);
      assertTrue(length <= request.length);
    }
  }

  @Property(tries = 100)
  void shouldHoldTruthInBoundWhenStrangerForgesReplies(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PeerId server = SERVERS.get(0);
    NtpConfig config =
        NtpConfig.defaults(List.of(server)).withPolling(NtpPolling.every(Duration.ofSeconds(1)));
    Ordeal ordeal =
        Ordeal.onUsualHost(clock -> new NtpClient(config, random.split()), Set.of(server), random);
    long offset = random.nextLong(-1_000_000 * MILLI, 1_000_000 * MILLI);
    ordeal.claim(() -> ordeal.clock.now().contains(ordeal.now().wallEpochNanos() + offset));
    for (int i = 0; i < 30; i++) {
      forge(ordeal, server);
      ordeal.pass(random.nextLong(20 * MILLI));
      long truth = ordeal.now().wallEpochNanos() + offset;
      byte[] honest = Lab.bytes(Lab.reply(ordeal.latest(server), truth, truth)).array();
      forge(ordeal, server);
      ordeal.pass(random.nextLong(20 * MILLI));
      ordeal.receive(server, honest);
      forge(ordeal, server);
      ordeal.toNextTimer();
    }
    assertTrue(ordeal.estimates() >= 15, () -> "estimates: " + ordeal.estimates());
  }

  private static void forge(Ordeal ordeal, PeerId server) {
    for (int i = ordeal.random.nextInt(5); i > 0; i--) {
      byte[] forged = hostile(ordeal, server);
      if (forged.length >= 32) {
        forged[24] ^= 1; // who does not see the request cannot know its nonce
      }
      ordeal.receive(server, forged);
    }
  }

  private static void attack(
      Function<DisciplinedClock, StateMachine> machine, SplittableRandom random) {
    Ordeal ordeal = ordeal(machine, random);
    for (int i = 0; i < STEPS; i++) {
      PeerId from = ordeal.anyPeer();
      byte[] frame = hostile(ordeal, from);
      ordeal.receive(from, random.nextInt(3) == 0 ? ordeal.bent(frame) : frame);
      ordeal.disturb();
    }
  }

  private static Ordeal ordeal(
      Function<DisciplinedClock, StateMachine> machine, SplittableRandom random) {
    return new Ordeal(machine, new LinkedHashSet<>(SERVERS), random);
  }

  /** A reply to the latest request that passes as many checks as it can, with extreme fields. */
  private static byte[] hostile(Ordeal ordeal, PeerId from) {
    SplittableRandom random = ordeal.random;
    ByteBuffer frame = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    ByteBuffer request = ordeal.latest(from);
    boolean odd = random.nextInt(4) == 0;
    frame.put(0, (byte) (odd ? random.nextInt(256) : 0x24));
    frame.put(1, (byte) (odd ? random.nextInt(256) : 1));
    frame.put(2, (byte) random.nextInt(256));
    frame.put(3, (byte) (odd ? random.nextInt(256) : -20));
    frame.putInt(4, odd ? random.nextInt() : random.nextInt(0x8000));
    frame.putInt(8, odd ? random.nextInt() : random.nextInt(0x8000));
    frame.putInt(12, NtpPacket.Reference.idOf(List.of("RATE", "XYZ", "INIT").get(i3(random))));
    frame.putLong(24, request.hasRemaining() ? request.getLong(NtpCodec.TRANSMIT) : 1);
    long receive =
        random.nextBoolean() ? ordeal.extreme() : NtpTimestamp.ofEpochNanos(ordeal.extreme());
    frame.putLong(32, receive);
    boolean same = random.nextInt(3) > 0;
    frame.putLong(40, same ? receive : NtpTimestamp.ofEpochNanos(ordeal.extreme()));
    return frame.array();
  }

  private static int i3(SplittableRandom random) {
    return random.nextInt(3);
  }
}
