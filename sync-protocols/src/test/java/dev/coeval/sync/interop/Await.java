package dev.coeval.sync.interop;

import dev.coeval.time.ClockReader;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Waiting, and reading what programs print. */
final class Await {
  static final ClockReader HOST = ClockReader.system();

  private static final long STEP_NANOS = 100_000_000L;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private Await() {}

  /** Asks again and again until the answer is as it should be; fails with the last one. */
  static <T> T until(int seconds, Callable<T> question, Predicate<T> isRight) throws Exception {
    long end = HOST.tickNanos() + seconds * SECOND_NANOS;
    while (true) {
      T answer = question.call();
      if (isRight.test(answer)) {
        return answer;
      }
      if (HOST.tickNanos() - end > 0) {
        throw new AssertionError("not in " + seconds + " s, but: " + answer);
      }
      HOST.pause(STEP_NANOS);
    }
  }

  /** Asks until a pattern is in the answer. */
  static String untilFound(int seconds, Callable<String> question, String pattern)
      throws Exception {
    Pattern compiled = Pattern.compile(pattern);
    return until(seconds, question, answer -> compiled.matcher(answer).find());
  }

  /** The first group of a pattern. */
  static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new AssertionError(pattern + " is not in " + text);
    }
    return matcher.group(1).trim();
  }

  static double number(String text, String pattern) {
    return Double.parseDouble(found(text, pattern));
  }

  static void check(boolean isRight, Object otherwise) {
    if (!isRight) {
      throw new AssertionError(String.valueOf(otherwise));
    }
  }

  static void near(double expected, double actual, double allowed, Object otherwise) {
    check(
        Math.abs(actual - expected) <= allowed,
        actual + " is not " + expected + " ± " + allowed + ": " + otherwise);
  }
}
