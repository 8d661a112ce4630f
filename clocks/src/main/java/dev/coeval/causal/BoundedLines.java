package dev.coeval.causal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Lines of a text; what of a line is beyond a limit is passed over, so memory is bounded. */
final class BoundedLines {

  private static final int END = -1;

  private final Reader text;
  private final int limit;
  private long number;
  private boolean isCut;
  private boolean afterReturn;

  BoundedLines(Reader text, int limit) {
    this.text = new BufferedReader(text);
    this.limit = limit;
  }

  /** The number of the line read last, one for the first. */
  long number() {
    return number;
  }

  /** Whether the line read last was too long. */
  boolean isCut() {
    return isCut;
  }

  /** The next line without its end, which is a line feed, a carriage return, or both. */
  @Nullable String next() throws IOException {
    int unit = text.read();
    if (afterReturn && unit == '\n') {
      unit = text.read();
    }
    afterReturn = false;
    if (unit == END) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    isCut = false;
    number++;
    for (; unit != '\n' && unit != '\r' && unit != END; unit = text.read()) {
      if (line.length() < limit) {
        line.append((char) unit);
      } else {
        isCut = true;
      }
    }
    afterReturn = unit == '\r';
    return line.toString();
  }
}
