package dev.coeval.logical.vector;

/**
 * What a {@link DeltaReceiver} tells its {@link DeltaSender}: from here on you can build.
 *
 * <p>Three numbers that a message of the other direction, or one of its own, carries back. Late,
 * lost and repeated ones are harmless.
 *
 * @param sender the incarnation of the sender that is spoken to, zero if none was heard of yet
 * @param receiver the incarnation of the receiver that speaks
 * @param sequence the newest message of that sender whose stamp the receiver holds, zero for none
 */
public record DeltaAck(long sender, long receiver, long sequence) {

  /**
   * Creates an acknowledgement.
   *
   * @param sender as above
   * @param receiver as above
   * @param sequence as above
   * @throws IllegalArgumentException if a number is negative
   */
  public DeltaAck {
    if (sender < 0 || receiver < 0 || sequence < 0) {
      throw new IllegalArgumentException("negative: " + sender + ", " + receiver + ", " + sequence);
    }
  }
}
