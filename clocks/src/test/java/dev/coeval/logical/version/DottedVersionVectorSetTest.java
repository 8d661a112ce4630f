package dev.coeval.logical.version;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.logical.vector.VectorTimestampCodec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DottedVersionVectorSetTest {

  private static final VersionVector BLIND = VersionVector.empty();

  private final DottedVersionVectorSet<String> two =
      DottedVersionVectorSet.<String>empty().put(BLIND, "a", "v").put(BLIND, "a", "w");

  @Test
  void shouldTellEachDotWhenValuesAreOfOneServer() {
    assertEquals(Map.of(new Dot("a", 1), "v", new Dot("a", 2), "w"), two.dottedValues());
    assertEquals(List.of("w", "v"), two.values(), "newest first");
    assertEquals(VersionVector.of(Map.of("a", 2L)), two.context());
  }

  @Test
  void shouldKeepWhatCameLaterWhenDiscardingWhatWasRead() {
    VersionVector read = two.context();
    DottedVersionVectorSet<String> later = two.put(BLIND, "b", "x");

    assertEquals(List.of("x"), later.discard(read).values());
    assertEquals(List.of(), two.discard(read).values());
    assertEquals(read, two.discard(read).context(), "the writes are still known");
    assertEquals(List.of(), two.sync(two.discard(read)).values(), "and do not come back");
  }

  @Test
  void shouldNotUseDotTwiceWhenTheContextKnowsMoreOfTheServer() {
    VersionVector ahead = VersionVector.of(Map.of("a", 7L));

    assertEquals(Map.of(new Dot("a", 8), "x"), two.put(ahead, "a", "x").dottedValues());
  }

  @Test
  void shouldThrowWhenTheCountIsAtItsEnd() {
    VersionVector last = VersionVector.of(Map.of("a", Long.MAX_VALUE));

    assertThrows(ArithmeticException.class, () -> two.put(last, "a", "x"));
    assertThrows(ArithmeticException.class, () -> last.next("a"));
    assertThrows(ArithmeticException.class, () -> last.nextDot("a"));
    assertEquals(List.of("w", "v"), two.values());
  }

  @Test
  void shouldRefuseWhenServerHasNoName() {
    assertThrows(IllegalArgumentException.class, () -> two.put(BLIND, "", "x"));
    assertThrows(IllegalArgumentException.class, () -> new Dot("", 1));
    assertThrows(IllegalArgumentException.class, () -> new Dot("a", 0));
  }

  @Test
  void shouldBeEqualWhenValuesAndContextAre() {
    DottedVersionVectorSet<String> same =
        DottedVersionVectorSet.<String>empty().put(BLIND, "a", "v").put(BLIND, "a", "w");

    assertEquals(two, same);
    assertEquals(two.hashCode(), same.hashCode());
    assertNotEquals(two, two.discard(two.context()));
    assertEquals("{a=2[w, v]}", two.toString());
  }

  /** What was forgotten could be counted again: one dot for two writes. */
  @Test
  void shouldRefuseWhenCountsWereForgotten() {
    VectorTimestamp pruned = VectorTimestamp.of(Map.of("a", 3L, "b", 1L)).prune("a");

    assertThrows(IllegalArgumentException.class, () -> VersionVector.of(pruned));
    assertThrows(StampFormatException.class, () -> VersionVector.parse(pruned.toString()));
    ByteBuffer bytes = ByteBuffer.allocate(64);
    StampOutput.header(StampKind.VERSION_VECTOR, bytes);
    VectorTimestampCodec.encode(pruned, bytes);
    bytes.flip();
    assertThrows(StampFormatException.class, () -> VersionVectorCodec.decode(bytes));
    assertEquals(0, bytes.position());
  }

  @Test
  void shouldContainWhatItCountsWhenAskedForDots() {
    VersionVector version = VersionVector.empty().next("a").next("a").next("b");

    assertTrue(version.contains(new Dot("a", 2)));
    assertTrue(!version.contains(new Dot("a", 3)) && !version.contains(new Dot("c", 1)));
    assertEquals(new Dot("b", 2), version.nextDot("b"));
    assertEquals("2@b", version.nextDot("b").toString());
    assertTrue(new Dot("a", 9).compareTo(new Dot("b", 1)) < 0);
    assertTrue(new Dot("a", 9).compareTo(new Dot("a", 10)) < 0);
  }

  @Test
  void shouldBeTheSameBytesWhenTheirContentIs() {
    Bytes bytes = Bytes.of((byte) 1, (byte) 0xAB);
    assertArrayEquals(new byte[] {1, (byte) 0xAB}, bytes.toArray());
    bytes.toArray()[0] = 7;
    assertEquals("01ab", bytes.toString());
    assertEquals(bytes, Bytes.of((byte) 1, (byte) 0xAB));
    assertNotEquals(bytes, Bytes.of((byte) 1));
    assertNotEquals(bytes.hashCode(), Bytes.of((byte) 1).hashCode());
    assertNotEquals(two.hashCode(), two.put(BLIND, "b", "x").hashCode());
    assertNotEquals(two.context().hashCode(), VersionVector.of(Map.of("a", 3L)).hashCode());
  }

  @Test
  void shouldRefuseToWriteWhenThereAreTooManyServersOrBytes() {
    DottedVersionVectorSet<Bytes> set = DottedVersionVectorSet.empty();
    byte[] most = new byte[DottedVersionVectorSetCodec.MAX_VALUE_BYTES];
    DottedVersionVectorSet<Bytes> large = set.put(BLIND, "a", Bytes.of(most));
    ByteBuffer buffer = ByteBuffer.allocate(DottedVersionVectorSetCodec.encodedLength(large) + 1);
    DottedVersionVectorSetCodec.encode(large, buffer);
    assertEquals(large, DottedVersionVectorSetCodec.decode(buffer.flip()));
    DottedVersionVectorSet<Bytes> larger = set.put(BLIND, "a", Bytes.of(new byte[most.length + 1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> DottedVersionVectorSetCodec.encode(larger, ByteBuffer.allocate(most.length + 50)));
    for (int server = 0; server < DottedVersionVectorSetCodec.MAX_SERVERS; server++) {
      set = set.put(BLIND, "s" + server, Bytes.of());
    }
    ByteBuffer form = ByteBuffer.allocate(100_000);
    DottedVersionVectorSetCodec.encode(set, form);
    assertEquals(set, DottedVersionVectorSetCodec.decode(form.flip()));
    DottedVersionVectorSet<Bytes> crowd = set.put(BLIND, "one more", Bytes.of());
    assertThrows(
        IllegalArgumentException.class,
        () -> DottedVersionVectorSetCodec.encode(crowd, ByteBuffer.allocate(100_000)));
  }

  @Test
  void shouldRefuseAServerWhenItIsThereTwice() {
    DottedVersionVectorSet<Bytes> set =
        DottedVersionVectorSet.<Bytes>empty()
            .put(BLIND, "a", Bytes.of())
            .put(BLIND, "b", Bytes.of());
    ByteBuffer buffer = ByteBuffer.allocate(DottedVersionVectorSetCodec.encodedLength(set));
    DottedVersionVectorSetCodec.encode(set, buffer);
    byte[] bytes = buffer.array();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 'b' ? (byte) 'a' : bytes[i];
    }
    assertThrows(
        StampFormatException.class,
        () -> DottedVersionVectorSetCodec.decode(ByteBuffer.wrap(bytes)));
  }
}
