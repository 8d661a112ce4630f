package dev.coeval.bench.peers;

/**
 * One exchange of a client with the server: what it found, whose truth is 0.
 *
 * @param errorNanos the offset that the client measured
 * @param roundTripNanos from request to reply by the client's clock; not a number if it does not
 *     say
 */
record Exchange(double errorNanos, double roundTripNanos) {}
