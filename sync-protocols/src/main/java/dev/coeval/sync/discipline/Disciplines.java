package dev.coeval.sync.discipline;

import dev.coeval.sync.estimate.AdaptiveEstimator;
import dev.coeval.sync.estimate.Estimator;
import dev.coeval.sync.estimate.KalmanEstimator;
import dev.coeval.sync.estimate.LeastSquaresEstimator;
import dev.coeval.sync.estimate.MaxMarginEstimator;
import dev.coeval.sync.estimate.MinimaEstimator;
import dev.coeval.sync.estimate.MinimumDelayEstimator;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where an ensemble makes offset and frequency of exchanges: an {@link Estimator} for each source,
 * whose lines are then combined; or, as RFC 5905 has it, one {@link Discipline} for all, which
 * follows the combined offset.
 *
 * <p>What is here has names, by which configurations choose: {@link #named}.
 *
 * @param ofSource makes the line through the exchanges with one source; called once for each
 * @param ofSystem makes the discipline of the combined offset; empty if the lines of the sources
 *     are combined instead. If there is one, sources go through NTP's clock filter, and {@code
 *     ofSource} is not used
 * @param panic what to do when the time suddenly changes
 */
public record Disciplines(
    Supplier<Estimator> ofSource, Optional<Supplier<Discipline>> ofSystem, PanicPolicy panic) {

  /** For each source an estimator that finds out about network and oscillator by itself. */
  public static final Disciplines ADAPTIVE = estimating(AdaptiveEstimator::new);

  /** A regression for each source. */
  public static final Disciplines REGRESSION = ofEach(RegressionDiscipline::new);

  /** RFC 5905's phase- and frequency-locked loop for all. */
  public static final Disciplines PLL_FLL = ofAll(PllFllDiscipline::new);

  private static final Map<String, Disciplines> NAMED = byName();

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
   * A discipline for each source, fed with exchanges weighted by their delay.
   *
   * @param discipline makes one
   * @return where disciplines stand
   */
  public static Disciplines ofEach(Supplier<Discipline> discipline) {
    return estimating(() -> new LineTrack(discipline.get()));
  }

  /**
   * An estimator for each source.
   *
   * @param estimator makes one
   * @return where disciplines stand
   */
  public static Disciplines estimating(Supplier<Estimator> estimator) {
    return new Disciplines(estimator, Optional.empty(), PanicPolicy.NONE);
  }

  /**
   * One discipline for all sources together, after clock filter, selection and combination.
   *
   * @param discipline makes it
   * @return where disciplines stand
   */
  public static Disciplines ofAll(Supplier<Discipline> discipline) {
    return new Disciplines(REGRESSION.ofSource(), Optional.of(discipline), PanicPolicy.NONE);
  }

  /**
   * By name, as scenario files and command lines have it.
   *
   * @param name one of {@link #names()}
   * @return what is so called; empty if nothing is
   */
  public static Optional<Disciplines> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  /**
   * What {@link #named} knows.
   *
   * @return the names, always in the same order
   */
  public static Set<String> names() {
    return NAMED.keySet();
  }

  private static Map<String, Disciplines> byName() {
    Map<String, Disciplines> named = new LinkedHashMap<>();
    named.put("adaptive", ADAPTIVE);
    named.put("kalman", estimating(KalmanEstimator::new));
    named.put("regression", REGRESSION);
    named.put("weighted", estimating(LeastSquaresEstimator::weighted));
    named.put("ols", estimating(LeastSquaresEstimator::ordinary));
    named.put("minima", estimating(MinimaEstimator::new));
    named.put("min-rtt", estimating(MinimumDelayEstimator::new));
    named.put("max-margin", estimating(MaxMarginEstimator::new));
    named.put("pi", ofEach(PiDiscipline::new));
    named.put("pll", PLL_FLL);
    return Collections.unmodifiableMap(named);
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
