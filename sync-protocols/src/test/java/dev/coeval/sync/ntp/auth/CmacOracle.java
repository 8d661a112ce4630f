package dev.coeval.sync.ntp.auth;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** AES-CMAC as RFC 4493 section 2.4 writes it, on the platform's own AES. */
final class CmacOracle {

  private static final int BLOCK = 16;

  private CmacOracle() {}

  static byte[] of(byte[] key, byte[] message) {
    int blocks = Math.max(1, (message.length + BLOCK - 1) / BLOCK);
    boolean whole = message.length == blocks * BLOCK;
    byte[] last = Arrays.copyOfRange(message, (blocks - 1) * BLOCK, blocks * BLOCK);
    byte[] subkey = doubled(encrypted(key, new byte[BLOCK]));
    if (!whole) {
      last[message.length - (blocks - 1) * BLOCK] = (byte) 0x80;
      subkey = doubled(subkey);
    }
    byte[] chain = new byte[BLOCK];
    for (int i = 0; i < blocks - 1; i++) {
      chain = encrypted(key, xor(chain, Arrays.copyOfRange(message, i * BLOCK, (i + 1) * BLOCK)));
    }
    return encrypted(key, xor(chain, xor(last, subkey)));
  }

  private static byte[] doubled(byte[] block) {
    byte[] result = new byte[BLOCK];
    int carry = 0;
    for (int i = BLOCK - 1; i >= 0; i--) {
      int shifted = (block[i] & 0xFF) << 1 | carry;
      result[i] = (byte) shifted;
      carry = shifted >> 8;
    }
    if (carry != 0) {
      result[BLOCK - 1] ^= (byte) 0x87;
    }
    return result;
  }

  private static byte[] xor(byte[] one, byte[] other) {
    byte[] result = one.clone();
    for (int i = 0; i < BLOCK; i++) {
      result[i] ^= other[i];
    }
    return result;
  }

  private static byte[] encrypted(byte[] key, byte[] block) {
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding"); // one block: the mode says nothing
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return aes.doFinal(block);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
