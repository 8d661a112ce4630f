package dev.coeval.examples.simulate;

import dev.coeval.examples.terminal.OutputOptions;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * A bar on stderr that shows how many runs are done: for people at a terminal, never in a file, a
 * pipe or beside JSON.
 */
final class Progress implements AutoCloseable {

  /** Fewer runs are over before one has read the bar. */
  private static final long FEWEST_RUNS = 4;

  private static final int WIDTH = 79;
  private static final int UPDATE_MILLIS = 200;

  private final @Nullable ProgressBar bar;
  private final PrintStream to;

  private Progress(@Nullable ProgressBar bar, PrintStream to) {
    this.bar = bar;
    this.to = to;
  }

  static Progress of(OutputOptions output, long runs) {
    boolean isShown = !output.isJson() && runs >= FEWEST_RUNS && Ansi.AUTO.enabled();
    return on(System.err, runs, isShown);
  }

  static Progress on(PrintStream to, long runs, boolean isShown) {
    if (!isShown) {
      return new Progress(null, to);
    }
    return new Progress(
        new ProgressBarBuilder()
            .setTaskName("runs")
            .setInitialMax(runs)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(to, WIDTH))
            .build(),
        to);
  }

  void stepTo(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Takes the bar off the line, so that something else can be printed there. */
  void clear() {
    if (bar != null) {
      to.print('\r' + " ".repeat(WIDTH) + '\r');
      to.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      clear();
    }
  }
}
