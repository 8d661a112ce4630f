package dev.coeval.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LeapFileTest {
  private static final long SECOND = 1_000_000_000L;

  /** Of the form and with the hash that IERS published in 2025. */
  private static final String PUBLISHED =
      """
      #\tATOMIC TIME
      #
      #$\t3960835200
      #
      #@\t3991593600
      #NTP Time      DTAI    Day Month Year
      2272060800      10      # 1 Jan 1972
      2287785600      11      # 1 Jul 1972
      2303683200      12      # 1 Jan 1973
      2335219200      13      # 1 Jan 1974
      2366755200      14      # 1 Jan 1975
      2398291200      15      # 1 Jan 1976
      2429913600      16      # 1 Jan 1977
      2461449600      17      # 1 Jan 1978
      2492985600      18      # 1 Jan 1979
      2524521600      19      # 1 Jan 1980
      2571782400      20      # 1 Jul 1981
      2603318400      21      # 1 Jul 1982
      2634854400      22      # 1 Jul 1983
      2698012800      23      # 1 Jul 1985
      2776982400      24      # 1 Jan 1988
      2840140800      25      # 1 Jan 1990
      2871676800      26      # 1 Jan 1991
      2918937600      27      # 1 Jul 1992
      2950473600      28      # 1 Jul 1993
      2982009600      29      # 1 Jul 1994
      3029443200      30      # 1 Jan 1996
      3076704000      31      # 1 Jul 1997
      3124137600      32      # 1 Jan 1999
      3345062400      33      # 1 Jan 2006
      3439756800      34      # 1 Jan 2009
      3550089600      35      # 1 Jul 2012
      3644697600      36      # 1 Jul 2015
      3692217600      37      # 1 Jan 2017
      #
      #h	49db2447 571e5e1b 2f002a53 9c8da8e4 39b8e49e
      """;

  @Test
  void shouldReadWhatIersPublishedWhenItsHashIsRight() {
    LeapSecondTable table = LeapSecondTable.parse(PUBLISHED);
    assertEquals(Instant.parse("2026-06-28T00:00:00Z"), table.expires());
    assertEquals(Instant.parse("2025-07-07T00:00:00Z"), table.updated());
    assertEquals(LeapSecondTable.bundled().leaps(), table.leaps());
    assertNotEquals(LeapSecondTable.bundled(), table);
    assertEquals(table, LeapSecondTable.parse(PUBLISHED.replace("\n", "\r\n")));
    assertEquals(table.hashCode(), LeapSecondTable.parse(table.toFile()).hashCode());
    assertEquals(table, LeapSecondTable.parse(table.toFile()));
    assertEquals(
        "TAI - UTC = 37 s since 2017-01-01T00:00:00Z, known until 2026-06-28T00:00:00Z",
        table.toString());
  }

  @Test
  void shouldKnowAllLeapsAndItsOwnEndWhenBundled() {
    LeapSecondTable table = LeapSecondTable.bundled();
    assertEquals(27, table.leaps().size());
    assertTrue(table.leaps().stream().allMatch(leap -> leap.seconds() == 1));
    long last = Instant.parse("2017-01-01T00:00:00Z").getEpochSecond() * SECOND;
    assertEquals(36, table.offsetAt(last - 1));
    assertEquals(37, table.offsetAt(last));
    assertEquals(10, table.offsetAt(0));
    assertTrue(table.nextLeapAfter(last).isEmpty());
    assertEquals(last, table.nextLeapAfter(last - 1).orElseThrow().epochNanos());
    long expiry = Instant.parse("2027-06-28T00:00:00Z").getEpochSecond() * SECOND;
    assertFalse(table.isExpired(expiry - 1));
    assertTrue(table.isExpired(expiry));
  }

  @Test
  void shouldReadAFileWhenThereIsOne(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("leap-seconds.list");
    Files.writeString(file, PUBLISHED);
    assertEquals(LeapSecondTable.parse(PUBLISHED), LeapSecondTable.read(file));
    assertThrows(IOException.class, () -> LeapSecondTable.read(folder.resolve("none")));
  }

  @Test
  void shouldTakeHashWordsWithoutTheirLeadingZeros() {
    LeapSecond leap = LeapSecond.inserted(Instant.parse("2017-01-01T00:00:00Z"));
    String withZero = null;
    for (long day = 0; withZero == null; day++) {
      Instant updated = Instant.parse("2026-07-06T00:00:00Z").plusSeconds(day * 86_400);
      String file = LeapSecondTable.of(updated, updated, List.of(leap)).toFile();
      withZero = file.matches("(?s).*#h.*[\\t ]0[0-9a-f]{7}\\s.*") ? file : null;
    }
    int hash = withZero.indexOf("#h");
    String published =
        withZero.substring(0, hash) + withZero.substring(hash).replaceAll("(?<=[\\t ])0+", "");
    assertNotEquals(withZero, published);
    assertEquals(LeapSecondTable.parse(withZero), LeapSecondTable.parse(published));
  }

  static Stream<Arguments> damaged() {
    return Stream.of(
        Arguments.of("", "", "line 1: the file ends without an entry"),
        Arguments.of("3960835200", "3960835201", "line 36: the data do not have this hash"),
        Arguments.of("3991593600", "3991593601", "line 36: the data do not have this hash"),
        Arguments.of("#$\t3960835200\n", "", "line 35: the file ends without the last update (#$)"),
        Arguments.of("#@\t3991593600\n", "", "line 35: the file ends without the expiry (#@)"),
        Arguments.of("#h", "# h", "line 36: the file ends without a hash (#h)"),
        Arguments.of("49db2447", "49db2448", "line 36: the data do not have this hash"),
        Arguments.of("49db2447", "", "line 36: #h wants five words"),
        Arguments.of("49db2447", "49db2447f", "line 36: #h wants five words"),
        Arguments.of("#\n#h", "#h 1 2 3 4 5\n#h", "line 36: a second #h"),
        Arguments.of("#$\t", "#$\tx", "line 3: #$ wants a number"),
        Arguments.of("#@\t", "#@\t-", "line 5: #@ wants a number"),
        Arguments.of("#\n#@", "#@ 1\n#@", "line 5: a second #@"),
        Arguments.of("#\tATOMIC TIME", "#$ 3", "line 3: a second #$"),
        Arguments.of("2287785600      11", "2287785600      12", "line 8: TAI - UTC goes from 10"),
        Arguments.of("2287785600      11", "2287785600      10", "line 8: TAI - UTC goes from 10"),
        Arguments.of("2287785600", "2272060800", "line 8: not later than the entry before it"),
        Arguments.of("2287785600", "2287785601", "line 8: a leap second is at the end of a month"),
        Arguments.of("2287785600", "2287872000", "line 8: a leap second is at the end of a month"),
        Arguments.of("2287785600", "99999999999", "line 8: after the year 2261"),
        Arguments.of("2287785600", "999999999999", "line 8: neither two numbers"),
        Arguments.of("2287785600", "+2287785600", "line 8: neither two numbers"),
        Arguments.of("2287785600      11", "2287785600", "line 8: neither two numbers"),
        Arguments.of("# 1 Jul 1972", "1 Jul 1972", "line 8: neither two numbers"));
  }

  @ParameterizedTest
  @MethodSource("damaged")
  void shouldSayWhereAndWhatInOneLineWhenDamaged(String old, String now, String message) {
    String text =
        old.isEmpty()
            ? now
            : PUBLISHED.replaceFirst(java.util.regex.Pattern.quote(old), now.replace("$", "\\$"));
    LeapFileException e = assertThrows(LeapFileException.class, () -> LeapSecondTable.parse(text));
    String said = String.valueOf(e.getMessage());
    assertTrue(said.startsWith(message), said);
    assertEquals(1, said.lines().count());
    assertTrue(said.startsWith("line " + e.line() + ":"));
  }

  @Test
  void shouldRefuseWhenTheFileIsTooLong() {
    String long1 = "#".repeat(LeapSecondTable.MAX_LENGTH + 1);
    assertThrows(LeapFileException.class, () -> LeapSecondTable.parse(long1));
    String padded = PUBLISHED + "#".repeat(LeapSecondTable.MAX_LENGTH - PUBLISHED.length());
    assertEquals(LeapSecondTable.parse(PUBLISHED), LeapSecondTable.parse(padded));
    StringBuilder many = new StringBuilder("0 0\n");
    long month = 0;
    for (int i = 1; i <= LeapSecondTable.MAX_ENTRIES; i++) {
      month =
          java.time.LocalDate.of(1900, 1, 1).plusMonths(i).toEpochDay() * 86_400 + 2_208_988_800L;
      many.append(month).append(' ').append(i % 2).append('\n');
    }
    LeapFileException e =
        assertThrows(LeapFileException.class, () -> LeapSecondTable.parse(many.toString()));
    assertEquals("line 1025: more than 1024 entries", e.getMessage());
  }
}
