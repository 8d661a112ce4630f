package dev.coeval.logical.hybrid;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A stamp came in that was too far ahead. One of two clocks is wrong, the sender's or ours; a
 * report does not say which, but reports about one sender at many nodes do.
 *
 * @param <T> the stamp
 * @param stamp what was received
 * @param sender who sent it, as told to the clock
 * @param ahead by how much it was ahead of our physical time
 * @param maxOffset what was allowed then
 * @param admittedAs what it counted as: empty if it was rejected, another stamp if it was clamped
 */
public record AdmissionReport<T>(
    T stamp, String sender, Duration ahead, Duration maxOffset, Optional<T> admittedAs) {

  /**
   * Checks that all is there.
   *
   * @param stamp as above
   * @param sender as above
   * @param ahead as above
   * @param maxOffset as above
   * @param admittedAs as above
   */
  public AdmissionReport {
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(sender, "sender");
    Objects.requireNonNull(ahead, "ahead");
    Objects.requireNonNull(maxOffset, "maxOffset");
    Objects.requireNonNull(admittedAs, "admittedAs");
  }
}
