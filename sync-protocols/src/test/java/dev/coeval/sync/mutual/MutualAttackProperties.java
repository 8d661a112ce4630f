package dev.coeval.sync.mutual;

import dev.coeval.sync.machine.Ordeal;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.mutual.ReadingCodec.Read;
import dev.coeval.sync.mutual.ReadingCodec.Reading;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Peers that are all liars, and strangers: nothing that they say harms a node. */
final class MutualAttackProperties {
  private static final List<PeerId> PEERS =
      List.of(PeerId.simulated(1), PeerId.simulated(2), PeerId.simulated(3));
  private static final int STEPS = 150;
  private static final long SECOND = 1_000_000_000L;
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ReadingCodec codec = new ReadingCodec(Keyring.empty());

  private static MutualConfig config(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> MutualConfig.tolerant(PEERS, 1, INTERVAL);
      case 1 -> MutualConfig.averaging(PEERS, INTERVAL);
      default ->
          MutualConfig.gradient(PEERS, new Gradient(100_000, 40_000, 400_000, 1_000_000), INTERVAL);
    };
  }

  @Property(tries = 500)
  void shouldStandNodeWhenPeersSendAnything(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MutualConfig config = config(random);
    Ordeal ordeal =
        new Ordeal(
            clock -> new MutualNode("m", config, clock, Keyring.empty(), seed),
            Set.copyOf(PEERS),
            random);
    for (int i = 0; i < STEPS; i++) {
      PeerId from = random.nextInt(4) == 0 ? ordeal.anyPeer() : PEERS.get(random.nextInt(3));
      byte[] frame = answer(ordeal, from, random);
      ordeal.receive(from, random.nextInt(6) == 0 ? ordeal.bent(frame) : frame);
      if (random.nextBoolean()) {
        ordeal.disturb();
      }
    }
  }

  /** Passes as many checks as it can: it names what the node last asked that peer. */
  private byte[] answer(Ordeal ordeal, PeerId from, SplittableRandom random) {
    long nonce = random.nextLong();
    Decoded<Read> asked = codec.decodeRead(ordeal.latest(from));
    if (asked instanceof Decoded.Value<Read> good && random.nextInt(8) > 0) {
      nonce = good.value().nonce();
    }
    long received = time(ordeal, random);
    long sent = random.nextInt(3) > 0 ? received : time(ordeal, random);
    ByteBuffer out = ByteBuffer.allocate(64);
    codec.encodeReading(
        out,
        new Read(nonce, 0),
        random.nextInt(4) > 0,
        body -> body.putLong(received).putLong(sent));
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  private static long time(Ordeal ordeal, SplittableRandom random) {
    long now = ordeal.clock.get().epochNanosAt(ordeal.now().tickNanos());
    return random.nextBoolean() ? now + random.nextLong(-SECOND, SECOND) : ordeal.extreme();
  }

  @Property(tries = 2_000)
  void shouldGiveValueOrReasonWhenBytesAreAny(@ForAll byte[] bytes, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer frame = codec.encode(new Read(seed, 0));
    byte[] bent = new byte[frame.remaining()];
    frame.get(bent);
    bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
    for (byte[] each : List.of(bytes, bent)) {
      Decoded<Read> read = codec.decodeRead(ByteBuffer.wrap(each));
      Decoded<Reading> reading = codec.decodeReading(ByteBuffer.wrap(each));
      assert read != null && reading != null;
    }
  }
}
