package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a message on the link holds: what the sender has saved, and perhaps a parcel.
 *
 * @param life which lineage of checkpoints the sender continues
 * @param upTo all parcels up to this number are saved
 * @param beyond bit i: number {@code upTo + 2 + i} is saved too
 * @param number the parcel's number, 0 if there is none
 * @param content the parcel's content; nothing if there is none
 */
record Envelope(long life, long upTo, long beyond, long number, ByteBuffer content) {

  private static final int RECEIPT_BYTES = Integer.BYTES + 3 * Long.BYTES;

  /** A parcel's content, or none, from a process of a system. */
  static ByteBuffer encode(int system, Envelope envelope) {
    int parcel = envelope.number == 0 ? 0 : Long.BYTES + envelope.content.remaining();
    ByteBuffer out = ByteBuffer.allocate(RECEIPT_BYTES + parcel);
    out.putInt(system).putLong(envelope.life).putLong(envelope.upTo).putLong(envelope.beyond);
    if (envelope.number != 0) {
      out.putLong(envelope.number).put(envelope.content.duplicate());
    }
    return out.flip();
  }

  static Decoded<Envelope> decode(int system, ByteBuffer bytes) {
    ByteBuffer in = bytes.slice().order(ByteOrder.BIG_ENDIAN);
    if (in.remaining() < RECEIPT_BYTES) {
      return Decoded.refused(Rejection.TOO_SHORT);
    }
    if (in.getInt() != system) {
      return Decoded.refused(Rejection.INCONSISTENT);
    }
    long life = in.getLong();
    long upTo = in.getLong();
    long beyond = in.getLong();
    if (!in.hasRemaining()) {
      return Decoded.of(new Envelope(life, upTo, beyond, 0, in));
    }
    if (in.remaining() <= Long.BYTES) {
      return Decoded.refused(Rejection.TOO_SHORT);
    }
    long number = in.getLong();
    return number < 1
        ? Decoded.refused(Rejection.MALFORMED)
        : Decoded.of(new Envelope(life, upTo, beyond, number, in));
  }
}
