package dev.coeval.examples.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.examples.CommandRun;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake gets one line that says what is wrong, and exit code 2. */
final class WrongArgumentsTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serve --port 70000 | 65535",
        "serve --port x | 'x' is not a whole number",
        "serve --port -1 | 65535",
        "serve --offset 250 | not a duration",
        "serve --offset 9999h | more than a year",
        "serve --drift 5000 | 1000 ppm",
        "serve --drift NaN | 1000 ppm",
        "serve --stratum 16 | 1 to 15",
        "serve --error -1s | --error",
        "serve --report 1ms | 100ms",
        "serve --duration 0s | not positive",
        "serve --bind nohost.invalid | --bind does not resolve",
        "serve --port 0 --bind 192.0.2.1 | not an address of this host",
        "serve surplus | one argument too many: 'surplus'",
        "sync | cristian or ntp",
        "sync huygens localhost | no such command: 'huygens localhost'",
        "sync ntp | HOST[:PORT]",
        "sync ntp nohost.invalid | does not resolve",
        "sync ntp localhost:0 | port is not a number in 1 to 65535",
        "sync ntp a/b | not a host",
        "sync ntp [::1 | not an IPv6 address in brackets",
        "sync ntp 127.0.0.1:99 127.0.0.1:99 | there already",
        "sync ntp 127.0.0.1 --count 0 | --count",
        "sync ntp 127.0.0.1 --interval 0 | --interval",
        "sync ntp 127.0.0.1 --duration -5s | not positive",
        "sync ntp 127.0.0.1 --max-error 0s | --max-error",
        "sync ntp 127.0.0.1 --tcp | --tcp",
        "sync cristian nohost.invalid | does not resolve",
        "sync cristian 127.0.0.1 --csv /nowhere/at/all.csv | cannot write /nowhere/at/all.csv",
        "sync cristian 127.0.0.1 --keys /nowhere/keys | cannot read key file",
        "query | HOST[:PORT]",
        "query nohost.invalid | does not resolve",
        "query 127.0.0.1:123456 | port",
        "query 127.0.0.1:99 --count many | 'many' is not a whole number",
        "query 127.0.0.1:99 --csv /nowhere/at/all.csv | cannot write",
        "berkeley | coordinate or join",
        "berkeley coordinate | MEMBER",
        "berkeley coordinate nohost.invalid | does not resolve",
        "berkeley coordinate 127.0.0.1 --interval 1 | 20 to 3600000",
        "berkeley coordinate 127.0.0.1 --gamma 0s | --gamma",
        "berkeley join --port 65536 | 65535",
        "berkeley join --keys /nowhere/keys | cannot read key file",
      })
  void shouldSayWhatIsWrongInOneLineWhenArgumentIsBad(String line, String words) {
    CommandRun.of(line.split(" ")).assertFails(2, words, " --help");
  }

  @Test
  void shouldSaySoWhenPortIsInUse() throws IOException {
    try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      String address = taken.getLocalAddress().getHostAddress();
      CommandRun.of("serve", "--port", port, "--bind", address).assertFails(2, port, "in use");
      CommandRun.of("berkeley", "join", "--port", port, "--bind", address)
          .assertFails(2, port, "in use");
    }
  }

  @Test
  void shouldSaySoWhenTcpPortIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      CommandRun.of("serve", "--port", port, "--bind", "127.0.0.1", "--tcp")
          .assertFails(2, "TCP port " + port, "in use");
    }
  }

  @Test
  void shouldSayWhichLineWhenKeyFileIsBad() throws IOException {
    Path keys = folder.resolve("keys");
    Files.writeString(keys, "1 text:a secret of the group\n2 hex:00112233zz\n");
    CommandRun run = CommandRun.of("serve", "--port", "0", "--keys", keys.toString());
    run.assertFails(2, keys.toString(), "line 2");
    assertEquals(-1, run.err().indexOf("00112233"), run::toString);
  }

  @Test
  void shouldSaySoWhenKeyFileHoldsNoKey() throws IOException {
    Path keys = folder.resolve("keys");
    Files.writeString(keys, "# none yet\n");
    CommandRun.of("berkeley", "join", "--port", "0", "--keys", keys.toString())
        .assertFails(2, "has no key");
  }

  @Test
  void shouldSaySoWhenKeyFileIsNoText() throws IOException {
    Path keys = folder.resolve("keys");
    Files.write(keys, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
    CommandRun.of("serve", "--port", "0", "--keys", keys.toString()).assertFails(2, "cannot read");
  }

  @Test
  void shouldSaySoWhenCsvIsFolder() {
    CommandRun.of("query", "127.0.0.1:99", "--csv", folder.toString())
        .assertFails(2, "cannot write " + folder);
  }
}
