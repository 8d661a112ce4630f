package dev.coeval.bench.lab;

import java.time.Duration;

/**
 * How much is run beside scenarios.
 *
 * @param watched for how long clocks are watched for the pictures
 * @param exchanges how many are in a long trace
 * @param wanders how many long traces each estimator is given
 * @param freeRuns how many times as many clocks are left alone as there are seeds
 */
record Lengths(Duration watched, int exchanges, int wanders, int freeRuns) {
  static final Lengths FULL = new Lengths(Duration.ofSeconds(400_000), 2_000, 8, 4);

  /** For a look whether it works at all. */
  static final Lengths SHORT = new Lengths(Duration.ofSeconds(8_000), 40, 1, 1);
}
