package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import dev.coeval.time.ClockReading;

/** What one end of a dialogue knows of time, made of the true time, which only the test knows. */
final class End {

  static final long SECOND = 1_000_000_000L;
  static final long MILLI = 1_000_000L;
  static final long MICRO = 1_000L;

  /** 2026-11-22T00:00:00Z. */
  static final long START = 1_795_305_600L * SECOND;

  private static final double BILLION = 1e9;

  private final long start;
  private final long tickOrigin;
  private final long ratePpb;
  private final int precision;
  private long errorNanos;

  /** The true time is start + t; ticks begin at an origin and run by so much too fast. */
  End(long start, long tickOrigin, long ratePpb, int precision) {
    this.start = start;
    this.tickOrigin = tickOrigin;
    this.ratePpb = ratePpb;
    this.precision = precision;
  }

  /** An end whose ticks run true. */
  static End steady(long tickOrigin) {
    return new End(START, tickOrigin, 0, -32);
  }

  /** From now on what it says is wrong by so much, and it says so. */
  void err(long newErrorNanos) {
    errorNanos = newErrorNanos;
  }

  long tick(long t) {
    return tickOrigin + t + Math.floorDiv(t * ratePpb, SECOND);
  }

  ClockReading at(long t) {
    return new ClockReading(tick(t), start + t, 0);
  }

  /** The time that it serves at a true time. */
  long says(long t) {
    return start + t + errorNanos;
  }

  /** The true time at a tick, in nanoseconds since the Unix epoch. */
  long trueEpochNanos(long tick) {
    return start + Math.round((tick - tickOrigin) / (1 + ratePpb / BILLION));
  }

  int precision() {
    return precision;
  }

  /** One snapshot: what it says now about any tick. */
  ServedTime served() {
    long error = errorNanos;
    SystemVariables variables =
        new SystemVariables(
            0, 2, precision, 0, Math.abs(error), NtpPacket.Reference.idOf("GPS"), start - SECOND);
    return new ServedTime() {
      @Override
      public long epochNanosAt(long tick) {
        return trueEpochNanos(tick) + error;
      }

      @Override
      public long maxErrorNanosAt(long tick) {
        return Math.abs(error);
      }

      @Override
      public long rootDispersionNanosAt(long tick) {
        return Math.abs(error);
      }

      @Override
      public SystemVariables variables() {
        return variables;
      }
    };
  }
}
