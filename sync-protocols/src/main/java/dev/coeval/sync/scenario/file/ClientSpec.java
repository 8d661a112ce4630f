package dev.coeval.sync.scenario.file;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.time.SteeringPolicy;

/**
 * How a node asks.
 *
 * @param config whom, how often, and what it believes
 * @param steering how its clock is brought to an estimate
 * @param driftBoundPpb what is assumed of its oscillator
 * @param keys what it shares with others
 * @param leap how its clock takes a leap second
 */
record ClientSpec(
    NtpConfig config, SteeringPolicy steering, long driftBoundPpb, NtpKeys keys, LeapPolicy leap) {}
