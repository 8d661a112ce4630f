package dev.coeval.examples;

import dev.coeval.examples.chat.ChatCommand;
import dev.coeval.examples.demo.DemoCommand;
import dev.coeval.examples.hosts.BerkeleyCommand;
import dev.coeval.examples.hosts.QueryCommand;
import dev.coeval.examples.hosts.ServeCommand;
import dev.coeval.examples.hosts.SyncCommand;
import dev.coeval.examples.simulate.SimulateCommand;
import dev.coeval.examples.snapshot.SnapshotDemoCommand;
import dev.coeval.examples.terminal.CommandErrors;
import dev.coeval.examples.terminal.DurationConverter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code coeval} command: its root, which only knows its subcommands. */
@Command(
    name = "coeval",
    description = "Clocks that agree, and know by how much they do not.",
    mixinStandardHelpOptions = true,
    versionProvider = Coeval.Version.class,
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      SyncCommand.class,
      BerkeleyCommand.class,
      QueryCommand.class,
      ChatCommand.class,
      SnapshotDemoCommand.class,
      SimulateCommand.class,
      HelpCommand.class,
    })
public final class Coeval implements Runnable {

  private static final int USAGE_WIDTH = 100;

  @Spec private CommandSpec spec;

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    PrintWriter out = writer(FileDescriptor.out, "stdout.encoding");
    PrintWriter err = writer(FileDescriptor.err, "stderr.encoding");
    System.exit(commandLine().setOut(out).setErr(err).execute(args));
  }

  /**
   * The command, ready to be executed: errors are one line each, durations are read as {@code
   * 250ms}.
   *
   * @return a new command line
   */
  public static CommandLine commandLine() {
    CommandErrors errors = new CommandErrors();
    return new CommandLine(new Coeval())
        .registerConverter(Duration.class, new DurationConverter())
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors)
        .setUsageHelpWidth(USAGE_WIDTH);
  }

  /**
   * Writes in the terminal's charset; in UTF-8 where that one does not know what we print. Not
   * through {@code System.out}, which keeps to itself that nobody reads any more.
   */
  private static PrintWriter writer(FileDescriptor stream, String encodingProperty) {
    String name = System.getProperty(encodingProperty, Charset.defaultCharset().name());
    Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    boolean complete = charset.canEncode() && charset.newEncoder().canEncode("±µ");
    return new PrintWriter(
        new OutputStreamWriter(
            new FileOutputStream(stream), complete ? charset : StandardCharsets.UTF_8),
        true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a subcommand is missing: one of " + String.join(", ", spec.subcommands().keySet()));
  }

  /** Tells the version that the build wrote into the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Coeval.class.getPackage().getImplementationVersion();
      return new String[] {"coeval " + (version == null ? "(development)" : version)};
    }
  }
}
