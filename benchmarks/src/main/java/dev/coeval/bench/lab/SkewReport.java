package dev.coeval.bench.lab;

import dev.coeval.bench.peers.PeerResults;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
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
  private static final List<String> SHOWN = List.of("adaptive", "regression", "pi");

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
      Files.writeString(draft.resolve(FILE), text(workers, new Pictures(draft, err)));
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

  private String text(Workers workers, Pictures pictures) throws IOException {
    Studies studies = new Studies(workers);
    ChronySection chrony = new ChronySection(scope, studies);
    ScenarioSection scenarios = new ScenarioSection(scope, studies);
    SimulatorSection simulator = new SimulatorSection(scope, lengths);
    TraceSection traces = new TraceSection(scope, lengths);
    BoundPicture bound = new BoundPicture(scope.defaultEstimator());
    StabilityPicture stability = new StabilityPicture(shown(), lengths.watched());
    SocketsSection sockets = new SocketsSection(inputs.sockets);
    chrony.ask();
    scenarios.ask();
    simulator.run(workers);
    traces.run(workers);
    stability.run(workers, scope.seeds().first());
    bound.run(scope.seeds().first());
    studies.run();

    Markdown text = new Markdown();
    Markdown drawn = new Markdown().heading(2, "In pictures");
    new JitterPicture(scope, chrony).draw(drawn, pictures);
    bound.draw(drawn, pictures);
    stability.draw(drawn, pictures);
    ClaimsSection claims = new ClaimsSection(scope);
    claims.add(simulator.claims());
    claims.add(chrony.claims());
    claims.add(sockets.claims());
    claims.add(inputs.costs.claims());
    claims.run(workers);
    return "# How far clocks stay apart\n"
        + introduction(text)
        + simulator.write()
        + chrony.write()
        + drawn
        + scenarios.write()
        + traces.write()
        + claims.write()
        + sockets.write()
        + inputs.costs.write();
  }

  private Markdown introduction(Markdown text) {
    return text.paragraph(
        """
        Written by `dev.coeval.bench.lab.SkewReport` with seeds %s (%d of them for estimators other
        than the default, `%s`). What is simulated is the same on every machine; what was measured
        on a machine says so. Nothing here is typed by hand but what is published by others.
        """
            .formatted(scope.seeds(), scope.others(), scope.defaultEstimator()));
  }

  private List<String> shown() {
    List<String> names = new ArrayList<>(List.of(scope.defaultEstimator()));
    SHOWN.stream()
        .filter(name -> scope.estimators().contains(name) && !names.contains(name))
        .forEach(names::add);
    return names;
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
