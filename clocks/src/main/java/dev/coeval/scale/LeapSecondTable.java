package dev.coeval.scale;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What TAI - UTC has been since 1972, which leap second comes next, and until when that is known.
 *
 * <p><b>Problem.</b> Leap seconds are announced half a year ahead, so no program can know them for
 * ever: a table is only as good as its expiry, which is why it says it.
 *
 * <p><b>The file.</b> {@code leap-seconds.list}, as IERS and NIST publish it: lines of two numbers,
 * seconds since 1900 and TAI - UTC from then on, in the order of time; {@code #$} before the time
 * of the last update, {@code #@} before the expiry, {@code #h} before a SHA-1 hash, in five
 * hexadecimal words whose leading zeros may be missing, over the digits of all of these; every
 * other {@code #} begins a comment. A file without hash or expiry, or one that does not agree with
 * its hash, is refused: the hash tells damage from intent, it is no signature.
 *
 * <p>Lookups by UTC take a binary search. Immutable and thread-safe.
 */
public final class LeapSecondTable {

  /** The longest file that is read, in characters; those published have about 10,000. */
  public static final int MAX_LENGTH = 1 << 18;

  /** The most lines of data; there are 28 after half a century. */
  public static final int MAX_ENTRIES = 1 << 10;

  /** TAI - UTC when UTC took its present form, in seconds. */
  private static final int FIRST_OFFSET = 10;

  private static final long FIRST_SECOND = 63_072_000L; // 1972-01-01
  private static final long SECOND = 1_000_000_000L;
  private static final String BUNDLED = "leap-seconds.list";

  private final long[] seconds;
  private final int[] offsets;
  private final long updatedSecond;
  private final long expirySecond;

  /** Takes over the arrays. */
  LeapSecondTable(long[] seconds, int[] offsets, long updatedSecond, long expirySecond) {
    this.seconds = seconds;
    this.offsets = offsets;
    this.updatedSecond = updatedSecond;
    this.expirySecond = expirySecond;
  }

  /**
   * The table that comes with the library: all 28 entries up to TAI - UTC = 37 s in 2017. It
   * expires on 2027-06-28, unlike the host's own file, which is kept up to date ({@code
   * /usr/share/zoneinfo/leap-seconds.list} on most systems): prefer that.
   *
   * @return the table
   */
  public static LeapSecondTable bundled() {
    return Bundled.TABLE;
  }

  /**
   * A table of given leap seconds, after TAI - UTC = 10 s in 1972.
   *
   * @param updated when it was made
   * @param expires until when it is complete
   * @param leaps the leap seconds in the order of time, all after 1972-01-01
   * @return the table
   * @throws IllegalArgumentException if there are too many, they are not in order, or a time is
   *     outside the years 1678 to 2261
   */
  public static LeapSecondTable of(Instant updated, Instant expires, List<LeapSecond> leaps) {
    if (leaps.size() >= MAX_ENTRIES) {
      throw new IllegalArgumentException("too many leap seconds: " + leaps.size());
    }
    long[] seconds = new long[leaps.size() + 1];
    int[] offsets = new int[leaps.size() + 1];
    seconds[0] = FIRST_SECOND;
    offsets[0] = FIRST_OFFSET;
    for (int i = 1; i < seconds.length; i++) {
      LeapSecond leap = leaps.get(i - 1);
      seconds[i] = leap.epochSecond();
      offsets[i] = offsets[i - 1] + leap.seconds();
      if (seconds[i] <= seconds[i - 1] + 1) {
        throw new IllegalArgumentException("not in the order of time: " + leap.instant());
      }
    }
    return new LeapSecondTable(seconds, offsets, requireInRange(updated), requireInRange(expires));
  }

  /**
   * Reads the text of a {@code leap-seconds.list}.
   *
   * @param text the whole file
   * @return the table
   * @throws LeapFileException if it is anything else, whatever it is
   */
  public static LeapSecondTable parse(String text) {
    return LeapFile.parse(text);
  }

  /**
   * Reads a {@code leap-seconds.list}.
   *
   * @param file where it is
   * @return the table
   * @throws IOException if it cannot be read
   * @throws LeapFileException if it is anything else, whatever it is
   */
  public static LeapSecondTable read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  private static LeapSecondTable read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
    return parse(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /**
   * TAI - UTC at a time.
   *
   * @param epochNanos POSIX time, in nanoseconds since the Unix epoch
   * @return seconds; before the first entry, where UTC was another scale, that of the first entry
   */
  public int offsetAt(long epochNanos) {
    return offsets[entryAt(Math.floorDiv(epochNanos, SECOND))];
  }

  /**
   * The first leap second after a time.
   *
   * @param epochNanos POSIX time, in nanoseconds since the Unix epoch
   * @return the leap second whose {@link LeapSecond#epochNanos()} is the first after it; empty if
   *     the table knows none
   */
  public Optional<LeapSecond> nextLeapAfter(long epochNanos) {
    int next = Math.max(1, countUpTo(Math.floorDiv(epochNanos, SECOND)));
    return next < seconds.length ? Optional.of(leap(next)) : Optional.empty();
  }

  /**
   * All leap seconds.
   *
   * @return an unmodifiable list in the order of time
   */
  public List<LeapSecond> leaps() {
    List<LeapSecond> leaps = new ArrayList<>(seconds.length - 1);
    for (int i = 1; i < seconds.length; i++) {
      leaps.add(leap(i));
    }
    return List.copyOf(leaps);
  }

  /**
   * Whether the table no longer knows if there was a leap second.
   *
   * @param epochNanos POSIX time, in nanoseconds since the Unix epoch
   * @return true from {@link #expires()} on
   */
  public boolean isExpired(long epochNanos) {
    return Math.floorDiv(epochNanos, SECOND) >= expirySecond;
  }

  /**
   * Until when the table is complete.
   *
   * @return the first instant of which it knows nothing
   */
  public Instant expires() {
    return Instant.ofEpochSecond(expirySecond);
  }

  /**
   * When the table was last changed.
   *
   * @return what its file says
   */
  public Instant updated() {
    return Instant.ofEpochSecond(updatedSecond);
  }

  /**
   * TAI at a moment of UTC. Exact, in the inserted second too.
   *
   * @param utc the moment
   * @return nanoseconds since 1970-01-01T00:00:00 TAI
   * @throws IllegalArgumentException if UTC never said so: a second that was left out, or a leap
   *     second where the table has none
   * @throws ArithmeticException if it is outside the years 1677 to 2262
   */
  public long taiNanosOf(UtcTime utc) {
    int entry = entryAt(Math.floorDiv(utc.epochNanos(), SECOND));
    if (entry + 1 < seconds.length) {
      LeapSecond next = leap(entry + 1);
      boolean lastSecond = utc.epochNanos() >= next.epochNanos() - SECOND;
      if (lastSecond && next.seconds() < 0) {
        throw new IllegalArgumentException(utc + " was left out");
      }
      if (lastSecond && utc.inLeap()) {
        return Math.addExact(utc.epochNanos(), offsets[entry + 1] * SECOND);
      }
    }
    if (utc.inLeap()) {
      throw new IllegalArgumentException(utc + " is no leap second");
    }
    return Math.addExact(utc.epochNanos(), offsets[entry] * SECOND);
  }

  /**
   * UTC at a moment of TAI. Exact, in the inserted second too.
   *
   * @param taiNanos nanoseconds since 1970-01-01T00:00:00 TAI
   * @return the moment in UTC
   * @throws ArithmeticException if it is outside the years 1677 to 2262
   */
  public UtcTime utcOf(long taiNanos) {
    int entry = offsets.length - 1;
    while (entry > 0 && taiNanos < beginsAtTaiNanos(entry)) {
      entry--;
    }
    long epochNanos = Math.subtractExact(taiNanos, offsets[entry] * SECOND);
    return new UtcTime(epochNanos, entry > 0 && epochNanos < seconds[entry] * SECOND);
  }

  /** When an entry is in force, its leap second included if one is inserted. */
  private long beginsAtTaiNanos(int entry) {
    return (seconds[entry] + Math.min(offsets[entry - 1], offsets[entry])) * SECOND;
  }

  private LeapSecond leap(int entry) {
    return new LeapSecond(seconds[entry], offsets[entry] - offsets[entry - 1]);
  }

  /** The entry in force. */
  private int entryAt(long epochSecond) {
    return Math.max(0, countUpTo(epochSecond) - 1);
  }

  /** How many entries begin at or before a time. */
  private int countUpTo(long epochSecond) {
    int found = Arrays.binarySearch(seconds, epochSecond);
    return found >= 0 ? found + 1 : -found - 1;
  }

  private static long requireInRange(Instant instant) {
    if (Math.abs(instant.getEpochSecond()) > LeapSecond.MAX_EPOCH_SECOND) {
      throw new IllegalArgumentException("outside the years 1678 to 2261: " + instant);
    }
    return instant.getEpochSecond();
  }

  /**
   * The file that means this table, its hash included: {@link #parse} gives it back.
   *
   * @return the text of a {@code leap-seconds.list} without comments
   */
  public String toFile() {
    return LeapFile.format(seconds, offsets, updatedSecond, expirySecond);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LeapSecondTable table
        && Arrays.equals(seconds, table.seconds)
        && Arrays.equals(offsets, table.offsets)
        && updatedSecond == table.updatedSecond
        && expirySecond == table.expirySecond;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(seconds), Arrays.hashCode(offsets), updatedSecond, expirySecond);
  }

  /**
   * A summary.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return "TAI - UTC = %d s since %s, known until %s"
        .formatted(
            offsets[offsets.length - 1],
            Instant.ofEpochSecond(seconds[seconds.length - 1]),
            expires());
  }

  /** Read when first asked for. */
  private static final class Bundled {
    static final LeapSecondTable TABLE = load();

    private static LeapSecondTable load() {
      try (InputStream in = LeapSecondTable.class.getResourceAsStream(BUNDLED)) {
        return read(Objects.requireNonNull(in, BUNDLED));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
