package dev.coeval.logical.hybrid;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The hybrid stamps of other systems, as ours and back.
 *
 * <table>
 * <caption>What fits into what</caption>
 * <tr><th>system</th><th>form</th><th>theirs to ours</th><th>ours to theirs</th></tr>
 * <tr><td>CockroachDB</td><td>decimal text: nanoseconds, a point, ten digits of counter</td>
 *     <td>exact</td><td>exact</td></tr>
 * <tr><td>YugabyteDB</td><td>64 bits: 52 of microseconds, 12 of counter</td>
 *     <td>exact</td><td>up to the next microsecond</td></tr>
 * <tr><td>MongoDB</td><td>64 bits: 32 of seconds, 32 of counter</td>
 *     <td>exact, if the counter is below 65,536,000</td><td>exact</td></tr>
 * <tr><td>uhlc (Zenoh)</td><td>64 bits: 32 of seconds, 28 of fraction, 4 of counter</td>
 *     <td>exact</td><td>up to the next 2<sup>-28</sup> s, 3.7 ns</td></tr>
 * </table>
 *
 * <p><em>Exact</em>: different stamps stay different, in the same order, and converting back gives
 * the same stamp. Where the other form is too coarse, a stamp becomes the smallest of theirs that
 * is not before it. Several stamps can then become the same one, but a cause never comes to be
 * after its effect: the order is kept as {@code <=}. So a stamp taken from another system and
 * received by a clock of ours gives a stamp that is still after it when converted back.
 *
 * <p>A stamp that the other form cannot hold throws {@link ArithmeticException}; text or numbers
 * that are no stamp, or none that we can hold, throw {@link StampFormatException}. Numbers of 64
 * bits are unsigned: those of later years are negative as a Java {@code long}. Stateless.
 */
public final class HybridFormats {

  private static final int COCKROACH_COUNTER_DIGITS = 10;

  private static final int YUGABYTE_COUNTER_BITS = 12;
  private static final long YUGABYTE_MAX_COUNTER = (1L << YUGABYTE_COUNTER_BITS) - 1;
  private static final long YUGABYTE_MAX_MICROS = (1L << 52) - 1;
  private static final long NANOS_PER_MICRO = 1_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long MAX_32_BITS = (1L << 32) - 1;
  private static final long MONGO_INCREMENTS_PER_MILLI = HybridTimestamp.MAX_COUNTER + 1L;
  private static final long MILLIS_PER_SECOND = 1_000L;

  private static final int NTP64_COUNTER_BITS = 4;
  private static final long NTP64_MAX_COUNTER = (1L << NTP64_COUNTER_BITS) - 1;

  private HybridFormats() {}

  /**
   * CockroachDB's decimal: what {@code cluster_logical_timestamp()} gives and {@code AS OF SYSTEM
   * TIME} takes.
   *
   * @param stamp any stamp
   * @return such as {@code 1580361670629466905.0000000001}
   */
  public static String toCockroachDecimal(HybridNanoTimestamp stamp) {
    return stamp.epochNanos()
        + "."
        + String.format(Locale.ROOT, "%0" + COCKROACH_COUNTER_DIGITS + "d", stamp.counter());
  }

  /**
   * The stamp of CockroachDB's decimal.
   *
   * @param text nanoseconds, a point, and ten digits of counter; point and counter may be missing,
   *     as {@code AS OF SYSTEM TIME} allows
   * @return the stamp, exactly
   * @throws StampFormatException if the text is no such decimal, or a number too large
   */
  public static HybridNanoTimestamp fromCockroachDecimal(CharSequence text) {
    String given = text.toString();
    int point = given.indexOf('.');
    if (point < 0) {
      return HybridNanoTimestamp.of(number(given, given, Long::parseLong), 0);
    }
    String counter = given.substring(point + 1);
    if (counter.length() != COCKROACH_COUNTER_DIGITS) {
      throw new StampFormatException(Reason.NOT_A_STAMP, "not ten digits of counter: " + given);
    }
    long logical = number(counter, given, Long::parseLong);
    if (logical > HybridNanoTimestamp.MAX_COUNTER) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a counter above 2^31 - 1: " + given);
    }
    long epochNanos = number(given.substring(0, point), given, Long::parseLong);
    return HybridNanoTimestamp.of(epochNanos, (int) logical);
  }

  /**
   * YugabyteDB's hybrid time.
   *
   * @param stamp a stamp before the year 2112
   * @return microseconds in the upper 52 bits, counter in the lower 12, unsigned: the stamp itself
   *     if its time is a whole microsecond and its counter at most 4,095, otherwise the next
   *     microsecond
   * @throws ArithmeticException if the time is too late
   */
  public static long toYugabyte(HybridNanoTimestamp stamp) {
    boolean exact =
        stamp.epochNanos() % NANOS_PER_MICRO == 0 && stamp.counter() <= YUGABYTE_MAX_COUNTER;
    long micros = stamp.epochNanos() / NANOS_PER_MICRO + (exact ? 0 : 1);
    requireFits(micros <= YUGABYTE_MAX_MICROS, stamp, "YugabyteDB's hybrid time");
    return micros << YUGABYTE_COUNTER_BITS | (exact ? stamp.counter() : 0);
  }

  /**
   * The stamp of YugabyteDB's hybrid time.
   *
   * @param hybridTime any 64 bits
   * @return the stamp, exactly
   */
  public static HybridNanoTimestamp fromYugabyte(long hybridTime) {
    return HybridNanoTimestamp.of(
        (hybridTime >>> YUGABYTE_COUNTER_BITS) * NANOS_PER_MICRO,
        (int) (hybridTime & YUGABYTE_MAX_COUNTER));
  }

  /**
   * MongoDB's timestamp, as in its operation log and cluster time. Its counter counts within a
   * second, so it takes up both the millisecond within the second and our counter, and loses
   * neither.
   *
   * @param stamp a stamp before the year 2106
   * @return seconds in the upper 32 bits, {@code millisecond of second * 65,536 + counter} in the
   *     lower, unsigned
   * @throws ArithmeticException if the time is too late
   */
  public static long toMongo(HybridTimestamp stamp) {
    long seconds = stamp.epochMillis() / MILLIS_PER_SECOND;
    requireFits(seconds <= MAX_32_BITS, stamp, "MongoDB's timestamp");
    long increment =
        stamp.epochMillis() % MILLIS_PER_SECOND * MONGO_INCREMENTS_PER_MILLI + stamp.counter();
    return seconds << Integer.SIZE | increment;
  }

  /**
   * The stamp of MongoDB's timestamp. Its own counters are small, so that they stay within the
   * first milliseconds of their second.
   *
   * @param timestamp seconds in the upper 32 bits, increment in the lower
   * @return the stamp, exactly: {@code increment / 65,536} milliseconds into the second, with the
   *     rest as counter
   * @throws StampFormatException if the increment is 65,536,000 or more, which would be in the next
   *     second
   */
  public static HybridTimestamp fromMongo(long timestamp) {
    long increment = timestamp & MAX_32_BITS;
    long millis = increment / MONGO_INCREMENTS_PER_MILLI;
    if (millis >= MILLIS_PER_SECOND) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "an increment too large: " + increment);
    }
    return HybridTimestamp.of(
        (timestamp >>> Integer.SIZE) * MILLIS_PER_SECOND + millis,
        (int) (increment % MONGO_INCREMENTS_PER_MILLI));
  }

  /**
   * The NTP64 of uhlc, the hybrid clock of Zenoh: seconds since the Unix epoch and a binary
   * fraction, whose last four bits count.
   *
   * @param stamp a stamp before the year 2106
   * @return seconds in the upper 32 bits, fraction and counter in the lower, unsigned: the stamp
   *     itself if its time is the first nanosecond of its 2<sup>-28</sup> s and its counter at most
   *     15, otherwise the next such time
   * @throws ArithmeticException if the time is too late
   */
  public static long toNtp64(HybridNanoTimestamp stamp) {
    long seconds = stamp.epochNanos() / NANOS_PER_SECOND;
    long nanos = stamp.epochNanos() % NANOS_PER_SECOND;
    long part = (nanos << (Integer.SIZE - NTP64_COUNTER_BITS)) / NANOS_PER_SECOND;
    boolean exact = nanosOfPart(part) == nanos && stamp.counter() <= NTP64_MAX_COUNTER;
    long counter = exact ? stamp.counter() : 1L << NTP64_COUNTER_BITS; // which is the next part
    requireFits(seconds <= MAX_32_BITS, stamp, "an NTP64");
    long ntp64 = (seconds << Integer.SIZE) + (part << NTP64_COUNTER_BITS) + counter;
    requireFits(seconds < MAX_32_BITS || ntp64 < 0, stamp, "an NTP64");
    return ntp64;
  }

  /**
   * The stamp of an NTP64 of uhlc.
   *
   * @param ntp64 any 64 bits
   * @return the stamp, exactly: the first nanosecond of the time without its last four bits, and
   *     these as counter
   */
  public static HybridNanoTimestamp fromNtp64(long ntp64) {
    long part = (ntp64 & MAX_32_BITS) >>> NTP64_COUNTER_BITS;
    return HybridNanoTimestamp.of(
        (ntp64 >>> Integer.SIZE) * NANOS_PER_SECOND + nanosOfPart(part),
        (int) (ntp64 & NTP64_MAX_COUNTER));
  }

  /**
   * uhlc's text for {@link #toNtp64}: in a whole uhlc timestamp a slash and the node's id follow.
   *
   * @param stamp a stamp before the year 2106
   * @return an unsigned decimal number, such as {@code 7386690599959157260}
   * @throws ArithmeticException if the time is too late
   */
  public static String toNtp64Text(HybridNanoTimestamp stamp) {
    return Long.toUnsignedString(toNtp64(stamp));
  }

  /**
   * The stamp of uhlc's text for an NTP64, without slash and id.
   *
   * @param text an unsigned decimal number
   * @return the stamp, exactly
   * @throws StampFormatException if the text is no such number, or one of more than 64 bits
   */
  public static HybridNanoTimestamp fromNtp64Text(CharSequence text) {
    String given = text.toString();
    return fromNtp64(number(given, given, Long::parseUnsignedLong));
  }

  /** The first nanosecond of a second that is not before so many parts of 2^-28 s. */
  private static long nanosOfPart(long part) {
    int bits = Integer.SIZE - NTP64_COUNTER_BITS;
    return (part * NANOS_PER_SECOND + (1L << bits) - 1) >>> bits;
  }

  private static long number(String digits, String whole, ToLongFunction<String> parser) {
    if (digits.isEmpty() || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
      throw new StampFormatException(Reason.NOT_A_STAMP, "not a decimal number: " + whole);
    }
    try {
      return parser.applyAsLong(digits);
    } catch (NumberFormatException tooLarge) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "a number too large: " + whole);
    }
  }

  private static void requireFits(boolean fits, HybridStamp<?> stamp, String form) {
    if (!fits) {
      throw new ArithmeticException(stamp + " is too late for " + form);
    }
  }
}
