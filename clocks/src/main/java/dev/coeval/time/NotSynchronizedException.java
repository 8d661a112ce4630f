package dev.coeval.time;

/** The clock knows no error bound: it was never synchronized, or lost what it knew. */
public final class NotSynchronizedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * With a reason for people.
   *
   * @param reason why there is no bound
   */
  public NotSynchronizedException(String reason) {
    super(reason);
  }
}
