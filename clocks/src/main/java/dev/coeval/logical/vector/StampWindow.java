package dev.coeval.logical.vector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The stamps of the newest messages of a channel, by sequence number. Not thread-safe. */
final class StampWindow {

  /**
   * How many are kept: more than are under way between an acknowledgement and its message on most
   * links, and few enough that a thousand channels are cheap.
   */
  static final int SIZE = 64;

  private final @Nullable VectorTimestamp[] stamps = new VectorTimestamp[SIZE];
  private long newest;

  /** The greatest number put in, zero if none was. */
  long newest() {
    return newest;
  }

  /** Keeps a stamp, unless there is one with its number, or it is older than the window. */
  void put(long sequence, VectorTimestamp stamp) {
    if (newest - sequence >= SIZE) {
      return;
    }
    if (sequence - newest >= SIZE) {
      Arrays.fill(stamps, null);
    } else {
      for (long between = sequence; between > newest; between--) { // down: no number is too large
        stamps[place(between)] = null;
      }
    }
    newest = Math.max(newest, sequence);
    if (stamps[place(sequence)] == null) {
      stamps[place(sequence)] = stamp;
    }
  }

  /** The stamp with a number, if it is kept. */
  @Nullable VectorTimestamp get(long sequence) {
    boolean inside = sequence > 0 && sequence <= newest && newest - sequence < SIZE;
    return inside ? stamps[place(sequence)] : null;
  }

  void clear() {
    Arrays.fill(stamps, null);
    newest = 0;
  }

  private static int place(long sequence) {
    return (int) (sequence % SIZE);
  }
}
