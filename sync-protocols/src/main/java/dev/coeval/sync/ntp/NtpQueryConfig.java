package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.time.ClockModel;
import java.time.Duration;
import java.util.Objects;

/**
 * What one query asks.
 *
 * @param server whom
 * @param count how many exchanges, 1 to {@link #MAX_COUNT}
 * @param intervalNanos from one request to the next, in nanoseconds
 * @param timeoutNanos how long to wait for a reply; if longer than the interval, the interval
 * @param wire version, interleaved mode and key
 */
public record NtpQueryConfig(
    PeerId server, int count, long intervalNanos, long timeoutNanos, Wire wire) {

  /** A week of queries a second. */
  public static final int MAX_COUNT = 604_800;

  /**
   * Checks the ranges.
   *
   * @param server as above
   * @param count as above
   * @param intervalNanos as above; within the limits of {@link NtpPolling}
   * @param timeoutNanos as above; within the limits of {@link NtpPolling}
   * @param wire as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public NtpQueryConfig {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(wire, "wire");
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException("count is out of range: " + count);
    }
    NtpPolling.requireInterval("intervalNanos", intervalNanos);
    NtpPolling.requireInterval("timeoutNanos", timeoutNanos);
  }

  /**
   * Four exchanges 2 s apart, which is as often as servers on the Internet like it, each waiting
   * for one second.
   *
   * @param server whom to ask
   * @return the configuration
   */
  public static NtpQueryConfig defaults(PeerId server) {
    return new NtpQueryConfig(
        server, 4, Duration.ofSeconds(2).toNanos(), Duration.ofSeconds(1).toNanos(), Wire.DEFAULT);
  }

  /**
   * With another number of exchanges.
   *
   * @param exchanges how many
   * @return a copy
   * @throws IllegalArgumentException if it is out of range
   */
  public NtpQueryConfig withCount(int exchanges) {
    return new NtpQueryConfig(server, exchanges, intervalNanos, timeoutNanos, wire);
  }

  /**
   * With another interval.
   *
   * @param interval from one request to the next
   * @return a copy
   * @throws IllegalArgumentException if it is out of range
   */
  public NtpQueryConfig withInterval(Duration interval) {
    return new NtpQueryConfig(server, count, interval.toNanos(), timeoutNanos, wire);
  }

  /**
   * With another patience.
   *
   * @param timeout how long to wait for a reply
   * @return a copy
   * @throws IllegalArgumentException if it is out of range
   */
  public NtpQueryConfig withTimeout(Duration timeout) {
    return new NtpQueryConfig(server, count, intervalNanos, timeout.toNanos(), wire);
  }

  /**
   * With another wire.
   *
   * @param other version, interleaved mode and key
   * @return a copy
   */
  public NtpQueryConfig withWire(Wire other) {
    return new NtpQueryConfig(server, count, intervalNanos, timeoutNanos, other);
  }

  /** What is assumed of the local oscillator. */
  static long driftBoundPpb() {
    return ClockModel.DEFAULT_DRIFT_BOUND_PPB;
  }
}
