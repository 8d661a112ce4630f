package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all runtimes share: calls the machines, carries out their actions, keeps their timers.
 *
 * <p>All actions of one call are carried out before the next call. What a send brings about (its
 * transmit stamp, its failure) is therefore an event of its own, that waits until then.
 *
 * <p>Of one thread, but for {@link #stopReason()}.
 */
final class Engine {

  /** So many events follow from sends that are answered with sends: more is a loop in a machine. */
  static final int MAX_FOLLOW_UPS = 16_384;

  private final Switchboard board;
  private final ClockReader clock;
  private final LongSupplier transmitTicks;
  private final Consumer<Report> listener;
  private final Consumer<Action.Send> outbox;
  private final TimerQueue timers = new TimerQueue();
  private final Queue<Supplier<List<Action>>> followUps = new ArrayDeque<>();
  private volatile @Nullable String stopReason;

  Engine(
      Switchboard board,
      ClockReader clock,
      Consumer<Report> listener,
      Consumer<Action.Send> outbox) {
    this.board = board;
    this.clock = clock;
    this.transmitTicks = clock::tickNanos;
    this.listener = listener;
    this.outbox = outbox;
  }

  void start() {
    carryOut(board.start(clock.read()));
  }

  /** Hands a datagram to the machine that it is for. */
  void deliver(ClockReading received, PeerId from, ByteBuffer payload) {
    if (stopReason == null) {
      carryOut(board.onDatagram(received, from, payload));
    }
  }

  /**
   * Asks the responders. The reply stands in the buffer from 0 to the length returned.
   *
   * @return the length, {@link Responder#SILENT}, {@link Responder#NOT_MINE}, or a length greater
   *     than that of the request, which must not be sent
   */
  int respond(ClockReading received, PeerId from, ByteBuffer request, ByteBuffer reply) {
    int start = request.position();
    int end = request.limit();
    reply.clear().limit(end - start);
    int length;
    try {
      length = board.respond(received, from, request, reply, transmitTicks);
    } catch (BufferOverflowException e) {
      length = end - start + 1;
    }
    request.limit(end).position(start);
    return length;
  }

  /** Lets due timers fire, no more than so many; returns how many did. */
  int fireDue(int most) {
    int fired = 0;
    while (fired < most) {
      TimerId due = timers.pollDue(clock.tickNanos());
      if (due == null) {
        break;
      }
      carryOut(board.onTimer(clock.read(), due));
      fired++;
    }
    return fired;
  }

  /** A datagram has left: the machine is told after the actions that are being carried out. */
  void sent(ClockReading sent, SendId send) {
    followUp(() -> board.onSent(sent, send));
  }

  /** A peer is unreachable: the machines are told after the actions that are carried out now. */
  void unreachable(PeerId peer, String reason) {
    followUp(() -> board.onUnreachable(clock.read(), peer, reason));
  }

  /** Tells the machines what followed from sends, no more than so many; returns how many. */
  int followUp(int most) {
    int done = 0;
    while (done < most && !followUps.isEmpty()) {
      carryOut(followUps.remove().get());
      done++;
    }
    return done;
  }

  /** Ticks until there is something to do, 0 for now, {@code Long.MAX_VALUE} for never. */
  long nanosUntilNext() {
    return followUps.isEmpty() ? timers.nanosUntilNext(clock.tickNanos()) : 0;
  }

  /** Why the machines stopped by themselves, if they did. */
  Optional<String> stopReason() {
    return Optional.ofNullable(stopReason);
  }

  private void followUp(Supplier<List<Action>> event) {
    if (stopReason != null) {
      return;
    }
    if (followUps.size() >= MAX_FOLLOW_UPS) {
      throw new IllegalStateException("sends bring about sends without end");
    }
    followUps.add(event);
  }

  private void carryOut(List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Send send) {
        outbox.accept(send);
      } else if (action instanceof Action.SetTimer set) {
        timers.set(set.timer(), set.atTickNanos());
      } else if (action instanceof Action.CancelTimer cancel) {
        timers.cancel(cancel.timer());
      } else if (action instanceof Action.Publish publish) {
        listener.accept(publish.report());
      } else if (action instanceof Action.Stop stop) {
        stopReason = stop.reason();
        timers.clear();
        followUps.clear();
        return;
      }
    }
  }
}
