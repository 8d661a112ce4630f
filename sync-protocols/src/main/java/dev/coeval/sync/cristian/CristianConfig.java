package dev.coeval.sync.cristian;

import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.wire.Keyring;
import java.util.List;
import java.util.Objects;

/**
 * How a {@link CristianClient} is set up.
 *
 * @param ensemble the servers, how many of them may be false, how many failed synchronizations in a
 *     row make one unreachable, and what is assumed of the local oscillator and the network
 * @param schedule when they are asked
 * @param limits what is demanded of a reading
 * @param keyring the first key authenticates the requests; replies must then carry the same
 * @param seed for nonces and the spreading of polls. Nonces are only as secret as this: on a real
 *     network it comes from a secure source
 */
public record CristianConfig(
    EnsembleConfig ensemble,
    CristianSchedule schedule,
    CristianLimits limits,
    Keyring keyring,
    long seed) {

  /** After so many failed synchronizations, each of several attempts, a server is unreachable. */
  public static final int DEFAULT_MISSES = 3;

  /**
   * Checks that nothing is missing.
   *
   * @param ensemble as above
   * @param schedule as above
   * @param limits as above
   * @param keyring as above
   * @param seed as above
   */
  public CristianConfig {
    Objects.requireNonNull(ensemble, "ensemble");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(keyring, "keyring");
  }

  /**
   * The usual: {@link EnsembleConfig#defaults}, but {@link #DEFAULT_MISSES}; {@link
   * CristianSchedule#DEFAULT}, {@link CristianLimits#DEFAULT}, no keys.
   *
   * @param servers the servers
   * @param seed for nonces and the spreading of polls
   * @return the configuration
   * @throws IllegalArgumentException if there is no server, or one is named twice
   */
  public static CristianConfig defaults(List<PeerId> servers, long seed) {
    return new CristianConfig(
        EnsembleConfig.defaults(servers).withMissesUntilUnreachable(DEFAULT_MISSES),
        CristianSchedule.DEFAULT,
        CristianLimits.DEFAULT,
        Keyring.empty(),
        seed);
  }

  /**
   * With other servers or assumptions.
   *
   * @param other as {@code ensemble} above
   * @return a copy
   */
  public CristianConfig withEnsemble(EnsembleConfig other) {
    return new CristianConfig(other, schedule, limits, keyring, seed);
  }

  /**
   * With other times.
   *
   * @param other as {@code schedule} above
   * @return a copy
   */
  public CristianConfig withSchedule(CristianSchedule other) {
    return new CristianConfig(ensemble, other, limits, keyring, seed);
  }

  /**
   * With other demands.
   *
   * @param other as {@code limits} above
   * @return a copy
   */
  public CristianConfig withLimits(CristianLimits other) {
    return new CristianConfig(ensemble, schedule, other, keyring, seed);
  }

  /**
   * With other keys.
   *
   * @param other as {@code keyring} above
   * @return a copy
   */
  public CristianConfig withKeyring(Keyring other) {
    return new CristianConfig(ensemble, schedule, limits, other, seed);
  }
}
