package dev.coeval.sync.scenario.file;

import java.util.Map;

/**
 * What is asked of a run besides its counts.
 *
 * @param sync the limits hold at every checked clock
 * @param selection a source was selected, and never was there no majority or too few sources
 * @param polls datagrams leave and come at the intervals that are asked for
 * @param exit every process runs to the end
 * @param bound which kind of claimed interval must hold the truth at every second
 */
record Checks(Demand sync, Demand selection, Demand polls, Demand exit, Bound bound) {

  /** How it is asked. */
  enum Demand {
    /** It must hold. */
    MUST,
    /** It must not hold. */
    MUST_NOT,
    /** It is looked at and not asked for. */
    FREE
  }

  /** What is asked of the intervals that checked clocks claim. */
  enum Bound {
    /** Those that stand on the drift bound hold the truth. */
    GUARANTEED,
    /** So do those that stand on what was learned of the oscillator. */
    CHARACTERISED,
    /** The first kind does not always: what it assumes is broken, and that is seen. */
    VIOLATED,
    /** Nothing. */
    FREE
  }

  private static final Map<String, Bound> BOUNDS =
      Map.of(
          "guaranteed", Bound.GUARANTEED,
          "characterised", Bound.CHARACTERISED,
          "violated", Bound.VIOLATED,
          "free", Bound.FREE);

  private static final Map<String, Demand> WORDS =
      Map.of("must", Demand.MUST, "must-not", Demand.MUST_NOT, "free", Demand.FREE);

  static Checks read(Section section) {
    Checks checks =
        new Checks(
            section.choice("sync", Demand.MUST, WORDS),
            section.choice("selection", Demand.MUST, WORDS),
            section.choice("polls", Demand.MUST, WORDS),
            section.choice("exit", Demand.MUST, WORDS),
            section.choice("bound", Bound.GUARANTEED, BOUNDS));
    section.done();
    return checks;
  }
}
