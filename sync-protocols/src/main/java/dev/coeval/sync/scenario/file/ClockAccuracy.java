package dev.coeval.sync.scenario.file;

/**
 * How well one clock kept the time, and its word, over the seconds after the warm-up. All times are
 * in seconds.
 *
 * @param node whose clock
 * @param syncSeconds the second from which on it kept the scenario's limits to the end
 * @param errors how far it was off
 * @param rates how far its rate was off
 * @param bounds what it claimed to know for certain, and whether that was so
 * @param messagesPerHour how many datagrams the node sent, an hour
 */
public record ClockAccuracy(
    String node,
    long syncSeconds,
    Errors errors,
    Rates rates,
    Bounds bounds,
    double messagesPerHour) {

  /**
   * The error, its clock's time minus the truth, at whole true seconds.
   *
   * @param samples at how many of them; those while the host was suspended are left out
   * @param rms the root of the mean square, about zero
   * @param median half of the samples are no farther off, to 0.5 %
   * @param p99 99 of 100 samples are no farther off, to 0.5 %
   * @param max the largest, without its sign
   */
  public record Errors(long samples, double rms, double median, double p99, double max) {}

  /**
   * The error of the rate, its oscillator's and all steering, slewing included, in seconds a
   * second.
   *
   * @param rms the root of the mean square, about zero
   * @param max the largest, without its sign
   */
  public record Rates(double rms, double max) {}

  /**
   * The two kinds of bounds, each held against the truth at whole true seconds.
   *
   * @param guaranteed the one that stands on the drift bound
   * @param characterised the one that stands on what was learned of the oscillator
   */
  public record Bounds(Bound guaranteed, Bound characterised) {}

  /**
   * What was claimed, and whether it held.
   *
   * @param readings how often an interval was claimed
   * @param violations how many of these did not hold the truth
   * @param meanWidth the mean of latest minus earliest; 0 if nothing was claimed
   */
  public record Bound(long readings, long violations, double meanWidth) {

    /**
     * The share of the claimed intervals that held the truth.
     *
     * @return from 0 to 1; 1 if nothing was claimed
     */
    public double coverage() {
      return readings == 0 ? 1 : 1 - (double) violations / readings;
    }
  }
}
