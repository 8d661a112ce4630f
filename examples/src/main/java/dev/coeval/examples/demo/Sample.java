package dev.coeval.examples.demo;

/**
 * One look at one node.
 *
 * @param seconds when, in seconds since the demonstration began
 * @param synchronizedNow whether the node claims a bound; if not, offset and bounds mean nothing
 * @param offsetNanos what the node itself believes it is still off by
 * @param statisticalNanos the likely error that it states
 * @param maximumNanos the largest error that it states
 * @param trueErrorNanos its clock minus the truth
 * @param inside whether the truth lies within the interval that it claims
 * @param driftPpm how fast the node believes its oscillator to be, in parts per million
 */
record Sample(
    double seconds,
    boolean synchronizedNow,
    long offsetNanos,
    long statisticalNanos,
    long maximumNanos,
    long trueErrorNanos,
    boolean inside,
    double driftPpm) {}
