package dev.coeval.sync.machine;

import java.nio.ByteBuffer;

/** What a machine wants done. Immutable, but for the bytes of a datagram, which are handed over. */
public sealed interface Action {

  /**
   * Send a datagram.
   *
   * @param to the receiver
   * @param payload the bytes, from position to limit; the machine does not touch them again
   * @param id names this datagram in {@link StateMachine#onSent}
   */
  record Send(PeerId to, ByteBuffer payload, SendId id) implements Action {}

  /**
   * Call {@link StateMachine#onTimer} once, at a tick or a little later. A timer of the same name
   * that is still pending is replaced.
   *
   * @param timer its name
   * @param atTickNanos when, in local ticks; a tick that has passed means at once
   */
  record SetTimer(TimerId timer, long atTickNanos) implements Action {}

  /**
   * Forget a timer; nothing happens if it is not pending.
   *
   * @param timer its name
   */
  record CancelTimer(TimerId timer) implements Action {}

  /**
   * Tell the owner something.
   *
   * @param report what
   */
  record Publish(Report report) implements Action {}

  /**
   * This machine is done, for good: no more events.
   *
   * @param reason why, for people
   */
  record Stop(String reason) implements Action {}
}
