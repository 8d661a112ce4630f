package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

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
final class ForeignProgram implements AutoCloseable {
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
    List<String> all = new ArrayList<>(UNABLE_TO_SET_THE_CLOCK);
    all.add(find(command[0]).orElseThrow().toString());
    all.addAll(List.of(command).subList(1, command.length));
    Path output = Files.createTempFile(folder, command[0], ".out");
    Process process =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    return new ForeignProgram(process, output);
  }

  /** Runs a program to its end and gives what it printed. */
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    try (ForeignProgram program = start(folder, command)) {
      assertTrue(
          program.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS),
          () -> "does not end: " + String.join(" ", command));
      return program.output();
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
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Stream.of(path.split(":", -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
