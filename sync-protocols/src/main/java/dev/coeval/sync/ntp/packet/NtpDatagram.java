package dev.coeval.sync.ntp.packet;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A whole NTP datagram: the header, its extension fields and its message authentication code (RFC
 * 5905 section 7.3, RFC 7822).
 *
 * <pre>
 *   octet 0        48                        authenticatedLength()       length()
 *         | header | field | field | ...     | key identifier | digest   |
 *                    16+     16+               4                0, 16, 20, 32, 48 or 64
 *         '------- covered by the code ------'
 * </pre>
 *
 * <p><b>Problem.</b> Nothing marks where the extension fields end and the code begins: a key
 * identifier of 0x0104001C looks like a field of 28 octets.
 *
 * <p><b>Rule.</b> Up to version 3 there are no extension fields: 4 to 68 octets behind the header
 * are a code. In version 4 what is left is looked at, field by field:
 *
 * <ol>
 *   <li>nothing: the end;
 *   <li>4 octets of zeros: a crypto-NAK (RFC 5905 section 9.2);
 *   <li>20 or 24 octets: a code of 128 or 160 bits, whatever they say. This is why longer digests
 *       are cut to 160 bits in version 4, and why the last field has at least {@link
 *       ExtensionField#MIN_LAST_LENGTH} octets where no code follows (RFC 7822 section 3);
 *   <li>a field of 4n octets, at least {@link ExtensionField#MIN_LENGTH}, that is not longer than
 *       what is left, of a type other than 0: it is passed, and the rest looked at;
 *   <li>else it is not well-formed; but if 36, 52 or 68 octets were left at the start or behind
 *       some field, the last such place begins a code that was not cut, as ntpsec's {@code ntpdig}
 *       sends it. Fields are preferred. As no field is of type 0, that is no matter for key numbers
 *       below 65536, which are all that ntpd has.
 * </ol>
 *
 * <p><b>Attack.</b> Whatever the rule says, a code is either right for all octets before it or the
 * datagram is refused; and a datagram in which none is found counts as having none.
 *
 * <p>Immutable and thread-safe. On the path of a server, where nothing should be allocated, {@link
 * NtpCodec#authenticatedLength} tells the same of the bytes alone.
 */
public final class NtpDatagram {

  /** No key has this identifier: there is no code, or it is a crypto-NAK. */
  public static final int NO_KEY = 0;

  private static final byte[] NO_MAC = {};

  private final NtpPacket header;
  private final List<ExtensionField> extensions;
  private final int authenticatedLength;
  private final byte[] mac;

  private NtpDatagram(NtpPacket header, List<ExtensionField> extensions, byte[] mac) {
    this.header = header;
    this.extensions = extensions;
    this.authenticatedLength =
        NtpCodec.HEADER_LENGTH + extensions.stream().mapToInt(ExtensionField::length).sum();
    this.mac = mac;
  }

  /**
   * Reads a datagram; what its fields say is not judged. Never throws.
   *
   * @param buffer from position to limit, one datagram; its position stays
   * @return the datagram, or why it is none: {@link Rejection#TOO_SHORT}, {@link
   *     Rejection#TOO_LONG}, {@link Rejection#MALFORMED}
   */
  public static Decoded<NtpDatagram> parse(ByteBuffer buffer) {
    Rejection rejection = NtpCodec.check(buffer);
    if (rejection != null) {
      return Decoded.refused(rejection);
    }
    int start = buffer.position();
    int covered = NtpCodec.authenticatedLength(buffer);
    List<ExtensionField> fields = new ArrayList<>();
    int at = start + NtpCodec.HEADER_LENGTH;
    while (at < start + covered) {
      ExtensionField field = ExtensionField.read(buffer, at);
      fields.add(field);
      at += field.length();
    }
    byte[] mac = at == buffer.limit() ? NO_MAC : new byte[buffer.limit() - at];
    buffer.get(at, mac);
    return Decoded.of(new NtpDatagram(NtpCodec.decode(buffer), List.copyOf(fields), mac));
  }

  /**
   * A datagram without a code.
   *
   * @param header its header; of version 4 if there are extension fields
   * @param extensions its extension fields; the last has at least {@link
   *     ExtensionField#MIN_LAST_LENGTH} octets
   * @return the datagram
   * @throws IllegalArgumentException if it would be read as something else
   */
  public static NtpDatagram of(NtpPacket header, List<ExtensionField> extensions) {
    NtpDatagram datagram = new NtpDatagram(header, List.copyOf(extensions), NO_MAC);
    if (datagram.length() <= NtpCodec.MAX_LENGTH) {
      ByteBuffer bytes = ByteBuffer.allocate(datagram.length());
      datagram.encode(bytes);
      if (parse(bytes.flip()).equals(Decoded.of(datagram))) {
        return datagram;
      }
    }
    throw new IllegalArgumentException("these extension fields would not be read as such");
  }

  /**
   * The header.
   *
   * @return as on the wire
   */
  public NtpPacket header() {
    return header;
  }

  /**
   * The extension fields.
   *
   * @return in their order; unmodifiable
   */
  public List<ExtensionField> extensions() {
    return extensions;
  }

  /**
   * Whether a message authentication code follows; a crypto-NAK counts as one.
   *
   * @return true if so
   */
  public boolean hasMac() {
    return mac.length > 0;
  }

  /**
   * Whether it says that the sender could not authenticate what it answers (RFC 5905 section 9.2).
   * Anybody can say so: it is never a reason to change anything but a counter.
   *
   * @return true if the code is a key identifier of 0 and nothing else
   */
  public boolean isCryptoNak() {
    return mac.length == Trailer.NAK && keyId() == NO_KEY;
  }

  /**
   * The key that the code names.
   *
   * @return 32 bits, unsigned; {@link #NO_KEY} without a code
   */
  public int keyId() {
    return hasMac() ? ByteBuffer.wrap(mac).getInt() : NO_KEY;
  }

  /**
   * How long the code is, key identifier included.
   *
   * @return 4n octets, 0 to 68
   */
  public int macLength() {
    return mac.length;
  }

  /**
   * How many octets the code covers, from the start of the header.
   *
   * @return octets, at least 48
   */
  public int authenticatedLength() {
    return authenticatedLength;
  }

  /**
   * The length of the whole.
   *
   * @return octets
   */
  public int length() {
    return authenticatedLength + mac.length;
  }

  /**
   * Writes the datagram as it was read and moves the position behind it.
   *
   * @param buffer room for {@link #length()} bytes from its position on
   * @throws BufferOverflowException if there is less room
   */
  public void encode(ByteBuffer buffer) {
    if (buffer.remaining() < length()) {
      throw new BufferOverflowException();
    }
    NtpCodec.encode(header, buffer);
    extensions.forEach(field -> field.encode(buffer));
    buffer.put(mac);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NtpDatagram datagram
        && datagram.header.equals(header)
        && datagram.extensions.equals(extensions)
        && Arrays.equals(datagram.mac, mac);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * header.hashCode() + extensions.hashCode()) + Arrays.hashCode(mac);
  }

  /**
   * Header, fields and the key's identifier.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return "NtpDatagram[header=%s, extensions=%s, macLength=%d, keyId=%s]"
        .formatted(header, extensions, mac.length, Integer.toUnsignedString(keyId()));
  }
}
