package dev.coeval.sync.measure;

/**
 * A likely offset at a tick, and how likely: what a filter makes of measurements, and a discipline
 * takes in.
 *
 * @param tickNanos the local tick
 * @param offsetNanos the time minus local ticks at that tick, in nanoseconds
 * @param errorNanos the likely error (one standard deviation), in nanoseconds; not negative
 */
public record OffsetEstimate(long tickNanos, long offsetNanos, long errorNanos) {}
