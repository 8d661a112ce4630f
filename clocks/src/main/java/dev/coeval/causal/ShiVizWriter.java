package dev.coeval.causal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes events as text that ShiViz draws, and that GoVector's tools read.
 *
 * <p>The text begins with three lines: the regular expression by which ShiViz takes it apart, an
 * empty line, because there is one execution only, and a mark that names and texts are escaped.
 * Then come two lines for each event:
 *
 * <pre>
 *   alice {"alice":2, "bob":1}
 *   what happened
 * </pre>
 *
 * <p>ShiViz allows no white space in a name and no line break in a text. So in a name, every white
 * space, control character and {@code %} is written as {@code %} and two hexadecimal digits for
 * each byte of its UTF-8 form; in a text, a line feed is {@code \n}, a carriage return {@code \r},
 * a next line {@code \x}, a line separator {@code \l}, a paragraph separator {@code \p}, and a
 * backslash is doubled. A blank text ends with {@code \e}, which stands for nothing, because ShiViz
 * cuts blank lines off the end and would lose the last event with them. {@link ShiVizReader} gives
 * back what was written. Files of several processes may be put one after the other.
 *
 * <p>Limits of ShiViz: it reads counts as JavaScript numbers, which are exact up to 2<sup>53</sup>;
 * it wants all events of a process, without holes; and its own order ignores processes that one of
 * two stamps does not name.
 *
 * <p>Thread-safe if nobody else writes to the destination: each event is written in one piece.
 */
public final class ShiVizWriter {

  /** The regular expression that takes the events apart, as the first line of the text. */
  public static final String PARSER = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";

  /** The line that says that names and texts are escaped; ShiViz passes over it. */
  static final String ESCAPED = "%escaped%";

  private final Appendable out;

  private ShiVizWriter(Appendable out) {
    this.out = Objects.requireNonNull(out, "out");
  }

  /**
   * Begins a text.
   *
   * @param out where to write; the caller flushes and closes it
   * @return the writer, after the first three lines
   * @throws UncheckedIOException if writing fails
   */
  public static ShiVizWriter of(Appendable out) {
    ShiVizWriter writer = new ShiVizWriter(out);
    writer.write(PARSER + "\n\n" + ESCAPED + "\n");
    return writer;
  }

  /**
   * Writes the events of a log, causes first.
   *
   * @param log the events
   * @param out where to write; the caller flushes and closes it
   * @throws UncheckedIOException if writing fails
   * @throws IllegalStateException if an event of the log causes itself
   */
  public static void write(CausalLog log, Appendable out) {
    ShiVizWriter writer = of(out);
    log.inCausalOrder().forEach(writer::append);
  }

  /**
   * Writes one event.
   *
   * @param event the event
   * @throws UncheckedIOException if writing fails
   */
  public void append(CausalEvent event) {
    StringBuilder lines = new StringBuilder(escapedName(event.actor())).append(" {");
    event
        .stamp()
        .forEach(
            (actor, count) -> {
              lines.append(lines.charAt(lines.length() - 1) == '{' ? "" : ", ");
              appendQuoted(escapedName(actor), lines);
              lines.append(':').append(count);
            });
    lines.append("}\n");
    appendText(event.text(), lines);
    write(lines.append('\n').toString());
  }

  private synchronized void write(String text) {
    try {
      out.append(text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String escapedName(String name) {
    StringBuilder escaped = new StringBuilder();
    name.codePoints()
        .forEach(
            character -> {
              if (isPlain(character)) {
                escaped.appendCodePoint(character);
              } else {
                for (byte unit : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                  escaped.append(String.format("%%%02X", unit));
                }
              }
            });
    return escaped.toString();
  }

  private static boolean isPlain(int character) {
    return character != '%' && !isWhite(character) && !Character.isISOControl(character);
  }

  /** Whether a character is white space to anybody. */
  private static boolean isWhite(int character) {
    return character == '\uFEFF'
        || Character.isWhitespace(character)
        || Character.isSpaceChar(character);
  }

  private static void appendQuoted(String name, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < name.length(); i++) {
      char unit = name.charAt(i);
      if (unit == '"' || unit == '\\') {
        json.append('\\');
      }
      json.append(unit);
    }
    json.append('"');
  }

  private static void appendText(String text, StringBuilder line) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\\' -> line.append("\\\\");
        case '\u0085' -> line.append("\\x");
        case '\u2028' -> line.append("\\l");
        case '\u2029' -> line.append("\\p");
        default -> line.append(unit);
      }
    }
    if (text.chars().allMatch(ShiVizWriter::isWhite)) {
      line.append("\\e");
    }
  }
}
