package dev.coeval.sync.order.link;

import dev.coeval.sync.order.link.LinkConfig.Timing;

/**
 * How long to wait before something is sent again: Jacobson's estimate of the round trip, with
 * Karn's rule and exponential backoff (RFC 6298 sections 2, 3 and 5).
 */
final class ResendClock {
  private static final int MAX_DOUBLINGS = 20;

  private final Timing timing;
  private long smoothedNanos = -1;
  private long variationNanos;

  ResendClock(Timing timing) {
    this.timing = timing;
  }

  /** A round trip of something that was sent once only: no other can be told apart (Karn). */
  void measured(long roundTripNanos) {
    long sample = Math.max(0, Math.min(roundTripNanos, timing.maxResendNanos()));
    if (smoothedNanos < 0) {
      smoothedNanos = sample;
      variationNanos = sample / 2;
    } else {
      variationNanos += (Math.abs(smoothedNanos - sample) - variationNanos) / 4;
      smoothedNanos += (sample - smoothedNanos) / 8;
    }
  }

  /** The pause after something was sent so many times, 1 or more. */
  long pauseNanos(int sends) {
    long base =
        smoothedNanos < 0
            ? timing.firstResendNanos()
            : Math.max(timing.minResendNanos(), smoothedNanos + 4 * variationNanos);
    long most = timing.maxResendNanos();
    int doublings = Math.min(sends - 1, MAX_DOUBLINGS);
    return base >= (most >> doublings) ? most : base << doublings;
  }
}
