package dev.coeval.bench.peers;

import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * chronyd of this host, in the foreground, as an observer: it never steers the host's clock ({@code
 * -x}), and is run without the right to.
 */
final class Chronyd implements AutoCloseable {
  private static final long START_NANOS = 300_000_000L;
  private static final long END_SECONDS = 5;

  private final Path home;
  private final Process process;

  private Chronyd(Path home, Process process) {
    this.home = home;
    this.process = process;
  }

  /** Whether both chronyd and what takes its rights away are there. */
  static boolean isInstalled() {
    return find("chronyd").isPresent() && find("setpriv").isPresent();
  }

  /**
   * Starts one.
   *
   * @throws IOException if it cannot be started, or ends at once
   */
  static Chronyd start(ClockReader reader, List<String> directives) throws IOException {
    Path home = Files.createTempDirectory("chronyd");
    List<String> lines = new ArrayList<>(directives);
    lines.add("cmdport 0");
    lines.add("bindcmdaddress " + home.resolve("chronyd.sock"));
    lines.add("pidfile " + home.resolve("chronyd.pid"));
    lines.add("logdir " + home);
    lines.add("log rawmeasurements");
    Path config = Files.write(home.resolve("chrony.conf"), lines);
    Process process =
        new ProcessBuilder(
                program("setpriv"),
                "--bounding-set=-sys_time",
                "--inh-caps=-sys_time",
                program("chronyd"),
                "-x",
                "-d",
                "-u",
                System.getProperty("user.name"),
                "-f",
                config.toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("said").toFile())
            .start();
    Chronyd chronyd = new Chronyd(home, process);
    reader.pause(START_NANOS);
    if (!process.isAlive()) {
      String said = Files.readString(home.resolve("said"));
      chronyd.close();
      throw new IOException("chronyd ended at once: " + said.strip());
    }
    return chronyd;
  }

  /** The exchanges that it wrote down and found good: offset and delay of each. */
  List<Exchange> exchanges() throws IOException {
    Path log = home.resolve("measurements.log");
    if (!Files.exists(log)) {
      return List.of();
    }
    List<Exchange> exchanges = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      String[] columns = line.strip().split("\\s+", -1);
      if (columns.length > Column.DELAY && columns[Column.TESTS].equals("111")) {
        double offset = Double.parseDouble(columns[Column.OFFSET]);
        double delay = Double.parseDouble(columns[Column.DELAY]);
        exchanges.add(new Exchange(offset * 1e9, delay * 1e9));
      }
    }
    return exchanges;
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Of {@code measurements.log}: date, time, address, leap, stratum, tests and so on. */
  private static final class Column {
    static final int TESTS = 5;
    static final int OFFSET = 11;
    static final int DELAY = 12;
  }

  private static String program(String name) throws IOException {
    return find(name).orElseThrow(() -> new IOException("there is no " + name)).toString();
  }

  private static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.of(path.split(":", -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
