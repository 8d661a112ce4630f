package dev.coeval.logical.tree;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import java.nio.ByteBuffer;

/** Reads what {@link BitOutput} wrote; no byte before it is needed. */
final class BitInput {

  private static final int MOST_AT_ONCE = 32;

  private final ByteBuffer buffer;
  private long pending;
  private int pendingBits;

  BitInput(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** The next bits as a number; at most 64. */
  long take(int bits) {
    if (bits <= MOST_AT_ONCE) {
      return takeFew(bits);
    }
    long high = takeFew(bits - MOST_AT_ONCE);
    return high << MOST_AT_ONCE | takeFew(MOST_AT_ONCE);
  }

  private long takeFew(int bits) {
    while (pendingBits < bits) {
      StampInput.require(1, buffer);
      pending = pending << Byte.SIZE | (buffer.get() & 0xFF);
      pendingBits += Byte.SIZE;
    }
    pendingBits -= bits;
    return (pending >>> pendingBits) & ((1L << bits) - 1);
  }

  /** What is left of the last byte must be zeros. */
  void end() {
    if (takeFew(pendingBits) != 0) {
      throw new StampFormatException(Reason.NOT_CANONICAL, "bits after the end");
    }
  }
}
