package dev.coeval.sync.order.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Ordeal;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.Liars;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.order.snapshot.SnapshotAborted.Reason;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;

/** Processes that lie, and strangers: nothing they say throws, or makes a process grow for ever. */
final class SnapshotAttackProperties {
  private static final List<PeerId> OTHERS = List.of(PeerId.simulated(1), PeerId.simulated(2));
  private static final List<String> NAMES = List.of("a", "b", "c");

  /** Two recordings and a collector, each of the size that is allowed; and queues. */
  private static final int MOST_BYTES = 700_000;

  /** Takes anything, and forgets it. */
  private static final class Sink implements SnapshotApplication {
    @Override
    public byte[] state() {
      return new byte[] {7};
    }

    @Override
    public void restore(byte[] state) {
      assertArrayEquals(new byte[] {7}, state);
    }

    @Override
    public void receive(String from, byte[] message) {
      assertTrue(message.length <= SnapshotNode.MAX_MESSAGE_BYTES);
    }
  }

  private static SnapshotConfig config(SnapshotAlgorithm algorithm) {
    Map<String, PeerId> others = Map.of("b", OTHERS.get(0), "c", OTHERS.get(1));
    return SnapshotConfig.of("a", others, algorithm).withTimeout(Duration.ofMillis(300));
  }

  private static SnapshotNode process(SnapshotAlgorithm algorithm, long seed) {
    return new SnapshotNode("s", config(algorithm), new Sink(), Keyring.empty(), seed);
  }

  @Property(tries = 100)
  void shouldStandAndAnswerNoStrangerWhenDatagramsAreAnything(
      @ForAll long seed, @ForAll SnapshotAlgorithm algorithm) {
    SplittableRandom random = new SplittableRandom(seed);
    SnapshotNode process = process(algorithm, seed);
    Ordeal ordeal = new Ordeal(clock -> process, new LinkedHashSet<>(OTHERS), random);
    for (int i = 0; i < 100; i++) {
      PeerId from = ordeal.anyPeer();
      ByteBuffer latest = ordeal.latest(OTHERS.get(random.nextInt(2)));
      byte[] like = new byte[latest.remaining()];
      latest.get(like);
      ordeal.receive(from, ordeal.bent(like));
      ordeal.disturb();
    }
    assertTrue(process.rejections().total() > 0);
  }

  @Property(tries = 100)
  void shouldStandAndStaySmallWhenProcessesSayAnything(
      @ForAll long seed, @ForAll SnapshotAlgorithm algorithm) {
    SplittableRandom random = new SplittableRandom(seed);
    SnapshotNode process = process(algorithm, seed);
    LinkConfig link = LinkConfig.of(SnapshotNode.PROTOCOL).with(algorithm.order());
    Liars liars = new Liars(process, link, OTHERS, seed);
    long[] numbers = {0, 0};
    boolean answers = random.nextBoolean();
    for (int i = 0; i < 300; i++) {
      int liar = random.nextInt(2);
      long number = random.nextInt(8) == 0 ? random.nextLong(100) : ++numbers[liar];
      long saved = answers ? latest(liars.heard(OTHERS.get(liar))) : random.nextInt(3);
      int system = config(algorithm).fingerprint() + (random.nextInt(50) == 0 ? 1 : 0);
      ByteBuffer content = ByteBuffer.wrap(anything(random, numbers[liar]));
      liars.say(
          OTHERS.get(liar),
          Envelope.encode(system, new Envelope(liar + 1, Math.max(0, saved), 0, number, content)));
      if (random.nextInt(4) == 0) {
        liars.command(process::snapshot);
      }
      liars.pass();
    }
    long rejected = liars.reports.stream().filter(Rejected.class::isInstance).count();
    assertEquals(rejected, process.rejections().total());
    assertSmallAndResumable(liars, algorithm, seed);
  }

  /** Of one's own snapshots nobody else says which were begun. */
  @Property(tries = 4, generation = GenerationMode.EXHAUSTIVE)
  void shouldGoOnTakingSnapshotsWhenLiarNamesOneOfItsOwnThatNeverWas(
      @ForAll SnapshotAlgorithm algorithm, @ForAll boolean marked) {
    SnapshotNode process = process(algorithm, 1);
    LinkConfig link = LinkConfig.of(SnapshotNode.PROTOCOL).with(algorithm.order());
    Liars liars = new Liars(process, link, OTHERS, 1);
    Content lie =
        marked
            ? new Content.Marked(new Marker(new SnapshotId("a", Long.MAX_VALUE), 0))
            : new Content.Application(
                new TreeMap<>(Map.of("a", Long.MAX_VALUE)), ByteBuffer.allocate(1));
    ByteBuffer content = ByteBuffer.wrap(new ContentCodec(NAMES).encode(lie));
    liars.say(
        OTHERS.get(0),
        Envelope.encode(config(algorithm).fingerprint(), new Envelope(1, 0, 0, 1, content)));
    liars.command(process::snapshot);
    assertTrue(process.isTakingSnapshot());
    assertEquals(1, process.rejections().get(Rejection.INCONSISTENT));
  }

  private static long latest(List<ByteBuffer> heard) {
    long latest = -1;
    for (ByteBuffer each : heard) {
      latest =
          each.remaining() > 28 ? Math.max(latest, each.getLong(each.position() + 28)) : latest;
    }
    return latest;
  }

  private static void assertSmallAndResumable(Liars liars, SnapshotAlgorithm algorithm, long seed) {
    byte[] last = {};
    for (Object report : liars.reports) {
      last = report instanceof Checkpoint checkpoint ? checkpoint.bytes() : last;
      int size = last.length;
      assertTrue(size < MOST_BYTES, () -> "a checkpoint of " + size);
    }
    process(algorithm, seed).resume(last);
  }

  private static byte[] anything(SplittableRandom random, long near) {
    SnapshotId id =
        new SnapshotId(
            NAMES.get(random.nextInt(3)),
            random.nextInt(20) == 0 ? Long.MAX_VALUE : 1 + random.nextInt(4));
    byte[] some = new byte[random.nextInt(SnapshotNode.MAX_MESSAGE_BYTES)];
    random.nextBytes(some);
    SortedMap<String, Long> colour = new TreeMap<>();
    if (random.nextBoolean()) {
      colour.put(id.initiator(), id.number());
    }
    int count = 1 + random.nextInt(3);
    Content content =
        switch (random.nextInt(4)) {
          case 0 -> new Content.Application(colour, ByteBuffer.wrap(some));
          case 1 -> new Content.Marked(new Marker(id, random.nextLong(near + 2)));
          case 2 -> new Content.Piece(id, random.nextInt(count), count, ByteBuffer.wrap(some));
          default -> new Content.GivenUp(id, List.of(Reason.values()).get(random.nextInt(3)));
        };
    byte[] bytes = new ContentCodec(NAMES).encode(content);
    if (random.nextInt(6) == 0) {
      bytes[random.nextInt(Math.min(bytes.length, 12))] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  @Property
  void shouldGiveValueOrReasonAndTheSameBytesWhenBytesAreAnything(
      @ForAll byte[] bytes, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ContentCodec codec = new ContentCodec(NAMES);
    for (byte[] each : List.of(bytes, anything(random, 5))) {
      Decoded<Content> decoded = codec.decode(ByteBuffer.wrap(each));
      if (decoded instanceof Decoded.Value<Content> good) {
        assertArrayEquals(each, codec.encode(good.value()));
      }
      Decoded<Envelope> envelope = Envelope.decode(9, ByteBuffer.wrap(each));
      if (envelope instanceof Decoded.Value<Envelope> good) {
        assertEquals(ByteBuffer.wrap(each), Envelope.encode(9, good.value()));
      }
    }
  }
}
