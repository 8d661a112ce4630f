package dev.coeval.examples.hosts;

import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import dev.coeval.sync.ntp.server.LocalReference;
import dev.coeval.time.ClockModel;

/**
 * This host's time, as a broadcast says it: a reference of its own.
 *
 * @param model the clock
 * @param reference what it says of itself
 */
record HostTime(ClockModel model, LocalReference reference) implements ServedTime {

  @Override
  public long epochNanosAt(long tickNanos) {
    return model.epochNanosAt(tickNanos);
  }

  @Override
  public long maxErrorNanosAt(long tickNanos) {
    return model.maxErrorNanosAt(tickNanos);
  }

  @Override
  public long rootDispersionNanosAt(long tickNanos) {
    return Math.min(SystemVariables.MAX_DISPERSION_NANOS, maxErrorNanosAt(tickNanos));
  }

  @Override
  public SystemVariables variables() {
    long anchor = model.anchorTickNanos();
    return new SystemVariables(
        NtpPacket.LEAP_NONE,
        reference.stratum(),
        reference.precision(),
        0,
        rootDispersionNanosAt(anchor),
        reference.referenceId(),
        epochNanosAt(anchor));
  }
}
