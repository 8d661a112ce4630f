package dev.coeval.logical.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

final class VectorTimestampCodecProperties {

  private static final List<String> ACTORS = actors();
  private static final ActorTable TABLE = ActorTable.of(ACTORS);

  private static List<String> actors() {
    List<String> actors = new ArrayList<>(VectorStamps.NAMES);
    IntStream.range(0, 700).forEach(i -> actors.add("n" + i));
    Collections.shuffle(actors, new Random(1));
    return actors;
  }

  @Provide
  Arbitrary<VectorTimestamp> stamps() {
    return VectorStamps.any();
  }

  private static byte[] numbered(VectorTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(VectorTimestampCodec.encodedLength(stamp, TABLE));
    VectorTimestampCodec.encode(stamp, TABLE, buffer);
    assertEquals(0, buffer.remaining());
    return buffer.array();
  }

  @Property(tries = 500)
  void shouldReadWhatItWroteWhenActorsAreSpelledOut(@ForAll("stamps") VectorTimestamp stamp) {
    byte[] bytes = VectorTimestampCodec.toBytes(stamp);
    VectorTimestamp read = VectorTimestampCodec.fromBytes(bytes);
    assertEquals(stamp, read);
    assertEquals(stamp.hashCode(), read.hashCode());
    assertEquals(stamp.toString(), read.toString());
    assertEquals(read, VectorTimestampCodec.decode(ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
  }

  /** With and without an array behind the buffer, and with more room than needed. */
  @Property(tries = 500)
  void shouldReadWhatItWroteWhenActorsHaveNumbers(
      @ForAll("stamps") VectorTimestamp stamp, @ForAll("stamps") VectorTimestamp between) {
    byte[] bytes = numbered(stamp);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 9).order(ByteOrder.LITTLE_ENDIAN);
    VectorTimestampCodec.encode(stamp, TABLE, direct.position(3));
    byte[] written = new byte[bytes.length];
    direct.get(3, written);
    assertArrayEquals(bytes, written);
    byte[] roomy = new byte[bytes.length * 8 + 20];
    VectorTimestampCodec.encode(stamp, TABLE, ByteBuffer.wrap(roomy, 5, roomy.length - 5).slice());
    assertArrayEquals(bytes, Arrays.copyOfRange(roomy, 5, 5 + bytes.length));
    for (ByteBuffer buffer : List.of(ByteBuffer.wrap(roomy).position(5), direct.position(3))) {
      int start = buffer.position();
      assertEquals(stamp, VectorTimestampCodec.decode(buffer, TABLE));
      assertEquals(start + bytes.length, buffer.position());
      numbered(between);
      assertEquals(stamp, VectorTimestampCodec.decode(buffer.position(start), TABLE));
    }
  }

  @Property(tries = 500)
  void shouldTakeFourBytesMoreThanItsNumbersWhenNothingIsPruned(
      @ForAll("stamps") VectorTimestamp stamp) {
    int[] numbers = {0};
    stamp.forEach(
        (actor, count) ->
            numbers[0] +=
                StampOutput.varintLength(count) + StampOutput.varintLength(ACTORS.indexOf(actor)));
    int length = numbered(stamp).length;
    if (stamp.pruned().isEmpty()) {
      assertTrue(length <= numbers[0] + 4);
    }
  }

  @Property(tries = 2_000)
  void shouldGiveAStampOrOneExceptionWhenBytesAreArbitrary(
      @ForAll @Size(max = 24) byte[] bytes, @ForAll boolean interned) {
    byte[] all = bytes.clone();
    if (all.length > 1) {
      all[0] = (byte) (interned ? 0x29 : 0x21);
      all[1] &= 0x0F;
    }
    checkSpelled(all);
    checkNumbered(all);
  }

  @Property(tries = 1_000)
  void shouldGiveAStampOrOneExceptionWhenBytesAreBent(
      @ForAll("stamps") VectorTimestamp stamp, @ForAll int place, @ForAll byte bits) {
    byte[] spelled = VectorTimestampCodec.toBytes(stamp);
    spelled[Math.floorMod(place, spelled.length)] ^= bits;
    checkSpelled(spelled);
    checkSpelled(Arrays.copyOf(spelled, Math.floorMod(place, spelled.length)));
    byte[] numbered = numbered(stamp);
    numbered[Math.floorMod(place, numbered.length)] ^= bits;
    checkNumbered(numbered);
    checkNumbered(Arrays.copyOf(numbered, Math.floorMod(place, numbered.length)));
  }

  private static void checkSpelled(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      VectorTimestamp stamp = VectorTimestampCodec.decode(buffer);
      byte[] used = Arrays.copyOf(bytes, buffer.position());
      assertArrayEquals(used, VectorTimestampCodec.toBytes(stamp));
    } catch (StampFormatException malformed) {
      assertEquals(0, buffer.position());
    }
  }

  private static void checkNumbered(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      VectorTimestamp stamp = VectorTimestampCodec.decode(buffer, TABLE);
      assertArrayEquals(Arrays.copyOf(bytes, buffer.position()), numbered(stamp));
    } catch (StampFormatException malformed) {
      assertEquals(0, buffer.position());
    }
  }
}
