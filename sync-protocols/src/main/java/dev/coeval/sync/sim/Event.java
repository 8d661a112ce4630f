package dev.coeval.sync.sim;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens at a true time. Reused: an event belongs to the queue while it is in it,
 * to its node while a frozen process has not taken it yet, and to the pool otherwise.
 */
final class Event {

  enum Kind {
    DATAGRAM,
    TIMER,
    UNREACHABLE,
    COMMAND,
    ACTION
  }

  Kind kind = Kind.ACTION;

  /** Whom it happens to; null for an action. */
  @Nullable SimulatedNode node;

  /** Where a datagram comes from, or who could not be reached. */
  @Nullable PeerId peer;

  @Nullable ByteBuffer payload;
  @Nullable TimerId timer;
  @Nullable Runnable action;
  @Nullable Function<ClockReading, List<Action>> command;

  /** The local tick that a timer waits for. */
  long atTickNanos;

  /** Whether it still is to happen: a cancelled timer stays in the queue until its time. */
  boolean live;

  void clear() {
    node = null;
    peer = null;
    payload = null;
    timer = null;
    action = null;
    command = null;
    live = false;
  }
}
