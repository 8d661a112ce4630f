package dev.coeval.sync.discipline;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where an ensemble has its disciplines: one for each source, whose lines are then combined; or, as
 * RFC 5905 has it, one for all, which follows the combined offset.
 *
 * @param ofSource makes the line through the samples of one source; called once for each
 * @param ofSystem makes the discipline of the combined offset; empty if the lines of the sources
 *     are combined instead. If there is one, sources go through NTP's clock filter, and {@code
 *     ofSource} is not used
 * @param panic what to do when the time suddenly changes
 */
public record Disciplines(
    Supplier<Discipline> ofSource, Optional<Supplier<Discipline>> ofSystem, PanicPolicy panic) {

  /** A regression for each source. */
  public static final Disciplines REGRESSION = ofEach(RegressionDiscipline::new);

  /** RFC 5905's phase- and frequency-locked loop for all. */
  public static final Disciplines PLL_FLL = ofAll(PllFllDiscipline::new);

  /**
   * Checks that nothing is missing.
   *
   * @param ofSource as above
   * @param ofSystem as above
   * @param panic as above
   */
  public Disciplines {
    Objects.requireNonNull(ofSource, "ofSource");
    Objects.requireNonNull(ofSystem, "ofSystem");
    Objects.requireNonNull(panic, "panic");
  }

  /**
   * A discipline for each source.
   *
   * @param discipline makes one
   * @return where disciplines stand
   */
  public static Disciplines ofEach(Supplier<Discipline> discipline) {
    return new Disciplines(discipline, Optional.empty(), PanicPolicy.NONE);
  }

  /**
   * One discipline for all sources together, after clock filter, selection and combination.
   *
   * @param discipline makes it
   * @return where disciplines stand
   */
  public static Disciplines ofAll(Supplier<Discipline> discipline) {
    return new Disciplines(RegressionDiscipline::new, Optional.of(discipline), PanicPolicy.NONE);
  }

  /**
   * With a guard against sudden changes.
   *
   * @param policy what to do when the time suddenly changes
   * @return a copy
   */
  public Disciplines withPanic(PanicPolicy policy) {
    return new Disciplines(ofSource, ofSystem, policy);
  }
}
