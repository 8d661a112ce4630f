package dev.coeval.logical.tree;

import java.nio.ByteBuffer;

/** Writes bits, the first one as the highest of the first byte. */
final class BitOutput {

  private static final int MOST_AT_ONCE = 32;

  private final ByteBuffer buffer;
  private long pending;
  private int pendingBits;

  BitOutput(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** Writes the low bits of a number, high ones first; at most 64. */
  void put(long value, int bits) {
    int low = bits;
    if (bits > MOST_AT_ONCE) {
      low = MOST_AT_ONCE;
      putFew(value >>> MOST_AT_ONCE, bits - MOST_AT_ONCE);
    }
    putFew(value, low);
  }

  private void putFew(long value, int bits) {
    pending = pending << bits | (value & ((1L << bits) - 1));
    pendingBits += bits;
    while (pendingBits >= Byte.SIZE) {
      pendingBits -= Byte.SIZE;
      buffer.put((byte) (pending >>> pendingBits));
    }
  }

  /** Fills the last byte with zeros. */
  void end() {
    if (pendingBits > 0) {
      putFew(0, Byte.SIZE - pendingBits);
    }
  }
}
