package dev.coeval.causal;

import java.util.List;

/**
 * What a delivery buffer made of a message that it was offered.
 *
 * @param <D> the messages with their stamps
 * @param outcome what became of the message offered
 * @param deliveries what is to be delivered now, in this order; empty unless the outcome is {@link
 *     Outcome#DELIVERED}, and then the message offered comes first
 */
public record OfferResult<D>(Outcome outcome, List<D> deliveries) {

  /** What became of a message. */
  public enum Outcome {
    /** It is delivered now, and with it whatever waited for it. */
    DELIVERED(true),
    /** It is kept until its causal past is here. */
    HELD(true),
    /** It was delivered before, or is kept already. */
    DUPLICATE(true),
    /** It would have to be kept, and there is no room: it must be offered again later. */
    FULL(false),
    /** It would have to be kept, and its sender has no room left: offer it again later. */
    SENDER_FULL(false),
    /** Its sender is not a member: offer it again after the sender has joined. */
    NOT_A_MEMBER(false),
    /**
     * It, or something in its causal past, is a message of an actor that has left, and not among
     * those that the group keeps: nobody will ever deliver it.
     */
    ORPHANED(false),
    /** It claims what cannot be, such as a message of ours that we never sent: drop it. */
    IMPOSSIBLE(false);

    private final boolean accepted;

    Outcome(boolean accepted) {
      this.accepted = accepted;
    }

    /**
     * Whether the buffer needs no other copy of the message.
     *
     * @return true if the message is delivered or kept
     */
    public boolean isAccepted() {
      return accepted;
    }
  }

  /**
   * Creates a result.
   *
   * @param outcome as above
   * @param deliveries as above
   */
  public OfferResult {
    deliveries = List.copyOf(deliveries);
  }
}
