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

  /** Whether it is about the errors of clocks: then the score is no more than the time it took. */
  boolean isSkew() {
    return secondary.containsKey(Skew.RMS);
  }

  Metric secondary(String name) {
    return secondary.getOrDefault(name, Metric.NONE);
  }
}
