package dev.coeval.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class CoevalTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void shouldExplainItselfWhenAskedForHelp() {
    assertEquals(CommandLine.ExitCode.OK, execute("--help"));
    assertTrue(out.toString().startsWith("Usage: coeval"), out::toString);
  }

  @Test
  void shouldTellItsVersionWhenAsked() {
    assertEquals(CommandLine.ExitCode.OK, execute("--version"));
    assertTrue(out.toString().startsWith("coeval "), out::toString);
  }

  @Test
  void shouldEndWithUsageErrorWhenNoSubcommandIsGiven() {
    assertEquals(CommandLine.ExitCode.USAGE, execute());
    assertTrue(err.toString().contains("Missing required subcommand"), err::toString);
  }

  @Test
  void shouldEndWithUsageErrorWhenOptionIsUnknown() {
    assertEquals(CommandLine.ExitCode.USAGE, execute("--no-such-option"));
  }

  private int execute(String... args) {
    return new CommandLine(new Coeval())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }
}
