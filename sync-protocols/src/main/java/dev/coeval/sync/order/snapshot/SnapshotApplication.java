package dev.coeval.sync.order.snapshot;

/**
 * What runs on a process, and is recorded. Called by its {@link SnapshotNode}, on that one's
 * thread, and by nobody else while that one runs.
 *
 * <p>It changes in {@link #receive}, or in its owner's hands right before {@link SnapshotNode#send}
 * or {@link SnapshotNode#save}, in the same command; so a change and the message that belongs to it
 * are saved together.
 */
public interface SnapshotApplication {

  /**
   * The present state.
   *
   * @return bytes that {@link #restore} understands; at most {@value SnapshotNode#MAX_STATE_BYTES},
   *     and not to be changed later
   */
  byte[] state();

  /**
   * Goes back to a state that was saved: once, at the start of a process that was restarted.
   *
   * @param state what {@link #state} gave
   */
  void restore(byte[] state);

  /**
   * A message of another process has arrived: each exactly once, whatever is lost, and whoever is
   * restarted. To answer it, submit a {@link SnapshotNode#send}.
   *
   * @param from the sender
   * @param message what it sent
   */
  void receive(String from, byte[] message);
}
