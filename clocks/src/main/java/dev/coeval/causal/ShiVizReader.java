package dev.coeval.causal;

import dev.coeval.causal.LineFinding.Kind;
import dev.coeval.logical.ActorNames;
import dev.coeval.logical.vector.VectorTimestamp;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of ShiViz and GoVector, whatever state they are in: what is an event is taken, and
 * what is not is told by its line number.
 *
 * <p>Understood are these forms, told apart line by line:
 *
 * <pre>
 *   alice {"alice":2, "bob":1}                      1425679812 alice {"alice":2}
 *   what happened                                   what happened
 *
 *   alice {"alice":2, "bob":1} what happened
 *
 *   what happened                                   after a first line in which (?&lt;event&gt;
 *   alice {"alice":2, "bob":1}                      comes before (?&lt;host&gt;
 * </pre>
 *
 * <p>The number before a name, which GoVector writes on request, is passed over. Lines with a
 * parser's regular expression and empty lines are skipped wherever they are, so files may be put
 * one after the other. A line of equals signs and {@code Execution}, by which GoVector begins to
 * write to an old file again, begins another execution. After the mark that {@link ShiVizWriter}
 * writes, names and texts are unescaped; without it they are taken as they are.
 *
 * <p>Limits: a line has at most {@link #MAX_LINE} characters; counts are whole numbers below
 * 2<sup>63</sup>, and zeros are as good as absent; logs with another regular expression must be
 * brought into one of these forms first; without the mark, a text that itself looks like a name
 * with a clock is taken for one, and the event before it for one that has lost its text.
 *
 * <p>Reads line by line: the length of the log does not matter. Not thread-safe.
 */
public final class ShiVizReader {

  /** The longest line: one MiB of characters, a clock of tens of thousands of processes. */
  public static final int MAX_LINE = 1 << 20;

  private static final String EXECUTION = "=== Execution";
  private static final int DETAIL = 80;

  /** Takes what is read, in its order. */
  public interface Visitor {
    /**
     * An event.
     *
     * @param event the event
     */
    void event(CausalEvent event);

    /**
     * A line that is not as it should be.
     *
     * @param finding which, and why
     */
    void finding(LineFinding finding);

    /** What follows is another execution. */
    default void execution() {}
  }

  /**
   * What a text says.
   *
   * @param executions the executions that have an event, in order
   * @param findings the lines that are not as they should be
   */
  public record Result(List<CausalLog> executions, List<LineFinding> findings) {
    /**
     * Creates a result.
     *
     * @param executions as above
     * @param findings as above
     */
    public Result {
      executions = List.copyOf(executions);
      findings = List.copyOf(findings);
    }
  }

  /** The part of a line that names a process and gives its clock. */
  private record Head(String actor, VectorTimestamp stamp, String rest) {}

  private final BoundedLines lines;
  private final Visitor visitor;
  private boolean isEscaped;
  private boolean isTextFirst;

  /** A line that was looked at, and is to be read again. */
  private @Nullable String again;

  private ShiVizReader(Reader text, Visitor visitor) {
    this.lines = new BoundedLines(text, MAX_LINE);
    this.visitor = Objects.requireNonNull(visitor, "visitor");
  }

  /**
   * Reads a whole text.
   *
   * @param text where to read; the caller closes it
   * @return its executions and findings
   * @throws IOException if reading fails
   */
  public static Result read(Reader text) throws IOException {
    List<List<CausalEvent>> executions = new ArrayList<>();
    List<LineFinding> findings = new ArrayList<>();
    executions.add(new ArrayList<>());
    read(
        text,
        new Visitor() {
          @Override
          public void event(CausalEvent event) {
            executions.get(executions.size() - 1).add(event);
          }

          @Override
          public void finding(LineFinding finding) {
            findings.add(finding);
          }

          @Override
          public void execution() {
            executions.add(new ArrayList<>());
          }
        });
    executions.removeIf(List::isEmpty);
    return new Result(executions.stream().map(CausalLog::of).toList(), findings);
  }

  /**
   * Reads a text of any length, event by event.
   *
   * @param text where to read; the caller closes it
   * @param visitor takes what is read
   * @throws IOException if reading fails
   */
  public static void read(Reader text, Visitor visitor) throws IOException {
    new ShiVizReader(text, visitor).readAll();
  }

  private void readAll() throws IOException {
    String textBefore = null;
    for (String line = next(); line != null; line = next()) {
      long number = lines.number();
      if (isSkipped(line)) {
        continue;
      }
      int clock = clockStart(line);
      if (clock >= 0) {
        Head head = head(line, clock, number);
        String text = textOf(head, textBefore, number);
        textBefore = null;
        if (head != null) {
          visitor.event(new CausalEvent(head.actor(), head.stamp(), unescapedText(text)));
        }
      } else if (isTextFirst) {
        passOver(textBefore, number - 1);
        textBefore = line;
      } else {
        passOver(line, number);
      }
    }
    passOver(textBefore, lines.number());
  }

  private void passOver(@Nullable String line, long number) {
    if (line != null) {
      find(number, Kind.NOT_AN_EVENT, line);
    }
  }

  /** The text of the event whose clock was read: beside it, before it, or on the next line. */
  private String textOf(@Nullable Head head, @Nullable String textBefore, long number)
      throws IOException {
    if (head != null && !head.rest().isEmpty()) {
      return head.rest();
    }
    String text = isTextFirst ? textBefore : next();
    if (text != null && !isTextFirst && !isEscaped && isHead(text)) {
      again = text;
      text = null;
    }
    if (text == null) {
      find(number, Kind.NO_TEXT, "");
      return "";
    }
    return text;
  }

  private @Nullable String next() throws IOException {
    String line = again;
    again = null;
    if (line != null) {
      return line;
    }
    line = lines.next();
    if (line != null && lines.isCut()) {
      find(lines.number(), Kind.TOO_LONG, line);
    }
    return line;
  }

  private void find(long line, Kind kind, String detail) {
    String shortened = detail.length() <= DETAIL ? detail : detail.substring(0, DETAIL) + "...";
    visitor.finding(new LineFinding(line, kind, shortened));
  }

  /** Whether a line is no event and need not be one; takes notice of what it says. */
  private boolean isSkipped(String line) {
    if (line.contains("(?<host>") && line.contains("(?<clock>") && !isHead(line)) {
      isTextFirst = line.contains("(?<event>") && line.indexOf("(?<event>") < line.indexOf("(?<h");
      isEscaped = false;
      return true;
    }
    if (line.equals(ShiVizWriter.ESCAPED)) {
      isEscaped = true;
      return true;
    }
    if (line.startsWith(EXECUTION)) {
      visitor.execution();
      return true;
    }
    return line.isBlank();
  }

  /** Where the clock begins, if a line has the form of a name and a clock; or -1. */
  private static int clockStart(String line) {
    int brace = line.indexOf(" {");
    if (brace <= 0) {
      return -1;
    }
    int name = line.lastIndexOf(' ', brace - 1) + 1;
    return name == brace || !isNumber(line.substring(0, Math.max(0, name - 1))) ? -1 : brace + 1;
  }

  private static boolean isHead(String line) {
    int clock = clockStart(line);
    return clock >= 0 && JsonCounts.parse(line, clock) != null;
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  private @Nullable Head head(String line, int clock, long number) {
    String host = line.substring(line.lastIndexOf(' ', clock - 2) + 1, clock - 1);
    JsonCounts json = JsonCounts.parse(line, clock);
    if (json == null) {
      find(number, Kind.BAD_CLOCK, line.substring(clock));
      return null;
    }
    Map<String, Long> counts = new HashMap<>();
    String actor;
    try {
      actor = ActorNames.require(unescapedName(host));
      json.counts().forEach((name, count) -> counts.put(unescapedName(name), count));
      VectorTimestamp stamp = VectorTimestamp.of(counts);
      if (stamp.count(actor) == 0) {
        find(number, Kind.NO_OWN_ENTRY, line);
        return null;
      }
      return new Head(actor, stamp, line.substring(json.end()).stripLeading());
    } catch (IllegalArgumentException noActor) {
      find(number, Kind.BAD_NAME, noActor + ": " + host);
      return null;
    }
  }

  private String unescapedName(String name) {
    return isEscaped ? Escapes.name(name) : name;
  }

  private String unescapedText(String text) {
    return isEscaped ? Escapes.text(text) : text;
  }
}
