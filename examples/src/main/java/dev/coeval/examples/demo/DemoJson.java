package dev.coeval.examples.demo;

import dev.coeval.examples.terminal.JsonLines;
import java.util.List;

/** The demonstration for programs: one JSON object a line. */
final class DemoJson implements DemoView {
  private final JsonLines lines;

  DemoJson(JsonLines lines) {
    this.lines = lines;
  }

  @Override
  public void look(double seconds, List<DemoGroup> groups) {
    for (DemoGroup group : groups) {
      for (DemoNode node : group.nodes()) {
        print(group.protocol(), node.name(), node.last());
      }
    }
  }

  private void print(String protocol, String node, Sample sample) {
    boolean claims = sample.synchronizedNow();
    lines.print(
        "sample",
        "protocol",
        protocol,
        "node",
        node,
        "seconds",
        sample.seconds(),
        "synchronized",
        claims,
        "offsetNanos",
        claims ? sample.offsetNanos() : null,
        "statisticalNanos",
        claims ? sample.statisticalNanos() : null,
        "boundNanos",
        claims ? sample.maximumNanos() : null,
        "trueErrorNanos",
        sample.trueErrorNanos(),
        "inside",
        claims ? sample.inside() : null,
        "driftPpm",
        sample.driftPpm());
  }

  @Override
  public void picture(String outcome) {
    lines.print("picture", "outcome", outcome);
  }

  @Override
  public int summary(List<DemoGroup> groups) {
    for (DemoGroup group : groups) {
      for (DemoNode node : group.nodes()) {
        Sample last = node.last();
        lines.print(
            "summary",
            "protocol",
            group.protocol(),
            "node",
            node.name(),
            "trueErrorNanos",
            last.trueErrorNanos(),
            "boundNanos",
            last.synchronizedNow() ? last.maximumNanos() : null,
            "readings",
            node.readings(),
            "violations",
            node.violations());
      }
    }
    return DemoView.exitCode(groups);
  }
}
