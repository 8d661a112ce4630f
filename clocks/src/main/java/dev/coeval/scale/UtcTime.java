package dev.coeval.scale;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * A moment in UTC, told apart from every other: the POSIX count, which names the inserted second
 * 23:59:60 like the second before it, and a flag that says which of the two is meant.
 *
 * <p>Immutable and thread-safe. The order of time is that of {@code epochNanos}, and in an inserted
 * second that of the flag; it needs to be known which second is one, so this is not {@code
 * Comparable}: compare TAI ({@link LeapSecondTable#taiNanosOf}) instead.
 *
 * @param epochNanos nanoseconds since 1970-01-01T00:00:00Z, with 86,400 seconds a day; during an
 *     inserted second those of 23:59:59
 * @param inLeap whether it lies in an inserted second
 */
public record UtcTime(long epochNanos, boolean inLeap) {
  private static final long SECOND = 1_000_000_000L;

  /**
   * A moment outside an inserted second.
   *
   * @param epochNanos nanoseconds since 1970-01-01T00:00:00Z
   * @return the moment
   */
  public static UtcTime of(long epochNanos) {
    return new UtcTime(epochNanos, false);
  }

  /**
   * ISO 8601, with a second 60 where there is one.
   *
   * @return a text for people, as {@code 2016-12-31T23:59:60.500Z}
   */
  @Override
  public String toString() {
    Instant instant =
        Instant.ofEpochSecond(Math.floorDiv(epochNanos, SECOND), Math.floorMod(epochNanos, SECOND));
    String text = instant.toString();
    LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    if (!inLeap || local.getSecond() != 59) {
      return inLeap ? text + " (leap)" : text;
    }
    int seconds = text.lastIndexOf(":59");
    return text.substring(0, seconds) + ":60" + text.substring(seconds + 3);
  }
}
