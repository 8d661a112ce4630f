package dev.coeval.examples.demo;

import dev.coeval.examples.terminal.Nanos;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of all nodes, as lines of text; on a terminal it is drawn over itself. */
final class DemoTable {
  private static final String HEAD = "  %-11s %12s  %-27s %12s  %-6s %12s";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String BOLD = "\u001b[1m";
  private static final String RESET = "\u001b[0m";

  private final boolean terminal;
  private int drawn;

  DemoTable(boolean terminal) {
    this.terminal = terminal;
  }

  /** The next picture of the table; on a terminal it begins by wiping out the last one. */
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
    String wipe = terminal && drawn > 0 ? String.format("\u001b[%dA\u001b[0J", drawn) : "";
    drawn = lines.size();
    return wipe + String.join(System.lineSeparator(), lines);
  }

  private static String title(double seconds, DemoGroup group) {
    String held =
        group.reference() == DemoGroup.Reference.TRUTH
            ? "error: distance from the truth"
            : "error: distance from the mean of the group";
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
