package dev.coeval.bench.lab;

import dev.coeval.bench.peers.PeerResults;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the laboratory and writes {@code SKEW.md} with its pictures: ten minutes on two cores.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.coeval.bench.lab.SkewReport
 * </pre>
 *
 * <p>{@code --seeds 1-5} is a quick look. {@code --sockets} takes in what {@code PeerRun} measured,
 * {@code --jmh} what JMH did. All goes to a temporary folder first and is moved at the end, so that
 * a run that is ended early leaves the last report as it was. One set of seeds gives one report, to
 * the byte, on every machine, but for what comes from these files, and pictures where fonts differ.
 *
 * <p>Exit codes: 0 done, 1 it could not be run or written, 2 usage.
 */
public final class SkewReport {
  static final String FILE = "SKEW.md";
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private final Scope scope;
  private final Inputs inputs;
  private final Lengths lengths;
  private final PrintStream err;

  /** What earlier runs on this machine measured. */
  record Inputs(@Nullable PeerResults sockets, CostSection costs) {}

  SkewReport(Scope scope, Inputs inputs, Lengths lengths, PrintStream err) {
    this.scope = scope;
    this.inputs = inputs;
    this.lengths = lengths;
    this.err = err;
  }

  /**
   * The command.
   *
   * @param args see above
   */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) { // paths among them
      err.println(e.getMessage());
      err.println(Options.USAGE);
      return USAGE;
    }
    try {
      Inputs inputs =
          new Inputs(
              options.sockets() == null ? null : PeerResults.read(options.sockets()),
              CostSection.read(options.jmh()));
      Scope scope = Scope.full(options.seeds(), options.others());
      new SkewReport(scope, inputs, Lengths.FULL, err).write(options.out(), options.threads());
      out.println(options.out().resolve(FILE));
      return 0;
    } catch (NoSuchFileException e) {
      err.println("no such file: " + e.getFile());
    } catch (IOException | InvalidPathException e) {
      err.println(e.getMessage());
    }
    return FAILED;
  }

  /** Runs all and writes the report into a folder. */
  void write(Path out, int threads) throws IOException {
    Files.createDirectories(out);
    Path draft = Files.createTempDirectory(out.toAbsolutePath(), ".skew");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(draft)));
    try (Workers workers = new Workers(threads, err)) {
      Laboratory laboratory = new Laboratory(scope, inputs, lengths);
      laboratory.run(workers);
      Files.writeString(draft.resolve(FILE), laboratory.write(new Pictures(draft, err)));
      try (Stream<Path> files = Files.list(draft)) {
        for (Path file : files.toList()) {
          Path target = out.resolve(file.getFileName());
          Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } finally {
      remove(draft);
    }
  }

  private static void remove(Path draft) {
    if (!Files.exists(draft)) {
      return;
    }
    try (Stream<Path> files = Files.list(draft)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      return; // left behind, and of no harm
    }
  }
}
