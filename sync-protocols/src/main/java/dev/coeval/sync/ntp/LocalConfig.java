package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.packet.NtpPacket;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * How this node stands among others.
 *
 * @param orphan what it does when no source is left
 * @param passive which strangers it takes as symmetric peers
 * @param isObserving it only measures and reports: no estimate is published, so no clock is steered
 * @param maxDistanceNanos an answer of a source that is further from the truth, by its own root
 *     distance and half the round trip to it, is refused, in nanoseconds; positive
 */
public record LocalConfig(
    Orphan orphan, Passive passive, boolean isObserving, long maxDistanceNanos) {

  /** RFC 5905 figure 6, MAXDISP: 16 s. Which sources are selected is the selection's to say. */
  public static final long DEFAULT_MAX_DISTANCE_NANOS = 16_000_000_000L;

  /** No orphan, no strangers. */
  public static final LocalConfig DEFAULT =
      new LocalConfig(Orphan.NONE, Passive.NOBODY, false, DEFAULT_MAX_DISTANCE_NANOS);

  /**
   * What becomes of a group of nodes that has lost its references: each serves its own time at this
   * stratum, and all follow the one with the lowest reference id, so that they stay together.
   *
   * @param stratum above those of the references, below 16; 16 for no orphan at all
   * @param waitNanos after how long without a source it begins, in nanoseconds; not negative
   */
  public record Orphan(int stratum, long waitNanos) {

    /** Without a source, a node serves no time. */
    public static final Orphan NONE = new Orphan(NtpPacket.MAX_STRATUM + 1, 0);

    /** Five minutes: longer than a reference takes to be found at start. */
    public static final long DEFAULT_WAIT_NANOS = 300_000_000_000L;

    /**
     * Checks the ranges.
     *
     * @param stratum as above
     * @param waitNanos as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public Orphan {
      if (stratum < 1 || stratum > NtpPacket.MAX_STRATUM + 1 || waitNanos < 0) {
        throw new IllegalArgumentException("out of range: " + stratum + ", " + waitNanos);
      }
    }

    /**
     * Whether there is an orphan mode.
     *
     * @return true if the stratum is below 16
     */
    public boolean isEnabled() {
      return stratum <= NtpPacket.MAX_STRATUM;
    }
  }

  /**
   * Which strangers may become symmetric peers by sending a packet of mode 1 (RFC 5905 section 3.1,
   * symmetric passive associations).
   *
   * @param access says which addresses may at all
   * @param needsKey whether its packet must carry a code by a known key
   * @param max how many of them there are at the most, 0 to {@link #MAX_PEERS}; when there are so
   *     many, more get no answer
   */
  public record Passive(Predicate<PeerId> access, boolean needsKey, int max) {

    /** As many as {@link dev.coeval.sync.discipline.EnsembleConfig#MAX_SOURCES} leaves room for. */
    public static final int MAX_PEERS = 32;

    /** No strangers. */
    public static final Passive NOBODY = new Passive(peer -> false, true, 0);

    /**
     * Checks the range.
     *
     * @param access as above
     * @param needsKey as above
     * @param max as above
     * @throws IllegalArgumentException if it is out of its range
     */
    public Passive {
      Objects.requireNonNull(access, "access");
      if (max < 0 || max > MAX_PEERS) {
        throw new IllegalArgumentException("max is out of range: " + max);
      }
    }

    /**
     * Whoever has a key.
     *
     * @param max how many
     * @return the rule
     * @throws IllegalArgumentException if it is out of range
     */
    public static Passive authenticated(int max) {
      return new Passive(peer -> true, true, max);
    }
  }

  /**
   * Checks the ranges.
   *
   * @param orphan as above
   * @param passive as above
   * @param isObserving as above
   * @param maxDistanceNanos as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public LocalConfig {
    Objects.requireNonNull(orphan, "orphan");
    Objects.requireNonNull(passive, "passive");
    if (maxDistanceNanos <= 0) {
      throw new IllegalArgumentException("maxDistanceNanos is not positive: " + maxDistanceNanos);
    }
  }

  /**
   * With another orphan mode.
   *
   * @param other what is done when no source is left
   * @return a copy
   */
  public LocalConfig withOrphan(Orphan other) {
    return new LocalConfig(other, passive, isObserving, maxDistanceNanos);
  }

  /**
   * With other strangers.
   *
   * @param other which are taken as peers
   * @return a copy
   */
  public LocalConfig withPassive(Passive other) {
    return new LocalConfig(orphan, other, isObserving, maxDistanceNanos);
  }

  /**
   * That only observes.
   *
   * @return a copy
   */
  public LocalConfig observing() {
    return new LocalConfig(orphan, passive, true, maxDistanceNanos);
  }

  /**
   * With another limit on the distance of sources.
   *
   * @param nanos the largest distance, in nanoseconds
   * @return a copy
   * @throws IllegalArgumentException if it is not positive
   */
  public LocalConfig withMaxDistanceNanos(long nanos) {
    return new LocalConfig(orphan, passive, isObserving, nanos);
  }
}
