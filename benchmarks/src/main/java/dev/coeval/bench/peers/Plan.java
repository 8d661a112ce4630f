package dev.coeval.bench.peers;

import java.time.Duration;

/**
 * How a client asks.
 *
 * @param count how many exchanges count
 * @param warmUp how many go before them
 * @param interval from one to the next
 * @param patience how long it waits for a reply
 */
record Plan(int count, int warmUp, Duration interval, Duration patience) {

  /** How long it takes at most. */
  Duration longest() {
    return interval.plus(patience).multipliedBy((long) count + warmUp);
  }
}
