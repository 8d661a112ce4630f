package dev.coeval.sync.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.ntp.KissReceived;
import dev.coeval.sync.ntp.LocalConfig;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpNode;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.SourceConfig;
import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKey;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client machine that is fed with arbitrary datagrams from everywhere, its sources included:
 * while none of them is authentic, nothing moves; and where there are no keys, no time comes from
 * what does not bring its nonce back.
 */
class NtpClientFuzzTest {
  private static final PeerId SERVER = PeerId.simulated(1);
  private static final PeerId PEER = PeerId.simulated(2);
  private static final PeerId LISTENED = PeerId.simulated(3);
  private static final PeerId STRANGER = PeerId.simulated(4);
  private static final List<PeerId> SENDERS = List.of(SERVER, PEER, LISTENED, STRANGER);
  private static final int KEY = 1;
  private static final NtpKeys KEYS =
      NtpKeys.of(List.of(NtpKey.of(KEY, MacAlgorithm.AES128_CMAC, new byte[16])));
  private static final long SECOND = 1_000_000_000L;
  private static final long WALL = 1_793_534_400L * SECOND;

  static Stream<byte[]> seeds() {
    return NtpDatagramFuzzTest.seeds()
        .map(
            packet -> {
              byte[] script = new byte[2 * (packet.length + 2)];
              for (int i = 0; i < 2; i++) {
                int at = i * (packet.length + 2);
                script[at] = (byte) i;
                script[at + 1] = (byte) packet.length;
                System.arraycopy(packet, 0, script, at + 2, packet.length);
              }
              return script;
            });
  }

  private static SourceConfig source(PeerId peer, SourceConfig.Mode mode, int keyId) {
    return SourceConfig.of(peer)
        .withMode(mode)
        .withPolling(NtpPolling.every(Duration.ofSeconds(1)))
        .withWire(new Wire(4, false, keyId));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldMoveNothingWhenNothingIsAuthentic(byte[] data) {
    NtpConfig config =
        NtpConfig.of(
                List.of(
                    source(SERVER, SourceConfig.Mode.CLIENT, KEY),
                    source(PEER, SourceConfig.Mode.SYMMETRIC, KEY),
                    source(LISTENED, SourceConfig.Mode.BROADCAST, KEY)))
            .withLocal(LocalConfig.DEFAULT.withPassive(LocalConfig.Passive.authenticated(4)));
    NtpNode node = NtpNode.BARE.withKeys(KEYS);
    Fed fed = new Fed(new NtpClient(config, node, new SplittableRandom(7)));
    fed.run(data);
    assertEquals(0, fed.estimates, "an estimate from nothing authentic");
    assertEquals(0, fed.kisses, "a kiss from nobody");
    assertEquals(0, fed.strangersAnswered, "a stranger was answered");
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldTakeNoTimeWhenNonceDoesNotComeBack(byte[] data) {
    NtpConfig config = NtpConfig.of(List.of(source(SERVER, SourceConfig.Mode.CLIENT, 0)));
    Fed fed = new Fed(new NtpClient(config, NtpNode.BARE, new SplittableRandom(7)));
    fed.run(data);
    assertTrue(fed.estimates == 0 || fed.hasBroughtNonce, "time from what answers nothing");
  }

  /** The script: sender, length, bytes; the machine's timers fire in between. */
  private static final class Fed {
    private final NtpClient client;
    private final List<Long> nonces = new ArrayList<>();
    private long tick = SECOND;
    int estimates;
    int kisses;
    int strangersAnswered;
    boolean hasBroughtNonce;

    Fed(NtpClient client) {
      this.client = client;
      take(client.start(now()));
    }

    void run(byte[] data) {
      int at = 0;
      while (at + 2 <= data.length) {
        PeerId from = SENDERS.get((data[at] & 0xFF) % SENDERS.size());
        int length = Math.min(data[at + 1] & 0xFF, data.length - at - 2);
        ByteBuffer packet = ByteBuffer.wrap(data, at + 2, length).slice().asReadOnlyBuffer();
        hasBroughtNonce |=
            length >= NtpCodec.HEADER_LENGTH && nonces.contains(packet.getLong(NtpCodec.ORIGIN));
        take(client.onDatagram(now(), from, packet));
        tick += SECOND / 10;
        take(client.onTimer(now(), new TimerId(NtpClient.OWNER, data[at] & 1, data[at + 1] & 3)));
        at += length + 2;
      }
    }

    private ClockReading now() {
      return new ClockReading(tick, WALL + tick, 0);
    }

    private void take(List<Action> actions) {
      for (Action action : actions) {
        if (action instanceof Action.Send send) {
          nonces.add(send.payload().getLong(NtpCodec.TRANSMIT));
          strangersAnswered += send.to().equals(STRANGER) ? 1 : 0;
        } else if (action instanceof Action.Publish publish) {
          estimates += publish.report() instanceof Disciplined ? 1 : 0;
          kisses += publish.report() instanceof KissReceived ? 1 : 0;
        }
      }
    }
  }
}
