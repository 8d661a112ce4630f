package dev.coeval.sync.sim;

import dev.coeval.sync.machine.PeerId;
import org.jspecify.annotations.Nullable;

/** Counts what happens, and writes it down if somebody wants it. */
final class Journal {
  private final Simulation simulation;
  private @Nullable Trace trace;
  private long delivered;
  private long dropped;

  Journal(Simulation simulation) {
    this.simulation = simulation;
  }

  void traceTo(Trace to) {
    trace = to;
  }

  long delivered() {
    return delivered;
  }

  long dropped() {
    return dropped;
  }

  /** Asked before a text is put together that only the trace needs. */
  boolean isTraced() {
    return trace != null;
  }

  void write(String what, Object who, Object detail) {
    if (trace != null) {
      trace.write(simulation.trueNanos() - simulation.startNanos(), what, who, detail);
    }
  }

  void fault(String what, Object who) {
    write("fault", what, who);
  }

  void countDelivered() {
    delivered++;
  }

  void drop(PeerId from, PeerId to, String why) {
    dropped++;
    if (trace != null) {
      write("drop", from + " > " + to, why);
    }
  }
}
