package dev.coeval.sync.sim;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What runs on a node: gives its board events, carries out its actions, and keeps its timers.
 *
 * <p>The actions of one call are carried out, in order, before the next call; that a datagram has
 * left is told after that. If the process ends while its actions are being carried out, by a
 * listener say, the rest of them is forgotten.
 */
final class SimulatedProcess {
  private final Simulation simulation;
  private final SimulatedNode node;
  private final Oscillator oscillator;
  private final Map<TimerId, Event> timers = new LinkedHashMap<>();
  private final ArrayDeque<Event> backlog = new ArrayDeque<>();
  private final ArrayDeque<SendId> departed = new ArrayDeque<>();
  private final LongSupplier transmitTicks;
  private BiConsumer<ClockReading, Report> listener = (reading, report) -> {};
  private @Nullable Switchboard board;
  private boolean frozen;
  private boolean keepsDatagrams;

  SimulatedProcess(Simulation simulation, SimulatedNode node, Oscillator oscillator) {
    this.simulation = simulation;
    this.node = node;
    this.oscillator = oscillator;
    this.transmitTicks = node::transmitTickNanos;
  }

  void onReport(BiConsumer<ClockReading, Report> reports) {
    listener = Objects.requireNonNull(reports, "reports");
  }

  boolean isRunning() {
    return board != null;
  }

  boolean isFrozen() {
    return frozen;
  }

  void start(Switchboard started) {
    board = started;
    simulation.journal().write("start", node, "");
    ClockReading now = node.reader().read();
    carryOut(started, now, started.start(now));
  }

  /** An event of the process that runs now; whatever comes after it does not hear of it. */
  void submit(Function<ClockReading, List<Action>> command) {
    Switchboard running = board;
    if (running == null) {
      return;
    }
    Event event = simulation.queue().obtain(Event.Kind.COMMAND);
    event.node = node;
    event.command = now -> board == running ? command.apply(now) : List.of();
    simulation.queue().add(simulation.trueNanos(), event);
  }

  void end() {
    timers.values().forEach(event -> event.live = false);
    timers.clear();
    backlog.forEach(event -> event.live = false);
    thaw();
    departed.clear();
    board = null;
  }

  void freeze(boolean keeps) {
    frozen = board != null;
    keepsDatagrams = keeps;
  }

  /** Gives the backlog back to the queue, which releases what is no longer live. */
  void thaw() {
    frozen = false;
    for (Event event = backlog.poll(); event != null; event = backlog.poll()) {
      simulation.queue().add(simulation.trueNanos(), event);
    }
  }

  /** The ticks stand: no timer comes due. The queue gives its events back to the pool. */
  void parkTimers() {
    timers.replaceAll(
        (timer, event) -> {
          event.live = false;
          Event parked = new Event();
          parked.atTickNanos = event.atTickNanos;
          return parked;
        });
  }

  /** The ticks have jumped, and nobody who waits notices: due times jump with them. */
  void shiftTimers(long deltaNanos) {
    timers.values().forEach(event -> event.atTickNanos += deltaNanos);
  }

  /** The oscillator has changed: every timer has another due time. */
  void rearm() {
    timers.replaceAll(
        (timer, event) -> {
          event.live = false;
          return arm(timer, event.atTickNanos);
        });
  }

  /** Takes an event over from the queue. Only while the process is running. */
  void happen(Event event) {
    Switchboard running = of(board);
    if (frozen || oscillator.isStopped()) {
      keepOrDrop(event);
      return;
    }
    switch (event.kind) {
      case DATAGRAM -> receive(running, of(event.peer), of(event.payload));
      case TIMER -> fire(running, of(event.timer));
      case UNREACHABLE -> hearUnreachable(running, of(event.peer));
      case COMMAND -> command(running, of(event.command));
      case ACTION -> throw new AssertionError("actions happen to no node");
    }
    simulation.queue().release(event);
  }

  private void keepOrDrop(Event event) {
    boolean waits = event.kind == Event.Kind.TIMER || event.kind == Event.Kind.COMMAND;
    boolean fits = keepsDatagrams && backlog.size() < SimulatedNode.MAX_BACKLOG;
    if (waits || (!oscillator.isStopped() && fits)) {
      backlog.add(event);
      return;
    }
    if (event.kind == Event.Kind.DATAGRAM) {
      simulation.journal().drop(of(event.peer), node.id(), "asleep");
    }
    simulation.queue().release(event);
  }

  private void receive(Switchboard running, PeerId from, ByteBuffer payload) {
    simulation.journal().countDelivered();
    simulation.traffic().received(from, node.id(), payload);
    if (simulation.journal().isTraced()) {
      simulation.journal().write("receive", from + " > " + node, payload);
    }
    ClockReading received = node.reader().read();
    ByteBuffer request = payload.asReadOnlyBuffer();
    ByteBuffer reply = ByteBuffer.allocate(request.remaining());
    int length = running.respond(received, from, request, reply, transmitTicks);
    if (length == Responder.NOT_MINE) {
      carryOut(running, received, running.onDatagram(received, from, request));
    } else if (length > 0) {
      answer(running, received, from, reply.limit(length).position(0));
    }
  }

  /** A responder's reply leaves, at ticks that are known already. */
  private void answer(Switchboard running, ClockReading received, PeerId to, ByteBuffer reply) {
    long tick = transmitTicks.getAsLong();
    long wall = received.wallEpochNanos() + (tick - received.tickNanos());
    node.reply(to, reply);
    running.onSent(to, reply.asReadOnlyBuffer(), new ClockReading(tick, wall, 0));
  }

  private void command(Switchboard running, Function<ClockReading, List<Action>> command) {
    ClockReading now = node.reader().read();
    carryOut(running, now, command.apply(now));
  }

  private void fire(Switchboard running, TimerId timer) {
    timers.remove(timer);
    simulation.journal().write("timer", node, timer);
    ClockReading now = node.reader().read();
    carryOut(running, now, running.onTimer(now, timer));
  }

  private void hearUnreachable(Switchboard running, PeerId peer) {
    simulation.journal().write("unreachable", node, peer);
    ClockReading now = node.reader().read();
    carryOut(running, now, running.onUnreachable(now, peer, "port unreachable"));
  }

  private void carryOut(Switchboard running, ClockReading now, List<Action> actions) {
    doAll(running, now, actions);
    while (board == running && !departed.isEmpty()) {
      doAll(running, now, running.onSent(now, departed.remove()));
    }
  }

  private void doAll(Switchboard running, ClockReading now, List<Action> actions) {
    for (int i = 0; i < actions.size() && board == running; i++) {
      Action action = actions.get(i);
      if (action instanceof Action.Send send) {
        node.send(send.to(), send.payload());
        departed.add(send.id());
      } else if (action instanceof Action.SetTimer set) {
        setTimer(set.timer(), set.atTickNanos());
      } else if (action instanceof Action.CancelTimer cancel) {
        cancelTimer(cancel.timer());
      } else if (action instanceof Action.Publish publish) {
        simulation.journal().write("report", node, publish.report());
        listener.accept(now, publish.report());
      } else if (action instanceof Action.Stop stop) {
        simulation.journal().write("stop", node, stop.reason());
        node.processStopped();
      }
    }
  }

  private void setTimer(TimerId timer, long atTickNanos) {
    Event before = timers.put(timer, arm(timer, atTickNanos));
    if (before != null) {
      before.live = false;
    }
  }

  private void cancelTimer(TimerId timer) {
    Event pending = timers.remove(timer);
    if (pending != null) {
      pending.live = false;
    }
  }

  private Event arm(TimerId timer, long atTickNanos) {
    Event event = simulation.queue().obtain(Event.Kind.TIMER);
    event.node = node;
    event.timer = timer;
    event.atTickNanos = atTickNanos;
    simulation.queue().add(oscillator.timeOfTick(atTickNanos, simulation.trueNanos()), event);
    return event;
  }

  private static <T> T of(@Nullable T part) {
    return Objects.requireNonNull(part, "an event of its kind has this part");
  }
}
