package dev.coeval.time;

/**
 * What has been learned of the local oscillator: its rate, how sure that is, and how fast it
 * changes.
 *
 * <p><b>The law.</b> A clock that goes on along a learned frequency is off, {@code D} seconds
 * later, by the error of that frequency and by what the oscillator has walked since. For a random
 * walk of the frequency the deviation is {@code sqrt(sf^2 * D^2 + w^2 * D^3 / 3)}; the bound grows
 * by {@code k} times that. Where a drift bound of 200 ppm allows 17 s in a day without a source, a
 * well kept crystal that is known to 0.01 ppm and walks by 1 ppb a second is off by 30 ms at three
 * deviations. Graham (Najafi and Wei, NSDI 2022) narrows the bound of a datacenter's clocks by the
 * same means.
 *
 * <p>It is no guarantee: an oscillator may do what it was never seen to do. So it says how likely
 * it is to hold.
 *
 * @param frequency by how much time runs faster than ticks, in seconds a second
 * @param frequencyError one standard deviation of it, in seconds a second; not negative
 * @param wander the deviation of the random walk of the frequency over one second, in seconds a
 *     second; not negative
 * @param deviations how many standard deviations the bound is widened by; positive
 * @param confidence the likelihood that the bound holds at a given time, between 0 and 1
 */
public record LearnedDrift(
    double frequency, double frequencyError, double wander, double deviations, double confidence) {

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Checks the ranges that the components state.
   *
   * @param frequency as above
   * @param frequencyError as above
   * @param wander as above
   * @param deviations as above
   * @param confidence as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public LearnedDrift {
    if (!(Math.abs(frequency) <= ClockModel.MAX_FREQUENCY)) {
      throw new IllegalArgumentException("frequency is out of range: " + frequency);
    }
    if (!(frequencyError >= 0) || !(wander >= 0) || !(deviations > 0)) {
      throw new IllegalArgumentException(
          "out of range: frequencyError %s, wander %s, deviations %s"
              .formatted(frequencyError, wander, deviations));
    }
    if (!(confidence > 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence is out of range: " + confidence);
    }
  }

  /**
   * By how much time has gained on the ticks after some of them, as far as is known.
   *
   * @param ticks how long, in local ticks; negative for before
   * @return nanoseconds
   */
  public long gainNanosAfter(long ticks) {
    return (long) Math.rint(ticks * frequency);
  }

  /**
   * How far off that can be: the holdover law, rounded up.
   *
   * @param ticks how long, in local ticks; negative for before
   * @return nanoseconds, at least 1 unless no time has passed
   */
  public long errorNanosAfter(long ticks) {
    if (ticks == 0) {
      return 0;
    }
    double seconds = Math.abs((double) ticks) / NANOS_PER_SECOND;
    double variance = frequencyError * frequencyError + wander * wander * seconds / 3;
    double wider = deviations * seconds * Math.sqrt(variance) * NANOS_PER_SECOND;
    return EpochNanos.addSaturated((long) Math.ceil(wider), 1);
  }
}
