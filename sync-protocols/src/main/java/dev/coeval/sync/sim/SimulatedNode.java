package dev.coeval.sync.sim;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host in a {@link Simulation}: an address, an oscillator with its two clocks, and a process that
 * runs a {@link Switchboard} under the contract of machines and responders.
 *
 * <p>Computing takes no time: what an event causes happens at the event's instant. Timers wait for
 * local ticks, so a fast oscillator lets them come early. All faults take effect at once; {@link
 * Simulation#at} schedules them.
 *
 * <p>Not thread-safe, as its simulation.
 */
public final class SimulatedNode {

  /** A frozen process leaves so many datagrams in its socket's buffer; more are dropped. */
  public static final int MAX_BACKLOG = 1_000;

  private final Simulation simulation;
  private final PeerId id;
  private final Oscillator oscillator;
  private final ClockReader reader;
  private final Map<PeerId, Link> links = new HashMap<>();
  private final Map<TimerId, Event> timers = new LinkedHashMap<>();
  private final ArrayDeque<Event> backlog = new ArrayDeque<>();
  private final ArrayDeque<SendId> departed = new ArrayDeque<>();
  private BiConsumer<ClockReading, Report> listener = (reading, report) -> {};
  private @Nullable Supplier<Switchboard> process;
  private @Nullable Switchboard board;
  private boolean frozen;
  private boolean keepsDatagrams;
  private boolean portAnswers;
  private int group;

  SimulatedNode(Simulation simulation, PeerId id, OscillatorModel model) {
    this.simulation = simulation;
    this.id = id;
    SeededStream wander = SeededStream.of(simulation.seed(), "wander", id);
    long origin = SeededStream.of(simulation.seed(), "tick origin", id).nextInt(1 << 30) * 1_000L;
    oscillator = new Oscillator(model, wander, simulation.startNanos(), -origin);
    reader = ClockReader.of(this::tickNanos, this::wallEpochNanos, SimulatedNode::refuseToWait);
  }

  private static void refuseToWait(long nanos) {
    throw new UnsupportedOperationException(
        "nobody waits in a simulation, set a timer: " + nanos + " ns");
  }

  /**
   * The node's address.
   *
   * @return what datagrams to it are sent to
   */
  public PeerId id() {
    return id;
  }

  /**
   * Reads this node's clocks. A pair fits exactly. It cannot pause.
   *
   * @return the reader
   */
  public ClockReader reader() {
    return reader;
  }

  /**
   * The ticks at the simulation's present time.
   *
   * @return nanoseconds since an origin of this node's own
   */
  public long tickNanos() {
    return oscillator.tickAt(simulation.trueNanos());
  }

  /**
   * The wall clock at the simulation's present time.
   *
   * @return nanoseconds since the Unix epoch, as this node believes
   */
  public long wallEpochNanos() {
    return oscillator.wallAt(simulation.trueNanos());
  }

  /**
   * By how much this node's oscillator runs fast now.
   *
   * @return seconds a second
   */
  public double frequency() {
    return oscillator.frequencyAt(simulation.trueNanos());
  }

  /**
   * Hears what this node's machines publish, with the local clocks at that moment, before the
   * machines' next event.
   *
   * @param reports the listener, in place of the one before
   */
  public void onReport(BiConsumer<ClockReading, Report> reports) {
    listener = Objects.requireNonNull(reports, "reports");
  }

  /**
   * Starts the process, now.
   *
   * @param boards gives a new board at this start and at each {@link #restart}
   * @throws IllegalStateException if a process is running
   */
  public void run(Supplier<Switchboard> boards) {
    if (board != null) {
      throw new IllegalStateException("a process is running on " + id);
    }
    process = Objects.requireNonNull(boards, "boards");
    start(boards);
  }

  /**
   * Whether a process is there, be it frozen or asleep.
   *
   * @return false before it is run, after it was killed or stopped
   */
  public boolean isRunning() {
    return board != null;
  }

  /**
   * Whether a process is there and takes part.
   *
   * @return false also while it is frozen or its host is suspended
   */
  public boolean isAwake() {
    return board != null && !frozen && !oscillator.isStopped();
  }

  /**
   * Whether the host is suspended.
   *
   * @return true between {@link #suspend} and {@link #resume}
   */
  public boolean isSuspended() {
    return oscillator.isStopped();
  }

  /** The host dies: its process is gone, and what is sent to it vanishes. Its clocks go on. */
  public void kill() {
    end(false);
    simulation.traceFault("kill", id);
  }

  /**
   * The process dies, its host does not: whoever sends to it is told that the port is closed, as by
   * an ICMP port unreachable.
   */
  public void closePort() {
    end(true);
    simulation.traceFault("close port", id);
  }

  /**
   * Starts a new process with a new board, which knows nothing of the one before. Kills the one
   * that is running, if one is.
   *
   * @throws IllegalStateException if none was ever run
   */
  public void restart() {
    if (process == null) {
      throw new IllegalStateException("nothing was ever run on " + id);
    }
    end(false);
    simulation.traceFault("restart", id);
    start(process);
  }

  /**
   * The process stops running, as under a stop signal or a long collection of garbage; the clocks
   * go on. Timers that come due are late.
   *
   * @param keeps whether the socket's buffer keeps datagrams until the thaw, or drops them
   */
  public void freeze(boolean keeps) {
    frozen = true;
    keepsDatagrams = keeps;
    simulation.traceFault("freeze", id);
  }

  /** The process goes on: everything that waited happens now. */
  public void thaw() {
    frozen = false;
    simulation.traceFault("thaw", id);
    for (Event event = backlog.poll(); event != null; event = backlog.poll()) {
      simulation.queue().add(simulation.trueNanos(), event);
    }
  }

  /**
   * Freezes and thaws.
   *
   * @param duration for how long, in true time
   * @param keeps whether the socket's buffer keeps datagrams until the thaw, or drops them
   */
  public void freezeFor(Duration duration, boolean keeps) {
    freeze(keeps);
    simulation.at(simulation.elapsed().plus(duration), this::thaw);
  }

  /**
   * The host sleeps: ticks stand still, the wall clock goes on, nothing runs, and what is sent to
   * it is lost.
   */
  public void suspend() {
    oscillator.stop(simulation.trueNanos());
    timers.values().forEach(event -> event.live = false);
    simulation.traceFault("suspend", id);
  }

  /** The host wakes up; ticks go on from where they stood. */
  public void resume() {
    if (oscillator.isStopped()) {
      oscillator.resume(simulation.trueNanos());
      rearm();
      simulation.traceFault("resume", id);
    }
  }

  /**
   * Suspends and resumes.
   *
   * @param duration for how long, in true time
   */
  public void suspendFor(Duration duration) {
    suspend();
    simulation.at(simulation.elapsed().plus(duration), this::resume);
  }

  /**
   * Somebody sets the wall clock; ticks do not notice.
   *
   * @param delta by how much
   */
  public void stepWall(Duration delta) {
    oscillator.stepWall(delta.toNanos());
    simulation.trace("step wall", id, delta);
  }

  /**
   * The oscillator's rate jumps.
   *
   * @param delta by how much, in seconds a second
   */
  public void stepFrequency(double delta) {
    oscillator.stepFrequency(simulation.trueNanos(), delta);
    if (!oscillator.isStopped()) {
      rearm();
    }
    simulation.trace("step frequency", id, delta);
  }

  /**
   * As its address.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return id.toString();
  }

  int group() {
    return group;
  }

  void joinGroup(int number) {
    group = number;
  }

  Link linkTo(SimulatedNode to) {
    Link link = links.get(to.id);
    if (link == null) {
      link = new Link(simulation, this, to);
      link.become(simulation.modelOf(this, to));
      links.put(to.id, link);
    }
    return link;
  }

  /** Takes an event over from the queue. */
  void happen(Event event) {
    if (board != null && (frozen || oscillator.isStopped())) {
      keepOrDrop(event);
      return;
    }
    switch (event.kind) {
      case DATAGRAM -> receive(of(event.peer), of(event.payload));
      case TIMER -> fire(event);
      case UNREACHABLE -> hearUnreachable(of(event.peer));
      case ACTION -> throw new AssertionError("actions happen to no node");
    }
    simulation.queue().release(event);
  }

  private void keepOrDrop(Event event) {
    boolean isTimer = event.kind == Event.Kind.TIMER;
    boolean fits = keepsDatagrams && backlog.size() < MAX_BACKLOG;
    if (isTimer || (frozen && !oscillator.isStopped() && fits)) {
      backlog.add(event);
      return;
    }
    if (event.kind == Event.Kind.DATAGRAM) {
      simulation.drop(of(event.peer), id, "asleep");
    }
    simulation.queue().release(event);
  }

  private void receive(PeerId from, ByteBuffer payload) {
    Switchboard running = board;
    if (running == null) {
      simulation.drop(from, id, "nobody listens");
      if (portAnswers) {
        sendUnreachable(from);
      }
      return;
    }
    simulation.countDelivered();
    if (simulation.isTraced()) {
      simulation.trace("receive", from + " > " + id, payload);
    }
    ClockReading received = reader.read();
    ByteBuffer request = payload.asReadOnlyBuffer();
    ByteBuffer reply = ByteBuffer.allocate(request.remaining());
    int length = running.respond(received, from, request, reply, this::tickNanos);
    if (length == Responder.NOT_MINE) {
      carryOut(running, received, running.onDatagram(received, from, request));
    } else if (length > 0) {
      send(from, reply.limit(length).position(0));
    }
  }

  private void fire(Event event) {
    TimerId timer = of(event.timer);
    timers.remove(timer);
    Switchboard running = board;
    if (running != null) {
      simulation.trace("timer", id, timer);
      ClockReading now = reader.read();
      carryOut(running, now, running.onTimer(now, timer));
    }
  }

  private void hearUnreachable(PeerId peer) {
    Switchboard running = board;
    if (running != null) {
      simulation.trace("unreachable", id, peer);
      ClockReading now = reader.read();
      carryOut(running, now, running.onUnreachable(now, peer, "port unreachable"));
    }
  }

  private void start(Supplier<Switchboard> boards) {
    Switchboard started = boards.get();
    board = started;
    simulation.trace("start", id, "");
    ClockReading now = reader.read();
    carryOut(started, now, started.start(now));
  }

  private void end(boolean answers) {
    if (oscillator.isStopped()) {
      oscillator.resume(simulation.trueNanos());
    }
    timers.values().forEach(event -> event.live = false);
    timers.clear();
    backlog.forEach(event -> event.live = false);
    thawQuietly();
    departed.clear();
    board = null;
    portAnswers = answers;
  }

  /** Gives the backlog back to the queue, which releases what is no longer live. */
  private void thawQuietly() {
    frozen = false;
    for (Event event = backlog.poll(); event != null; event = backlog.poll()) {
      simulation.queue().add(simulation.trueNanos(), event);
    }
  }

  /** Does what a machine wants, and tells it what has left; stops if the process ends meanwhile. */
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
        send(send.to(), send.payload());
        departed.add(send.id());
      } else if (action instanceof Action.SetTimer set) {
        setTimer(set.timer(), set.atTickNanos());
      } else if (action instanceof Action.CancelTimer cancel) {
        cancelTimer(cancel.timer());
      } else if (action instanceof Action.Publish publish) {
        simulation.trace("report", id, publish.report());
        listener.accept(now, publish.report());
      } else if (action instanceof Action.Stop stop) {
        simulation.trace("stop", id, stop.reason());
        end(true);
      }
    }
  }

  private void send(PeerId to, ByteBuffer payload) {
    if (simulation.isTraced()) {
      simulation.trace("send", id + " > " + to, payload);
    }
    SimulatedNode target = simulation.find(to);
    if (target == null) {
      simulation.drop(id, to, "no such host");
    } else {
      linkTo(target).send(payload);
    }
  }

  private void sendUnreachable(PeerId to) {
    SimulatedNode sender = simulation.find(to);
    if (sender == null || !linkTo(sender).isPassable()) {
      return;
    }
    Event notice = simulation.queue().obtain(Event.Kind.UNREACHABLE);
    notice.node = sender;
    notice.peer = id;
    simulation.queue().add(simulation.trueNanos() + linkTo(sender).nextDelayNanos(), notice);
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
    event.node = this;
    event.timer = timer;
    event.atTickNanos = atTickNanos;
    simulation.queue().add(oscillator.timeOfTick(atTickNanos, simulation.trueNanos()), event);
    return event;
  }

  /** The oscillator has changed: every timer has another due time. */
  private void rearm() {
    timers.replaceAll(
        (timer, event) -> {
          event.live = false;
          return arm(timer, event.atTickNanos);
        });
  }

  private static <T> T of(@Nullable T part) {
    return Objects.requireNonNull(part, "an event of its kind has this part");
  }
}
