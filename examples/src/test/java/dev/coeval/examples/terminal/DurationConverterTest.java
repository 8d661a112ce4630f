package dev.coeval.examples.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class DurationConverterTest {
  private final DurationConverter converter = new DurationConverter();

  @Test
  void shouldReadNumberAndUnitWhenWellFormed() {
    assertEquals(Duration.ofMillis(250), converter.convert("250ms"));
    assertEquals(Duration.ofMillis(-1500), converter.convert("-1.5s"));
    assertEquals(Duration.ofNanos(90_000), converter.convert("90us"));
    assertEquals(Duration.ofNanos(2_500), converter.convert("2.5µs"));
    assertEquals(Duration.ofMinutes(2), converter.convert("2m"));
    assertEquals(Duration.ofMinutes(2), converter.convert("+2min"));
    assertEquals(Duration.ofHours(1), converter.convert("1h"));
    assertEquals(Duration.ofNanos(7), converter.convert("7ns"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "s", "five s", "1.5", "1,5s", "1e9s", "--1s", "0.1ns", "999999999999h"})
  void shouldRefuseWithReasonWhenMalformed(String text) {
    assertThrows(TypeConversionException.class, () -> converter.convert(text));
  }
}
