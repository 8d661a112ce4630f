package dev.coeval.sync.ntp.packet;

/**
 * The time that a node gives to others, and what it says of it: of one moment's knowledge, for any
 * tick near it.
 *
 * <p>One immutable snapshot. Who serves time takes the newest snapshot once a packet (from a {@code
 * Supplier<ServedTime>}) and takes all the packet's fields from it, so that T2, T3 and the root
 * values agree. Who has the time, as a client machine for the servers on its node or a local
 * reference, replaces the snapshot when it knows better.
 *
 * <p>Nothing here allocates but {@link #variablesAt}. Pure; implementations are thread-safe.
 */
public interface ServedTime {

  /**
   * The time at a tick.
   *
   * @param tickNanos a local tick
   * @return nanoseconds since the Unix epoch; leap seconds smeared if the node smears them
   */
  long epochNanosAt(long tickNanos);

  /**
   * How far that time can be from the truth, in either direction.
   *
   * @param tickNanos a local tick
   * @return nanoseconds; {@link Long#MAX_VALUE} if there is no bound
   */
  long maxErrorNanosAt(long tickNanos);

  /**
   * The root dispersion at a tick: with half the root delay it is never less than {@link
   * #maxErrorNanosAt} if the node promises a bound.
   *
   * @param tickNanos a local tick
   * @return nanoseconds, not negative
   */
  long rootDispersionNanosAt(long tickNanos);

  /**
   * The leap indicator at a tick: an announced leap second is over once it has passed.
   *
   * @param tickNanos a local tick
   * @return 0 to 3; 0 for a leap second that the node smears
   */
  default int leapAt(long tickNanos) {
    return variables().leap();
  }

  /**
   * What does not change with the tick. Its leap indicator and root dispersion are those of when
   * the snapshot was taken: what is said to others is {@link #leapAt} and {@link
   * #rootDispersionNanosAt}.
   *
   * @return always the same object
   */
  SystemVariables variables();

  /**
   * All that the node says at a tick.
   *
   * @param tickNanos a local tick
   * @return {@link #variables()} with the leap indicator and the root dispersion of the tick
   */
  default SystemVariables variablesAt(long tickNanos) {
    return variables()
        .withLeap(leapAt(tickNanos))
        .withRootDispersionNanos(rootDispersionNanosAt(tickNanos));
  }
}
