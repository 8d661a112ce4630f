package dev.coeval.logical.hybrid;

/**
 * What a hybrid clock does with a stamp that is further ahead of its physical time than {@link
 * MaxOffset} allows. Whatever it does, the clock's own stamps increase, and nothing wraps around.
 */
public enum AdmissionPolicy {

  /**
   * Refuse it with {@link dev.coeval.logical.StampRejectedException} and stay exactly as before.
   * All laws hold, among the messages that were not refused: drop the message, or keep it until the
   * wall clock has come closer.
   */
  REJECT,

  /**
   * Take the message, but let its stamp count as the furthest time allowed, with counter 0.
   *
   * <p>What is given up: the receipt's stamp is <em>not</em> after the stamp received, so for this
   * message and what depends on it a cause can be stamped after its effect, and a snapshot at a
   * time can hold the effect alone. What is kept: the clock never leads physical time by more than
   * the maximum offset. Only for uses where a wrong time harms more than a wrong order.
   */
  CLAMP,

  /**
   * Take it as it is, and say so. The order of causes holds for every message; the nearness to
   * physical time does not, and one bad node can move all others to the end of the range. Only
   * among nodes that trust each other, with somebody who reads the reports. The largest stamp of
   * all is refused even so, as nothing could come after it.
   */
  ACCEPT_AND_REPORT
}
