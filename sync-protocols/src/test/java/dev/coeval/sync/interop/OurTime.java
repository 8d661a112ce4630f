package dev.coeval.sync.interop;

import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import dev.coeval.time.ClockModel;
import java.util.function.Supplier;

/**
 * The time of a clock as its node gives it to others: stratum 1, reference "LOCL".
 *
 * @param model the clock now
 */
record OurTime(ClockModel model) implements ServedTime {
  private static final int PRECISION = -20;

  static Supplier<ServedTime> of(Supplier<ClockModel> clock) {
    return () -> new OurTime(clock.get());
  }

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
    return model.maxErrorNanosAt(tickNanos);
  }

  @Override
  public SystemVariables variables() {
    long tick = model.anchorTickNanos();
    return new SystemVariables(
        0,
        1,
        PRECISION,
        0,
        maxErrorNanosAt(tick),
        NtpPacket.Reference.idOf("LOCL"),
        epochNanosAt(tick));
  }
}
