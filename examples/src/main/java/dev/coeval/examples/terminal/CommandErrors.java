package dev.coeval.examples.terminal;

import dev.coeval.sync.runtime.RuntimeStartException;
import java.io.PrintWriter;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says on stderr what went wrong: one line, no stack trace, no page of help. Only what nobody
 * thought of, a bug, comes with its stack trace.
 */
public final class CommandErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final Pattern SENTENCE = Pattern.compile("^[A-Z][a-z ]");

  private static final Pattern NO_INTEGER = Pattern.compile("is not an? (int|long)$");

  /** For the root of the command. */
  public CommandErrors() {}

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    print(command, words(failure) + seeHelp(command));
    return ExitCode.USAGE;
  }

  /** Picocli's words, but for those that only a programmer understands. */
  private static String words(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      boolean chooses = !failure.getCommandLine().getSubcommands().isEmpty();
      String all = "'" + String.join(" ", unmatched.getUnmatched()) + "'";
      return chooses ? "there is no such command: " + all : "that is one argument too many: " + all;
    }
    return NO_INTEGER
        .matcher(failure.getMessage())
        .replaceFirst("is not a whole number, or too large");
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    if (failure instanceof CommandFailedException failed) {
      boolean usage = failed.exitCode() == ExitCode.USAGE;
      print(command, failed.getMessage() + (usage ? seeHelp(command) : ""));
      return failed.exitCode();
    }
    if (failure instanceof RuntimeStartException || failure instanceof UnknownHostException) {
      print(command, failure.getMessage() + seeHelp(command));
      return ExitCode.USAGE;
    }
    print(command, "this is a bug in coeval, please report it:");
    failure.printStackTrace(command.getErr());
    return ExitCode.SOFTWARE;
  }

  private static String seeHelp(CommandLine command) {
    return "; see " + command.getCommandSpec().qualifiedName() + " --help";
  }

  private static void print(CommandLine command, String message) {
    String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
    PrintWriter err = command.getErr();
    err.println("coeval: " + (SENTENCE.matcher(line).find() ? uncapitalized(line) : line));
    err.flush();
  }

  private static String uncapitalized(String line) {
    return line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }
}
