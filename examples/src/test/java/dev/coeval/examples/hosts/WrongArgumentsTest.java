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
        "sync ntp --pool nohost.invalid,99 | 1 to 64",
        "sync ntp a.invalid --pool b.invalid | no host resolves: 'a.invalid', 'b.invalid'",
        "sync ntp 127.0.0.1 --key 7 | --ntp-keys",
        "sync ntp 127.0.0.1 --ntp-keys /nowhere/keys | cannot read key file",
        "sync ntp 127.0.0.1 --allow-weak aes128 | md5 or sha1",
        "sync ntp 127.0.0.1 --ntp-version 5 | 3 or 4",
        "sync ntp 127.0.0.1 --poll 6..4 | MIN..MAX",
        "sync ntp 127.0.0.1 --poll -5..4 | -4..17",
        "sync ntp 127.0.0.1 --poll 1..4 --interval 50 | exclude",
        "sync ntp 127.0.0.1 --prefer other | one of the servers",
        "sync ntp 127.0.0.1 --min-sources 0 | 1 to 64",
        "sync ntp 127.0.0.1 --discipline huygens | regression or pll",
        "sync ntp 127.0.0.1 --leap jump | step, slew, smear or ignore",
        "sync ntp 127.0.0.1 --leap-file /nowhere/leap | cannot read leap file",
        "sync ntp 127.0.0.1 --step --slew-only | exclude",
        "sync ntp 127.0.0.1 --serve x | PORT or ADDR:PORT",
        "sync ntp 127.0.0.1 --allow 10.0.0.0/8 | need --serve",
        "serve --allow 10.0.0.1/8 | bits are set behind the prefix",
        "serve --deny host | not an address",
        "serve --rate-limit often | INTERVAL[,BURST[,LEAK]]",
        "serve --rate-limit 3,999 | burst is out of range",
        "serve --require-key | --ntp-keys",
        "serve --threads 0 | 1 to 64",
        "serve --threads 2 --tcp | NTP alone",
        "serve --broadcast nohost.invalid | does not resolve",
        "query 127.0.0.1:99 --key 7 | --ntp-keys",
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
