package dev.coeval.sync.ntp.exchange;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever arrives: nothing throws, and nothing that is not the sealed answer counts. */
class DialogueAttackProperties {

  @Property(tries = 2_000)
  void shouldMeasureNothingWhenBytesAreArbitrary(
      @ForAll @IntRange(max = 5) int kind, @ForAll @Size(max = 120) byte[] bytes) {
    Bench bench = new Bench(kind);
    bench.speak();
    assertFalse(bench.hear(ByteBuffer.wrap(bytes)) instanceof Reply.Good);
    assertTrue(bench.isOpenStill());
    assertInstanceOf(Reply.Good.class, bench.hear(bench.honest()));
  }

  @Property(tries = 3_000)
  void shouldChangeNothingWhenOneBitOfASealedAnswerIsFalse(
      @ForAll @IntRange(min = 3, max = 5) int kind, @ForAll @IntRange(max = 543) int bit) {
    Bench bench = new Bench(kind);
    bench.speak();
    ByteBuffer answer = bench.honest();
    answer.put(bit / 8, (byte) (answer.get(bit / 8) ^ (1 << (bit % 8))));
    assertInstanceOf(Reply.Stray.class, bench.hear(answer));
    assertTrue(bench.isOpenStill());
    ByteBuffer next = bench.honest();
    assertInstanceOf(Reply.Good.class, bench.hear(next));
  }

  @Property(tries = 3_000)
  void shouldHoldTheTruthWhenAnswersAreChangedAnywhereButInTheirStamps(
      @ForAll @IntRange(max = 2) int kind, @ForAll long seed) {
    Random random = new Random(seed);
    Bench bench = new Bench(kind);
    bench.speak();
    ByteBuffer answer = bench.honest();
    int place = random.nextInt(24);
    answer.put(place, (byte) random.nextInt(256));
    if (bench.hear(answer) instanceof Reply.Good good) {
      assertTrue(Math.abs(bench.offset() - good.measurement().offsetNanos()) <= 2_000);
    }
  }

  @Property(tries = 500)
  void shouldNeverThrowWhenStampsAreArbitrary(
      @ForAll @IntRange(max = 2) int kind, @ForAll long seed) {
    Random random = new Random(seed);
    Bench bench = new Bench(kind);
    for (int i = 0; i < 20; i++) {
      bench.speak();
      ByteBuffer answer = bench.honest();
      for (int at = 16; at < 48; at += 8) {
        if (at != 24 && random.nextBoolean()) {
          answer.putLong(at, random.nextBoolean() ? random.nextLong() : random.nextInt(3) - 1);
        }
      }
      bench.hear(answer);
    }
  }
}
