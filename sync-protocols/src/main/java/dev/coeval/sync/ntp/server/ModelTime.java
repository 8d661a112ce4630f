package dev.coeval.sync.ntp.server;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import dev.coeval.time.ClockModel;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock model as the time of a local reference: its bound is the root dispersion, and the root
 * delay is 0, as the bound already holds it.
 */
final class ModelTime implements ServedTime {

  /** RFC 5905 figure 9: the last minute of the month has 61 seconds, or 59. */
  private static final int INSERT = 1;

  private static final int DELETE = 2;

  private final ClockModel model;
  private final SystemVariables variables;

  private ModelTime(ClockModel model, LocalReference reference) {
    this.model = model;
    this.variables =
        new SystemVariables(
            model.isSynchronized() ? NtpPacket.LEAP_NONE : NtpPacket.LEAP_UNSYNCHRONIZED,
            model.isSynchronized() ? reference.stratum() : SystemVariables.UNSYNCHRONIZED_STRATUM,
            reference.precision(),
            0,
            Math.min(
                SystemVariables.MAX_DISPERSION_NANOS,
                model.maxErrorNanosAt(model.anchorTickNanos())),
            reference.referenceId(),
            model.epochNanosAt(model.anchorTickNanos()));
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

  /** In the month that ends with a leap second, and not to those who are shown a smear. */
  @Override
  public int leapAt(long tickNanos) {
    Optional<LeapSecond> next = model.isLeapSmeared() ? Optional.empty() : model.pendingLeap();
    long epochNanos = model.epochNanosAt(tickNanos);
    return next.filter(leap -> epochNanos < leap.epochNanos() && isThisMonth(leap, epochNanos))
        .map(leap -> leap.seconds() > 0 ? INSERT : DELETE)
        .filter(leap -> variables.leap() == NtpPacket.LEAP_NONE)
        .orElse(variables.leap());
  }

  private static boolean isThisMonth(LeapSecond leap, long epochNanos) {
    return leap.equals(LeapSecond.atEndOfMonth(epochNanos, leap.seconds()));
  }

  @Override
  public SystemVariables variables() {
    return variables;
  }

  /** Wraps the newest model, and only when it is another one than before. Thread-safe. */
  static final class Source implements Supplier<ServedTime> {
    private final LocalReference reference;
    private final Supplier<ClockModel> clock;
    private volatile @Nullable ModelTime last;

    Source(LocalReference reference, Supplier<ClockModel> clock) {
      this.reference = reference;
      this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public ServedTime get() {
      ClockModel model = clock.get();
      ModelTime time = last;
      if (time == null || time.model != model) {
        time = new ModelTime(model, reference);
        last = time;
      }
      return time;
    }
  }
}
