package dev.coeval.sync.scenario.file;

import java.util.Map;

/**
 * What is asked of a run besides its counts.
 *
 * @param sync the limits hold at every checked clock
 * @param selection a source was selected, and never was there no majority or too few sources
 * @param polls datagrams leave and come at the intervals that are asked for
 * @param exit every process runs to the end
 */
record Checks(Demand sync, Demand selection, Demand polls, Demand exit) {

  /** How it is asked. */
  enum Demand {
    /** It must hold. */
    MUST,
    /** It must not hold. */
    MUST_NOT,
    /** It is looked at and not asked for. */
    FREE
  }

  private static final Map<String, Demand> WORDS =
      Map.of("must", Demand.MUST, "must-not", Demand.MUST_NOT, "free", Demand.FREE);

  static Checks read(Section section) {
    Checks checks =
        new Checks(
            section.choice("sync", Demand.MUST, WORDS),
            section.choice("selection", Demand.MUST, WORDS),
            section.choice("polls", Demand.MUST, WORDS),
            section.choice("exit", Demand.MUST, WORDS));
    section.done();
    return checks;
  }
}
