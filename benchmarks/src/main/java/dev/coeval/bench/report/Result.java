package dev.coeval.bench.report;

import java.util.Collection;
import java.util.Map;

/**
 * What JMH says of one benchmark with one set of parameters.
 *
 * @param benchmark package, class and method
 * @param mode as JMH abbreviates it
 * @param params names and values, in JMH's order
 * @param primary the score
 * @param secondary auxiliary counters and what profilers add, by name
 */
record Result(
    String benchmark,
    String mode,
    Map<String, String> params,
    Metric primary,
    Map<String, Metric> secondary) {

  private static final String OURS = "Coeval";

  /** The method. */
  String method() {
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  /** The class without its package. */
  String className() {
    String qualified = qualifiedClass();
    return qualified.substring(qualified.lastIndexOf('.') + 1);
  }

  String qualifiedClass() {
    return benchmark.substring(0, Math.max(0, benchmark.lastIndexOf('.')));
  }

  /** The method, unless it goes without saying, and the values of some parameters. */
  String label(Collection<String> ofParams, boolean saysMethod) {
    StringBuilder label = new StringBuilder(saysMethod ? method() : "");
    for (String param : ofParams) {
      label.append(' ').append(params.getOrDefault(param, ""));
    }
    return label.toString().strip();
  }

  boolean isBaseline() {
    return method().startsWith("baseline");
  }

  /** Whether it is ours among others that do the same: {@code mergeCoeval}. */
  boolean isOurs() {
    return method().endsWith(OURS);
  }

  /** Whether it does the same with something else than ours. */
  boolean isPeerOf(Result ours) {
    String operation = ours.method().substring(0, ours.method().length() - OURS.length());
    return !isOurs() && !operation.isEmpty() && method().startsWith(operation);
  }

  /** Whether both were measured in the same way, with the same parameters. */
  boolean isComparableWith(Result other) {
    return params().equals(other.params())
        && mode().equals(other.mode())
        && primary().unit().equals(other.primary().unit());
  }

  /** How many times another's score this is, as a text; empty if there is no saying. */
  String times(Result other) {
    double base = other.primary().score();
    return base > 0 ? "× " + Numbers.plain(primary().score() / base) : "";
  }

  /** Whether it is about the errors of clocks: then the score is no more than the time it took. */
  boolean isSkew() {
    return secondary.containsKey(Skew.RMS);
  }

  Metric secondary(String name) {
    return secondary.getOrDefault(name, Metric.NONE);
  }
}
