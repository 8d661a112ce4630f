package dev.coeval.logical.hybrid;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The text of hybrid stamps: the time in ISO 8601, {@code #}, and the counter, both of fixed width
 * so that texts sort as stamps do. There is one spelling for each stamp.
 */
enum HybridText {
  /** Three digits of a second, five of the counter. */
  MILLIS("SSS", 5),
  /** Nine digits of a second, ten of the counter. */
  NANOS("SSSSSSSSS", 10);

  private static final char SEPARATOR = '#';

  private final DateTimeFormatter time;
  private final int counterDigits;

  HybridText(String fraction, int counterDigits) {
    this.time =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss." + fraction + "'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    this.counterDigits = counterDigits;
  }

  /** Makes a stamp of its two parts. */
  @FunctionalInterface
  interface Maker<T> {
    T make(Instant time, int counter);
  }

  String write(HybridStamp<?> stamp) {
    return time.format(stamp.toInstant())
        + SEPARATOR
        + String.format(Locale.ROOT, "%0" + counterDigits + "d", stamp.counter());
  }

  /** Reads exactly what {@link #write} gives. */
  <T extends HybridStamp<T>> T read(CharSequence text, Maker<T> maker) {
    String given = text.toString();
    int mark = given.indexOf(SEPARATOR);
    if (mark >= 0 && given.length() - mark - 1 == counterDigits) {
      try {
        Instant instant = Instant.from(time.parse(given.substring(0, mark)));
        T stamp = maker.make(instant, Integer.parseInt(given.substring(mark + 1)));
        if (write(stamp).equals(given)) {
          return stamp;
        }
      } catch (DateTimeException | ArithmeticException | IllegalArgumentException notThis) {
        throw notAStamp(given);
      }
    }
    throw notAStamp(given);
  }

  private static StampFormatException notAStamp(String given) {
    return new StampFormatException(Reason.NOT_A_STAMP, "not a hybrid timestamp: " + given);
  }
}
