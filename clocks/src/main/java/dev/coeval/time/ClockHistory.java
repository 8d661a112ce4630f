package dev.coeval.time;

/**
 * What has happened to a clock.
 *
 * @param statisticalErrorNanos the likely error of the last estimate
 * @param updates how many estimates there have been
 * @param steps how many of them were stepped to
 * @param event what comes before the next one
 */
record ClockHistory(long statisticalErrorNanos, long updates, long steps, SteeringEvent event) {

  /** After an estimate, which took so many steps. */
  ClockHistory updated(long errorNanos, long stepsMore) {
    return new ClockHistory(errorNanos, updates + 1, steps + stepsMore, SteeringEvent.RUNNING);
  }

  /** After an event. */
  ClockHistory after(SteeringEvent reason) {
    return new ClockHistory(statisticalErrorNanos, updates, steps, reason);
  }
}
