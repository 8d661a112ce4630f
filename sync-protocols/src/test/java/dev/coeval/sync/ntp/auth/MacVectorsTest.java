package dev.coeval.sync.ntp.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpDatagram;
import dev.coeval.sync.wire.Decoded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes that others have made: in standards, and on the wire. */
final class MacVectorsTest {

  private static final HexFormat HEX = HexFormat.of();

  /** The message of RFC 4493 section 4 and of NIST SP 800-38B appendix D. */
  private static final byte[] MESSAGE =
      HEX.parseHex(
          "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
              + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");

  static Stream<String> seen() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource("seen.txt"), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.startsWith("#")).toList().stream();
    }
  }

  private static InputStream resource(String name) {
    InputStream in = MacVectorsTest.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("no resource " + name);
    }
    return in;
  }

  private static NtpKeys keys(String program) throws IOException {
    KeyFile file = program.equals("chronyd") ? KeyFile.chrony() : KeyFile.ntpd();
    String name = program + ".keys";
    try (InputStream in = resource(name)) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      return file.allowing(MacAlgorithm.MD5).allowing(MacAlgorithm.SHA1).parse(name, lines);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AES128_CMAC, 2b7e151628aed2a6abf7158809cf4f3c, 0, bb1d6929e95937287fa37d129b756746",
    "AES128_CMAC, 2b7e151628aed2a6abf7158809cf4f3c, 16, 070a16b46b4d4144f79bdd9dd04a287c",
    "AES128_CMAC, 2b7e151628aed2a6abf7158809cf4f3c, 40, dfa66747de9ae63030ca32611497c827",
    "AES128_CMAC, 2b7e151628aed2a6abf7158809cf4f3c, 64, 51f0bebf7e3b9d92fc49741779363cfe",
    "AES256_CMAC, 603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, 0,"
        + " 028962f61b7bf89efc6b551f4667d983",
    "AES256_CMAC, 603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, 16,"
        + " 28a7023f452e8f82bd4bf28d8c37c35c",
    "AES256_CMAC, 603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, 40,"
        + " aaf3d8f1de5640c232f5b169b9c911e6",
    "AES256_CMAC, 603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4, 64,"
        + " e1992190549f6ed5696a2c056c315410",
  })
  void shouldBeAsInTheStandardWhenMadeByCmac(
      MacAlgorithm algorithm, String key, int length, String expected) {
    byte[] code = new byte[16];
    MacEngine.of(algorithm, HEX.parseHex(key)).sum(MESSAGE, length, code);
    assertEquals(expected, HEX.formatHex(code));
    assertArrayEquals(code, CmacOracle.of(HEX.parseHex(key), Arrays.copyOf(MESSAGE, length)));
  }

  /** Requests of chronyd 4.3 and ntpsec's ntpdig 1.2.2, caught on loopback. */
  @ParameterizedTest
  @MethodSource("seen")
  void shouldBeRightWhenSeenOnTheWire(String line) throws IOException {
    String[] words = line.split(" ", 4);
    NtpKeys keys = keys(words[0]);
    int keyId = Integer.parseInt(words[1]);
    ByteBuffer packet = ByteBuffer.wrap(HEX.parseHex(words[3]));
    NtpDatagram datagram = ((Decoded.Value<NtpDatagram>) NtpDatagram.parse(packet)).value();
    assertEquals(Integer.parseInt(words[2]), datagram.macLength());
    assertEquals(keyId, datagram.keyId());
    int covered = datagram.authenticatedLength();
    assertNull(keys.verify(packet, covered));
    assertNull(keys.verify(packet, covered, keyId));
    assertEquals(Rejection.OTHER_KEY, keys.verify(packet, covered, keyId + 1));
    assertSealedAlike(keys, datagram, packet);
  }

  private static void assertSealedAlike(NtpKeys keys, NtpDatagram datagram, ByteBuffer packet) {
    ByteBuffer ours = ByteBuffer.allocate(NtpCodec.MAX_LENGTH);
    ours.put(packet.slice(0, datagram.authenticatedLength()));
    keys.seal(datagram.keyId(), ours, 0, datagram.macLength());
    assertEquals(packet, ours.flip());
  }

  /** By default we send what chronyd sends in the same version. */
  @ParameterizedTest
  @MethodSource("seen")
  void shouldSendWhatChronydSendsWhenVersionIsTheSame(String line) throws IOException {
    String[] words = line.split(" ", 4);
    if (words[0].equals("chronyd")) {
      byte[] seen = HEX.parseHex(words[3]);
      ByteBuffer ours = ByteBuffer.allocate(seen.length).put(seen, 0, NtpCodec.HEADER_LENGTH);
      keys("chronyd").seal(Integer.parseInt(words[1]), ours, 0);
      assertArrayEquals(seen, ours.array());
    }
  }

  @Test
  void shouldHaveSeenEveryAlgorithmWhenListed() throws IOException {
    assertEquals(20, seen().count());
    NtpKeys keys = keys("chronyd");
    List<MacAlgorithm> algorithms =
        seen()
            .map(line -> keys.find(Integer.parseInt(line.split(" ", 3)[1])))
            .filter(key -> key != null)
            .map(NtpKey::algorithm)
            .distinct()
            .toList();
    assertEquals(MacAlgorithm.values().length, algorithms.size());
  }
}
