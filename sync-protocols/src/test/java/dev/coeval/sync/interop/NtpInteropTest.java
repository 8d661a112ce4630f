package dev.coeval.sync.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every {@link Pair}, a test each. What was seen is left in target/interop.md, in the form of the
 * table in INTEROP.md. The environment's {@code COEVAL_INTEROP_PAIRS}, a regular expression,
 * chooses among the pairs by their titles.
 */
@Timeout(value = 200, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NtpInteropTest {
  private static final Path SEEN = Path.of("target", "interop.md");
  private static final int HOSTS = 48;
  private static final int MOST_SECONDS = 170;

  @TempDir static Path folder;

  @BeforeAll
  static void shouldHavePeersAndRunAllPairs() throws Exception {
    ForeignProgram.need("chronyd", "chrony");
    ForeignProgram.need("ntpdig", "ntpsec-ntpdig");
    ForeignProgram.need("tshark", "tshark");
    ForeignProgram.need("strace", "strace");
    Unpacked.need(Ntpsec.PACKAGE, Ntpsec.DAEMON);
    Unpacked.need(OpenNtpd.PACKAGE, OpenNtpd.DAEMON);
    Unpacked.need(OpenNtpd.FAKETIME, OpenNtpd.FAKETIME_LIBRARY);
    try (Lan lan = lanOrSkip()) {
      Process java = start(lan);
      boolean ended = java.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
      java.descendants().forEach(ProcessHandle::destroyForcibly);
      java.destroyForcibly();
      assertTrue(ended, "the pairs do not end");
    }
    InteropTable.write(SEEN, InteropMain.pairs(), NtpInteropTest::seen);
  }

  @TestFactory
  List<DynamicTest> shouldUnderstandEachOther() {
    List<DynamicTest> tests = new ArrayList<>();
    List<Pair> pairs = InteropMain.pairs();
    for (int i = 0; i < pairs.size(); i++) {
      int number = i;
      if (isChosen(pairs.get(i))) {
        tests.add(DynamicTest.dynamicTest(pairs.get(i).title(), () -> shouldHaveSeen(number)));
      }
    }
    return tests;
  }

  private static void shouldHaveSeen(int number) throws IOException {
    Path failed = folder.resolve(number + ".failed");
    if (Files.exists(failed)) {
      fail(Files.readString(failed));
    }
    assertTrue(Files.exists(folder.resolve(number + ".seen")), "did not end");
  }

  private static String seen(int number) {
    Path seen = folder.resolve(number + ".seen");
    try {
      return Files.exists(seen) ? Files.readString(seen) : "FAILED";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String chosen() {
    return System.getenv().getOrDefault("COEVAL_INTEROP_PAIRS", ".*");
  }

  private static boolean isChosen(Pair pair) {
    return Pattern.compile(chosen()).matcher(pair.title()).find();
  }

  private static Lan lanOrSkip() throws IOException {
    try {
      return Lan.create(folder, HOSTS);
    } catch (IOException e) {
      ForeignProgram.skip(
          "no network namespaces here: "
              + e.getMessage()
              + "; run as root, with ip (Debian: apt-get install iproute2)");
      throw e;
    }
  }

  private static Process start(Lan lan) throws IOException {
    return new ProcessBuilder(
            "ip",
            "netns",
            "exec",
            Lan.ours(lan.prefix()),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            InteropMain.class.getName(),
            lan.prefix(),
            folder.toString(),
            chosen())
        .inheritIO()
        .start();
  }
}
