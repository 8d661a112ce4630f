package dev.coeval.bench.laws;

import dev.coeval.bench.laws.Verdict.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Writes down what becomes of each law, and lets no broken one fail the run.
 *
 * <p>What is broken is written with the seed that replays it.
 */
final class LawRecorder implements AroundPropertyHook {

  private static final int MAX_LINE = 240;
  private static final Map<Class<?>, Map<String, Verdict>> RECORDED = new LinkedHashMap<>();

  /** For jqwik. */
  LawRecorder() {}

  /** The verdicts on a clock, by law. */
  static Map<String, Verdict> verdictsOn(Class<?> clock) {
    synchronized (RECORDED) {
      return Map.copyOf(RECORDED.getOrDefault(clock, Map.of()));
    }
  }

  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    PropertyExecutionResult result = property.execute();
    Verdict verdict = verdict(context.targetMethod().getName(), result);
    synchronized (RECORDED) {
      RECORDED
          .computeIfAbsent(context.containerClass(), clock -> new TreeMap<>())
          .put(verdict.law(), verdict);
    }
    return result.mapToSuccessful();
  }

  private static Verdict verdict(String law, PropertyExecutionResult result) {
    if (result.status() == Status.SUCCESSFUL) {
      return new Verdict(law, Outcome.KEEPS, "");
    }
    Throwable cause = result.throwable().orElseThrow();
    if (cause instanceof NotOffered) {
      return new Verdict(law, Outcome.DOES_NOT_APPLY, line(String.valueOf(cause.getMessage())));
    }
    String on = result.falsifiedParameters().map(LawRecorder::inputs).orElse("");
    String seed = result.seed().map(number -> " (seed " + number + ")").orElse("");
    return new Verdict(law, Outcome.BREAKS, line(on + saying(cause)) + seed);
  }

  private static String inputs(List<Object> values) {
    StringBuilder text = new StringBuilder();
    for (Object value : values) {
      text.append(text.isEmpty() ? "" : ", ").append(value);
    }
    return text.isEmpty() ? "" : "on " + text + ": ";
  }

  private static String saying(Throwable cause) {
    boolean isAssertion = cause instanceof AssertionError && cause.getMessage() != null;
    return isAssertion ? String.valueOf(cause.getMessage()) : cause.toString();
  }

  private static String line(String text) {
    String one = text.replaceAll("\\s+", " ").strip();
    return one.length() <= MAX_LINE ? one : one.substring(0, MAX_LINE) + " …";
  }
}
