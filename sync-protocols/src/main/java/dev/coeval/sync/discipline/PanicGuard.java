package dev.coeval.sync.discipline;

import dev.coeval.time.ClockEstimate;
import org.jspecify.annotations.Nullable;

/** Compares each estimate with the one before, and counts those that are too far from it. */
final class PanicGuard {
  private final PanicPolicy policy;
  private @Nullable ClockEstimate standing;
  private long updates;
  private int refused;

  PanicGuard(PanicPolicy policy) {
    this.policy = policy;
  }

  /** Whether an estimate is to be believed. */
  boolean accepts(ClockEstimate estimate) {
    ClockEstimate before = standing;
    if (before != null && updates >= policy.updates() && change(before, estimate) > limit()) {
      refused++;
      return false;
    }
    standing = estimate;
    updates++;
    return true;
  }

  /** The next estimate may be anywhere: ticks stood still, or nobody knows whether they did. */
  void forget() {
    standing = null;
  }

  /** All offsets are now so much larger. */
  void shift(long nanos) {
    ClockEstimate before = standing;
    if (before != null) {
      standing =
          new ClockEstimate(
              before.tickNanos(),
              before.epochNanos() + nanos,
              before.frequency(),
              before.statisticalErrorNanos(),
              before.bounds());
    }
  }

  boolean isPanicked() {
    return refused > policy.ignored();
  }

  String describe() {
    return "the sources ask for a change above %.3f s: %s"
        .formatted(
            policy.limitNanos() * 1e-9,
            isPanicked()
                ? "once more than the " + policy.ignored() + " that are ignored"
                : "ignored, " + refused + " of " + policy.ignored());
  }

  private double limit() {
    return (double) policy.limitNanos();
  }

  private static double change(ClockEstimate before, ClockEstimate after) {
    long age = after.tickNanos() - before.tickNanos();
    double expected = (double) (after.epochNanos() - before.epochNanos()) - age;
    return Math.abs(expected - age * before.frequency());
  }
}
