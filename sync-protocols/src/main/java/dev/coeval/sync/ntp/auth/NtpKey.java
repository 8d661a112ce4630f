package dev.coeval.sync.ntp.auth;

import dev.coeval.sync.ntp.packet.NtpCodec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * A secret that two ends share, the number by which packets name it, and how codes are made of it.
 *
 * <p>Immutable and thread-safe; the secret is copied in, never handed out, and not part of {@link
 * #toString()}.
 */
public final class NtpKey {

  /** A shorter secret can be found by trying: 80 bits, where chrony begins to warn. */
  public static final int MIN_SECRET_BYTES = 10;

  /** A longer secret makes no better code; the limit keeps mistaken files out. */
  public static final int MAX_SECRET_BYTES = 1_024;

  private final int id;
  private final MacAlgorithm algorithm;
  private final byte[] secret;
  private final MacEngines engines;

  private NtpKey(int id, MacAlgorithm algorithm, byte[] secret) {
    this.id = id;
    this.algorithm = algorithm;
    this.secret = secret;
    this.engines = new MacEngines(algorithm, secret);
  }

  /**
   * A key. The weak algorithms are allowed here, as they are named by whoever calls.
   *
   * @param id 32 bits, unsigned; not 0
   * @param algorithm how codes are made
   * @param secret the secret; copied
   * @return the key
   * @throws IllegalArgumentException if the identifier is 0, or the secret's length is not {@link
   *     MacAlgorithm#exactKeyBytes} or, without such, not between {@link #MIN_SECRET_BYTES} and
   *     {@link #MAX_SECRET_BYTES}; the message does not repeat the secret
   */
  public static NtpKey of(int id, MacAlgorithm algorithm, byte[] secret) {
    if (id == 0) {
      throw new IllegalArgumentException("the number of a key is 1 to 4294967295, not 0");
    }
    int exact = algorithm.exactKeyBytes();
    if (exact > 0 && secret.length != exact) {
      throw new IllegalArgumentException(
          "the secret of key %s has %d bytes; %s needs exactly %d"
              .formatted(text(id), secret.length, algorithm.fileName(), exact));
    }
    if (secret.length < MIN_SECRET_BYTES || secret.length > MAX_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the secret of key %s has %d bytes; %s takes %d to %d"
              .formatted(
                  text(id),
                  secret.length,
                  algorithm.fileName(),
                  MIN_SECRET_BYTES,
                  MAX_SECRET_BYTES));
    }
    return new NtpKey(id, algorithm, secret.clone());
  }

  /**
   * The number by which packets name this key.
   *
   * @return 32 bits, unsigned; not 0
   */
  public int id() {
    return id;
  }

  /**
   * How codes are made of it.
   *
   * @return the algorithm
   */
  public MacAlgorithm algorithm() {
    return algorithm;
  }

  /** Whether the octets behind an identifier that is this key's begin the code of all before. */
  boolean matches(ByteBuffer packet, int end, int codeBytes) {
    MacEngine engine = engines.take();
    boolean same = engine.matches(packet, packet.position(), end, codeBytes);
    engines.giveBack(engine);
    return same;
  }

  /** Puts identifier and code at the position, and moves it behind. */
  void seal(ByteBuffer packet, int start, int codeBytes) {
    int end = packet.position();
    MacEngine engine = engines.take();
    engine.put(packet, start, end, codeBytes);
    engines.giveBack(engine);
    NtpCodec.putInt(packet, end, id);
    packet.position(end + Integer.BYTES + codeBytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NtpKey key
        && key.id == id
        && key.algorithm == algorithm
        && MessageDigest.isEqual(key.secret, secret);
  }

  @Override
  public int hashCode() {
    return 31 * id + algorithm.hashCode(); // nothing of the secret
  }

  /**
   * Number and algorithm; the secret is left out.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return "NtpKey[id=" + text(id) + ", algorithm=" + algorithm + "]";
  }

  private static String text(int id) {
    return Integer.toUnsignedString(id);
  }
}
