package dev.coeval.sync.ntp.packet;

import dev.coeval.sync.measure.Rejection;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * NTP packets as bytes (RFC 5905 section 7.3; extension fields as in RFC 7822).
 *
 * <p>The header is read and written in full. What may follow it, extension fields and a message
 * authentication code, is checked for its form and otherwise passed over; {@link NtpDatagram} holds
 * it. All functions work on the bytes from a buffer's position on, in network order whatever the
 * buffer's own order, and leave its position as it is unless they say otherwise.
 *
 * <p>Pure functions; thread-safe if the buffer is not shared.
 */
public final class NtpCodec {

  /** The header's length in bytes. */
  public static final int HEADER_LENGTH = 48;

  /** A limit on what is looked at; what fits an Ethernet frame, as NTP packets do, is shorter. */
  public static final int MAX_LENGTH = 2048;

  /** Where the stratum begins, in bytes from the start of the header. */
  public static final int STRATUM = 1;

  /** Where the poll exponent begins, in bytes from the start of the header. */
  public static final int POLL = 2;

  /** Where the precision begins, in bytes from the start of the header. */
  public static final int PRECISION = 3;

  /** Where the root delay begins, in bytes from the start of the header. */
  public static final int ROOT_DELAY = 4;

  /** Where the root dispersion begins, in bytes from the start of the header. */
  public static final int ROOT_DISPERSION = 8;

  /** Where the reference identifier begins, in bytes from the start of the header. */
  public static final int REFERENCE_ID = 12;

  /** Where the reference timestamp begins, in bytes from the start of the header. */
  public static final int REFERENCE = 16;

  /** Where the origin timestamp begins, in bytes from the start of the header. */
  public static final int ORIGIN = 24;

  /** Where the receive timestamp begins, in bytes from the start of the header. */
  public static final int RECEIVE = 32;

  /** Where the transmit timestamp begins, in bytes from the start of the header. */
  public static final int TRANSMIT = 40;

  /** What {@link #authenticatedLength} says of a datagram that is none. */
  public static final int NOT_WELL_FORMED = -1;

  private static final int LEAP_SHIFT = 6;
  private static final int VERSION_SHIFT = 3;
  private static final int THREE_BITS = 7;

  private NtpCodec() {}

  /**
   * Whether bytes have the form of an NTP packet; what its fields say is not looked at.
   *
   * @param buffer from position to limit, one datagram
   * @return why not, or null if they have
   */
  public static @Nullable Rejection check(ByteBuffer buffer) {
    int length = buffer.remaining();
    if (length < HEADER_LENGTH) {
      return Rejection.TOO_SHORT;
    }
    if (length > MAX_LENGTH) {
      return Rejection.TOO_LONG;
    }
    return authenticatedLength(buffer) == NOT_WELL_FORMED ? Rejection.MALFORMED : null;
  }

  /**
   * Where a datagram's code begins, by the rule of {@link NtpDatagram}. What its code is follows:
   * its length is what remains, its first four octets are the key identifier.
   *
   * @param buffer from position to limit, one datagram
   * @return octets from the position to the code, or to the limit without one; {@link
   *     #NOT_WELL_FORMED} if what is behind the header is neither
   */
  public static int authenticatedLength(ByteBuffer buffer) {
    return Trailer.authenticatedLength(buffer);
  }

  /**
   * Reads the header.
   *
   * @param buffer at least {@link #HEADER_LENGTH} bytes from its position on
   * @return the packet
   * @throws IllegalArgumentException if there are fewer bytes
   */
  public static NtpPacket decode(ByteBuffer buffer) {
    if (buffer.remaining() < HEADER_LENGTH) {
      throw new IllegalArgumentException("shorter than a header: " + buffer.remaining());
    }
    int at = buffer.position();
    int first = buffer.get(at);
    return new NtpPacket(
        new NtpPacket.Kind((first & 0xFF) >> LEAP_SHIFT, version(first), mode(first)),
        new NtpPacket.Quality(
            buffer.get(at + STRATUM) & 0xFF,
            buffer.get(at + POLL),
            buffer.get(at + PRECISION),
            getInt(buffer, at + ROOT_DELAY),
            getInt(buffer, at + ROOT_DISPERSION)),
        new NtpPacket.Reference(getInt(buffer, at + REFERENCE_ID), getLong(buffer, at + REFERENCE)),
        new NtpPacket.Stamps(
            getLong(buffer, at + ORIGIN),
            getLong(buffer, at + RECEIVE),
            getLong(buffer, at + TRANSMIT)));
  }

  /**
   * Writes the header and moves the position behind it.
   *
   * @param packet what to write
   * @param buffer room for {@link #HEADER_LENGTH} bytes from its position on
   * @throws BufferOverflowException if there is less room
   */
  public static void encode(NtpPacket packet, ByteBuffer buffer) {
    if (buffer.remaining() < HEADER_LENGTH) {
      throw new BufferOverflowException();
    }
    int at = buffer.position();
    NtpPacket.Kind kind = packet.kind();
    NtpPacket.Quality quality = packet.quality();
    buffer.put(at, firstByte(kind.leap(), kind.version(), kind.mode()));
    buffer.put(at + STRATUM, (byte) quality.stratum());
    buffer.put(at + POLL, (byte) quality.poll());
    buffer.put(at + PRECISION, (byte) quality.precision());
    putInt(buffer, at + ROOT_DELAY, quality.rootDelay());
    putInt(buffer, at + ROOT_DISPERSION, quality.rootDispersion());
    putInt(buffer, at + REFERENCE_ID, packet.reference().id());
    putLong(buffer, at + REFERENCE, packet.reference().timestamp());
    putLong(buffer, at + ORIGIN, packet.stamps().origin());
    putLong(buffer, at + RECEIVE, packet.stamps().receive());
    putLong(buffer, at + TRANSMIT, packet.stamps().transmit());
    buffer.position(at + HEADER_LENGTH);
  }

  /**
   * Whether a datagram is NTP's, as far as its first byte tells: the version is not 0. Coeval's own
   * frames begin with a letter whose version bits are 0.
   *
   * @param firstByte 0 to 255
   * @return true if it has a version of NTP
   */
  public static boolean isNtp(int firstByte) {
    return version(firstByte) != 0;
  }

  /**
   * The version in a packet's first byte.
   *
   * @param firstByte the byte, signed or not
   * @return 0 to 7
   */
  public static int version(int firstByte) {
    return (firstByte >> VERSION_SHIFT) & THREE_BITS;
  }

  /**
   * The mode in a packet's first byte.
   *
   * @param firstByte the byte, signed or not
   * @return 0 to 7
   */
  public static int mode(int firstByte) {
    return firstByte & THREE_BITS;
  }

  /**
   * A packet's first byte.
   *
   * @param leap leap indicator, 0 to 3
   * @param version 0 to 7
   * @param mode 0 to 7
   * @return the byte
   */
  public static byte firstByte(int leap, int version, int mode) {
    return (byte) ((leap << LEAP_SHIFT) | (version << VERSION_SHIFT) | mode);
  }

  /**
   * Reads eight bytes in network order.
   *
   * @param buffer of either order
   * @param at the index of the first of them
   * @return the value
   */
  public static long getLong(ByteBuffer buffer, int at) {
    long value = buffer.getLong(at);
    return isNetworkOrder(buffer) ? value : Long.reverseBytes(value);
  }

  /**
   * Writes eight bytes in network order.
   *
   * @param buffer of either order
   * @param at the index of the first of them
   * @param value the value
   */
  public static void putLong(ByteBuffer buffer, int at, long value) {
    buffer.putLong(at, isNetworkOrder(buffer) ? value : Long.reverseBytes(value));
  }

  /**
   * Writes four bytes in network order.
   *
   * @param buffer of either order
   * @param at the index of the first of them
   * @param value the value
   */
  public static void putInt(ByteBuffer buffer, int at, int value) {
    buffer.putInt(at, isNetworkOrder(buffer) ? value : Integer.reverseBytes(value));
  }

  /**
   * Reads four bytes in network order.
   *
   * @param buffer of either order
   * @param at the index of the first of them
   * @return the value
   */
  public static int getInt(ByteBuffer buffer, int at) {
    int value = buffer.getInt(at);
    return isNetworkOrder(buffer) ? value : Integer.reverseBytes(value);
  }

  private static boolean isNetworkOrder(ByteBuffer buffer) {
    return buffer.order() == ByteOrder.BIG_ENDIAN;
  }
}
