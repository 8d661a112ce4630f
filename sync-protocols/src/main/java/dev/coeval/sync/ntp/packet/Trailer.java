package dev.coeval.sync.ntp.packet;

import java.nio.ByteBuffer;

/**
 * What stands behind the header: where extension fields end and a code begins. The rule, and why,
 * is told in {@link NtpDatagram}. Pure functions; nothing is allocated.
 */
final class Trailer {

  /** A key identifier and no digest: a crypto-NAK (RFC 5905 section 9.2). */
  static final int NAK = 4;

  /** A key identifier and the longest digest in use, of 512 bits. */
  static final int MAX_MAC = 68;

  private static final int LAST_WITHOUT_FIELDS = 3;
  private static final int MAC_128 = 20;
  private static final int MAC_160 = 24;
  private static final int MAC_256 = 36;
  private static final int MAC_384 = 52;

  private Trailer() {}

  /** Octets before the code, or the whole length without one; negative if this is no trailer. */
  static int authenticatedLength(ByteBuffer buffer) {
    int left = buffer.remaining() - NtpCodec.HEADER_LENGTH;
    if (left == 0) {
      return NtpCodec.HEADER_LENGTH;
    }
    if (left < 0 || left % Integer.BYTES != 0) {
      return NtpCodec.NOT_WELL_FORMED;
    }
    if (NtpCodec.version(buffer.get(buffer.position())) <= LAST_WITHOUT_FIELDS) {
      return left <= MAX_MAC ? NtpCodec.HEADER_LENGTH : NtpCodec.NOT_WELL_FORMED;
    }
    return behindFields(buffer, left);
  }

  private static int behindFields(ByteBuffer buffer, int trailer) {
    int start = buffer.limit() - trailer;
    int longCode = NtpCodec.NOT_WELL_FORMED;
    int left = trailer;
    while (left > 0 && !isCode(buffer, left)) {
      int at = buffer.limit() - left;
      if (isLongCode(left)) {
        longCode = at - start + NtpCodec.HEADER_LENGTH;
      }
      int field = ExtensionField.lengthAt(buffer, at);
      if (ExtensionField.typeAt(buffer, at) == ExtensionField.NO_TYPE || !isField(field, left)) {
        return longCode;
      }
      left -= field;
    }
    return trailer - left + NtpCodec.HEADER_LENGTH;
  }

  private static boolean isField(int field, int left) {
    return field % Integer.BYTES == 0
        && field <= left
        && field >= (field == left ? ExtensionField.MIN_LAST_LENGTH : ExtensionField.MIN_LENGTH);
  }

  /** What is a code whatever its octets say (RFC 7822 section 3). */
  private static boolean isCode(ByteBuffer buffer, int left) {
    return left == MAC_128
        || left == MAC_160
        || (left == NAK && buffer.getInt(buffer.limit() - left) == 0);
  }

  /** What may be a code if it is no extension field. */
  private static boolean isLongCode(int left) {
    return left == MAC_256 || left == MAC_384 || left == MAX_MAC;
  }
}
