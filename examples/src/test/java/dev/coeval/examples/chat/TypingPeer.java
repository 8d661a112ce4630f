package dev.coeval.examples.chat;

import dev.coeval.examples.CommandRun;
import dev.coeval.examples.RunningCommand;
import dev.coeval.examples.terminal.CommandErrors;
import dev.coeval.examples.terminal.DurationConverter;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The command with somebody who types into it. */
final class TypingPeer implements AutoCloseable {
  private static final int BUFFER = 65_536;

  private final String name;
  private final Writer keyboard;
  private final RunningCommand command;
  private final List<Map<String, Object>> seen = new ArrayList<>();
  private int members;
  private boolean ended;

  private TypingPeer(String name, Writer keyboard, RunningCommand command) {
    this.name = name;
    this.keyboard = keyboard;
    this.command = command;
  }

  /** Joins through the last of the others, over a network that loses and delays. */
  static TypingPeer start(String name, List<TypingPeer> others, Path trace) throws IOException {
    PipedWriter keyboard = new PipedWriter();
    List<String> args =
        new ArrayList<>(
            List.of("--name", name, "--listen", "0", "--bind", "127.0.0.1", "--trace", "" + trace));
    args.addAll(List.of("--drop", "0.15", "--delay", "60ms"));
    if (!others.isEmpty()) {
      Object port = others.get(others.size() - 1).command.opening().get("port");
      args.addAll(List.of("--peer", "127.0.0.1:" + port));
    }
    CommandLine line = line(new PipedReader(keyboard, BUFFER));
    return new TypingPeer(name, keyboard, RunningCommand.start(line, args.toArray(String[]::new)));
  }

  /** Runs the command to its end with what is typed all at once. */
  static CommandRun run(String typed, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        line(new StringReader(typed)).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of("--listen", "0", "--bind", "127.0.0.1"));
    all.addAll(List.of(args));
    int exitCode = command.execute(all.toArray(String[]::new));
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  private static CommandLine line(Reader input) {
    CommandErrors errors = new CommandErrors();
    return new CommandLine(new ChatCommand(input))
        .registerConverter(Duration.class, new DurationConverter())
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }

  String name() {
    return name;
  }

  void type(String text) throws IOException {
    keyboard.write(text + "\n");
    keyboard.flush();
  }

  void endInput() throws IOException {
    keyboard.close();
  }

  /** What it has shown so far. */
  List<Map<String, Object>> seen() {
    return List.copyOf(seen);
  }

  /** Waits until it knows so many to be in the group, itself included. */
  void awaitMembers(int count) {
    if (members == 0) {
      members = ((List<?>) command.await("joined").get("members")).size();
    }
    for (; members < count; members++) {
      awaitState("joined");
    }
  }

  void awaitState(String state) {
    while (!state.equals(command.await("member").get("state"))) {}
  }

  /** Waits until it has shown a line. */
  void awaitLine(String text) {
    while (seen.stream().noneMatch(line -> text.equals(line.get("text")))) {
      seen.add(command.await("message"));
    }
  }

  /** Waits for the end that it comes to by itself. */
  void awaitEnd() {
    command.await("left");
    command.join();
    ended = true;
  }

  @Override
  public void close() {
    if (!ended) {
      command.close();
    }
  }
}
