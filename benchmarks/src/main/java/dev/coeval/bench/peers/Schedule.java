package dev.coeval.bench.peers;

import java.time.Duration;

/**
 * How long what is measured.
 *
 * @param loopback how clients ask over loopback
 * @param networks how they ask through relays
 * @param chronyd for how long chronyd asks each time
 * @param settle for how long clocks follow before they are watched; zero for no clocks
 * @param watch for how long they are watched
 * @param transports for how long Cristian's protocol is run
 */
record Schedule(
    Plan loopback,
    Plan networks,
    Duration chronyd,
    Duration settle,
    Duration watch,
    Duration transports) {
  private static final int FAR = 5;

  /** Two and a half minutes in all. */
  static Schedule full() {
    return new Schedule(
        new Plan(1_500, 300, Duration.ofMillis(4), Duration.ofMillis(200)),
        new Plan(300, 10, Duration.ofMillis(100), Duration.ofMillis(250)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(50),
        Duration.ofSeconds(50),
        Duration.ofSeconds(15));
  }

  /** Does it work at all: a second or two, without chronyd and without clocks. */
  static Schedule smoke() {
    return new Schedule(
        new Plan(20, 2, Duration.ofMillis(2), Duration.ofMillis(200)),
        new Plan(4, 0, Duration.ofMillis(25), Duration.ofMillis(200)),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ofMillis(300));
  }

  Schedule watching(Duration duration) {
    return new Schedule(loopback, networks, chronyd, duration, duration, transports);
  }

  /** Far from its server chronyd asks once a second only. */
  Duration chronyd(boolean isNear) {
    return isNear ? chronyd : chronyd.multipliedBy(FAR);
  }

  boolean hasChronyd() {
    return !chronyd.isZero() && Chronyd.isInstalled();
  }
}
