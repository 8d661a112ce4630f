package dev.coeval.bench.peers;

/**
 * What a relay did with one datagram: the truth about its delay.
 *
 * @param isForward whether it went to the server
 * @param arrivedTickNanos when the relay took it
 * @param leftTickNanos when the relay sent it on
 */
record Passage(boolean isForward, long arrivedTickNanos, long leftTickNanos) {

  long heldNanos() {
    return leftTickNanos - arrivedTickNanos;
  }
}
