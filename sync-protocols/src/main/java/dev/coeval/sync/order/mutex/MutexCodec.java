package dev.coeval.sync.order.mutex;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.mutex.Message.Kind;
import dev.coeval.sync.wire.Decoded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Messages to bytes and back; the bytes are drawn in this package's description. Total. */
final class MutexCodec {

  /** No counter that was counted comes near; greater ones would use up the range of all others. */
  static final long MAX_COUNTER = 1L << 62;

  static final int BYTES = 2 + 2 * Long.BYTES;

  private static final Kind[] KINDS = Kind.values();

  private final MutexAlgorithm algorithm;

  MutexCodec(MutexAlgorithm algorithm) {
    this.algorithm = algorithm;
  }

  ByteBuffer encode(Message message) {
    return ByteBuffer.allocate(BYTES)
        .put((byte) algorithm.code())
        .put((byte) message.kind().code())
        .putLong(message.counter())
        .putLong(message.request())
        .flip();
  }

  Decoded<Message> decode(ByteBuffer bytes) {
    if (bytes.remaining() != BYTES) {
      return Decoded.refused(bytes.remaining() < BYTES ? Rejection.TOO_SHORT : Rejection.TOO_LONG);
    }
    ByteBuffer in = bytes.slice().order(ByteOrder.BIG_ENDIAN);
    int kind = in.get(1) - 1;
    if (in.get(0) != algorithm.code() || kind < 0 || kind >= KINDS.length) {
      return Decoded.refused(Rejection.UNEXPECTED_TYPE);
    }
    Message message = new Message(KINDS[kind], in.getLong(2), in.getLong(2 + Long.BYTES));
    return isGood(message) ? Decoded.of(message) : Decoded.refused(Rejection.MALFORMED);
  }

  private boolean isGood(Message message) {
    long request = message.request();
    if (message.counter() < 0 || message.counter() > MAX_COUNTER || request < 0) {
      return false;
    }
    return switch (message.kind()) {
      case HELLO -> request == Message.NONE;
      case WELCOME -> request <= message.counter();
      case REQUEST -> request == message.counter() && request > 0;
      case REPLY -> request < message.counter() && request > 0;
      case RELEASE ->
          algorithm == MutexAlgorithm.LAMPORT && request <= message.counter() && request > 0;
    };
  }
}
