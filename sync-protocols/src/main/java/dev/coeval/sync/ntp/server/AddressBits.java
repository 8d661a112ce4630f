package dev.coeval.sync.ntp.server;

/**
 * An address as 128 bits. One of IPv4 is mapped into IPv6 (RFC 4291 section 2.5.5.2), so that a
 * client is the same whatever kind of socket heard it.
 */
final class AddressBits {
  static final int IPV4_BITS = 32;
  static final int IPV6_BITS = 128;

  /** ::ffff:0:0/96. */
  static final int MAPPED_PREFIX = IPV6_BITS - IPV4_BITS;

  private static final int IPV4_BYTES = 4;
  private static final long MAPPED = 0xFFFF_0000_0000L;
  private static final long IPV4_MASK = 0xFFFF_FFFFL;

  private AddressBits() {}

  /** The upper 64 bits of an address of 4 or 16 bytes. */
  static long high(byte[] address) {
    return address.length == IPV4_BYTES ? 0 : bits(address, 0, Long.BYTES);
  }

  /** The lower 64 bits of an address of 4 or 16 bytes. */
  static long low(byte[] address) {
    return address.length == IPV4_BYTES
        ? MAPPED | bits(address, 0, IPV4_BYTES)
        : bits(address, Long.BYTES, Long.BYTES);
  }

  /** Whether it is an address of IPv4. */
  static boolean isIpv4(long high, long low) {
    return high == 0 && (low & ~IPV4_MASK) == MAPPED;
  }

  /** The bytes that {@link #high} and {@link #low} were taken from; 4 of them for IPv4. */
  static byte[] bytes(long high, long low) {
    boolean four = isIpv4(high, low);
    byte[] address = new byte[four ? IPV4_BYTES : 2 * Long.BYTES];
    for (int i = 0; i < address.length; i++) {
      int fromRight = address.length - 1 - i;
      long half = fromRight < Long.BYTES ? low : high;
      address[i] = (byte) (half >>> (fromRight % Long.BYTES * Byte.SIZE));
    }
    return address;
  }

  /** The bits that a prefix of up to 64 bits leaves of a half. */
  static long masked(long half, int bits) {
    return bits <= 0 ? 0 : bits >= Long.SIZE ? half : half & (-1L << (Long.SIZE - bits));
  }

  private static long bits(byte[] bytes, int from, int count) {
    long value = 0;
    for (int i = from; i < from + count; i++) {
      value = value << Byte.SIZE | (bytes[i] & 0xFF);
    }
    return value;
  }
}
