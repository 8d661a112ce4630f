package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.ClockEstimate;

/**
 * Turns likely offsets into offset and frequency.
 *
 * <p>Implementations are not thread-safe: a discipline belongs to the machine that feeds it.
 */
public interface Discipline {

  /**
   * Takes in a sample.
   *
   * @param sample a likely offset, of a tick not after the bounds'
   * @param bounds what is certain now; not empty
   * @return the estimate at the bounds' tick: its point lies within the bounds, its bounds are the
   *     given ones
   */
  ClockEstimate update(OffsetEstimate sample, OffsetBounds bounds);

  /**
   * How sure the frequency of the last estimate is.
   *
   * @return one standard deviation, in seconds a second
   */
  double frequencyError();

  /**
   * Makes every offset known so much larger: the time scale made a step, as at a leap second, and
   * the source with it.
   *
   * @param nanos by how much later the time is from now on
   */
  void shift(long nanos);

  /**
   * Forgets all offsets: the source stepped, or the host slept. The frequency may stay as an
   * expectation, for it belongs to the local oscillator and not to what was measured.
   */
  void reset();
}
