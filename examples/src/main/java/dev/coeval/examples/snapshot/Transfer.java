package dev.coeval.examples.snapshot;

import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.logical.vector.VectorTimestampCodec;
import java.nio.ByteBuffer;

/**
 * Money on its way.
 *
 * @param account the receiver's account, from 0
 * @param amount how much
 * @param stamp of its sending
 */
record Transfer(int account, long amount, VectorTimestamp stamp) {

  byte[] toBytes() {
    byte[] clock = VectorTimestampCodec.toBytes(stamp);
    return ByteBuffer.allocate(Integer.BYTES + Long.BYTES + clock.length)
        .putInt(account)
        .putLong(amount)
        .put(clock)
        .array();
  }

  static Transfer of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Transfer(in.getInt(), in.getLong(), VectorTimestampCodec.decode(in));
  }
}
