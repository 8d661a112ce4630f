package dev.coeval.sync.scenario.file;

import dev.coeval.sync.sim.SimulatedNode;
import java.time.Duration;
import java.util.Map;

/**
 * A time for which a node does not run, once or again and again.
 *
 * @param atNanos when it begins, in true time since the start
 * @param everyNanos after how long the next begins; 0 if there is none
 * @param forNanos how long it takes
 * @param target what stands still
 */
record PauseSpec(long atNanos, long everyNanos, long forNanos, Target target) {

  /** What stands still. */
  enum Target {
    /** The host sleeps: ticks stand, the wall clock goes on, datagrams get lost. */
    HOST,
    /** The process is stopped: its clocks go on, datagrams wait. */
    PROCESS
  }

  static PauseSpec read(Section section) {
    PauseSpec pause =
        new PauseSpec(
            section.nanos("at", 0, 0),
            section.nanos("every", 0, 1e-3),
            section.nanos("for", 1_000_000_000L, 1e-6),
            section.choice(
                "of", Target.HOST, Map.of("host", Target.HOST, "process", Target.PROCESS)));
    if (pause.everyNanos != 0 && pause.everyNanos <= pause.forNanos) {
      throw section.error(section.line(), "a pause must be over before the next begins");
    }
    section.done();
    return pause;
  }

  void begin(SimulatedNode node) {
    Duration duration = Duration.ofNanos(forNanos);
    if (target == Target.HOST) {
      node.suspendFor(duration);
    } else {
      node.freezeFor(duration, true);
    }
  }
}
