package dev.coeval.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

final class CoevalTest {

  @Test
  void shouldTellItsVersionWhenAsked() {
    assertTrue(CommandRun.of("--version").assertDone().out().startsWith("coeval "));
  }

  @Test
  void shouldEndWithUsageErrorWhenNoSubcommandIsGiven() {
    CommandRun.of().assertFails(2, "subcommand is missing", "serve", "coeval --help");
  }

  @Test
  void shouldEndWithUsageErrorWhenOptionIsUnknown() {
    CommandRun.of("--no-such-option").assertFails(2, "--no-such-option", "see coeval --help");
  }

  @Test
  void shouldExplainWhenHelpIsTheCommand() {
    assertTrue(CommandRun.of("help").assertDone().out().startsWith("Usage: coeval "));
    assertTrue(
        CommandRun.of("help", "query").assertDone().out().startsWith("Usage: coeval query "));
  }

  @Test
  void shouldEndWithUsageErrorWhenSubcommandIsUnknown() {
    CommandRun.of("dance").assertFails(2, "no such command: 'dance'", "see coeval --help");
  }

  @TestFactory
  List<DynamicTest> shouldExplainEachCommandWhenAskedForHelp() {
    List<DynamicTest> tests = new ArrayList<>();
    collect(Coeval.commandLine(), new ArrayList<>(), tests);
    assertTrue(tests.size() > 5);
    return tests;
  }

  private static void collect(CommandLine command, List<String> path, List<DynamicTest> tests) {
    List<String> args = new ArrayList<>(path);
    args.add("--help");
    String name = command.getCommandSpec().qualifiedName();
    tests.add(
        DynamicTest.dynamicTest(
            name,
            () -> {
              CommandRun run = CommandRun.of(args.toArray(String[]::new)).assertDone();
              assertTrue(run.out().contains("Usage: " + name), run::toString);
              assertEquals(List.of(), run.lines().stream().filter(l -> l.length() > 100).toList());
            }));
    command
        .getSubcommands()
        .forEach(
            (subcommand, line) -> {
              List<String> longer = new ArrayList<>(path);
              longer.add(subcommand);
              collect(line, longer, tests);
            });
  }
}
