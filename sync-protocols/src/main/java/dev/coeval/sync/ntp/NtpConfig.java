package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import java.util.List;
import java.util.Objects;

/**
 * Whom an NTP client asks, how often, and what it believes.
 *
 * @param ensemble the servers, how many of them may be false, and what is assumed of this host
 * @param polling how often each is asked
 * @param maxDistanceNanos a server further from the truth, by its own root distance and half the
 *     round trip to it, is not used, in nanoseconds; positive
 */
public record NtpConfig(EnsembleConfig ensemble, NtpPolling polling, long maxDistanceNanos) {

  /** RFC 5905 figure 6, MAXDIST: 1 s. */
  public static final long DEFAULT_MAX_DISTANCE_NANOS = 1_000_000_000L;

  /**
   * Checks the ranges.
   *
   * @param ensemble as above
   * @param polling as above
   * @param maxDistanceNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public NtpConfig {
    Objects.requireNonNull(ensemble, "ensemble");
    Objects.requireNonNull(polling, "polling");
    if (maxDistanceNanos <= 0) {
      throw new IllegalArgumentException("maxDistanceNanos is not positive: " + maxDistanceNanos);
    }
  }

  /**
   * The usual: polite polling, fewer than half of the servers may be false.
   *
   * @param servers whom to ask
   * @return the configuration
   */
  public static NtpConfig defaults(List<PeerId> servers) {
    return new NtpConfig(
        EnsembleConfig.defaults(servers), NtpPolling.defaults(), DEFAULT_MAX_DISTANCE_NANOS);
  }

  /**
   * With other servers or assumptions.
   *
   * @param other the ensemble
   * @return a copy
   */
  public NtpConfig withEnsemble(EnsembleConfig other) {
    return new NtpConfig(other, polling, maxDistanceNanos);
  }

  /**
   * With another polling.
   *
   * @param other the polling
   * @return a copy
   */
  public NtpConfig withPolling(NtpPolling other) {
    return new NtpConfig(ensemble, other, maxDistanceNanos);
  }

  /**
   * With another limit on the distance of servers.
   *
   * @param nanos the largest distance, in nanoseconds; positive
   * @return a copy
   * @throws IllegalArgumentException if it is not positive
   */
  public NtpConfig withMaxDistanceNanos(long nanos) {
    return new NtpConfig(ensemble, polling, nanos);
  }
}
