package dev.coeval.time;

import java.time.Duration;

/**
 * When a clock may be set at once instead of being slewed. It is the caller's choice: a step is
 * quick, but programs see time jump, and a backward step breaks whatever orders its records by
 * time.
 *
 * @param thresholdNanos an offset up to this is always slewed, in nanoseconds; not negative
 * @param updates only the first so many updates of a clock may step; 0 means never. Where a rule is
 *     for the first update after an event, or for all updates after the start, only whether it is 0
 *     counts
 * @param backward whether a step may go backwards
 */
public record StepPolicy(long thresholdNanos, int updates, boolean backward) {

  /**
   * Checks the ranges that the components state.
   *
   * @param thresholdNanos as above
   * @param updates as above
   * @param backward as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public StepPolicy {
    if (thresholdNanos < 0 || updates < 0) {
      throw new IllegalArgumentException(
          "thresholdNanos and updates must not be negative: " + thresholdNanos + ", " + updates);
    }
  }

  /**
   * Never step: time is continuous from the first reading on.
   *
   * @return the policy
   */
  public static StepPolicy never() {
    return new StepPolicy(0, 0, false);
  }

  /**
   * Step either way at the first update if the offset is larger than a threshold, and never after.
   *
   * @param threshold offsets up to this are slewed even then; not negative
   * @return the policy
   */
  public static StepPolicy atStart(Duration threshold) {
    return new StepPolicy(threshold.toNanos(), 1, true);
  }

  /**
   * Step forwards at any update if the clock is behind by more than a threshold; never backwards.
   *
   * @param threshold offsets up to this are slewed; not negative
   * @return the policy
   */
  public static StepPolicy forward(Duration threshold) {
    return new StepPolicy(threshold.toNanos(), Integer.MAX_VALUE, false);
  }

  /**
   * Step either way at any update if the offset is larger than a threshold.
   *
   * @param threshold offsets up to this are slewed; not negative
   * @return the policy
   */
  public static StepPolicy always(Duration threshold) {
    return new StepPolicy(threshold.toNanos(), Integer.MAX_VALUE, true);
  }

  /** Whether no offset is ever stepped. */
  boolean isNever() {
    return updates == 0;
  }

  /** Whether an offset may be stepped, on a clock that has had so many updates before. */
  boolean allows(long offsetNanos, long updatesBefore) {
    if (updatesBefore >= updates) {
      return false;
    }
    return offsetNanos > thresholdNanos || (backward && offsetNanos < -thresholdNanos);
  }
}
