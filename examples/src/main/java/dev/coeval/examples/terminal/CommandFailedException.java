package dev.coeval.examples.terminal;

import picocli.CommandLine.ExitCode;

/** A command cannot do what it was asked. The message is one line for people. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailedException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /**
   * What was asked for cannot be: a wrong argument, an unknown host, a file that cannot be written.
   *
   * @param message what is wrong, and what to do
   * @return with exit code 2
   */
  public static CommandFailedException usage(String message) {
    return new CommandFailedException(ExitCode.USAGE, message);
  }

  /**
   * It was tried, and did not work out: nobody answered, no clock could be synchronized.
   *
   * @param message the reason
   * @return with exit code 1
   */
  public static CommandFailedException failure(String message) {
    return new CommandFailedException(ExitCode.SOFTWARE, message);
  }

  /**
   * How the process ends.
   *
   * @return 1 or 2
   */
  public int exitCode() {
    return exitCode;
  }
}
