package dev.coeval.sync.discipline;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.select.SourceOptions;
import java.util.Map;

/**
 * Which of an ensemble's sources may be selected.
 *
 * @param options what their owner says of sources; one that is not named has {@link
 *     SourceOptions#NONE}
 * @param minSources how many must be selected at least, or none is; 1 to {@link
 *     EnsembleConfig#MAX_SOURCES}
 * @param maxDistanceNanos a source whose largest error is beyond this is not selected, in
 *     nanoseconds; positive
 * @param maxJitterNanos a source whose offsets scatter by more than this is not selected, in
 *     nanoseconds; positive
 * @param missesUntilUnreachable after how many lost exchanges in a row a source leaves the set, 1
 *     to {@link EnsembleConfig#MAX_MISSES}
 */
public record SelectionConfig(
    Map<PeerId, SourceOptions> options,
    int minSources,
    long maxDistanceNanos,
    long maxJitterNanos,
    int missesUntilUnreachable) {

  /** As chrony's: 3 s. RFC 5905's MAXDIST of 1 s is what NTP adds to it at each exchange. */
  public static final long DEFAULT_MAX_DISTANCE_NANOS = 3_000_000_000L;

  /** As chrony's: 1 s. */
  public static final long DEFAULT_MAX_JITTER_NANOS = 1_000_000_000L;

  /** One source is enough; 3 s, 1 s, and eight silent polls. */
  public static final SelectionConfig DEFAULT =
      new SelectionConfig(
          Map.of(),
          1,
          DEFAULT_MAX_DISTANCE_NANOS,
          DEFAULT_MAX_JITTER_NANOS,
          EnsembleConfig.DEFAULT_MISSES);

  /**
   * Checks the ranges that the components state, and copies the map.
   *
   * @param options as above
   * @param minSources as above
   * @param maxDistanceNanos as above
   * @param maxJitterNanos as above
   * @param missesUntilUnreachable as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public SelectionConfig {
    options = Map.copyOf(options);
    if (minSources < 1 || minSources > EnsembleConfig.MAX_SOURCES) {
      throw new IllegalArgumentException("minSources is out of range: " + minSources);
    }
    if (maxDistanceNanos < 1 || maxJitterNanos < 1) {
      throw new IllegalArgumentException(
          "not positive: maxDistanceNanos "
              + maxDistanceNanos
              + ", maxJitterNanos "
              + maxJitterNanos);
    }
    if (missesUntilUnreachable < 1 || missesUntilUnreachable > EnsembleConfig.MAX_MISSES) {
      throw new IllegalArgumentException(
          "missesUntilUnreachable is out of range: " + missesUntilUnreachable);
    }
  }

  /**
   * What the owner says of a source.
   *
   * @param peer the source
   * @return its options
   */
  public SourceOptions optionsOf(PeerId peer) {
    return options.getOrDefault(peer, SourceOptions.NONE);
  }

  /**
   * With other words about sources.
   *
   * @param other what is said of which source
   * @return a copy
   */
  public SelectionConfig withOptions(Map<PeerId, SourceOptions> other) {
    return new SelectionConfig(
        other, minSources, maxDistanceNanos, maxJitterNanos, missesUntilUnreachable);
  }

  /**
   * With another number of sources wanted.
   *
   * @param sources how many must be selected at least
   * @return a copy
   */
  public SelectionConfig withMinSources(int sources) {
    return new SelectionConfig(
        options, sources, maxDistanceNanos, maxJitterNanos, missesUntilUnreachable);
  }

  /**
   * With another limit on the distance.
   *
   * @param nanos the largest error of a source that may be selected, in nanoseconds
   * @return a copy
   */
  public SelectionConfig withMaxDistanceNanos(long nanos) {
    return new SelectionConfig(options, minSources, nanos, maxJitterNanos, missesUntilUnreachable);
  }

  /**
   * With another limit on the jitter.
   *
   * @param nanos the largest scatter of a source that may be selected, in nanoseconds
   * @return a copy
   */
  public SelectionConfig withMaxJitterNanos(long nanos) {
    return new SelectionConfig(
        options, minSources, maxDistanceNanos, nanos, missesUntilUnreachable);
  }

  /**
   * With more or less patience.
   *
   * @param misses after how many lost exchanges in a row a source leaves the set
   * @return a copy
   */
  public SelectionConfig withMissesUntilUnreachable(int misses) {
    return new SelectionConfig(options, minSources, maxDistanceNanos, maxJitterNanos, misses);
  }
}
