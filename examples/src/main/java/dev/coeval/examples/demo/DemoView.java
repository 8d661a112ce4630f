package dev.coeval.examples.demo;

import java.util.List;

/** How the demonstration is shown. */
interface DemoView {

  /** The largest true error that a node may end with: 1 ms. */
  long GOAL_NANOS = 1_000_000L;

  /** The samples just taken. */
  void look(double seconds, List<DemoGroup> groups);

  /** Where the picture is, or why there is none. */
  void picture(String outcome);

  /** The end; the exit code: 0 if every node met the goal and no reading left its bound, else 1. */
  int summary(List<DemoGroup> groups);

  /** Whether a node ended synchronized, near its reference, and was never outside its bound. */
  static boolean metGoal(DemoNode node) {
    Sample last = node.last();
    return last.synchronizedNow()
        && Math.abs(last.trueErrorNanos()) < GOAL_NANOS
        && node.violations() == 0;
  }

  /** The exit code for a finished run. */
  static int exitCode(List<DemoGroup> groups) {
    boolean all =
        groups.stream().flatMap(group -> group.nodes().stream()).allMatch(DemoView::metGoal);
    return all ? 0 : 1;
  }
}
