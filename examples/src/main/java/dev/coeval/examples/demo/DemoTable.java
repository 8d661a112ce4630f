package dev.coeval.examples.demo;

import dev.coeval.examples.terminal.Nanos;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table of all nodes, as lines of text that fit a terminal of 80 columns: a line that wraps
 * could not be drawn over. On a terminal the table is drawn over itself.
 */
final class DemoTable {
  private static final String HEAD = "  %-11s %9s  %-23s %10s  %-6s %10s";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String BOLD = "\u001b[1m";
  private static final String WIPE_LINE = "\u001b[K";
  private static final String WIPE_REST = "\u001b[J";
  private static final String RESET = "\u001b[0m";

  private final boolean terminal;
  private int drawn;

  DemoTable(boolean terminal) {
    this.terminal = terminal;
  }

  /**
   * The next picture of the table. On a terminal it wipes out the last one line by line: to wipe
   * the whole screen makes some terminals keep each picture in their history.
   */
  String draw(double seconds, List<DemoGroup> groups) {
    List<String> lines = new ArrayList<>();
    for (DemoGroup group : groups) {
      lines.add(bold(title(seconds, group)));
      lines.add(
          String.format(
              HEAD, "node", "offset", "± likely (± at most)", "true error", "inside", "drift"));
      group.nodes().forEach(node -> lines.add(row(node.name(), node.last())));
      lines.add("");
    }
    String up = terminal && drawn > 0 ? "\u001b[" + drawn + "A" : "";
    drawn = lines.size();
    String end = (terminal ? WIPE_LINE : "") + System.lineSeparator();
    return up + String.join(end, lines) + (terminal ? WIPE_REST : "");
  }

  private static String title(double seconds, DemoGroup group) {
    String held =
        group.reference() == DemoGroup.Reference.TRUTH
            ? "error: from the truth"
            : "error: from the group's mean";
    return String.format(
        Locale.ROOT, "%-9s %5.1f s   %s; %s", group.protocol(), seconds, group.about(), held);
  }

  private String row(String name, Sample sample) {
    if (!sample.synchronizedNow()) {
      return String.format(
          HEAD, name, "-", "no bound yet", Nanos.signed(sample.trueErrorNanos()), "-", "-");
    }
    String errors =
        "± " + Nanos.of(sample.statisticalNanos()) + " (± " + Nanos.of(sample.maximumNanos()) + ")";
    String line =
        String.format(
            HEAD,
            name,
            Nanos.signed(sample.offsetNanos()),
            errors,
            Nanos.signed(sample.trueErrorNanos()),
            sample.inside() ? "yes" : "NO",
            String.format(Locale.ROOT, "%+.1f ppm", sample.driftPpm()));
    return colour(line, sample.inside());
  }

  private String bold(String line) {
    return terminal ? BOLD + line + RESET : line;
  }

  private String colour(String line, boolean inside) {
    return terminal ? (inside ? GREEN : RED) + line + RESET : line;
  }
}
