package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.vector.VectorTimestamp;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The wire forms of broadcast and unicast stamps. */
final class CausalStampCodecProperties {

  private static final List<String> ACTORS = List.of("a", "b", "c#1", "äö", "x".repeat(255));

  private static byte[] bytes(BroadcastStamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(BroadcastStampCodec.encodedLength(stamp));
    BroadcastStampCodec.encode(stamp, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  private static byte[] bytes(UnicastStamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(UnicastStampCodec.encodedLength(stamp));
    UnicastStampCodec.encode(stamp, buffer.order(ByteOrder.LITTLE_ENDIAN));
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  @Example
  void shouldReadAStampWhenItHasAsManyActorsAsThereMayBe() {
    Map<String, Long> counts = new HashMap<>();
    for (int actor = 0; actor < VectorTimestamp.MAX_ACTORS; actor++) {
      counts.put("m" + actor, 1L);
    }
    BroadcastStamp stamp = new BroadcastStamp("m7", VectorTimestamp.of(counts));
    assertEquals(stamp, BroadcastStampCodec.decode(ByteBuffer.wrap(bytes(stamp))));
  }

  @Example
  void shouldWriteTheseBytesWhenAskedAtAnyTime() {
    BroadcastStamp broadcast = new BroadcastStamp("b", VectorTimestamp.parse("{a=300, b=7, c=1}"));
    assertEquals("79016207020161ac02016301", HexFormat.of().formatHex(bytes(broadcast)));
    assertEquals(
        "810161016207010163ac0202016201016302016302016101016205",
        HexFormat.of()
            .formatHex(
                bytes(
                    new UnicastStamp(
                        "a",
                        "b",
                        7,
                        VectorTimestamp.parse("{c=300}"),
                        new TreeMap<>(
                            Map.of(
                                "b", VectorTimestamp.parse("{c=2}"),
                                "c", VectorTimestamp.parse("{a=1, b=5}")))))));
  }

  /**
   * Counts of few actors.
   *
   * @return counts, small and large
   */
  @Provide
  Arbitrary<VectorTimestamp> counts() {
    Arbitrary<Long> count =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 200), Arbitraries.longs().between(1, Long.MAX_VALUE));
    return Arbitraries.maps(Arbitraries.of(ACTORS), count)
        .map(VectorTimestamp::of)
        .withoutEdgeCases();
  }

  @Property
  void shouldReadWhatItWroteWhenBroadcastStampsAreArbitrary(
      @ForAll("counts") VectorTimestamp counts, @ForAll("actors") String sender) {
    BroadcastStamp stamp =
        new BroadcastStamp(sender, counts.merge(VectorTimestamp.of(Map.of(sender, 1L))));
    ByteBuffer buffer = ByteBuffer.wrap(bytes(stamp)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(stamp, BroadcastStampCodec.decode(buffer));
    assertEquals(0, buffer.remaining());
  }

  /**
   * Actors.
   *
   * @return one of a few
   */
  @Provide
  Arbitrary<String> actors() {
    return Arbitraries.of(ACTORS);
  }

  /**
   * Any stamps.
   *
   * @return stamps of unicasts
   */
  @Provide
  Arbitrary<UnicastStamp> unicasts() {
    return Combinators.combine(
            actors(),
            actors(),
            Arbitraries.longs().between(1, Long.MAX_VALUE),
            counts(),
            Arbitraries.maps(actors(), counts()))
        .as(CausalStampCodecProperties::unicast)
        .withoutEdgeCases();
  }

  private static UnicastStamp unicast(
      String sender,
      String destination,
      long sequence,
      VectorTimestamp delivered,
      Map<String, VectorTimestamp> barriers) {
    Map<String, VectorTimestamp> proper = new HashMap<>(barriers);
    proper.remove(sender);
    proper.computeIfPresent(destination, (at, counts) -> counts.retire(sender));
    proper.values().removeIf(VectorTimestamp::isEmpty);
    return new UnicastStamp(sender, destination, sequence, delivered, new TreeMap<>(proper));
  }

  @Property
  void shouldReadWhatItWroteWhenUnicastStampsAreArbitrary(@ForAll("unicasts") UnicastStamp stamp) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(stamp));
    assertEquals(stamp, UnicastStampCodec.decode(buffer));
    assertEquals(0, buffer.remaining());
  }

  @Property(tries = 3_000)
  void shouldGiveAStampOfTheseBytesOrRefuseWhenUnicastBytesAreBent(
      @ForAll("unicasts") UnicastStamp stamp, @ForAll long seed) {
    byte[] bent = bent(bytes(stamp), seed);
    refuseOrRepeat(bent, UnicastStampCodec::decode, CausalStampCodecProperties::bytes);
  }

  @Property(tries = 3_000)
  void shouldGiveAStampOfTheseBytesOrRefuseWhenBroadcastBytesAreBent(
      @ForAll("counts") VectorTimestamp counts, @ForAll long seed) {
    BroadcastStamp stamp =
        new BroadcastStamp("b", counts.merge(VectorTimestamp.of(Map.of("b", 1L))));
    byte[] bent = bent(bytes(stamp), seed);
    refuseOrRepeat(bent, BroadcastStampCodec::decode, CausalStampCodecProperties::bytes);
  }

  @Property(tries = 3_000)
  void shouldGiveAStampOfTheseBytesOrRefuseWhenBytesAreArbitrary(@ForAll byte[] bytes) {
    byte[] broadcast = bytes.clone();
    byte[] unicast = bytes.clone();
    if (bytes.length > 0) {
      broadcast[0] = 0x79;
      unicast[0] = (byte) 0x81;
    }
    refuseOrRepeat(broadcast, BroadcastStampCodec::decode, CausalStampCodecProperties::bytes);
    refuseOrRepeat(unicast, UnicastStampCodec::decode, CausalStampCodecProperties::bytes);
  }

  private static byte[] bent(byte[] bytes, long seed) {
    Random random = new Random(seed);
    byte[] bent =
        Arrays.copyOf(bytes, random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length);
    for (int change = random.nextInt(3); change > 0 && bent.length > 0; change--) {
      bent[random.nextInt(bent.length)] = (byte) random.nextInt(random.nextBoolean() ? 4 : 256);
    }
    return bent;
  }

  private static <S> void refuseOrRepeat(
      byte[] bytes, Function<ByteBuffer, S> decode, Function<S, byte[]> encode) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      S stamp = decode.apply(buffer);
      assertArrayEquals(Arrays.copyOf(bytes, buffer.position()), encode.apply(stamp));
    } catch (StampFormatException refused) {
      assertEquals(0, buffer.position());
    }
  }

  private static Reason refusal(String hex, Function<ByteBuffer, ?> decode) {
    ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    return assertThrows(StampFormatException.class, () -> decode.apply(buffer)).reason();
  }

  @Example
  void shouldSayWhyWhenBytesAreNoStamp() {
    Function<ByteBuffer, ?> broadcast = BroadcastStampCodec::decode;
    assertEquals(Reason.TRUNCATED, refusal("", broadcast));
    assertEquals(Reason.WRONG_KIND, refusal("81", broadcast));
    assertEquals(Reason.UNKNOWN_VERSION, refusal("7a", broadcast));
    assertEquals(Reason.OUT_OF_RANGE, refusal("7901620000", broadcast));
    assertEquals(Reason.NOT_CANONICAL, refusal("7901620101016201", broadcast));
    assertEquals(Reason.NOT_CANONICAL, refusal("79016201020163010161" + "01", broadcast));
    assertEquals(Reason.NOT_CANONICAL, refusal("7901620101016300", broadcast));
    assertEquals(Reason.TOO_LARGE, refusal("79016201ffff7f", broadcast));
    assertEquals(Reason.TRUNCATED, refusal("7901620105", broadcast));
    Function<ByteBuffer, ?> unicast = UnicastStampCodec::decode;
    assertEquals(Reason.WRONG_KIND, refusal("79", unicast));
    assertEquals(Reason.OUT_OF_RANGE, refusal("8101610162000000", unicast));
    assertEquals(Reason.OUT_OF_RANGE, refusal("810161016201000101610101" + "6201", unicast));
    assertEquals(
        Reason.NOT_CANONICAL,
        refusal(
            "81" + "01610162" + "01" + "00" + "02" + "0163010164" + "01" + "0163010164" + "01",
            unicast));
  }

  @Example
  void shouldThrowAndWriteNothingWhenThereIsNoRoom() {
    BroadcastStamp stamp = new BroadcastStamp("b", VectorTimestamp.parse("{b=7, c=1}"));
    ByteBuffer small = ByteBuffer.allocate(BroadcastStampCodec.encodedLength(stamp) - 1);
    assertThrows(BufferOverflowException.class, () -> BroadcastStampCodec.encode(stamp, small));
    assertEquals(0, small.position());
    UnicastStamp unicast = unicast("a", "b", 1, VectorTimestamp.empty(), Map.of());
    ByteBuffer none = ByteBuffer.allocate(UnicastStampCodec.encodedLength(unicast) - 1);
    assertThrows(BufferOverflowException.class, () -> UnicastStampCodec.encode(unicast, none));
    assertEquals(0, none.position());
  }
}
