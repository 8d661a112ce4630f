package dev.coeval.sync.ntp.auth;

import dev.coeval.sync.ntp.packet.NtpCodec;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Makes and compares the codes of one key. All that it needs is made beforehand: nothing is
 * allocated for a packet. One thread at a time.
 */
abstract sealed class MacEngine {

  private final byte[] octets;
  private final int prefix;
  private final byte[] made;
  private final byte[] received;

  private MacEngine(byte[] prefix, int codeBytes) {
    this.octets = Arrays.copyOf(prefix, prefix.length + NtpCodec.MAX_LENGTH);
    this.prefix = prefix.length;
    this.made = new byte[codeBytes];
    this.received = new byte[codeBytes];
  }

  static MacEngine of(MacAlgorithm algorithm, byte[] secret) {
    return switch (algorithm) {
      case AES128_CMAC, AES256_CMAC -> new Cmac(secret);
      case SHA256 -> new Digest("SHA-256", secret);
      case SHA384 -> new Digest("SHA-384", secret);
      case SHA512 -> new Digest("SHA-512", secret);
      case SHA1 -> new Digest("SHA-1", secret);
      case MD5 -> new Digest("MD5", secret);
    };
  }

  /** Writes the first octets of the code of what stands before an index to that index. */
  final void put(ByteBuffer packet, int start, int end, int codeBytes) {
    make(packet, start, end);
    packet.put(end + Integer.BYTES, made, 0, codeBytes);
  }

  /** Whether the octets behind the key identifier at an index begin the code of those before. */
  final boolean matches(ByteBuffer packet, int start, int end, int codeBytes) {
    make(packet, start, end);
    packet.get(end + Integer.BYTES, received, 0, codeBytes);
    for (int i = codeBytes; i < made.length; i++) { // what was cut off counts as equal
      made[i] = 0;
      received[i] = 0;
    }
    return MessageDigest.isEqual(made, received);
  }

  private void make(ByteBuffer packet, int start, int end) {
    packet.get(start, octets, prefix, end - start);
    sum(octets, prefix + end - start, made);
  }

  /** The code of the first octets of an array. */
  abstract void sum(byte[] bytes, int length, byte[] code);

  /** A digest of the secret and what follows it (RFC 5905 section 7.3). */
  private static final class Digest extends MacEngine {
    private final MessageDigest digest;

    Digest(String name, byte[] secret) {
      this(digest(name), secret);
    }

    private Digest(MessageDigest digest, byte[] secret) {
      super(secret, digest.getDigestLength());
      this.digest = digest;
    }

    @Override
    void sum(byte[] bytes, int length, byte[] code) {
      digest.update(bytes, 0, length);
      try {
        digest.digest(code, 0, code.length);
      } catch (DigestException e) {
        throw new IllegalStateException("the code has the digest's own length", e);
      }
    }

    private static MessageDigest digest(String name) {
      try {
        return MessageDigest.getInstance(name);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform in use has " + name, e);
      }
    }
  }

  /** AES-CMAC (RFC 4493). */
  private static final class Cmac extends MacEngine {
    private static final int CODE_BYTES = 16;

    private final CMac mac = new CMac(AESEngine.newInstance());

    Cmac(byte[] secret) {
      super(new byte[0], CODE_BYTES);
      mac.init(new KeyParameter(secret));
    }

    @Override
    void sum(byte[] bytes, int length, byte[] code) {
      mac.update(bytes, 0, length);
      mac.doFinal(code, 0); // which also resets it to its key
    }
  }
}
