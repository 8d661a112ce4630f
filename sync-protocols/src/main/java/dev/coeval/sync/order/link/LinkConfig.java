package dev.coeval.sync.order.link;

import java.time.Duration;
import java.util.Objects;

/**
 * How the links of one machine work. Both ends should have the same protocol and order; the rest is
 * each end's own.
 *
 * @param protocol the magic of its frames: four ASCII characters, the first one of {@code @} to
 *     {@code G}, by which a {@link dev.coeval.sync.machine.Switchboard} tells protocols apart
 * @param order in which order messages are handed on
 * @param windowMessages how many messages may wait for their acknowledgement, 1 to {@value
 *     #MAX_WINDOW_MESSAGES}
 * @param timing when things are done again, or given up
 * @param takesStrangers whether a peer that this end did not name may make a link
 */
public record LinkConfig(
    String protocol, Order order, int windowMessages, Timing timing, boolean takesStrangers) {

  /** As many as the acknowledgements' bits; every receiver has room for so many. */
  public static final int MAX_WINDOW_MESSAGES = 64;

  /** In which order messages are handed on. */
  public enum Order {
    /** As they were sent: a message waits until those before it have arrived. */
    FIFO,
    /** As they arrive. */
    ANY
  }

  /**
   * The times of a link, in nanoseconds of the local ticks.
   *
   * @param minResendNanos a message is not sent again before this, however short the round trip; at
   *     least a millisecond
   * @param firstResendNanos nor before this, while no round trip was measured; at least the first
   * @param maxResendNanos the pause between two sends of a message, which doubles, grows no longer;
   *     at least the second
   * @param probeNanos an end that has heard nothing for so long asks the other; at least the first
   * @param silenceNanos after so long it says {@link LinkEvent.Silent}; more than the fourth
   */
  public record Timing(
      long minResendNanos,
      long firstResendNanos,
      long maxResendNanos,
      long probeNanos,
      long silenceNanos) {
    private static final long LEAST_NANOS = Duration.ofMillis(1).toNanos();
    private static final long MOST_NANOS = Duration.ofDays(1).toNanos();

    /**
     * Checks the ranges that the components state.
     *
     * @param minResendNanos as above
     * @param firstResendNanos as above
     * @param maxResendNanos as above
     * @param probeNanos as above
     * @param silenceNanos as above; at most a day
     * @throws IllegalArgumentException if one is out of its range
     */
    public Timing {
      if (minResendNanos < LEAST_NANOS
          || firstResendNanos < minResendNanos
          || maxResendNanos < firstResendNanos
          || maxResendNanos > MOST_NANOS
          || probeNanos < minResendNanos
          || silenceNanos <= probeNanos
          || silenceNanos > MOST_NANOS) {
        throw new IllegalArgumentException(
            "times that do not fit together: %d, %d, %d, %d, %d"
                .formatted(
                    minResendNanos, firstResendNanos, maxResendNanos, probeNanos, silenceNanos));
      }
    }

    /**
     * For local networks and the Internet: 20 ms, 200 ms and 2 s for resending, a probe after 1 s,
     * silence after 5 s.
     *
     * @return these times
     */
    public static Timing defaults() {
      return new Timing(20_000_000L, 200_000_000L, 2_000_000_000L, 1_000_000_000L, 5_000_000_000L);
    }
  }

  /**
   * Checks the ranges that the components state.
   *
   * @param protocol as above
   * @param order as above
   * @param windowMessages as above
   * @param timing as above
   * @param takesStrangers as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public LinkConfig {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(timing, "timing");
    LinkCodec.format(protocol); // throws if it is no magic
    if (windowMessages < 1 || windowMessages > MAX_WINDOW_MESSAGES) {
      throw new IllegalArgumentException("windowMessages is out of range: " + windowMessages);
    }
  }

  /**
   * Ordered links with named peers, the widest window and {@link Timing#defaults()}.
   *
   * @param protocol the magic of the frames
   * @return the configuration
   * @throws IllegalArgumentException if it is no magic
   */
  public static LinkConfig of(String protocol) {
    return new LinkConfig(protocol, Order.FIFO, MAX_WINDOW_MESSAGES, Timing.defaults(), false);
  }

  /**
   * The same with another order.
   *
   * @param other the order
   * @return the configuration
   */
  public LinkConfig with(Order other) {
    return new LinkConfig(protocol, other, windowMessages, timing, takesStrangers);
  }

  /**
   * The same with other times.
   *
   * @param other the times
   * @return the configuration
   */
  public LinkConfig with(Timing other) {
    return new LinkConfig(protocol, order, windowMessages, other, takesStrangers);
  }

  /**
   * The same with another window.
   *
   * @param messages how many messages may wait for their acknowledgement
   * @return the configuration
   * @throws IllegalArgumentException if it is out of its range
   */
  public LinkConfig withWindow(int messages) {
    return new LinkConfig(protocol, order, messages, timing, takesStrangers);
  }

  /**
   * The same, for an end that others find by itself.
   *
   * @param takes whether a peer that this end did not name may make a link
   * @return the configuration
   */
  public LinkConfig withStrangers(boolean takes) {
    return new LinkConfig(protocol, order, windowMessages, timing, takes);
  }
}
