package dev.coeval.sync.ntp.exchange;

/**
 * A packet that a symmetric peer has sent, by which its answer will be known.
 *
 * @param sequence the machine's name for it
 * @param receive the receive timestamp in it: an interleaved answer brings it back
 * @param transmit the transmit timestamp in it: a basic answer brings it back
 * @param tick when it left, or earlier
 */
record Sent(long sequence, long receive, long transmit, long tick) {

  Sent at(long betterTick) {
    return new Sent(sequence, receive, transmit, betterTick);
  }
}
