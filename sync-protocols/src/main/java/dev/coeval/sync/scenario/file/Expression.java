package dev.coeval.sync.scenario.file;

import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;

/**
 * Arithmetic in a scenario file: {@code 10 * 2^p}, {@code t mod 10000 < 1200}. What holds is 1,
 * what does not is 0. Immutable.
 */
final class Expression {
  private final String text;
  private final ToDoubleFunction<Scope> code;

  Expression(String text, ToDoubleFunction<Scope> code) {
    this.text = text;
    this.code = code;
  }

  /** Names and what they stand for, and where chance comes from. */
  record Scope(Map<String, Double> names, RandomGenerator random) {

    double of(String name) {
      Double value = names.get(name);
      if (value == null) {
        throw new IllegalStateException("checked when it was read: " + name);
      }
      return value;
    }

    double exponential() {
      return -FastMath.log(1 - random.nextDouble());
    }
  }

  double in(Scope scope) {
    return code.applyAsDouble(scope);
  }

  boolean holds(Scope scope) {
    return in(scope) != 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
