package dev.coeval.sync.ntp.exchange;

/**
 * What is brought back of a symmetric peer's packet.
 *
 * @param transmit its transmit timestamp
 * @param receive its receive timestamp
 * @param tick when it arrived, or later
 */
record Heard(long transmit, long receive, long tick) {}
