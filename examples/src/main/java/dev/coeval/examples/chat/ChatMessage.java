package dev.coeval.examples.chat;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.logical.vector.VectorTimestampCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What one peer says, as a payload of a broadcast.
 *
 * @param event the stamp of its sending, in the trace: that counts events, the broadcast's stamp
 *     counts messages
 * @param text the line
 */
record ChatMessage(VectorTimestamp event, String text) {

  ByteBuffer toBytes() {
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    byte[] stamp = VectorTimestampCodec.toBytes(event);
    return ByteBuffer.allocate(stamp.length + line.length).put(stamp).put(line).flip();
  }

  /** Empty if this is no such message. */
  static Optional<ChatMessage> of(ByteBuffer bytes) {
    ByteBuffer in = bytes.duplicate();
    try {
      VectorTimestamp event = VectorTimestampCodec.decode(in);
      return Optional.of(new ChatMessage(event, StandardCharsets.UTF_8.decode(in).toString()));
    } catch (StampFormatException e) {
      return Optional.empty();
    }
  }
}
