package dev.coeval.examples.demo;

import dev.coeval.examples.terminal.Nanos;
import java.io.PrintWriter;
import java.util.List;

/** The demonstration for people: tables, redrawn in place on a terminal. */
final class DemoText implements DemoView {
  private final PrintWriter out;
  private final DemoTable table;

  DemoText(PrintWriter out, boolean terminal) {
    this.out = out;
    this.table = new DemoTable(terminal);
  }

  @Override
  public void look(double seconds, List<DemoGroup> groups) {
    out.println(table.draw(seconds, groups));
    out.flush();
  }

  @Override
  public void picture(String outcome) {
    out.println("Picture: " + outcome);
    out.println();
  }

  @Override
  public int summary(List<DemoGroup> groups) {
    String row = "%-9s %5s  %-24s %-20s %8s %7s%n";
    out.printf(
        row,
        "protocol",
        "nodes",
        "largest |error| at start",
        "at end, within ±",
        "readings",
        "outside");
    for (DemoGroup group : groups) {
      out.printf(
          row,
          group.protocol(),
          group.nodes().size(),
          Nanos.of(group.nodes().stream().mapToLong(DemoText::first).max().orElse(0)),
          Nanos.of(group.nodes().stream().mapToLong(DemoText::end).max().orElse(0))
              + ", "
              + Nanos.of(
                  group.nodes().stream().mapToLong(n -> n.last().maximumNanos()).max().orElse(0)),
          group.nodes().stream().mapToLong(DemoNode::readings).sum(),
          group.nodes().stream().mapToLong(DemoNode::violations).sum());
    }
    groups.forEach(group -> group.nodes().forEach(node -> complain(group, node)));
    int exit = DemoView.exitCode(groups);
    out.println(
        exit == 0
            ? "Every node is within 1 ms, and no reading was outside its bound."
            : "Not every node met the goal: within 1 ms, and never outside its bound.");
    out.flush();
    return exit;
  }

  private void complain(DemoGroup group, DemoNode node) {
    if (!DemoView.metGoal(node)) {
      out.printf(
          "%s %s: error %s, %d of %d readings outside the bound%s%n",
          group.protocol(),
          node.name(),
          Nanos.signed(node.last().trueErrorNanos()),
          node.violations(),
          node.readings(),
          node.last().synchronizedNow() ? "" : ", no bound at the end");
    }
  }

  private static long first(DemoNode node) {
    return Math.abs(node.samples().get(0).trueErrorNanos());
  }

  private static long end(DemoNode node) {
    return Math.abs(node.last().trueErrorNanos());
  }
}
