package dev.coeval.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.BerkeleyNode;
import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianCodec;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.machine.Ordeal;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.DisciplinedClock;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Every protocol on one port, between two nodes whose exchanges are bent on the way. */
final class SwitchboardAttackProperties {
  private static final PeerId NTP = PeerId.simulated(1);
  private static final PeerId CRISTIAN = PeerId.simulated(2);
  private static final PeerId MEMBER = PeerId.simulated(3);
  private static final int STEPS = 150;

  @Property(tries = 150)
  void shouldStandBoardWhenExchangesAreBent(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<PeerId> known = Set.of(NTP, CRISTIAN, MEMBER, PeerId.simulated(99));
    Switchboard[] boards = new Switchboard[1];
    Ordeal ordeal =
        new Ordeal(clock -> boards[0] = board(clock, seed, random.split()), known, random);
    Switchboard peers = servers(new Switchboard(), ordeal.clock);
    for (int i = 0; i < STEPS; i++) {
      PeerId from = ordeal.anyPeer();
      ByteBuffer latest = ordeal.latest(from);
      byte[] asked = new byte[latest.remaining()];
      latest.get(asked);
      byte[] answered = answer(ordeal, peers, from, asked);
      byte[] answer = answered.length > 0 ? answered : asked; // or its own words
      boolean isPoll = answer.length > 5 && answer[0] == 'B' && answer[5] == 1;
      byte[] bent = isPoll ? Arrays.copyOf(answer, random.nextInt(answer.length)) : answer;
      bent = !isPoll && random.nextInt(3) > 0 ? ordeal.bent(bent) : bent;
      if (answer(ordeal, boards[0], from, bent).length == 0) {
        ordeal.receive(from, bent);
      }
      ordeal.disturb();
    }
  }

  private static Switchboard board(DisciplinedClock clock, long seed, SplittableRandom random) {
    NtpClient ntp = new NtpClient(NtpConfig.defaults(List.of(NTP)), random);
    CristianClient cristian = new CristianClient(CristianConfig.defaults(List.of(CRISTIAN), seed));
    BerkeleyConfig group = BerkeleyConfig.coordinator(List.of(MEMBER, NTP));
    BerkeleyNode berkeley = new BerkeleyNode("b", group, clock, Keyring.empty(), seed);
    return servers(new Switchboard(), clock)
        .add("b", first -> first == BerkeleyNode.FIRST_BYTE, berkeley)
        .add(CristianClient.OWNER, first -> first == CristianCodec.FIRST_BYTE, cristian)
        .add(NtpClient.OWNER, first -> true, ntp);
  }

  private static Switchboard servers(Switchboard board, DisciplinedClock clock) {
    return board
        .add(new NtpServer(NtpServerConfig.defaults(), clock))
        .add(new CristianServer(clock, Keyring.empty()));
  }

  /** What the responders of a board answer, if they do: never more than was asked. */
  private static byte[] answer(Ordeal ordeal, Switchboard board, PeerId from, byte[] asked) {
    ByteBuffer reply = ByteBuffer.allocate(asked.length);
    long sent = ordeal.now().tickNanos();
    int length =
        board.respond(
            ordeal.now(), from, ByteBuffer.wrap(asked).asReadOnlyBuffer(), reply, () -> sent);
    assertTrue(length <= asked.length);
    return Arrays.copyOf(reply.array(), Math.max(length, 0));
  }
}
