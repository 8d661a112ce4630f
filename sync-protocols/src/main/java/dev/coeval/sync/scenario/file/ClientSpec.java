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
 * @param past what it knows from before it started, and what it does at a leap second
 */
record ClientSpec(
    NtpConfig config, SteeringPolicy steering, long driftBoundPpb, NtpKeys keys, Past past) {

  /**
   * What it knows from before, and what it does when a second is announced.
   *
   * @param frequency the correction that its oscillator needed, in seconds a second
   * @param frequencyError how far off that may be; infinite if nothing is known
   * @param leap how it takes a leap second
   */
  record Past(double frequency, double frequencyError, LeapPolicy leap) {}
}
