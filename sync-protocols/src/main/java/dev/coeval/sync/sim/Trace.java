package dev.coeval.sync.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Writes down all that happens in a simulation, one line an event: the true time since the start in
 * seconds, what happened, to whom, and the bytes or the report.
 *
 * <p>Two runs of one seed give the same bytes. A simulation without a trace formats nothing.
 */
public final class Trace {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final long SECOND = 1_000_000_000L;

  private final Appendable out;
  private final StringBuilder line = new StringBuilder();

  private Trace(Appendable out) {
    this.out = Objects.requireNonNull(out, "out");
  }

  /**
   * A trace into a text of the caller's.
   *
   * @param out where the lines go; what it throws comes out of the simulation as an {@link
   *     UncheckedIOException}
   * @return the trace
   */
  public static Trace to(Appendable out) {
    return new Trace(out);
  }

  void write(long sinceStartNanos, String what, Object who, Object detail) {
    line.setLength(0);
    line.append(sinceStartNanos / SECOND).append('.');
    String nanos = Long.toString(SECOND + sinceStartNanos % SECOND);
    line.append(nanos, 1, nanos.length());
    line.append(' ').append(what).append(' ').append(who).append(' ');
    if (detail instanceof ByteBuffer bytes) {
      appendHex(bytes);
    } else {
      line.append(detail);
    }
    line.append('\n');
    try {
      out.append(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void appendHex(ByteBuffer bytes) {
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      line.append(HEX[(bytes.get(i) >> 4) & 0xF]).append(HEX[bytes.get(i) & 0xF]);
    }
  }
}
