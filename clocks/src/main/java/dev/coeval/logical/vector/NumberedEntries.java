package dev.coeval.logical.vector;

import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;

/**
 * The fast path of entries with numbers: straight into and out of the array behind a buffer.
 *
 * <p>Reading guesses that the entries are of the same actors as those of the last stamp. It takes
 * only what is beyond doubt; for anything else it says so, and the careful path begins again.
 */
final class NumberedEntries {

  /** The most bytes around the entries, and of one: three of a number, nine of a count. */
  private static final int MOST_HEAD = 4;

  private static final int MOST_ENTRY = 12;
  private static final int MORE = 0x80;
  private static final int GROUP_BITS = 7;
  private static final int LAST_SHIFT = 56;

  private NumberedEntries() {}

  /** Whether the header and the entries fit for sure, and there is nothing but these. */
  static boolean hasRoom(VectorTimestamp stamp, ByteBuffer buffer) {
    return buffer.hasArray()
        && stamp.pruned.isEmpty()
        && buffer.remaining() >= MOST_HEAD + stamp.size() * MOST_ENTRY;
  }

  /** Writes all entries; there has to be room. */
  static void write(int[] ids, Counts counts, ByteBuffer buffer) {
    byte[] bytes = buffer.array();
    int offset = buffer.arrayOffset();
    int next = offset + buffer.position();
    for (int i = 0; i < ids.length; i++) {
      next = put(bytes, next, ids[i]);
      next = put(bytes, next, counts.at(i));
    }
    buffer.position(next - offset);
  }

  private static int put(byte[] bytes, int at, long value) {
    int next = at;
    long rest = value;
    while (rest >= MORE) {
      bytes[next++] = (byte) (rest | MORE);
      rest >>>= GROUP_BITS;
    }
    bytes[next++] = (byte) rest;
    return next;
  }

  /**
   * Reads all counts, if the entries are well formed and have just these numbers.
   *
   * @return whether it did; if not, the buffer's position is unmoved
   */
  static boolean read(int[] ids, long[] counts, ByteBuffer buffer) {
    if (ids.length != counts.length || !buffer.hasArray()) {
      return false;
    }
    byte[] bytes = buffer.array();
    int offset = buffer.arrayOffset();
    int next = offset + buffer.position();
    int end = offset + buffer.limit();
    for (int i = 0; i < ids.length; i++) {
      if (value(bytes, next, end) != ids[i]) {
        return false;
      }
      next += StampOutput.varintLength(ids[i]);
      counts[i] = value(bytes, next, end);
      if (counts[i] <= 0) {
        return false;
      }
      next += StampOutput.varintLength(counts[i]);
    }
    buffer.position(next - offset);
    return true;
  }

  /** The number whose varint is there in its shortest form, or -1. */
  private static long value(byte[] bytes, int at, int end) {
    long value = 0;
    int next = at;
    for (int shift = 0; shift <= LAST_SHIFT && next < end; shift += GROUP_BITS) {
      byte group = bytes[next++];
      value |= (group & (MORE - 1L)) << shift;
      if (group >= 0) {
        return group == 0 && shift > 0 ? -1 : value;
      }
    }
    return -1;
  }
}
