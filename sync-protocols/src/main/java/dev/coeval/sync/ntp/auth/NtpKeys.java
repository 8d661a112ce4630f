package dev.coeval.sync.ntp.auth;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one end knows: makes codes with them, and judges those of others.
 *
 * <p><b>Problem.</b> Whoever can write a datagram can say what the time is.
 *
 * <p><b>Idea.</b> Behind the packet stands the number of a shared key, and a code that nobody makes
 * without it (RFC 5905 section 7.3; RFC 8573). A client takes no other key than the one it asked
 * with; a server takes any that it knows and answers with the same.
 *
 * <p><b>Attacks.</b> Why a datagram is refused is told apart: no code, an unknown key, another key
 * than agreed, a wrong code, a crypto-NAK. Codes are compared in constant time. A code protects
 * what is said, not when: against replay stand the origin timestamps, against delay the bound on
 * the round trip.
 *
 * <p>Immutable and thread-safe. Nothing is allocated for a packet but for a thread's first.
 */
public final class NtpKeys {

  /** More keys than this are a mistake: ntpd's identifiers have 16 bits. */
  public static final int MAX_KEYS = 65_535;

  private static final NtpKeys EMPTY = new NtpKeys(new NtpKey[0]);

  private final NtpKey[] keys;
  private final int[] ids;

  private NtpKeys(NtpKey[] sorted) {
    this.keys = sorted;
    this.ids = Arrays.stream(sorted).mapToInt(NtpKey::id).toArray();
  }

  /**
   * No keys.
   *
   * @return keys of which every code is unknown
   */
  public static NtpKeys empty() {
    return EMPTY;
  }

  /**
   * Keys.
   *
   * @param keys at most {@link #MAX_KEYS}, in any order
   * @return the keys
   * @throws IllegalArgumentException if there are more, or two have one number
   */
  public static NtpKeys of(Collection<NtpKey> keys) {
    if (keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException("more than " + MAX_KEYS + " keys: " + keys.size());
    }
    NtpKey[] sorted =
        keys.stream().sorted(Comparator.comparingInt(NtpKey::id)).toArray(NtpKey[]::new);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i].id() == sorted[i - 1].id()) {
        throw new IllegalArgumentException(
            "two keys have the number " + Integer.toUnsignedString(sorted[i].id()));
      }
    }
    return new NtpKeys(sorted);
  }

  /**
   * A key by its number.
   *
   * @param keyId 32 bits, unsigned
   * @return the key, or null if it is not known here
   */
  public @Nullable NtpKey find(int keyId) {
    int index = Arrays.binarySearch(ids, keyId);
    return index < 0 ? null : keys[index];
  }

  /**
   * How many keys there are.
   *
   * @return 0 or more
   */
  public int size() {
    return keys.length;
  }

  /**
   * Judges a datagram by any of these keys.
   *
   * @param packet from position to limit, one datagram; its position stays
   * @param authenticatedLength where its code begins, see {@link NtpCodec#authenticatedLength}
   * @return null if its code is right; otherwise {@link Rejection#NOT_AUTHENTICATED}, {@link
   *     Rejection#CRYPTO_NAK}, {@link Rejection#UNKNOWN_KEY} or {@link
   *     Rejection#BAD_AUTHENTICATION}
   * @throws IllegalArgumentException if the code would begin within the header or behind the limit
   */
  public @Nullable Rejection verify(ByteBuffer packet, int authenticatedLength) {
    int code = packet.remaining() - authenticatedLength;
    if (code < 0 || authenticatedLength < NtpCodec.HEADER_LENGTH) {
      throw new IllegalArgumentException("not where a code begins: " + authenticatedLength);
    }
    if (code < Integer.BYTES) {
      return Rejection.NOT_AUTHENTICATED;
    }
    int start = packet.position();
    int keyId = NtpCodec.getInt(packet, start + authenticatedLength);
    if (keyId == 0 && code == Integer.BYTES) {
      return Rejection.CRYPTO_NAK;
    }
    NtpKey key = find(keyId);
    if (key == null) {
      return Rejection.UNKNOWN_KEY;
    }
    int codeBytes = code - Integer.BYTES;
    return key.algorithm().allowsCodeBytes(codeBytes)
            && key.matches(packet, start + authenticatedLength, codeBytes)
        ? null
        : Rejection.BAD_AUTHENTICATION;
  }

  /**
   * Judges a datagram by one of these keys.
   *
   * @param packet from position to limit, one datagram; its position stays
   * @param authenticatedLength where its code begins, see {@link NtpCodec#authenticatedLength}
   * @param requiredKeyId the only key to be taken
   * @return as {@link #verify(ByteBuffer, int)}, and {@link Rejection#OTHER_KEY} if it names
   *     another key that is known here
   * @throws IllegalArgumentException if the code would begin within the header or behind the limit
   */
  public @Nullable Rejection verify(ByteBuffer packet, int authenticatedLength, int requiredKeyId) {
    int code = packet.remaining() - authenticatedLength;
    if (code > Integer.BYTES && authenticatedLength >= NtpCodec.HEADER_LENGTH) {
      int keyId = NtpCodec.getInt(packet, packet.position() + authenticatedLength);
      if (keyId != requiredKeyId && find(keyId) != null) {
        return Rejection.OTHER_KEY;
      }
    }
    return verify(packet, authenticatedLength);
  }

  /**
   * How long a code will be, key identifier included.
   *
   * @param keyId a key that is known here
   * @param version of the packet
   * @return octets, 20 to 68; at most 24 from version 4 on
   * @throws IllegalArgumentException if the key is not known here
   */
  public int macLength(int keyId, int version) {
    return Integer.BYTES + known(keyId).algorithm().codeBytes(version);
  }

  /**
   * Puts a code behind a packet, as long as its version has it, and moves the position behind the
   * code.
   *
   * @param keyId a key that is known here
   * @param packet the packet from start to position, and room for {@link #macLength}
   * @param start the index where the packet begins
   * @throws IllegalArgumentException if the key is not known here, or from start to position there
   *     are less than 48 or more than 2048 octets
   * @throws BufferOverflowException if there is less room; nothing is written
   */
  public void seal(int keyId, ByteBuffer packet, int start) {
    checkLength(packet, start);
    seal(keyId, packet, start, macLength(keyId, NtpCodec.version(packet.get(start))));
  }

  /**
   * Puts a code behind a packet, as long as that of the request which the packet answers, and moves
   * the position behind the code: so peers get codes as they write them, whatever their version.
   *
   * @param keyId a key that is known here
   * @param packet the packet from start to position, and room for the code
   * @param start the index where the packet begins
   * @param macLength how long the code is to be, key identifier included: what a datagram had that
   *     {@link #verify(ByteBuffer, int)} found right
   * @throws IllegalArgumentException if the key is not known here or has no codes of this length,
   *     or from start to position there are less than 48 or more than 2048 octets
   * @throws BufferOverflowException if there is less room; nothing is written
   */
  public void seal(int keyId, ByteBuffer packet, int start, int macLength) {
    checkLength(packet, start);
    NtpKey key = known(keyId);
    int codeBytes = macLength - Integer.BYTES;
    if (!key.algorithm().allowsCodeBytes(codeBytes)) {
      throw new IllegalArgumentException(key + " has no codes of " + codeBytes + " octets");
    }
    if (packet.remaining() < macLength) {
      throw new BufferOverflowException();
    }
    key.seal(packet, start, codeBytes);
  }

  /**
   * The number of keys; their secrets are left out.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return "NtpKeys[" + Arrays.toString(keys) + "]";
  }

  private NtpKey known(int keyId) {
    NtpKey key = find(keyId);
    if (key == null) {
      throw new IllegalArgumentException("no such key: " + Integer.toUnsignedString(keyId));
    }
    return key;
  }

  private static void checkLength(ByteBuffer packet, int start) {
    int length = packet.position() - start;
    if (start < 0 || length < NtpCodec.HEADER_LENGTH || length > NtpCodec.MAX_LENGTH) {
      throw new IllegalArgumentException("not the length of a packet: " + length);
    }
  }
}
