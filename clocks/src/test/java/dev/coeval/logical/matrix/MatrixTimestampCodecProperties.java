package dev.coeval.logical.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.laws.Execution;
import dev.coeval.logical.laws.Trace;
import dev.coeval.logical.vector.VectorTimestamp;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The binary form of what processes know of each other. */
final class MatrixTimestampCodecProperties {

  @Provide
  Arbitrary<MatrixTimestamp> stamps() {
    return Arbitraries.longs()
        .map(
            seed -> {
              Trace trace = Trace.random(new Random(seed), 4, 20);
              List<MatrixTimestamp> stamps = Execution.run(trace, MatrixClock::of);
              return stamps.get(stamps.size() - 1);
            });
  }

  private static byte[] bytes(MatrixTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(MatrixTimestampCodec.encodedLength(stamp));
    MatrixTimestampCodec.encode(stamp, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  @Property(tries = 200)
  void shouldReadWhatItWroteWhenStampsAreArbitrary(@ForAll("stamps") MatrixTimestamp stamp) {
    byte[] form = bytes(stamp);
    assertEquals(stamp, MatrixTimestampCodec.decode(ByteBuffer.wrap(form)));
    for (int length = 0; length < form.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(form, length));
      assertThrows(StampFormatException.class, () -> MatrixTimestampCodec.decode(cut));
      assertEquals(0, cut.position());
    }
  }

  @Property(tries = 1_000)
  void shouldGiveTheOneFormBackOrRefuseWhenBytesAreBent(
      @ForAll("stamps") MatrixTimestamp stamp, @ForAll int where, @ForAll byte bent) {
    byte[] form = bytes(stamp);
    form[Math.floorMod(where, form.length)] = bent;
    ByteBuffer buffer = ByteBuffer.wrap(form);
    try {
      MatrixTimestamp read = MatrixTimestampCodec.decode(buffer);
      assertArrayEquals(Arrays.copyOf(form, buffer.position()), bytes(read));
    } catch (StampFormatException refused) {
      assertEquals(0, buffer.position());
    }
  }

  @Example
  void shouldStayAsFrozenWhenEncoded() {
    MatrixTimestamp stamp =
        MatrixTimestamp.of(
            "a",
            Map.of(
                "a", VectorTimestamp.of(Map.of("a", 5L, "b", 300L)),
                "b", VectorTimestamp.of(Map.of("b", 300L))));

    assertEquals(
        "49" + "02" + "01610162" + "00" + "05ac02" + "00ac02",
        HexFormat.of().formatHex(bytes(stamp)));
  }

  @Example
  void shouldRefuseWithItsReasonWhenTheFormIsAnother() {
    refuses(Reason.WRONG_KIND, "2100");
    refuses(Reason.NOT_CANONICAL, "490201610162" + "00" + "01000000");
    refuses(Reason.NOT_CANONICAL, "490201620161" + "00" + "01010101");
    refuses(Reason.OUT_OF_RANGE, "49010161" + "01" + "01");
    refuses(Reason.TRUNCATED, "490201610162" + "00" + "010101");
    refuses(Reason.TOO_LARGE, "498108");
  }

  private static void refuses(Reason reason, String form) {
    ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(form));
    StampFormatException refused =
        assertThrows(StampFormatException.class, () -> MatrixTimestampCodec.decode(buffer), form);
    assertEquals(reason, refused.reason(), form);
  }
}
