package dev.coeval.logical.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.laws.PhysicalTime;
import java.math.BigInteger;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Law U4: the bits are where the specifications want them. */
final class IdFormatTest {

  private static final long MILLIS = 1_795_345_663_120L;
  private static final Duration OFFSET = Duration.ofSeconds(1);

  private static HybridLogicalClock clock(HybridTimestamp above) {
    return HybridLogicalClock.resumeAbove(new PhysicalTime(0), OFFSET, above);
  }

  private static UUID uuidAfter(long packed) {
    return UuidV7Ids.of(clock(HybridTimestamp.ofPacked(packed)), new SplittableRandom(5)).next();
  }

  @Property
  void u4ShouldBeVersion7WhenStampIsAny(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 1) long packed) {
    UUID id = uuidAfter(packed);
    HybridTimestamp stamp = HybridTimestamp.ofPacked(packed + 1);
    assertEquals(7, id.version());
    assertEquals(2, id.variant());
    assertEquals(stamp.epochMillis(), id.getMostSignificantBits() >>> 16, "unix_ts_ms");
    String counter = String.format("%04x", stamp.counter());
    assertEquals(counter.substring(0, 3), id.toString().substring(15, 18), "rand_a");
    assertEquals(stamp, UuidV7Ids.stampOf(id));
    assertEquals(id, UUID.fromString(id.toString()));
  }

  @Example
  void u4ShouldBeTheseIdsForEver() {
    long packed = HybridTimestamp.of(MILLIS, 0x1234).packed();
    UUID uuid = uuidAfter(packed - 1);
    assertEquals("01a202f0-c490-7123-", uuid.toString().substring(0, 19));
    assertEquals(2 << 4 | 4, uuid.getLeastSignificantBits() >>> 58, "variant, lower counter bits");
    HybridTimestamp before = HybridTimestamp.ofPacked(packed - 1);
    Ulid ulid = UlidIds.of(clock(before), new SplittableRandom(5)).next();
    assertEquals("01M81F1H4G28T", ulid.toString().substring(0, 13));
    long snowflake =
        SnowflakeIds.of(
                clock(HybridTimestamp.of(MILLIS, 0x122)), Instant.ofEpochMilli(MILLIS - 1), 5)
            .next();
    assertEquals(1L << 22 | 5 << 12 | 0x123, snowflake);
  }

  @Example
  void u4ShouldDrawAllRandomBitsWhenManyAreMade() {
    UuidV7Ids ids = UuidV7Ids.of(clock(HybridTimestamp.of(MILLIS, 0)), new SplittableRandom(5));
    long ones = 0;
    long zeros = 0;
    for (int i = 0; i < 100; i++) {
      long low = ids.next().getLeastSignificantBits();
      ones |= low;
      zeros |= ~low;
    }
    long random = (1L << 58) - 1;
    assertEquals(random, ones & random);
    assertEquals(random, zeros & random);
  }

  @Example
  void shouldRefuseWhenUuidIsOfAnotherVersion() {
    UuidV7Ids ids = UuidV7Ids.of(clock(HybridTimestamp.MIN), new SplittableRandom(5));
    UUID four = UUID.fromString("f81d4fae-7dec-41d0-a765-00a0c91e6bf6");
    UUID otherVariant = UUID.fromString("017f22e2-79b0-7cc3-c8c4-dc0c0c07398f");
    for (UUID wrong : new UUID[] {four, otherVariant, new UUID(0, 0), new UUID(-1, -1)}) {
      StampFormatException refused =
          assertThrows(StampFormatException.class, () -> ids.observe(wrong));
      assertEquals(Reason.WRONG_KIND, refused.reason());
    }
    UUID beyond = UUID.fromString("ffffffff-ffff-7cc3-98c4-dc0c0c07398f");
    assertThrows(StampRejectedException.class, () -> ids.observe(beyond));
  }

  /** The example of RFC 9562, appendix A.6, and where its time is. */
  @Example
  void shouldReadTheTimeWhenUuidIsThatOfTheRfc() {
    UUID id = UUID.fromString("017F22E2-79B0-7CC3-98C4-DC0C0C07398F");
    assertEquals(Instant.parse("2022-02-22T19:22:22Z"), UuidV7Ids.stampOf(id).toInstant());
    assertEquals(0xCC36, UuidV7Ids.stampOf(id).counter());
  }

  /** The oracle of the text: base 32 of the JDK's unbounded numbers, with its digits exchanged. */
  @Property
  void shouldBeBase32WhenUlidIsAny(@ForAll long high, @ForAll long low) {
    Ulid id = new Ulid(high, low);
    BigInteger number =
        new BigInteger(Long.toUnsignedString(high))
            .shiftLeft(64)
            .add(new BigInteger(Long.toUnsignedString(low)));
    String expected = "";
    for (char digit : ("0".repeat(25) + number.toString(32)).toCharArray()) {
      expected += "0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(Character.digit(digit, 32));
    }
    assertEquals(expected.substring(expected.length() - 26), id.toString());
    assertEquals(id, Ulid.parse(id.toString()));
    assertEquals(id, Ulid.ofUuid(id.toUuid()));
    assertEquals(high >>> 16, id.epochMillis());
  }

  /** The example of the ULID specification. */
  @Example
  void shouldReadTheTimeWhenUlidIsThatOfTheSpecification() {
    assertEquals(1_469_918_176_385L, Ulid.parse("01ARYZ6S41TSV4RRFFQ69G5FAV").epochMillis());
    assertEquals("7ZZZZZZZZZZZZZZZZZZZZZZZZZ", new Ulid(-1, -1).toString());
  }

  @Example
  void shouldRefuseWhenUlidIsSpeltOtherwise() {
    for (String text :
        new String[] {
          "",
          "01ARYZ6S41TSV4RRFFQ69G5FA",
          "01ARYZ6S41TSV4RRFFQ69G5FAV0",
          "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
          "01aryz6s41tsv4rrffq69g5fav",
          "01ARYZ6S41TSV4RRFFQ69G5FAU",
          "O1ARYZ6S41TSV4RRFFQ69G5FAV",
          "01ARYZ6S41TSV4RRFFQ69G5FI\u0661",
          "-1ARYZ6S41TSV4RRFFQ69G5FAV"
        }) {
      StampFormatException refused =
          assertThrows(StampFormatException.class, () -> Ulid.parse(text), text);
      assertEquals(Reason.NOT_A_STAMP, refused.reason());
    }
  }

  @Property
  void shouldReadTheBytesItWroteWhenUlidIsAny(@ForAll long high, @ForAll long low) {
    Ulid id = new Ulid(high, low);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      ByteBuffer buffer = ByteBuffer.allocate(17).order(order).position(1);
      id.encode(buffer);
      assertEquals(high, ByteBuffer.wrap(buffer.array()).getLong(1));
      assertEquals(id, Ulid.decode(buffer.position(1)));
      StampFormatException refused =
          assertThrows(StampFormatException.class, () -> Ulid.decode(buffer.position(2)));
      assertEquals(Reason.TRUNCATED, refused.reason());
      assertEquals(2, buffer.position());
      assertThrows(BufferOverflowException.class, () -> id.encode(buffer));
      assertEquals(2, buffer.position());
    }
  }

  @Example
  void shouldThrowWhenTheClockIsAtItsEnd() {
    HybridLogicalClock clock = clock(HybridTimestamp.MAX);
    assertThrows(
        ArithmeticException.class, () -> UuidV7Ids.of(clock, new SplittableRandom(5)).next());
    assertThrows(
        ArithmeticException.class, () -> UlidIds.of(clock, new SplittableRandom(5)).next());
    assertThrows(ArithmeticException.class, () -> SnowflakeIds.of(clock, Instant.EPOCH, 0).next());
  }

  @Example
  void shouldThrowWhenSnowflakesTimeIsOutOfItsRange() {
    Instant epoch = Instant.ofEpochMilli(MILLIS);
    HybridTimestamp last = HybridTimestamp.of(MILLIS + SnowflakeIds.MAX_MILLIS, 0);
    SnowflakeIds ids = SnowflakeIds.of(clock(last), epoch, SnowflakeIds.MAX_WORKER);
    assertEquals(Long.MAX_VALUE - SnowflakeIds.MAX_SEQUENCE + 1, ids.next());
    for (int sequence = 2; sequence <= SnowflakeIds.MAX_SEQUENCE; sequence++) {
      assertTrue(ids.next() > 0);
    }
    assertThrows(ArithmeticException.class, ids::next);
    SnowflakeIds early = SnowflakeIds.of(clock(HybridTimestamp.of(MILLIS - 1, 0)), epoch, 0);
    assertThrows(ArithmeticException.class, early::next);
    assertThrows(StampFormatException.class, () -> ids.observe(-1));
    assertThrows(IllegalArgumentException.class, () -> SnowflakeIds.of(clock(last), epoch, -1));
    assertThrows(IllegalArgumentException.class, () -> SnowflakeIds.of(clock(last), epoch, 1_024));
    assertThrows(
        IllegalArgumentException.class, () -> SnowflakeIds.of(clock(last), Instant.MIN, 0));
    assertThrows(
        IllegalArgumentException.class, () -> SnowflakeIds.of(clock(last), Instant.MAX, 0));
  }

  @Example
  void shouldGive4096IdsOfAMillisecondWhenNobodyElseUsesTheClock() {
    SnowflakeIds ids = SnowflakeIds.of(clock(HybridTimestamp.of(MILLIS, 0)), Instant.EPOCH, 7);
    Set<Long> times = new HashSet<>();
    long last = 0;
    for (int i = 0; i < 3 * 4_096 - 1; i++) {
      last = ids.next();
      times.add(last >>> 22);
      assertEquals(7, SnowflakeIds.workerOf(last));
    }
    assertEquals(Set.of(MILLIS, MILLIS + 1, MILLIS + 2), times);
    assertEquals(HybridTimestamp.of(MILLIS + 2, 4_095), ids.stampOf(last));
    assertNotEquals(last, ids.next());
  }
}
