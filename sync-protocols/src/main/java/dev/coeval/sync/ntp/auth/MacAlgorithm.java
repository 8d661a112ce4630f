package dev.coeval.sync.ntp.auth;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a message authentication code is made of a key and a packet.
 *
 * <p>The digests are of the key and the packet, one behind the other (RFC 5905 section 7.3). That
 * is no HMAC: whoever knows a code of a full SHA-256 or SHA-512 can lengthen the packet and its
 * code without the key. Codes cut to 160 bits are safe from it, and AES-CMAC (RFC 8573) is in any
 * case: prefer it.
 */
public enum MacAlgorithm {
  /** AES-CMAC with a key of 128 bits (RFC 4493, RFC 8573). */
  AES128_CMAC(16, 16, "AES128 AES-128 AES128CMAC AES-128-CMAC AES-CMAC AES"),
  /** AES-CMAC with a key of 256 bits. */
  AES256_CMAC(16, 32, "AES256 AES-256 AES256CMAC AES-256-CMAC"),
  /** SHA-256 of key and packet (FIPS 180-4). */
  SHA256(32, 0, "SHA256 SHA-256 SHA2-256"),
  /** SHA-384 of key and packet (FIPS 180-4). */
  SHA384(48, 0, "SHA384 SHA-384 SHA2-384"),
  /** SHA-512 of key and packet (FIPS 180-4). */
  SHA512(64, 0, "SHA512 SHA-512 SHA2-512"),
  /** SHA-1 of key and packet: weak, for old peers. */
  SHA1(20, 0, "SHA1 SHA-1 SHA"),
  /** MD5 of key and packet: weak (RFC 8573 retires it), for old peers. */
  MD5(16, 0, "MD5 M");

  /** RFC 7822 section 3: in version 4, no digest on the wire is longer; the rest is cut off. */
  public static final int MAX_CUT_BYTES = 20;

  private static final int VERSION_THAT_CUTS = 4;

  private final int codeBytes;
  private final int exactKeyBytes;
  private final String names;

  /** Its names in key files, a space between them, chrony's first. */
  MacAlgorithm(int codeBytes, int exactKeyBytes, String names) {
    this.codeBytes = codeBytes;
    this.exactKeyBytes = exactKeyBytes;
    this.names = names;
  }

  /**
   * The algorithm of a name in a key file.
   *
   * @param name as chrony or ntpd write it, upper or lower case
   * @return the algorithm, or null if there is none of that name
   */
  public static @Nullable MacAlgorithm named(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (MacAlgorithm algorithm : values()) {
      if (List.of(algorithm.names.split(" ")).contains(upper)) {
        return algorithm;
      }
    }
    return null;
  }

  /**
   * The name in a key file.
   *
   * @return as chrony writes it
   */
  public String fileName() {
    return names.split(" ", 2)[0];
  }

  /**
   * Whether it is so weak that a key file may only use it where it was allowed by name.
   *
   * @return true for {@link #SHA1} and {@link #MD5}
   */
  public boolean isWeak() {
    return this == SHA1 || this == MD5;
  }

  /**
   * How long its codes are before they are cut.
   *
   * @return octets, without the key identifier
   */
  public int codeBytes() {
    return codeBytes;
  }

  /**
   * How long its codes are in packets of a version: chrony sends whole ones up to version 3, and
   * from version 4 on, as ntpd, no more than {@link #MAX_CUT_BYTES}.
   *
   * @param version of the packet
   * @return octets, without the key identifier
   */
  public int codeBytes(int version) {
    return version < VERSION_THAT_CUTS ? codeBytes : Math.min(codeBytes, MAX_CUT_BYTES);
  }

  /**
   * The only length that its keys have.
   *
   * @return octets, or 0 if keys of many lengths will do
   */
  public int exactKeyBytes() {
    return exactKeyBytes;
  }

  /** Whether a code on the wire may have this many octets: cut, or whole. */
  boolean allowsCodeBytes(int bytes) {
    return bytes == codeBytes || (bytes == MAX_CUT_BYTES && codeBytes > MAX_CUT_BYTES);
  }
}
