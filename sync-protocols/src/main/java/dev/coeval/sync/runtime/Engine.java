package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all runtimes share: calls the machines, carries out their actions, keeps their timers.
 *
 * <p>All actions of one call are carried out before the next call. What a send brings about (its
 * transmit stamp, its failure) is therefore an event of its own, that waits until then.
 *
 * <p>Of one thread, but for {@link #stopReason()} and {@link #submit}.
 */
final class Engine {

  /** So many events follow from sends that are answered with sends: more is a loop in a machine. */
  static final int MAX_FOLLOW_UPS = 16_384;

  /** The longest wait, so that ticks that a test moves, and idle sockets, are noticed. */
  private static final long MAX_WAIT_NANOS = 1_000_000_000L;

  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** So many commands may wait: whoever gives more gives them faster than they can be done. */
  static final int MAX_COMMANDS = 16_384;

  /** So many follow-ups come before the next event, so that no reply overtakes its stamp. */
  private static final int MAX_BEFORE_EVENT = 1_024;

  private final Switchboard board;
  private final ClockReader clock;
  private final ReplyGuard guard;
  private final Consumer<Report> listener;
  private final Consumer<Action.Send> outbox;
  private final TimerQueue timers = new TimerQueue();
  private final Queue<Supplier<List<Action>>> followUps = new ArrayDeque<>();
  private final Queue<Function<ClockReading, List<Action>>> commands =
      new LinkedBlockingQueue<>(MAX_COMMANDS);
  private boolean started;
  private volatile @Nullable String stopReason;

  Engine(
      Switchboard board,
      ClockReader clock,
      Consumer<Report> listener,
      Consumer<Action.Send> outbox) {
    this.board = board;
    this.clock = clock;
    this.guard = new ReplyGuard(board, clock);
    this.listener = listener;
    this.outbox = outbox;
  }

  /** Starts the machines, the first time only; returns how many events that was. */
  int startOnce() {
    if (started) {
      return 0;
    }
    started = true;
    carryOut(board.start(clock.read()));
    return 1;
  }

  /** Hands a datagram to the machine that it is for. */
  void deliver(ClockReading received, PeerId from, ByteBuffer payload) {
    followUp(MAX_BEFORE_EVENT);
    if (stopReason == null) {
      carryOut(board.onDatagram(received, from, payload));
    }
  }

  /** Whether a datagram asks for a reply that nobody else may give. */
  boolean isRequest(Action.Send send) {
    return board.isRequest(send);
  }

  /** Whether a datagram is a reply, and nothing but a reply. */
  boolean isReply(ByteBuffer payload) {
    return board.isReply(payload);
  }

  /** Asks the responders: see {@link ReplyGuard#respond}. */
  int respond(ClockReading received, PeerId from, ByteBuffer request, ByteBuffer reply) {
    return guard.respond(received, from, request, reply);
  }

  /** A responder's reply has left. */
  void replied(PeerId to, ByteBuffer reply, ClockReading sent) {
    board.onSent(to, reply, sent);
  }

  /** Lets due timers fire, no more than so many; returns how many did. */
  int fireDue(int most) {
    int fired = 0;
    while (fired < most) {
      followUp(MAX_BEFORE_EVENT);
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

  /** Takes a command, on any thread, to be run on this engine's own. */
  void submit(Function<ClockReading, List<Action>> command) {
    if (!commands.offer(command)) {
      throw new IllegalStateException(MAX_COMMANDS + " commands are waiting");
    }
  }

  /** Runs the owner's commands, no more than so many; returns how many. */
  int runCommands(int most) {
    int done = 0;
    while (done < most) {
      followUp(MAX_BEFORE_EVENT);
      Function<ClockReading, List<Action>> command = commands.poll();
      if (command == null) {
        break;
      }
      if (stopReason == null) {
        carryOut(command.apply(clock.read()));
      }
      done++;
    }
    return done;
  }

  /** How long to wait for something to do, rounded up: 0 for now, at most a second. */
  long millisUntilNext() {
    if (!followUps.isEmpty() || !commands.isEmpty()) {
      return 0;
    }
    long nanos = Math.min(timers.nanosUntilNext(clock.tickNanos()), MAX_WAIT_NANOS);
    return (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
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
