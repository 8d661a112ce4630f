package dev.coeval.examples.demo;

import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.FileTrouble;
import dev.coeval.examples.terminal.JsonLines;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code coeval demo}: three protocols, their skewed nodes, a live table, a summary, a picture. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Watch skewed clocks agree, over real UDP on this machine.",
      "Four nodes a protocol (Cristian, Berkeley, NTP), whose virtual clocks start up to 500 ms and"
          + " 100 ppm off, are pulled together. The true error stands beside the bound that each"
          + " node claims."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final long SAMPLE_NANOS = 50_000_000L;
  private static final long TERMINAL_REDRAW_NANOS = 250_000_000L;
  private static final long PLAIN_REDRAW_NANOS = 5_000_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final double NANO = 1e-9;
  private static final int MIN_SECONDS = 5;
  private static final int MAX_SECONDS = 3_600;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      defaultValue = "15",
      paramLabel = "N",
      description = "How long to run, 5 to 3600; default ${DEFAULT-VALUE}.")
  private int seconds;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "S",
      description = "Chooses the faults of the clocks; default ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--picture",
      defaultValue = "coeval-demo.png",
      paramLabel = "FILE",
      description = "Where the picture goes; default ${DEFAULT-VALUE}.")
  private Path picture;

  @Option(names = "--json", description = "One JSON object a line instead of tables.")
  private boolean json;

  /** For picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() throws Exception {
    if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
      throw new ParameterException(
          spec.commandLine(),
          "--seconds must be " + MIN_SECONDS + " to " + MAX_SECONDS + ", not " + seconds);
    }
    PrintWriter out = spec.commandLine().getOut();
    Truth truth = new Truth(ClockReader.system());
    DemoView view =
        json ? new DemoJson(new JsonLines(out)) : new DemoText(out, Ansi.AUTO.enabled());
    try (CtrlC ctrlC = new CtrlC()) {
      Optional<String> unable = whyNoPicture(ConvergencePicture::prepare);
      List<DemoGroup> groups = watch(truth, view, ctrlC);
      view.picture(
          unable
              .or(() -> whyNoPicture(() -> ConvergencePicture.write(groups, picture)))
              .orElse(picture.toString()));
      return view.summary(groups);
    }
  }

  private List<DemoGroup> watch(Truth truth, DemoView view, CtrlC ctrlC) throws Exception {
    List<DemoGroup> groups = DemoGroups.prepare(truth, seed);
    try {
      long redraw = Ansi.AUTO.enabled() && !json ? TERMINAL_REDRAW_NANOS : PLAIN_REDRAW_NANOS;
      long start = truth.reader().tickNanos();
      long end = start + seconds * SECOND_NANOS;
      long nextDraw = start;
      long next = start;
      long looked = start;
      for (; next <= end && !ctrlC.asked(); next += SAMPLE_NANOS) {
        ctrlC.await(next - truth.reader().tickNanos());
        double at = (truth.reader().tickNanos() - start) * NANO;
        groups.forEach(group -> group.sample(at, truth));
        if (next >= nextDraw) {
          nextDraw += redraw;
          view.look(at, groups);
          looked = next;
        }
        if (next == start) { // their faults were seen as they are
          groups.forEach(DemoGroup::open);
        }
      }
      if (looked < next - SAMPLE_NANOS) {
        view.look((next - SAMPLE_NANOS - start) * NANO, groups);
      }
      return groups;
    } finally {
      for (DemoGroup group : groups) {
        group.close();
      }
    }
  }

  private Optional<String> whyNoPicture(Drawing drawing) {
    try {
      drawing.run();
      return Optional.empty();
    } catch (IOException | RuntimeException | Error e) {
      // A host without fonts throws plain errors; the run itself was not in vain.
      return Optional.of("none (" + FileTrouble.noPicture(picture, e) + ")");
    }
  }

  private interface Drawing {
    void run() throws IOException;
  }
}
