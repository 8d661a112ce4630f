package dev.coeval.sync.ntp;

import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;

/** A time that a test serves. */
record LocalTime(int stratum, int referenceId, long referenceEpochNanos) implements ServedTime {
  @Override
  public long epochNanosAt(long tickNanos) {
    return Lab.START_WALL + tickNanos - Lab.START_TICK;
  }

  @Override
  public long maxErrorNanosAt(long tickNanos) {
    return 0;
  }

  @Override
  public long rootDispersionNanosAt(long tickNanos) {
    return 0;
  }

  @Override
  public SystemVariables variables() {
    return new SystemVariables(0, stratum, -24, 0, 0, referenceId, referenceEpochNanos);
  }
}
