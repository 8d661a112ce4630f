package dev.coeval.logical.laws;

import dev.coeval.logical.laws.Step.Kind;
import java.util.ArrayList;
import java.util.List;

/** Traces whose causal order has as many dimensions as there are processes (Charron-Bost 1991). */
final class Crowns {

  private Crowns() {}

  /**
   * Every process sends once, as events 0 to n - 1; then process p receives the messages of all but
   * itself and its predecessor, so its last receipt knows every sending but one.
   *
   * @param processes three or more
   * @return the trace
   */
  static Trace crown(int processes) {
    List<Step> steps = new ArrayList<>();
    for (int process = 0; process < processes; process++) {
      steps.add(new Step(Kind.SEND, process, Step.NONE));
    }
    for (int process = 0; process < processes; process++) {
      for (int distance = 1; distance < processes - 1; distance++) {
        steps.add(new Step(Kind.RECEIVE, process, (process + distance) % processes));
      }
    }
    return new Trace(processes, steps);
  }

  /**
   * The event after which a process knows every sending but its predecessor's.
   *
   * @param processes how many there are
   * @param process which one
   * @return the index of the event
   */
  static int lastReceipt(int processes, int process) {
    return processes + (process + 1) * (processes - 2) - 1;
  }
}
