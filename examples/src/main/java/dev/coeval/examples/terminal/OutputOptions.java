package dev.coeval.examples.terminal;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints: text for people, or one JSON object a line. A mixin for all commands. */
public final class OutputOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object a line instead of text.")
  private boolean json;

  /** Text, unless the option is given. */
  public OutputOptions() {}

  /**
   * Whether JSON is asked for.
   *
   * @return true if so
   */
  public boolean isJson() {
    return json;
  }

  /**
   * Prints an event, as text or as JSON.
   *
   * @param text the line for people; empty for none
   * @param event the name of the event in JSON
   * @param fields its fields, names and values in turn
   */
  public void print(String text, String event, @Nullable Object... fields) {
    if (json) {
      new JsonLines(spec.commandLine().getOut()).print(event, fields);
    } else if (!text.isEmpty()) {
      text(text);
    }
  }

  /**
   * Prints a line for people; nothing if JSON is asked for.
   *
   * @param line the line
   */
  public void text(String line) {
    if (!json) {
      spec.commandLine().getOut().println(line);
      spec.commandLine().getOut().flush();
    }
  }

  /**
   * Whether whoever read the output has gone, as {@code head} does after some lines.
   *
   * @return true if what is printed goes nowhere
   */
  public boolean isGone() {
    return spec.commandLine().getOut().checkError();
  }
}
