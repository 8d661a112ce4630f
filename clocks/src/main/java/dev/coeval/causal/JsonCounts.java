package dev.coeval.causal;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose values are counts (RFC 8259), as a part of a line.
 *
 * @param counts the values by name
 * @param end where the line goes on after it
 */
record JsonCounts(Map<String, Long> counts, int end) {

  /** Reads at a position, or gives null if there is something else. */
  static @Nullable JsonCounts parse(String line, int start) {
    Parser parser = new Parser(line, start);
    try {
      Map<String, Long> counts = parser.object();
      return new JsonCounts(counts, parser.position);
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException | ArithmeticException no) {
      return null;
    }
  }

  /** Throws one of a few exceptions where the line is not as it should be. */
  private static final class Parser {
    private static final int HEX_DIGITS = 4;

    private final String line;
    private int position;

    private Parser(String line, int start) {
      this.line = line;
      this.position = start;
    }

    private Map<String, Long> object() {
      Map<String, Long> counts = new HashMap<>();
      expect('{');
      if (next() == '}') {
        position++;
        return counts;
      }
      while (true) {
        String name = name();
        expect(':');
        if (counts.put(name, number()) != null) {
          throw new IllegalArgumentException("twice: " + name);
        }
        if (next() == '}') {
          position++;
          return counts;
        }
        expect(',');
      }
    }

    private char next() {
      while (line.charAt(position) == ' ' || line.charAt(position) == '\t') {
        position++;
      }
      return line.charAt(position);
    }

    private void expect(char wanted) {
      if (next() != wanted) {
        throw new IllegalArgumentException("no " + wanted + " at " + position);
      }
      position++;
    }

    private long number() {
      next();
      int start = position;
      long number = 0;
      while (line.charAt(position) >= '0' && line.charAt(position) <= '9') {
        number = Math.addExact(Math.multiplyExact(number, 10), line.charAt(position) - '0');
        position++;
      }
      boolean leadingZero = line.charAt(start) == '0' && position > start + 1;
      if (position == start || leadingZero) {
        throw new IllegalArgumentException("no count at " + start);
      }
      return number;
    }

    private String name() {
      expect('"');
      StringBuilder name = new StringBuilder();
      for (char unit = take(); unit != '"'; unit = take()) {
        name.append(unit == '\\' ? escape(take()) : unit);
      }
      return name.toString();
    }

    private char take() {
      return line.charAt(position++);
    }

    private char escape(char letter) {
      return switch (letter) {
        case '"', '\\', '/' -> letter;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> {
          int unit = 0;
          for (int digit = 0; digit < HEX_DIGITS; digit++) {
            unit = unit << 4 | HexFormat.fromHexDigit(take());
          }
          yield (char) unit;
        }
        default -> throw new IllegalArgumentException("no escape: " + letter);
      };
    }
  }
}
