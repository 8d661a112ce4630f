package dev.coeval.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.scale.LeapFileException;
import dev.coeval.scale.LeapSecond;
import dev.coeval.scale.LeapSecondTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that may be a leap-second file. */
class LeapFileFuzzTest {

  static Stream<byte[]> seeds() {
    Instant day = Instant.parse("2017-01-01T00:00:00Z");
    LeapSecondTable small = LeapSecondTable.of(day, day, List.of(LeapSecond.deleted(day)));
    return Stream.of(
            LeapSecondTable.bundled().toFile(),
            small.toFile(),
            small.toFile().replace("\n", " # comment\r\n"),
            small.toFile().replace("#h", "#"),
            "#$ 1\n#@ 2\n0 0\n#h 0 1 2 3 4\n")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadTableOrRefuseInOneLineWhenInputIsArbitrary(byte[] data) {
    LeapSecondTable table;
    try {
      table = LeapSecondTable.parse(new String(data, StandardCharsets.ISO_8859_1));
    } catch (LeapFileException refused) {
      assertFalse(String.valueOf(refused.getMessage()).contains("\n"));
      return;
    }
    assertEquals(table, LeapSecondTable.parse(table.toFile()));
    for (LeapSecond leap : table.leaps()) {
      assertEquals(leap, table.nextLeapAfter(leap.epochNanos() - 1).orElseThrow());
    }
  }
}
