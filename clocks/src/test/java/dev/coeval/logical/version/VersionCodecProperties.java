package dev.coeval.logical.version;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The binary forms of versions and of sets of siblings. */
final class VersionCodecProperties {

  private static final int HUGE_COUNT_BYTES = 9;

  @Provide
  Arbitrary<DottedVersionVectorSet<Bytes>> sets() {
    Arbitrary<Put> puts =
        Combinators.combine(
                Arbitraries.of("a", "b", "c~2", "ü"),
                Arbitraries.of(true, false),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(5).map(Bytes::of))
            .as(Put::new);
    return puts.list().ofMaxSize(12).map(VersionCodecProperties::apply);
  }

  private record Put(String server, boolean blind, Bytes value) {}

  private static DottedVersionVectorSet<Bytes> apply(Iterable<Put> puts) {
    DottedVersionVectorSet<Bytes> set = DottedVersionVectorSet.empty();
    for (Put put : puts) {
      VersionVector context = put.blind() ? VersionVector.empty() : set.context();
      set = set.put(context, put.server(), put.value());
    }
    return set;
  }

  private static byte[] bytes(DottedVersionVectorSet<Bytes> set) {
    ByteBuffer buffer = ByteBuffer.allocate(DottedVersionVectorSetCodec.encodedLength(set));
    DottedVersionVectorSetCodec.encode(set, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  private static byte[] bytes(VersionVector version) {
    ByteBuffer buffer = ByteBuffer.allocate(VersionVectorCodec.encodedLength(version));
    VersionVectorCodec.encode(version, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  @Property(tries = 300)
  void shouldReadWhatItWroteWhenSetsAreArbitrary(
      @ForAll("sets") DottedVersionVectorSet<Bytes> set) {
    byte[] form = bytes(set);
    assertEquals(set, DottedVersionVectorSetCodec.decode(ByteBuffer.wrap(form)));
    for (int length = 0; length < form.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(form, length));
      assertThrows(StampFormatException.class, () -> DottedVersionVectorSetCodec.decode(cut));
      assertEquals(0, cut.position());
    }
  }

  @Property(tries = 300)
  void shouldReadWhatItWroteWhenVersionsAreArbitrary(
      @ForAll("sets") DottedVersionVectorSet<Bytes> set) {
    VersionVector version = set.context();
    assertEquals(version, VersionVectorCodec.decode(ByteBuffer.wrap(bytes(version))));
    assertEquals(version, VersionVector.parse(version.toString()));
  }

  @Property(tries = 1_000)
  void shouldGiveTheOneFormBackOrRefuseWhenBytesAreBent(
      @ForAll("sets") DottedVersionVectorSet<Bytes> set, @ForAll int where, @ForAll byte bent) {
    byte[] form = bytes(set);
    form[Math.floorMod(where, form.length)] = bent;
    ByteBuffer buffer = ByteBuffer.wrap(form);
    try {
      DottedVersionVectorSet<Bytes> read = DottedVersionVectorSetCodec.decode(buffer);
      assertArrayEquals(Arrays.copyOf(form, buffer.position()), bytes(read));
    } catch (StampFormatException refused) {
      assertEquals(0, buffer.position());
    }
    byte[] version = bytes(set.context());
    version[Math.floorMod(where, version.length)] = bent;
    ByteBuffer second = ByteBuffer.wrap(version);
    try {
      VersionVector read = VersionVectorCodec.decode(second);
      assertArrayEquals(Arrays.copyOf(version, second.position()), bytes(read));
    } catch (StampFormatException refused) {
      assertEquals(0, second.position());
    }
  }

  @Example
  void shouldStayAsFrozenWhenEncoded() {
    DottedVersionVectorSet<Bytes> set =
        DottedVersionVectorSet.<Bytes>empty()
            .put(VersionVector.empty(), "a", Bytes.of((byte) 7, (byte) 8))
            .put(VersionVector.empty(), "a", Bytes.of())
            .put(VersionVector.of(Map.of("b", 300L)), "b", Bytes.of((byte) 9));

    assertEquals("41020161020200020708" + "0162ad02010109", HexFormat.of().formatHex(bytes(set)));
  }

  @Example
  void shouldRefuseWithItsReasonWhenTheFormIsAnother() {
    refuses(Reason.WRONG_KIND, "3900");
    refuses(Reason.UNKNOWN_VERSION, "4200");
    refuses(Reason.TRUNCATED, "4102016102");
    refuses(Reason.NOT_CANONICAL, "4101016100000000");
    refuses(Reason.OUT_OF_RANGE, "41010161010200000000");
    refuses(Reason.NOT_CANONICAL, "41020162010001610100");
    refuses(Reason.TOO_LARGE, "41ff7f");
    refuses(Reason.TOO_LARGE, "410101610101" + "81808008");
  }

  private static void refuses(Reason reason, String form) {
    ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(form));
    StampFormatException refused =
        assertThrows(
            StampFormatException.class, () -> DottedVersionVectorSetCodec.decode(buffer), form);
    assertEquals(reason, refused.reason(), form);
  }

  @Example
  void shouldNotAllocateWhatIsNotThereWhenCountIsHuge() {
    ByteBuffer buffer = ByteBuffer.allocate(6 + HUGE_COUNT_BYTES);
    buffer.put(HexFormat.of().parseHex("41010161ffffffffffffffff7f"));
    buffer.put(HexFormat.of().parseHex("ff7f")).flip();
    assertThrows(StampFormatException.class, () -> DottedVersionVectorSetCodec.decode(buffer));
  }
}
