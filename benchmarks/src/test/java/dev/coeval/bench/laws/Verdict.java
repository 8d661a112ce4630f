package dev.coeval.bench.laws;

/**
 * What became of one law on one clock.
 *
 * @param law the name of the property
 * @param outcome whether the clock keeps it
 * @param counterexample what broke it, in one line; empty if nothing did
 */
record Verdict(String law, Outcome outcome, String counterexample) {

  /** Whether a clock keeps a law. */
  enum Outcome {
    KEEPS("keeps"),
    BREAKS("**breaks**"),
    DOES_NOT_APPLY("does not apply");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
