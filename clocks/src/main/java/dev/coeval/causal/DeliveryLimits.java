package dev.coeval.causal;

/**
 * How many messages a delivery buffer may hold back.
 *
 * <p>A message that can be delivered at once needs no room, so a full buffer never keeps the group
 * from going on: it refuses what is too early, and the network brings that again later.
 *
 * @param pending the most messages held back in all
 * @param pendingPerSender the most held back of one sender, so that one cannot crowd out the others
 */
public record DeliveryLimits(int pending, int pendingPerSender) {

  /**
   * 4,096 messages, 512 of one sender: with messages of a kilobyte, some megabytes for a group in
   * which eight members are heard while a ninth is not.
   */
  public static final DeliveryLimits DEFAULT = new DeliveryLimits(4_096, 512);

  /**
   * Creates limits.
   *
   * @param pending as above
   * @param pendingPerSender as above
   * @throws IllegalArgumentException if one is negative
   */
  public DeliveryLimits {
    if (pending < 0 || pendingPerSender < 0) {
      throw new IllegalArgumentException(
          "negative limit: " + pending + ", per sender " + pendingPerSender);
    }
  }
}
