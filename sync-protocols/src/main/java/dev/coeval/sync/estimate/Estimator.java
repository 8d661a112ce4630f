package dev.coeval.sync.estimate;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;

/**
 * From the exchanges with one peer to a line: offset and frequency, each with its likely error.
 *
 * <p>An offset is the peer's time minus local ticks, as everywhere ({@link Measurement}). What is
 * likely here claims no certainty: certain is what {@link OffsetBounds} say, and whoever gives an
 * exchange gives them with it. A lasting asymmetry of the path is in no likely error, for no
 * exchange shows it; it is in the bounds.
 *
 * <p>Not thread-safe: an estimator belongs to the machine that feeds it.
 */
public interface Estimator {

  /**
   * Takes in an exchange. Exchanges come in order of their T4; one that comes late or twice does no
   * harm. The estimators of this package allocate nothing here.
   *
   * @param measurement an exchange with this estimator's peer, its stamps in range
   * @param bounds what is certain at its T4, not empty: the offset there is held within them
   * @return whether there is anything new to say
   * @throws IllegalArgumentException if the bounds are empty
   */
  boolean add(Measurement measurement, OffsetBounds bounds);

  /**
   * Whether there is a point.
   *
   * @return false before the first exchange, and after {@link #reset()} until the next one
   */
  boolean isKnown();

  /**
   * The likely offset at a tick.
   *
   * @param tickNanos a local tick, usually at or after the last exchange
   * @return the peer's time minus local ticks, in nanoseconds
   * @throws IllegalStateException if nothing is known
   */
  long offsetNanosAt(long tickNanos);

  /**
   * How wrong that offset is likely to be. It grows with its age {@code T} as a clock that runs
   * free: {@code sqrt(Pxx + 2 T Pxf + T² Pff + w² T³ / 3)}, of offset and frequency errors {@code
   * P} and wander {@code w}.
   *
   * @param tickNanos a local tick, usually at or after the last exchange
   * @return one standard deviation, in nanoseconds
   * @throws IllegalStateException if nothing is known
   */
  double errorNanosAt(long tickNanos);

  /**
   * By how much time runs faster than ticks.
   *
   * @return seconds a second; what is expected while nothing is known, 0 at first
   */
  double frequency();

  /**
   * How wrong the frequency is likely to be.
   *
   * @return one standard deviation, in seconds a second
   */
  double frequencyError();

  /**
   * The random walk of the frequency, as far as it was learned: after {@code T} seconds it has gone
   * {@code w * sqrt(T)}.
   *
   * @return {@code w}, in seconds a second per root second; 0 if this estimator does not learn it
   */
  double wander();

  /**
   * Polls went unanswered until the source left the set. What is known stays and ages, but the path
   * may be another one when the source is back.
   */
  void fallSilent();

  /**
   * Makes all offsets so much larger: the time scale made a step that the source made too, as at a
   * leap second.
   *
   * @param nanos by how much later the time is from now on
   */
  void shift(long nanos);

  /**
   * Forgets all offsets: the source stepped, or the host slept. What belongs to the oscillator, its
   * frequency and its wander, may stay as an expectation.
   */
  void reset();
}
