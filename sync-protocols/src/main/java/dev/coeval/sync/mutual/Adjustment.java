package dev.coeval.sync.mutual;

/**
 * What a clock does after a round.
 *
 * @param nanos by how much it is set forward; negative sets it back
 * @param rate by how much it runs faster than its oscillator until the next round, in seconds a
 *     second
 */
public record Adjustment(long nanos, double rate) {

  /**
   * A correction that leaves the rate as the oscillator has it.
   *
   * @param nanos by how much the clock is set forward
   * @return the adjustment
   */
  public static Adjustment by(long nanos) {
    return new Adjustment(nanos, 0);
  }

  /**
   * Another rate, and no correction.
   *
   * @param rate by how much the clock runs faster than its oscillator, in seconds a second
   * @return the adjustment
   */
  public static Adjustment at(double rate) {
    return new Adjustment(0, rate);
  }
}
