package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HybridTimestampTest {

  private static final HybridTimestamp SAMPLE =
      HybridTimestamp.of(Instant.parse("2026-11-22T11:07:43.120Z").toEpochMilli(), 42);

  @Test
  void shouldHoldBothPartsWhenMade() {
    assertEquals(1_795_345_663_120L, SAMPLE.epochMillis());
    assertEquals(42, SAMPLE.counter());
    assertEquals(0x01A2_02F0_C490_002AL, SAMPLE.packed());
    assertEquals(Instant.parse("2026-11-22T11:07:43.120Z"), SAMPLE.toInstant());
    assertEquals(SAMPLE, HybridTimestamp.ofPacked(0x01A2_02F0_C490_002AL));
  }

  @Test
  void shouldSpanTheWholeRangeWhenAtItsEnds() {
    assertEquals(HybridTimestamp.MIN, HybridTimestamp.of(0, 0));
    assertEquals(
        HybridTimestamp.MAX,
        HybridTimestamp.of(HybridTimestamp.MAX_EPOCH_MILLIS, HybridTimestamp.MAX_COUNTER));
    assertEquals("1970-01-01T00:00:00.000Z#00000", HybridTimestamp.MIN.toString());
    assertEquals("6429-10-17T02:45:55.327Z#65535", HybridTimestamp.MAX.toString());
    assertEquals(HybridTimestamp.MAX, HybridTimestamp.parse("6429-10-17T02:45:55.327Z#65535"));
  }

  @Test
  void shouldReadWhatItWroteWhenInText() {
    assertEquals("2026-11-22T11:07:43.120Z#00042", SAMPLE.toString());
    assertEquals(SAMPLE, HybridTimestamp.parse("2026-11-22T11:07:43.120Z#00042"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#00042",
        "2026-11-22T11:07:43.120Z",
        "2026-11-22T11:07:43.120Z#42",
        "2026-11-22T11:07:43.120Z#000042",
        "2026-11-22T11:07:43.120Z#65536",
        "2026-11-22T11:07:43.120Z#-0042",
        "2026-11-22T11:07:43.120Z#+0042",
        "2026-11-22T11:07:43.120Z#0x042",
        "2026-11-22T11:07:43.120Z#\u0660\u0660\u0660\u0664\u0662",
        "2026-11-22T11:07:43.120Z#00042#",
        "2026-11-22T11:07:43Z#00042",
        "2026-11-22T11:07:43.12Z#00042",
        "2026-11-22T11:07:60.120Z#00042",
        "2026-02-30T11:07:43.120Z#00042",
        "2026-11-22T24:00:00.000Z#00042",
        "2026-11-22t11:07:43.120z#00042",
        "2026-11-22T11:07:43.120+00:00#00042",
        " 2026-11-22T11:07:43.120Z#00042",
        "1969-12-31T23:59:59.999Z#00042",
        "6429-10-17T02:45:55.328Z#00000",
        "+12026-11-22T11:07:43.120Z#00042"
      })
  void shouldThrowWhenTheTextIsNotItsOwn(String text) {
    assertThrows(DateTimeParseException.class, () -> HybridTimestamp.parse(text));
  }

  @Test
  void shouldThrowWhenOutsideTheRange() {
    long end = HybridTimestamp.MAX_EPOCH_MILLIS;
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.of(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.of(end + 1, 0));
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.of(0, -1));
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.of(0, 65_536));
    assertThrows(IllegalArgumentException.class, () -> HybridTimestamp.ofPacked(-1));
    assertThrows(NullPointerException.class, () -> HybridTimestamp.parse(null));
  }
}
