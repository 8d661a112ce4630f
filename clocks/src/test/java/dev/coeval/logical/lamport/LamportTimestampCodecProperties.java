package dev.coeval.logical.lamport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class LamportTimestampCodecProperties {

  private static byte[] encode(LamportTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(LamportTimestampCodec.encodedLength(stamp));
    LamportTimestampCodec.encode(stamp, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  private static LamportTimestamp decode(byte[] bytes) {
    return LamportTimestampCodec.decode(ByteBuffer.wrap(bytes));
  }

  /** Ids of code points at every boundary of UTF-8, UTF-16 and the escape; short, to collide. */
  @Provide
  Arbitrary<LamportTimestamp> stamps() {
    Arbitrary<String> units =
        Arbitraries.of(
            "\0", "\1", "\2", "a", "@", "\u007f", "\u0080", "\u07ff", "\u0800", "\ud7ff");
    Arbitrary<String> pairs = Arbitraries.of("\ue000", "\uffff", "\ud800\udc00", "\udbff\udfff");
    Arbitrary<String> ids =
        Arbitraries.oneOf(units, pairs)
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(l -> String.join("", l));
    return Combinators.combine(Arbitraries.of(0L, 1L, 255L, 256L, Long.MAX_VALUE), ids)
        .as(LamportTimestamp::new);
  }

  @Property
  void shouldReadWhatItWroteWhenStampIsAny(@ForAll("stamps") LamportTimestamp stamp) {
    byte[] bytes = encode(stamp);
    assertEquals(stamp, decode(bytes));
    assertEquals(stamp, LamportTimestamp.parse(stamp.toString()));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      StampFormatException refused = assertThrows(StampFormatException.class, () -> decode(cut));
      assertEquals(Reason.TRUNCATED, refused.reason());
    }
  }

  /** The oracle of the order: the lists of code points. */
  @Property
  void shouldSortAsBytesWhenStampsAreCompared(
      @ForAll("stamps") LamportTimestamp a, @ForAll("stamps") LamportTimestamp b) {
    int byBytes = Integer.signum(Arrays.compareUnsigned(encode(a), encode(b)));
    int byCodePoints =
        Arrays.compare(a.nodeId().codePoints().toArray(), b.nodeId().codePoints().toArray());
    int expected =
        a.counter() != b.counter() ? Long.compare(a.counter(), b.counter()) : byCodePoints;
    assertEquals(Integer.signum(expected), Integer.signum(a.compareTo(b)));
    assertEquals(Integer.signum(expected), byBytes);
    assertEquals(a.equals(b), byBytes == 0);
  }

  @Property
  void shouldGiveAStampOrThrowWhenBytesAreBent(
      @ForAll("stamps") LamportTimestamp stamp,
      @ForAll @IntRange(max = 20) int at,
      @ForAll byte bent,
      @ForAll boolean little) {
    byte[] bytes = encode(stamp);
    bytes[at % bytes.length] = bent;
    requireCanonical(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), little);
  }

  @Property
  void shouldGiveAStampOrThrowWhenBytesAreArbitrary(@ForAll @Size(max = 20) byte[] tail) {
    byte[] bytes = new byte[tail.length + 1];
    bytes[0] = 0x09;
    System.arraycopy(tail, 0, bytes, 1, tail.length);
    requireCanonical(ByteBuffer.wrap(bytes), false);
    requireCanonical(ByteBuffer.wrap(tail), false);
  }

  private static void requireCanonical(ByteBuffer buffer, boolean little) {
    buffer.order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    try {
      LamportTimestamp stamp = LamportTimestampCodec.decode(buffer);
      byte[] taken = new byte[buffer.position()];
      buffer.get(0, taken);
      assertArrayEquals(taken, encode(stamp));
    } catch (StampFormatException refused) {
      assertEquals(0, buffer.position());
    }
  }

  @Property
  void shouldReadBackOrRefuseWhenTextIsArbitrary(@ForAll String text) {
    for (String given : List.of(text, "7@" + text, text + "@a")) {
      try {
        assertEquals(given, LamportTimestamp.parse(given).toString());
      } catch (StampFormatException refused) {
        assertEquals(Reason.NOT_A_STAMP, refused.reason());
      }
    }
  }

  @Example
  void shouldSortIntoThisOrderWhenIdsAreTricky() {
    List<String> sorted =
        List.of("\0", "\0\0", "\0a", "\1", "\1a", "a", "a\0", "aa", "b", "\uffff", "\ud800\udc00");
    for (int i = 1; i < sorted.size(); i++) {
      LamportTimestamp before = new LamportTimestamp(1, sorted.get(i - 1));
      LamportTimestamp after = new LamportTimestamp(1, sorted.get(i));
      assertTrue(before.compareTo(after) < 0 && after.compareTo(before) > 0, after::toString);
      assertTrue(Arrays.compareUnsigned(encode(before), encode(after)) < 0, after::toString);
    }
  }
}
