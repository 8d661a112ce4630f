package dev.coeval.examples.snapshot;

import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.logical.vector.VectorTimestampCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a branch knows at one moment.
 *
 * @param balances the money in each account
 * @param sent how many transfers have left
 * @param received how many have arrived
 * @param stamp the branch's vector clock
 */
record Books(List<Long> balances, long sent, long received, VectorTimestamp stamp) {

  Books {
    balances = List.copyOf(balances);
  }

  /** The money in all accounts. */
  long money() {
    return balances.stream().mapToLong(Long::longValue).sum();
  }

  byte[] toBytes() {
    byte[] clock = VectorTimestampCodec.toBytes(stamp);
    int fixed = Integer.BYTES + (balances.size() + 2) * Long.BYTES;
    ByteBuffer out = ByteBuffer.allocate(fixed + clock.length).putInt(balances.size());
    balances.forEach(out::putLong);
    return out.putLong(sent).putLong(received).put(clock).array();
  }

  static Books of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<Long> balances = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      balances.add(in.getLong());
    }
    return new Books(balances, in.getLong(), in.getLong(), VectorTimestampCodec.decode(in));
  }
}
