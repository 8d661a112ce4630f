package dev.coeval.sync.ntp.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * All addresses that begin alike: 192.0.2.0/24, 2001:db8::/32. An immutable value.
 *
 * @param address its first address, with zeros behind the prefix
 * @param length how many bits are alike: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record AddressPrefix(InetAddress address, int length) {

  /** Every address of IPv4. */
  public static final AddressPrefix IPV4 = new AddressPrefix(of(new byte[4]), 0);

  /** Every address of IPv6; those that are mapped from IPv4 are IPv4's. */
  public static final AddressPrefix IPV6 = new AddressPrefix(of(new byte[16]), 0);

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
  private static final Pattern IPV6_LITERAL = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
  private static final int MAX_OCTET = 255;
  private static final int IPV4_OCTETS = 4;

  /**
   * Checks the length, and that nothing is set behind the prefix.
   *
   * @param address as above
   * @param length as above
   * @throws IllegalArgumentException if the length is out of range, or a bit behind it is set
   */
  public AddressPrefix {
    Objects.requireNonNull(address, "address");
    byte[] bytes = address.getAddress();
    int bits = bytes.length * Byte.SIZE;
    if (length < 0 || length > bits) {
      throw new IllegalArgumentException(
          "prefix length is not within 0 and " + bits + ": " + length);
    }
    if (!of(cut(bytes, length)).equals(address)) {
      throw new IllegalArgumentException(
          "bits are set behind the prefix; did you mean %s/%d?"
              .formatted(of(cut(bytes, length)).getHostAddress(), length));
    }
  }

  /**
   * Reads a prefix: {@code 192.0.2.0/24}, {@code 192.0.2} (three octets are 24 bits), {@code
   * 192.0.2.1} (one address), {@code 2001:db8::/32}, {@code 2001:db8::1}. An address of IPv4 that
   * is mapped into IPv6 is one of IPv4. Names are not resolved.
   *
   * @param text the prefix
   * @return the prefix
   * @throws IllegalArgumentException if the text is anything else; the message says what is wrong
   */
  public static AddressPrefix parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    int given = slash < 0 ? -1 : lengthOf(text.substring(slash + 1));
    return IPV6_LITERAL.matcher(literal).matches() ? ipv6(literal, given) : ipv4(literal, given);
  }

  /**
   * Whether every address of another prefix is one of this.
   *
   * @param other the other
   * @return true if so; every prefix contains itself
   */
  public boolean contains(AddressPrefix other) {
    byte[] bytes = other.address.getAddress();
    return length <= other.length
        && bytes.length == address.getAddress().length
        && of(cut(bytes, length)).equals(address);
  }

  /**
   * As {@code 192.0.2.0/24}.
   *
   * @return a text that {@link #parse} reads
   */
  @Override
  public String toString() {
    return address.getHostAddress() + "/" + length;
  }

  private static int lengthOf(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("not a prefix length: \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private static AddressPrefix ipv4(String literal, int given) {
    String[] octets = literal.split("\\.", -1);
    byte[] bytes = new byte[IPV4_OCTETS];
    for (int i = 0; i < octets.length; i++) {
      if (octets.length > IPV4_OCTETS
          || !NUMBER.matcher(octets[i]).matches()
          || Integer.parseInt(octets[i]) > MAX_OCTET) {
        throw new IllegalArgumentException("not an address: \"" + literal + "\"");
      }
      bytes[i] = (byte) Integer.parseInt(octets[i]);
    }
    return new AddressPrefix(of(bytes), given < 0 ? octets.length * Byte.SIZE : given);
  }

  private static AddressPrefix ipv6(String literal, int given) {
    InetAddress address;
    try {
      address = InetAddress.getByName(literal); // a literal, as it has a colon: nothing is resolved
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: \"" + literal + "\"", e);
    }
    boolean mapped = address.getAddress().length == IPV4_OCTETS;
    if (given < 0) {
      return new AddressPrefix(address, address.getAddress().length * Byte.SIZE);
    }
    if (mapped && given < AddressBits.MAPPED_PREFIX) {
      throw new IllegalArgumentException(
          "a prefix of mapped addresses has 96 bits or more: " + literal + "/" + given);
    }
    return new AddressPrefix(address, mapped ? given - AddressBits.MAPPED_PREFIX : given);
  }

  private static byte[] cut(byte[] bytes, int length) {
    byte[] cut = bytes.clone();
    for (int i = 0; i < cut.length; i++) {
      int kept = Math.max(0, Math.min(Byte.SIZE, length - i * Byte.SIZE));
      cut[i] &= (byte) (MAX_OCTET << (Byte.SIZE - kept));
    }
    return cut;
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }
}
