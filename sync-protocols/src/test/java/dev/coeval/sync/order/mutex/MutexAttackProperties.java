package dev.coeval.sync.order.mutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.Ordeal;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.order.Liars;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.order.mutex.Message.Kind;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Members that lie, and strangers: nothing that they say throws, or makes a member grow. */
final class MutexAttackProperties {
  private static final List<PeerId> OTHERS = List.of(PeerId.simulated(1), PeerId.simulated(2));
  private static final int MOST_STATE = 600;

  private static MutualExclusion member(MutexAlgorithm algorithm, long seed) {
    Map<String, PeerId> others = Map.of("b", OTHERS.get(0), "c", OTHERS.get(1));
    MutexConfig config = MutexConfig.of("a", others, algorithm);
    return new MutualExclusion("m", config, Keyring.empty(), seed);
  }

  @Property(tries = 200)
  void shouldStandAndAnswerNoStrangerWhenDatagramsAreAnything(
      @ForAll long seed, @ForAll MutexAlgorithm algorithm) {
    SplittableRandom random = new SplittableRandom(seed);
    MutualExclusion member = member(algorithm, seed);
    Ordeal ordeal = new Ordeal(clock -> member, new LinkedHashSet<>(OTHERS), random);
    for (int i = 0; i < 100; i++) {
      PeerId from = ordeal.anyPeer();
      ByteBuffer latest = ordeal.latest(OTHERS.get(random.nextInt(2)));
      byte[] like = new byte[latest.remaining()];
      latest.get(like);
      ordeal.receive(from, ordeal.bent(like));
      ordeal.disturb();
    }
    assertTrue(member.rejections().total() > 0);
  }

  @Property(tries = 300)
  void shouldStandAndStaySmallWhenMembersSayAnything(
      @ForAll long seed, @ForAll MutexAlgorithm algorithm) {
    SplittableRandom random = new SplittableRandom(seed);
    MutualExclusion member = member(algorithm, seed);
    Liars liars = new Liars(member, LinkConfig.of(MutualExclusion.PROTOCOL), OTHERS, seed);
    for (int i = 0; i < 300; i++) {
      PeerId liar = OTHERS.get(random.nextInt(2));
      liars.say(liar, ByteBuffer.wrap(anything(random, algorithm)));
      if (random.nextInt(4) == 0) {
        liars.command(now -> ask(member, now));
      }
      liars.pass();
      assertTrue(member.describe().length() < MOST_STATE, member::describe);
    }
    long rejected = liars.reports.stream().filter(Rejected.class::isInstance).count();
    assertEquals(rejected, member.rejections().total());
  }

  private static List<Action> ask(MutualExclusion member, ClockReading now) {
    return switch (member.phase()) {
      case JOINING -> List.of();
      case IDLE -> member.request(now);
      case WAITING, INSIDE -> member.release(now);
    };
  }

  private static byte[] anything(SplittableRandom random, MutexAlgorithm algorithm) {
    Kind kind = List.of(Kind.values()).get(random.nextInt(5));
    long counter = random.nextInt(20) == 0 ? MutexCodec.MAX_COUNTER : random.nextLong(1_000);
    long request = random.nextBoolean() ? counter : random.nextLong(1_000);
    byte[] bytes = new MutexCodec(algorithm).encode(new Message(kind, counter, request)).array();
    if (random.nextInt(6) == 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(12) == 0 ? new byte[random.nextInt(900)] : bytes;
  }

  @Property
  void shouldGiveValueOrReasonAndTheSameBytesWhenBytesAreAnything(
      @ForAll byte[] bytes, @ForAll long seed, @ForAll MutexAlgorithm algorithm) {
    SplittableRandom random = new SplittableRandom(seed);
    MutexCodec codec = new MutexCodec(algorithm);
    for (byte[] each : List.of(bytes, anything(random, algorithm))) {
      Decoded<Message> decoded = codec.decode(ByteBuffer.wrap(each));
      if (decoded instanceof Decoded.Value<Message> good) {
        assertEquals(ByteBuffer.wrap(each), codec.encode(good.value()));
      }
    }
  }
}
