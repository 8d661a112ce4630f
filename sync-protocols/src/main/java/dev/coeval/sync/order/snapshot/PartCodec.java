package dev.coeval.sync.order.snapshot;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a process recorded to bytes and back: the state with its length (4), and for each message
 * that was on its way the sender's place among the names (1), and the message with its length (2).
 */
final class PartCodec {
  private final List<String> names;

  PartCodec(List<String> names) {
    this.names = names;
  }

  byte[] encode(LocalSnapshot part) {
    int size = Integer.BYTES + part.size();
    for (List<byte[]> messages : part.channels().values()) {
      size += messages.size() * (1 + Short.BYTES);
    }
    ByteBuffer out = ByteBuffer.allocate(size);
    byte[] state = part.state();
    out.putInt(state.length).put(state);
    part.channels()
        .forEach(
            (from, messages) ->
                messages.forEach(
                    message ->
                        out.put((byte) names.indexOf(from))
                            .putShort((short) message.length)
                            .put(message)));
    return out.array();
  }

  /** The part, if the bytes are one. */
  Optional<LocalSnapshot> decode(SnapshotId id, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    SortedMap<String, List<byte[]>> channels = new TreeMap<>();
    try {
      byte[] state = take(in, in.getInt());
      while (in.hasRemaining()) {
        String from = names.get(in.get());
        channels.computeIfAbsent(from, each -> new ArrayList<>()).add(take(in, in.getShort()));
      }
      return Optional.of(new LocalSnapshot(id, state, channels));
    } catch (BufferUnderflowException | IndexOutOfBoundsException malformed) {
      return Optional.empty();
    }
  }

  private static byte[] take(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
