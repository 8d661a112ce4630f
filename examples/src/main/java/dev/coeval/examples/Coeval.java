package dev.coeval.examples;

import dev.coeval.examples.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    subcommands = {DemoCommand.class})
public final class Coeval implements Runnable {

  @Spec private CommandSpec spec;

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Coeval()).execute(args));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing required subcommand");
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
