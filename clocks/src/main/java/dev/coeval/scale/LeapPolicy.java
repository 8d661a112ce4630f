package dev.coeval.scale;

import java.util.Objects;

/**
 * How a node's clock takes an announced leap second. It is the caller's choice, as each answer is
 * wrong for somebody: POSIX time cannot be right, continuous and of even pace at once.
 *
 * <p>Values are immutable and thread-safe.
 */
public sealed interface LeapPolicy {

  /**
   * POSIX time as the standard has it: right at every moment, and an inserted second is shown by
   * counting the one before it twice, so that the clock goes back by a second.
   */
  record Step() implements LeapPolicy {}

  /**
   * Never back: from the leap on, the clock is slewed at the fastest rate that its policy allows
   * until the second is made up for. Meanwhile its point is off by up to a second, and its bound
   * says so.
   */
  record Slew() implements LeapPolicy {}

  /**
   * The clock serves a smeared scale, and its bound speaks of that scale. Only right where every
   * other clock of the fleet smears alike.
   *
   * @param smear the scale
   */
  record Smeared(Smear smear) implements LeapPolicy {

    /**
     * Checks the component.
     *
     * @param smear as above
     */
    public Smeared {
      Objects.requireNonNull(smear, "smear");
    }
  }

  /**
   * The point is left alone and goes on as before, a second off, until its sources bring it round;
   * the bound moves with UTC.
   */
  record Ignore() implements LeapPolicy {}

  /**
   * Step at the leap.
   *
   * @return the policy
   */
  static LeapPolicy step() {
    return new Step();
  }

  /**
   * Slew from the leap on.
   *
   * @return the policy
   */
  static LeapPolicy slew() {
    return new Slew();
  }

  /**
   * Serve a smeared scale.
   *
   * @param smear the scale
   * @return the policy
   */
  static LeapPolicy smear(Smear smear) {
    return new Smeared(smear);
  }

  /**
   * Do nothing about the point.
   *
   * @return the policy
   */
  static LeapPolicy ignore() {
    return new Ignore();
  }
}
