package dev.coeval.sync.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that both ends know, and the number by which frames name it.
 *
 * <p>Immutable and thread-safe; the secret is copied in, never handed out, and not part of {@link
 * #toString()}.
 */
public final class SharedKey {

  /**
   * A shorter secret could be found by trying: 128 bits. RFC 2104 section 3 advises as many bytes
   * as the hash has, 32, and of a text fewer bits are random than it has.
   */
  public static final int MIN_SECRET_BYTES = 16;

  /** A longer secret makes no better code; the limit keeps mistaken files out. */
  public static final int MAX_SECRET_BYTES = 1_024;

  static final String ALGORITHM = "HmacSHA256";

  private static final String HEX = "hex:";
  private static final String TEXT = "text:";

  private final int id;
  private final byte[] secret;

  private SharedKey(int id, byte[] secret) {
    this.id = id;
    this.secret = secret;
  }

  /**
   * A key of given bytes.
   *
   * @param id its number, at least 1
   * @param secret the secret; copied
   * @return the key
   * @throws IllegalArgumentException if the number is less than 1, or the secret is shorter than
   *     {@link #MIN_SECRET_BYTES} or longer than {@link #MAX_SECRET_BYTES}
   */
  public static SharedKey of(int id, byte[] secret) {
    if (id < 1) {
      throw new IllegalArgumentException("a key's number is at least 1, not " + id);
    }
    if (secret.length < MIN_SECRET_BYTES || secret.length > MAX_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the secret of key %d has %d bytes; %d to %d are allowed"
              .formatted(id, secret.length, MIN_SECRET_BYTES, MAX_SECRET_BYTES));
    }
    return new SharedKey(id, secret.clone());
  }

  /**
   * A key whose secret is a text, in UTF-8.
   *
   * @param id its number, at least 1
   * @param text the secret
   * @return the key
   * @throws IllegalArgumentException as {@link #of}
   */
  public static SharedKey ofText(int id, String text) {
    return of(id, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A key whose secret is written in hexadecimal.
   *
   * @param id its number, at least 1
   * @param hex two digits a byte, upper or lower case
   * @return the key
   * @throws IllegalArgumentException as {@link #of}, or if these are no hexadecimal digits
   */
  public static SharedKey ofHex(int id, String hex) {
    return of(id, bytesOf(id, hex));
  }

  /**
   * A key from a line of a key file: its number, then {@code hex:} and digits, or {@code text:} and
   * the rest of the line. So {@code 7 hex:00112233445566778899aabbccddeeff}, or {@code 8
   * text:sixteen letters at least}.
   *
   * @param line the line; spaces around it do not count
   * @return the key
   * @throws IllegalArgumentException if it is not such a line; the message does not repeat the
   *     secret
   */
  public static SharedKey parse(String line) {
    String[] parts = line.strip().split("\\s+", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException("a key is written ID hex:DIGITS or ID text:SECRET");
    }
    int id = idOf(parts[0]);
    String secret = parts[1];
    String prefix = secret.toLowerCase(Locale.ROOT);
    if (prefix.startsWith(HEX)) {
      return ofHex(id, secret.substring(HEX.length()));
    }
    if (prefix.startsWith(TEXT)) {
      return ofText(id, secret.substring(TEXT.length()));
    }
    throw new IllegalArgumentException(
        "the secret of key " + id + " begins with neither hex: nor text:");
  }

  /**
   * The number by which frames name this key.
   *
   * @return at least 1
   */
  public int id() {
    return id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SharedKey key
        && key.id == id
        && MessageDigest.isEqual(key.secret, secret);
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(id); // nothing of the secret
  }

  /**
   * The number; the secret is left out.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return "SharedKey[id=" + id + "]";
  }

  SecretKey toSecretKey() {
    return new SecretKeySpec(secret, ALGORITHM);
  }

  private static byte[] bytesOf(int id, String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) { // its message would repeat digits of the secret
      throw new IllegalArgumentException("the secret of key " + id + " is not hexadecimal");
    }
  }

  private static int idOf(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not the number of a key: it must be 1 to 2147483647", e);
    }
  }
}
