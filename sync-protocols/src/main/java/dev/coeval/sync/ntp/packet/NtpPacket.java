package dev.coeval.sync.ntp.packet;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The header of an NTP packet (RFC 5905 section 7.3, figure 8), field by field as on the wire.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  |LI | VN  |Mode |    Stratum    |     Poll      |   Precision   |   kind, quality
 *  |                          Root Delay                           |   quality
 *  |                        Root Dispersion                        |   quality
 *  |                         Reference ID                          |   reference
 *  |                    Reference Timestamp (64)                   |   reference
 *  |                      Origin Timestamp (64)                    |   stamps
 *  |                      Receive Timestamp (64)                   |   stamps
 *  |                      Transmit Timestamp (64)                  |   stamps
 * </pre>
 *
 * @param kind leap indicator, version and mode
 * @param quality how good the sender's time is
 * @param reference where it comes from
 * @param stamps when packets left and arrived
 */
public record NtpPacket(Kind kind, Quality quality, Reference reference, Stamps stamps) {

  /** Leap indicator: no warning. */
  public static final int LEAP_NONE = 0;

  /** Leap indicator: the sender is not synchronized. */
  public static final int LEAP_UNSYNCHRONIZED = 3;

  /** Mode of a peer that keeps asking of its own accord. */
  public static final int MODE_SYMMETRIC_ACTIVE = 1;

  /** Mode of a peer that only answers one that is active. */
  public static final int MODE_SYMMETRIC_PASSIVE = 2;

  /** Mode of a client's request. */
  public static final int MODE_CLIENT = 3;

  /** Mode of a server's reply. */
  public static final int MODE_SERVER = 4;

  /** Mode of a server that tells the time unasked, to all who listen. */
  public static final int MODE_BROADCAST = 5;

  /** The version spoken here. */
  public static final int VERSION = 4;

  /** Stratum on the wire of a kiss-o'-death, and of a sender that is not synchronized. */
  public static final int STRATUM_UNSPECIFIED = 0;

  /** The largest stratum of a synchronized sender (RFC 5905: MAXSTRAT is 16). */
  public static final int MAX_STRATUM = 15;

  /**
   * Checks that all parts are there.
   *
   * @param kind as above
   * @param quality as above
   * @param reference as above
   * @param stamps as above
   */
  public NtpPacket {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(quality, "quality");
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(stamps, "stamps");
  }

  /**
   * The first byte.
   *
   * @param leap leap indicator, 0 to 3
   * @param version 0 to 7
   * @param mode 0 to 7
   */
  public record Kind(int leap, int version, int mode) {

    /**
     * Checks the ranges.
     *
     * @param leap as above
     * @param version as above
     * @param mode as above
     * @throws IllegalArgumentException if one does not fit in its bits
     */
    public Kind {
      if ((leap & 3) != leap || (version & 7) != version || (mode & 7) != mode) {
        throw new IllegalArgumentException(
            "out of range: leap " + leap + ", version " + version + ", mode " + mode);
      }
    }
  }

  /**
   * How good the sender's time is.
   *
   * @param stratum 0 to 255
   * @param poll log₂ of the poll interval in seconds, signed
   * @param precision log₂ of the clock's precision in seconds, signed
   * @param rootDelay round trip to the primary reference, in {@link NtpShort}
   * @param rootDispersion error gathered since, in {@link NtpShort}
   */
  public record Quality(int stratum, int poll, int precision, int rootDelay, int rootDispersion) {

    /**
     * Checks the ranges.
     *
     * @param stratum as above
     * @param poll as above
     * @param precision as above
     * @param rootDelay as above
     * @param rootDispersion as above
     * @throws IllegalArgumentException if one does not fit in its byte
     */
    public Quality {
      if ((stratum & 0xFF) != stratum || (byte) poll != poll || (byte) precision != precision) {
        throw new IllegalArgumentException(
            "out of range: stratum " + stratum + ", poll " + poll + ", precision " + precision);
      }
    }
  }

  /**
   * Where the sender's time comes from.
   *
   * @param id at stratum 0 a kiss code, at stratum 1 the kind of clock, both four ASCII characters;
   *     above, the server
   * @param timestamp when the sender's clock was last set, as {@link NtpTimestamp}
   */
  public record Reference(int id, long timestamp) {

    /**
     * The identifier as text.
     *
     * @return up to four printable ASCII characters; empty if it is none of that kind
     */
    public String text() {
      byte[] bytes = {(byte) (id >> 24), (byte) (id >> 16), (byte) (id >> 8), (byte) id};
      int length = bytes.length;
      while (length > 0 && bytes[length - 1] == 0) {
        length--;
      }
      for (int i = 0; i < length; i++) {
        if (bytes[i] <= ' ' || bytes[i] > '~') {
          return "";
        }
      }
      return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    /**
     * The identifier of a text.
     *
     * @param text one to four printable ASCII characters
     * @return the identifier, padded with zeros on the right
     * @throws IllegalArgumentException if the text is anything else
     */
    public static int idOf(String text) {
      if (text.isEmpty() || text.length() > Integer.BYTES) {
        throw new IllegalArgumentException("not one to four characters: " + text);
      }
      int id = 0;
      for (int i = 0; i < Integer.BYTES; i++) {
        char c = i < text.length() ? text.charAt(i) : 0;
        if (i < text.length() && (c <= ' ' || c > '~')) {
          throw new IllegalArgumentException("not printable ASCII: " + text);
        }
        id = (id << Byte.SIZE) | c;
      }
      return id;
    }
  }

  /**
   * When packets left and arrived, each an {@link NtpTimestamp}.
   *
   * @param origin in a reply: the transmit timestamp of its request
   * @param receive in a reply: T2, when the request arrived
   * @param transmit when this packet left: T3 in a reply; in a request any number that the reply
   *     has to bring back
   */
  public record Stamps(long origin, long receive, long transmit) {}
}
