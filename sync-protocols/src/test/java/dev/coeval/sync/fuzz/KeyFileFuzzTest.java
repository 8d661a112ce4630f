package dev.coeval.sync.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.coeval.sync.ntp.auth.KeyFile;
import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKeys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that may be a key file. */
class KeyFileFuzzTest {

  /** One line of printable text that names the file and a line of it. */
  private static final Pattern ERROR = Pattern.compile("my[.]keys:([0-9]+): [ -~]+; [ -~]+");

  /** Two reasons already say what to do. */
  private static final Pattern LENGTHS = Pattern.compile(".*(takes 10 to 1024|needs exactly .*)");

  static Stream<byte[]> seeds() {
    return Stream.of(
            "# keys\n5 SHA256 HEX:000102030405060708090A0B0C0D0E0F\n\n6 MD5 ASCII:secretsecret",
            "7 AES 000102030405060708090A0B0C0D0E0F # ntpd's\n8 M secretsecret",
            "10 tulipstulips\n10 SHA1 again-and-again")
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void shouldReadKeysOrSayWhatToDoWhenTextIsArbitrary(byte[] data) {
    List<String> lines = new String(data, StandardCharsets.ISO_8859_1).lines().toList();
    for (KeyFile file : List.of(KeyFile.chrony(), KeyFile.ntpd())) {
      read(file, lines);
      read(file.allowing(MacAlgorithm.MD5).allowing(MacAlgorithm.SHA1), lines);
    }
  }

  private static void read(KeyFile file, List<String> lines) {
    NtpKeys keys;
    try {
      keys = file.parse("my.keys", lines);
    } catch (IllegalArgumentException refused) {
      String message = String.valueOf(refused.getMessage());
      assertTrue(ERROR.matcher(message).matches() || LENGTHS.matcher(message).matches(), message);
      return;
    }
    assertTrue(keys.size() <= lines.size());
    assertEquals(keys.size(), file.parse("other", lines).size());
  }
}
