package dev.coeval.sync.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of somebody else's that a test runs: without the right to set the clock, for a limited
 * time, its output kept in a file.
 */
final class ForeignProgram implements Closeable {
  private static final long PATIENCE_SECONDS = 20;
  private static final List<String> UNABLE_TO_SET_THE_CLOCK =
      List.of("setpriv", "--bounding-set=-sys_time", "--inh-caps=-sys_time");

  private final Process process;
  private final Path output;

  private ForeignProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Skips the test where a program is missing, and says how to get it; fails it where the
   * environment says {@code COEVAL_INTEROP=required}.
   */
  static void need(String program, String debianPackage) {
    if (find(program).isEmpty()) {
      skip("needs " + program + ": apt-get install " + debianPackage);
    }
  }

  /** Skips the test, or fails it where the environment demands it; says why on stderr as well. */
  static void skip(String reason) {
    if ("required".equals(System.getenv("COEVAL_INTEROP"))) {
      fail(reason);
    }
    System.err.println("skipped: " + reason); // the test runner keeps it to its report
    Assumptions.abort(reason);
  }

  /** Starts a program in the background. */
  static ForeignProgram start(Path folder, String... command) throws IOException {
    return start(List.of(), folder, List.of(command));
  }

  /** Starts a program in a network namespace. */
  static ForeignProgram startIn(String namespace, Path folder, List<String> command)
      throws IOException {
    return start(List.of("ip", "netns", "exec", namespace), folder, command);
  }

  private static ForeignProgram start(List<String> where, Path folder, List<String> command)
      throws IOException {
    List<String> all = new ArrayList<>(where);
    all.addAll(UNABLE_TO_SET_THE_CLOCK);
    all.add(find(command.get(0)).orElseThrow().toString());
    all.addAll(command.subList(1, command.size()));
    String name = Path.of(command.get(0)).getFileName().toString();
    Path output = Files.createTempFile(folder, name, ".out");
    Process process =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new ForeignProgram(process, output);
  }

  /** Runs a program to its end and gives what it printed. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    return outputOf(start(folder, command));
  }

  /** Runs a program in a network namespace to its end and gives what it printed. */
  static String runIn(String namespace, Path folder, List<String> command)
      throws IOException, InterruptedException {
    return outputOf(startIn(namespace, folder, command));
  }

  private static String outputOf(ForeignProgram started) throws IOException, InterruptedException {
    try (ForeignProgram program = started) {
      assertTrue(
          program.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS),
          () -> "does not end: " + program);
      String said = program.output();
      Files.deleteIfExists(program.output);
      return said;
    }
  }

  String output() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  /** What it printed so far, for a failing test. */
  @Override
  public String toString() {
    try {
      return output();
    } catch (IOException e) {
      return "no output: " + e;
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Path> find(String program) {
    if (program.startsWith("/")) {
      return Optional.of(Path.of(program)).filter(Files::isExecutable);
    }
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.of(path.split(":", -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
