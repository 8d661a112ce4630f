package dev.coeval.sync.order.mutex;

/** Where a member stands. */
public enum MutexPhase {
  /** It has started, and some member has not answered yet; a request waits. */
  JOINING,
  /** It wants nothing. */
  IDLE,
  /** It has asked to enter. */
  WAITING,
  /** It may enter. */
  INSIDE
}
