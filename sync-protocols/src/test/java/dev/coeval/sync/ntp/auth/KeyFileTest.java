package dev.coeval.sync.ntp.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyFileTest {

  private static final KeyFile CHRONY = KeyFile.chrony().allowing(MacAlgorithm.MD5);
  private static final KeyFile NTPD = KeyFile.ntpd().allowing(MacAlgorithm.MD5);
  private static final String HEX16 = "000102030405060708090a0B0C0D0E0F";

  private static NtpKey ascii(int id, MacAlgorithm algorithm, String secret) {
    return NtpKey.of(id, algorithm, secret.getBytes(StandardCharsets.US_ASCII));
  }

  private static NtpKey hex(int id, MacAlgorithm algorithm, String secret) {
    return NtpKey.of(id, algorithm, HexFormat.of().parseHex(secret));
  }

  private static NtpKey only(KeyFile file, String line) {
    NtpKeys keys = file.parse("k", List.of(line));
    assertEquals(1, keys.size());
    return keys.find((int) Long.parseLong(line.strip().split("\\s+", 2)[0]));
  }

  private static String error(KeyFile file, String... lines) {
    List<String> all = List.of(lines);
    return assertThrows(IllegalArgumentException.class, () -> file.parse("my.keys", all))
        .getMessage();
  }

  @Test
  void shouldReadWhatTheManualShowsWhenFormatIsChronys() {
    NtpKeys keys =
        CHRONY
            .allowing(MacAlgorithm.SHA1)
            .parse(
                "chrony.keys",
                List.of(
                    "10 tulipstulips",
                    "11 hyacinthus",
                    "20 MD5 ASCII:crocuscrocus",
                    "25 SHA1 HEX:933F62BE1D604E68A81B557F18CFA200483F5B70",
                    "30 AES128 HEX:7EA62AE64D190114D46D5A082F948EC1",
                    "31 AES256 HEX:37DDCBC67BB902BCB8E995977FAB4D2B5642F5B32EBCEEE421921D97E5CB"
                        + "FE39"));
    assertEquals(6, keys.size());
    assertEquals(ascii(10, MacAlgorithm.MD5, "tulipstulips"), keys.find(10));
    assertEquals(ascii(20, MacAlgorithm.MD5, "crocuscrocus"), keys.find(20));
    assertEquals(
        hex(25, MacAlgorithm.SHA1, "933F62BE1D604E68A81B557F18CFA200483F5B70"), keys.find(25));
    assertEquals(
        hex(30, MacAlgorithm.AES128_CMAC, "7EA62AE64D190114D46D5A082F948EC1"), keys.find(30));
    assertEquals(MacAlgorithm.AES256_CMAC, keys.find(31).algorithm());
  }

  @ParameterizedTest
  @CsvSource({
    "AES, AES128_CMAC",
    "aes128cmac, AES128_CMAC",
    "AES-128, AES128_CMAC",
    "AES128, AES128_CMAC",
    "SHA256, SHA256",
    "sha-256, SHA256",
    "SHA384, SHA384",
    "Sha512, SHA512",
    "M, MD5",
    "md5, MD5",
  })
  void shouldKnowTypeWhenWrittenAsOthersDo(String type, MacAlgorithm algorithm) {
    assertEquals(hex(7, algorithm, HEX16), only(NTPD, "7 " + type + " " + HEX16));
    assertEquals(hex(7, algorithm, HEX16), only(CHRONY, "7 " + type + " HEX:" + HEX16));
  }

  @ParameterizedTest
  @EnumSource(MacAlgorithm.class)
  void shouldBeFoundWhenNamedAsInFiles(MacAlgorithm algorithm) {
    assertEquals(algorithm, MacAlgorithm.named(algorithm.fileName()));
  }

  @Test
  void shouldFindNoAlgorithmWhenNameIsPartOfOne() {
    for (String name : List.of("", " ", "A", "AES128 AES-128", "SHA3-256", "AES192")) {
      assertEquals(null, MacAlgorithm.named(name));
    }
  }

  /** The same words mean another secret to ntpd: 21 and more are digits. */
  @Test
  void shouldDifferAsTheProgramsDoWhenSecretIsBare() {
    String digits = "000102030405060708090a0b";
    assertEquals(ascii(1, MacAlgorithm.SHA256, digits), only(CHRONY, "1 SHA256 " + digits));
    assertEquals(hex(1, MacAlgorithm.SHA256, digits), only(NTPD, "1 SHA256 " + digits));
    String twenty = "01234567890123456789";
    assertEquals(ascii(1, MacAlgorithm.SHA256, twenty), only(NTPD, "1 SHA256 " + twenty));
    String prefixed = "HEX:0102030405060708";
    assertEquals(ascii(1, MacAlgorithm.SHA256, prefixed), only(NTPD, "1 SHA256 " + prefixed));
    assertEquals(
        hex(1, MacAlgorithm.SHA256, "01020304050607080910"),
        only(CHRONY, "1 SHA256 HEX:01020304050607080910"));
  }

  @Test
  void shouldPassOverCommentsWhenTheFormatHasThem() {
    List<String> comments = List.of("", " \t ", "# a", "  ! b", ";c", "%d", "#");
    assertEquals(0, CHRONY.parse("k", comments).size());
    assertEquals(
        ascii(1, MacAlgorithm.SHA256, "secret#with#hash"),
        only(CHRONY, "1 SHA256 secret#with#hash"));
    assertEquals(0, NTPD.parse("k", List.of("", "# a", "  # 1 SHA256 secretsecret")).size());
    assertEquals(
        ascii(1, MacAlgorithm.SHA256, "secretsecret"), only(NTPD, "1\tSHA256  secretsecret#c"));
    assertTrue(error(NTPD, "! 1").startsWith("my.keys:1: 2 words"));
  }

  @Test
  void shouldRefuseWeakAlgorithmWhenItIsNotAllowedByName() {
    assertEquals(
        "my.keys:2: key 5 is of type MD5, which is weak; use AES128, or allow MD5 by name",
        error(KeyFile.chrony(), "", "5 MD5 secretsecret"));
    assertTrue(error(KeyFile.chrony(), "5 secretsecret").contains("weak"), "MD5 unsaid");
    assertTrue(error(CHRONY, "5 SHA1 secretsecret").contains("allow SHA1 by name"));
    assertEquals(MacAlgorithm.MD5, only(CHRONY, "5 MD5 secretsecret").algorithm());
    assertFalse(MacAlgorithm.SHA256.isWeak());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x SHA256 secretsecret | the first word is no number of a key; write 1 to 4294967295",
        "0 SHA256 secretsecret | the first word is no number of a key; write 1 to 4294967295",
        "-1 SHA256 secretsecret | the first word is no number of a key; write 1 to 4294967295",
        "4294967296 SHA256 secretsecret | the first word is no number of a key; write 1 to"
            + " 4294967295",
        "99999999999999999999 SHA256 secretsecret | the first word is no number of a key; write 1"
            + " to 4294967295",
        "5 | 1 words where a key has three; write ID TYPE HEX:DIGITS",
        "5 SHA256 secretsecret 10.0.0.1 | 4 words where a key has three; write ID TYPE HEX:DIGITS",
        "5 TIGER secretsecret | key 5 is of a type that is not known here; write one of AES128,"
            + " AES256, SHA256, SHA384, SHA512, SHA1, MD5",
        "5 SHA256 HEX:abc | the secret of key 5 is not hexadecimal; write two digits a byte",
        "5 SHA256 HEX:zz000000000000000000 | the secret of key 5 is not hexadecimal; write two"
            + " digits a byte",
        "5 SHA256 hex:00000000000000000000 | the secret of key 5 begins in lower case; write HEX:"
            + " or ASCII:",
        "5 SHA256 HEX: | the secret of key 5 has 0 bytes; SHA256 takes 10 to 1024",
        "5 SHA256 ASCII:123456789 | the secret of key 5 has 9 bytes; SHA256 takes 10 to 1024",
        "5 AES128 HEX:0001020304 | the secret of key 5 has 5 bytes; AES128 needs exactly 16",
        "5 AES256 HEX:000102030405060708090a0B0C0D0E0F | the secret of key 5 has 16 bytes; AES256"
            + " needs exactly 32",
        "5 SHA256 ASCII:sécrétsécrét | the secret of key 5 has characters beyond ASCII; write it"
            + " in hexadecimal",
      })
  void shouldSayWhatToDoWhenLineOfChronyIsWrong(String line, String message) {
    assertEquals("my.keys:3: " + message, error(CHRONY, "# 1", "", line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "65536 SHA256 secretsecret | the first word is no number of a key; write 1 to 65535",
        "5 secretsecret | 2 words where a key has three; write ID TYPE SECRET",
        "5 SHA256 00000000000000000000x | the secret of key 5 is not hexadecimal; write two digits"
            + " a byte",
        "5 SHA256 000000000000000000000 | the secret of key 5 is not hexadecimal; write two digits"
            + " a byte",
        "5 AES short | the secret of key 5 has 5 bytes; AES128 needs exactly 16",
        "5 SHA256 00000000000000000000000000000000000000000000000000000000000000000 | the secret of"
            + " key 5 is longer than ntpd's 32 bytes; write at most 64 hexadecimal digits",
      })
  void shouldSayWhatToDoWhenLineOfNtpdIsWrong(String line, String message) {
    assertEquals("my.keys:1: " + message, error(NTPD, line));
  }

  @Test
  void shouldNameBothLinesWhenNumberOccursTwice() {
    assertEquals(
        "my.keys:4: key 5 is on line 2 already; give it another number",
        error(CHRONY, "", "5 SHA256 secretsecret", "", "5 AES128 HEX:" + HEX16));
    assertEquals(
        "my.keys:2: key 4294967295 is on line 1 already; give it another number",
        error(CHRONY, "4294967295 SHA256 secretsecret", "4294967295 SHA256 secretsecret"));
  }

  /** Words that changed places: any may be the secret. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "hush-hush-hush", "hush-hush-hush SHA256 5", "5 hush-hush-hush SHA256",
        "5 SHA256 HEX:hush-hush-hush-hush", "5 AES128 hush-hush-hush", "hush-hush-hush 5 a b",
        "5 MD5 hush-hush-hush", "5 SHA256 hex:hush-hush-hush-hush", "5 SHA256 ühush-hush-hush",
      })
  void shouldKeepSecretWhenLineIsWrong(String line) {
    for (KeyFile file : List.of(KeyFile.chrony(), KeyFile.ntpd())) {
      List<String> lines = List.of(line);
      Throwable error =
          assertThrows(IllegalArgumentException.class, () -> file.parse("my.keys", lines));
      for (Throwable e = error; e != null; e = e.getCause()) {
        assertFalse(e.getMessage().contains("hush"), e::getMessage);
        assertFalse(e.getMessage().contains("\n"), e::getMessage);
      }
    }
  }

  @Test
  void shouldHoldItsLimitsWhenFileIsTooLarge(@TempDir Path folder) throws IOException {
    String longLine = "5 SHA256 " + "x".repeat(KeyFile.MAX_LINE_CHARS);
    assertEquals(
        "my.keys:1: longer than 2047 characters; shorten the line", error(CHRONY, longLine));
    List<String> many =
        IntStream.rangeClosed(1, NtpKeys.MAX_KEYS + 1)
            .mapToObj(i -> i + " SHA256 secretsecret")
            .toList();
    assertEquals(
        "my.keys:65536: more than 65535 keys; remove those that nobody uses",
        assertThrows(IllegalArgumentException.class, () -> CHRONY.parse("my.keys", many))
            .getMessage());
    Path file = folder.resolve("large.keys");
    Files.write(file, new byte[KeyFile.MAX_FILE_BYTES + 1]);
    String message =
        assertThrows(IllegalArgumentException.class, () -> CHRONY.read(file)).getMessage();
    assertEquals(file + ": longer than 8388608 bytes; name a file of keys", message);
  }

  @Test
  void shouldReadFileWhenCommentsAreInAnyCharset(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("chrony.keys");
    Files.write(
        file, "# Schlüssel\r\n5 SHA256 secretsecret\r\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        ascii(5, MacAlgorithm.SHA256, "secretsecret"), KeyFile.chrony().read(file).find(5));
    assertThrows(NoSuchFileException.class, () -> CHRONY.read(folder.resolve("none")));
  }
}
