package dev.coeval.sync.ntp;

import dev.coeval.sync.ntp.packet.NtpPacket;
import java.util.Objects;

/**
 * Which exchanges of a source are used: what does not pass is counted with its reason, and neither
 * the estimate nor the bound hears of it.
 *
 * @param delay what is asked of the round trip
 * @param path what is known of the way to the source
 * @param minStratum the least stratum accepted, 1 to 15
 * @param maxStratum the greatest, {@code minStratum} to 15
 * @param medianOf of so many exchanges the median goes on, 1 (each by itself) to {@link
 *     #MAX_MEDIAN_OF}
 */
public record Gates(DelayGate delay, KnownPath path, int minStratum, int maxStratum, int medianOf) {

  /** Everything that a protocol allows passes. */
  public static final Gates OPEN =
      new Gates(DelayGate.OPEN, KnownPath.UNKNOWN, 1, NtpPacket.MAX_STRATUM, 1);

  /** At 2^17 s a poll nobody waits for more. */
  public static final int MAX_MEDIAN_OF = 64;

  /**
   * What is asked of an exchange's round trip.
   *
   * @param maxNanos it is no longer than this, in nanoseconds; {@link Long#MAX_VALUE} if any length
   *     will do
   * @param maxRatio it is no longer than so many times the shortest of the last exchanges; infinite
   *     if any ratio will do
   * @param maxDeviations half of what it is longer than the shortest is no more than so many times
   *     the scatter of the offsets, unless the offset itself says that something else has changed;
   *     infinite if any will do
   * @param quantile it belongs to this share of the shortest ones, above 0, 1 for all
   */
  public record DelayGate(long maxNanos, double maxRatio, double maxDeviations, double quantile) {

    /** Any round trip will do. */
    public static final DelayGate OPEN =
        new DelayGate(Long.MAX_VALUE, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1);

    /**
     * Checks the ranges.
     *
     * @param maxNanos as above
     * @param maxRatio as above
     * @param maxDeviations as above
     * @param quantile as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public DelayGate {
      if (maxNanos <= 0 || !(maxRatio >= 1) || !(maxDeviations > 0)) {
        throw new IllegalArgumentException(
            "out of range: " + maxNanos + " ns, ratio " + maxRatio + ", " + maxDeviations);
      }
      if (!(quantile > 0 && quantile <= 1)) {
        throw new IllegalArgumentException("quantile is out of range: " + quantile);
      }
    }
  }

  /**
   * What the owner knows of the way to a source.
   *
   * <p>Where it is wrong, the bound is: it is believed, as a drift bound is.
   *
   * @param minRoundTripNanos the round trip without any waiting in queues, in nanoseconds; not
   *     negative
   * @param asymmetry how unequally the two ways share what a round trip takes beyond that: 0.5 if
   *     the way from the source has all of it, -0.5 if the way to it has, 0 if nobody knows
   */
  public record KnownPath(long minRoundTripNanos, double asymmetry) {

    /** Nothing is known. */
    public static final KnownPath UNKNOWN = new KnownPath(0, 0);

    private static final double MAX_ASYMMETRY = 0.5;

    /**
     * Checks the ranges.
     *
     * @param minRoundTripNanos as above
     * @param asymmetry as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public KnownPath {
      if (minRoundTripNanos < 0 || !(Math.abs(asymmetry) <= MAX_ASYMMETRY)) {
        throw new IllegalArgumentException(
            "out of range: " + minRoundTripNanos + " ns, asymmetry " + asymmetry);
      }
    }
  }

  /**
   * Checks the ranges.
   *
   * @param delay as above
   * @param path as above
   * @param minStratum as above
   * @param maxStratum as above
   * @param medianOf as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public Gates {
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(path, "path");
    if (minStratum < 1 || minStratum > maxStratum || maxStratum > NtpPacket.MAX_STRATUM) {
      throw new IllegalArgumentException(
          "strata are out of range: " + minStratum + " to " + maxStratum);
    }
    if (medianOf < 1 || medianOf > MAX_MEDIAN_OF) {
      throw new IllegalArgumentException("medianOf is out of range: " + medianOf);
    }
  }

  /**
   * With another limit on the round trip.
   *
   * @param other what is asked of it
   * @return a copy
   */
  public Gates withDelay(DelayGate other) {
    return new Gates(other, path, minStratum, maxStratum, medianOf);
  }

  /**
   * With other knowledge of the way.
   *
   * @param other what is known
   * @return a copy
   */
  public Gates withPath(KnownPath other) {
    return new Gates(delay, other, minStratum, maxStratum, medianOf);
  }

  /**
   * With other strata.
   *
   * @param min the least accepted
   * @param max the greatest
   * @return a copy
   * @throws IllegalArgumentException if one is out of its range
   */
  public Gates withStrata(int min, int max) {
    return new Gates(delay, path, min, max, medianOf);
  }

  /**
   * With another median filter.
   *
   * @param exchanges of how many the median goes on
   * @return a copy
   * @throws IllegalArgumentException if it is out of its range
   */
  public Gates withMedianOf(int exchanges) {
    return new Gates(delay, path, minStratum, maxStratum, exchanges);
  }
}
