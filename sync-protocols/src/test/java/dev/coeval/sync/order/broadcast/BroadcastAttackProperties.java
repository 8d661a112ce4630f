package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.order.link.Links;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Strangers and a member gone bad: nothing that they send makes a node throw, or keep much. */
final class BroadcastAttackProperties {
  private static final PeerId NODE = PeerId.simulated(1);
  private static final PeerId LIAR = PeerId.simulated(2);

  private long tick = 1_000_000_000L;

  private ClockReading now() {
    return new ClockReading(tick, tick, 0);
  }

  @Property(tries = 100)
  void shouldAnswerStrangersWithNoMoreThanTheySendWhenTheySendAnything(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BroadcastNode node =
        BroadcastNode.causal("b", BroadcastConfig.founding("n"), Keyring.empty(), seed);
    node.start(now());
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(5) == 0 ? random.nextInt(1_500) : 32 + i % 40];
      random.nextBytes(bytes);
      ByteBuffer datagram = ByteBuffer.wrap(bytes);
      if (bytes.length >= 16 && random.nextInt(8) > 0) {
        byte[] magic = "DCBC".getBytes(StandardCharsets.US_ASCII);
        datagram.put(0, magic).put(4, (byte) 1).put(5, (byte) (1 + random.nextInt(3)));
        datagram.putShort(6, (short) 0);
      }
      long before = node.rejections().total();
      int answered = 0;
      for (Action action : node.onDatagram(now(), LIAR, datagram.asReadOnlyBuffer())) {
        answered += action instanceof Action.Send send ? send.payload().remaining() : 0;
      }
      assertTrue(answered <= bytes.length, "answers with more");
      assertEquals(before + 1, node.rejections().total(), "not counted");
      assertEquals(Set.of(), node.node().links().peers());
      tick += random.nextLong(50_000_000);
    }
  }

  @Property(tries = 100)
  void shouldStandAndKeepLittleWhenMemberSaysAnything(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BroadcastNode node =
        random.nextBoolean()
            ? BroadcastNode.causal("b", BroadcastConfig.founding("n"), Keyring.empty(), seed)
            : BroadcastNode.totalOrder("b", BroadcastConfig.founding("n"), Keyring.empty(), seed);
    String protocol = node.claims('D') ? "DCBC" : "GTOB";
    Links liar = new Links(new TimerId("l", 0, 0), LinkConfig.of(protocol), Keyring.empty(), ~seed);
    node.start(now());
    liar.connect(tick, NODE);
    List<String> actors = new ArrayList<>(List.of("x", node.node().group().self()));
    exchange(node, liar);
    for (int i = 0; i < 150; i++) {
      ByteBuffer message = anything(random, actors);
      if (random.nextInt(4) == 0 && message.hasRemaining()) {
        byte[] bent = new byte[message.remaining()];
        message.get(bent);
        bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
        message = ByteBuffer.wrap(bent);
      }
      liar.send(tick, NODE, message);
      exchange(node, liar);
      tick += random.nextLong(200_000_000);
      node.onTimer(now(), new TimerId("b", random.nextInt(2), 0));
      exchange(node, liar);
    }
    assertTrue(node.node().group().waiting() <= 4_096, "keeps too much");
  }

  /** Lets both ends talk until neither has anything to say. */
  private void exchange(BroadcastNode node, Links liar) {
    for (int round = 0; round < 6; round++) {
      for (Action action : liar.takeActions(tick)) {
        if (action instanceof Action.Send send) {
          for (Action answer : node.onDatagram(now(), LIAR, send.payload())) {
            if (answer instanceof Action.Send back && back.to().equals(LIAR)) {
              liar.onDatagram(tick, NODE, back.payload());
            }
          }
        }
      }
    }
  }

  private static ByteBuffer anything(SplittableRandom random, List<String> actors) {
    String actor = actors.get(random.nextInt(actors.size()));
    long number = random.nextInt(3) == 0 ? random.nextLong() >>> 1 : random.nextInt(20);
    Map<String, Long> counts = Map.of("x", number, actors.get(1), (long) random.nextInt(3));
    VectorTimestamp vector = VectorTimestamp.of(counts);
    return switch (random.nextInt(7)) {
      case 0 -> GroupCodec.encode(new GroupMessage.Ask("x"));
      case 1 -> GroupCodec.encode(new GroupMessage.Report(actor, number, vector));
      case 2 -> GroupCodec.encode(new GroupMessage.Pull(actor, number));
      case 3 -> GroupCodec.encode(new GroupMessage.Refusal(actor));
      case 4 ->
          GroupCodec.encode(
              new GroupMessage.Stance(
                  "x", random.nextBoolean(), Set.of(actors.get(1)), Map.of(actor, number), counts));
      case 5 -> cast(random, vector.increment(actor), actor);
      default -> {
        byte[] bytes = new byte[random.nextInt(100)];
        random.nextBytes(bytes);
        yield ByteBuffer.wrap(bytes);
      }
    };
  }

  private static ByteBuffer cast(SplittableRandom random, VectorTimestamp vector, String actor) {
    Content content =
        switch (random.nextInt(3)) {
          case 0 -> new Content.Leave();
          case 1 -> new Content.Join("y" + random.nextInt(40), PeerId.simulated(3));
          default -> new Content.Payload(ByteBuffer.wrap(new byte[random.nextInt(50)]));
        };
    return GroupCodec.cast(
            new dev.coeval.causal.BroadcastStamp(actor, vector), random.nextInt(1_000), content)
        .orElseThrow()
        .bytes()
        .duplicate();
  }
}
