package dev.coeval.causal;

/** Is told which messages every member has delivered. */
@FunctionalInterface
public interface StabilityListener {

  /** Does nothing. */
  StabilityListener NONE = (sender, sequence) -> {};

  /**
   * Every member of the view has delivered all messages of an actor up to this one: no copy of them
   * is needed any more.
   *
   * <p>Called when the buffer's own state is complete; the sequences of one sender only grow.
   *
   * @param sender the actor
   * @param sequence the last of its messages that is stable
   */
  void onStable(String sender, long sequence);
}
