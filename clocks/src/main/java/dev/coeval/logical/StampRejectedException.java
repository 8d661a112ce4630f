package dev.coeval.logical;

import java.util.Objects;

/**
 * A clock refused the stamp of another node, and is exactly as it was before.
 *
 * <p>Stamps come from the network, so one broken or hostile node must not be able to push the
 * clocks of all the others to the end of their range. Catch this where messages are received, count
 * it by {@link #reason()}, and go on.
 */
public final class StampRejectedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Why a stamp was refused. */
  public enum Reason {
    /** It claims a physical time further ahead of ours than the maximum offset. */
    TOO_FAR_AHEAD,
    /** Nothing greater than it can be represented, so its receipt could not be stamped. */
    COUNTER_EXHAUSTED,
    /** It claims more events of the receiving process than that process has had. */
    OWN_ENTRY_AHEAD,
    /** It owns a part of what the receiving process owns: one of the two is a copy. */
    OVERLAPPING_ID,
    /** Together with what is known already it names more processes than a stamp may. */
    TOO_MANY_ACTORS,
    /**
     * It has more or fewer entries than the stamps of the receiving clock, all of which have as
     * many.
     */
    OTHER_SIZE
  }

  /** Why. */
  private final Reason reason;

  /**
   * Creates the exception.
   *
   * @param reason why the stamp was refused
   * @param message the stamp, the limit and by how much it was missed
   */
  public StampRejectedException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  /**
   * Why the stamp was refused.
   *
   * @return the reason, to be counted
   */
  public Reason reason() {
    return reason;
  }
}
