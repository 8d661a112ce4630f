package dev.coeval.sync.interop;

import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKey;
import dev.coeval.sync.ntp.auth.NtpKeys;
import java.util.HexFormat;
import java.util.List;

/** The keys that both ends know, and a wrong one that passes for the first. */
final class SharedKeys {
  static final int AES = 1;
  static final int SHA256 = 2;

  private static final String AES_SECRET = "00112233445566778899aabbccddeeff";
  private static final String SHA256_SECRET = "a0a1a2a3a4a5a6a7a8a9b0b1b2b3b4b5";
  private static final String WRONG_SECRET = "ffeeddccbbaa99887766554433221100";

  private SharedKeys() {}

  static NtpKeys ours() {
    return NtpKeys.of(
        List.of(
            NtpKey.of(AES, MacAlgorithm.AES128_CMAC, HexFormat.of().parseHex(AES_SECRET)),
            NtpKey.of(SHA256, MacAlgorithm.SHA256, HexFormat.of().parseHex(SHA256_SECRET))));
  }

  static List<String> chrony() {
    return List.of(AES + " AES128 HEX:" + AES_SECRET, SHA256 + " SHA256 HEX:" + SHA256_SECRET);
  }

  static List<String> wrongForChrony() {
    return List.of(AES + " AES128 HEX:" + WRONG_SECRET);
  }

  static List<String> ntpd() {
    return List.of(AES + " AES " + AES_SECRET, SHA256 + " SHA256 " + SHA256_SECRET);
  }

  static List<String> wrongForNtpd() {
    return List.of(AES + " AES " + WRONG_SECRET);
  }
}
