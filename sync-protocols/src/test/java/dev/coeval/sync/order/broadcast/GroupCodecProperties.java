package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.causal.BroadcastStamp;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.order.broadcast.GroupMessage.Entry;
import dev.coeval.sync.wire.Decoded;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is written is read; whatever else comes gives a message or a reason, and never a throw. */
final class GroupCodecProperties {

  private static String actor(SplittableRandom random) {
    return Names.actor("n" + random.nextInt(5), random.nextInt(3));
  }

  private static long number(SplittableRandom random) {
    return random.nextLong() >>> random.nextInt(1, 64);
  }

  private static Map<String, Long> counts(SplittableRandom random) {
    Map<String, Long> counts = new HashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      counts.put(actor(random), Math.max(1, number(random)));
    }
    return counts;
  }

  private static Optional<PeerId> peer(SplittableRandom random) {
    return random.nextBoolean() ? Optional.empty() : Optional.of(PeerId.simulated(7));
  }

  static GroupMessage message(SplittableRandom random) {
    String actor = actor(random);
    return switch (random.nextInt(7)) {
      case 0 -> new GroupMessage.Ask(actor);
      case 1 -> new GroupMessage.Report(actor, number(random), VectorTimestamp.of(counts(random)));
      case 2 -> new GroupMessage.Pull(actor, number(random));
      case 3 -> new GroupMessage.Refusal(actor);
      case 4 ->
          new GroupMessage.Stance(
              actor, random.nextBoolean(), counts(random).keySet(), counts(random), counts(random));
      case 5 -> {
        List<Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
          PeerId peer = peer(random).orElse(null);
          boolean isRetired = random.nextBoolean();
          entries.add(new Entry(actor(random), number(random), number(random), isRetired, peer));
        }
        yield new GroupMessage.Welcome(actor, number(random), random.nextBoolean(), entries);
      }
      default -> {
        VectorTimestamp vector = VectorTimestamp.of(counts(random));
        BroadcastStamp stamp =
            new BroadcastStamp(actor, vector.count(actor) == 0 ? vector.increment(actor) : vector);
        Content content =
            switch (random.nextInt(3)) {
              case 0 -> new Content.Leave();
              case 1 -> new Content.Join(actor(random), PeerId.simulated(random.nextInt(9)));
              default -> new Content.Payload(ByteBuffer.wrap(new byte[random.nextInt(500)]));
            };
        yield new GroupMessage.Spread(
            GroupCodec.cast(stamp, number(random), content).orElseThrow());
      }
    };
  }

  @Property(tries = 1000)
  void shouldReadWhatWasWrittenWhenMessageIsAny(@ForAll long seed) {
    GroupMessage message = message(new SplittableRandom(seed));
    ByteBuffer bytes = GroupCodec.encode(message);
    assertEquals(Decoded.of(message), GroupCodec.decode(bytes));
    assertEquals(0, bytes.position());
  }

  @Property(tries = 3000)
  void shouldGiveMessageOrReasonWhenBytesAreArbitraryOrBent(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[random.nextInt(100)];
    random.nextBytes(bytes);
    if (random.nextInt(3) > 0) {
      ByteBuffer good = GroupCodec.encode(message(random));
      bytes = new byte[Math.max(1, good.remaining() - random.nextInt(3))];
      good.get(bytes);
      for (int i = random.nextInt(4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
    } else if (bytes.length > 0) {
      bytes[0] = (byte) random.nextInt(9);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Decoded<GroupMessage> decoded = GroupCodec.decode(in);
    assertEquals(0, in.position());
    if (decoded instanceof Decoded.Value<GroupMessage> good) {
      ByteBuffer again = GroupCodec.encode(good.value());
      assertTrue(again.remaining() <= bytes.length, "no longer than what it was read from");
      assertEquals(decoded, GroupCodec.decode(again));
    }
  }
}
