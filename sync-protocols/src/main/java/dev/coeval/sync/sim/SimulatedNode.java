package dev.coeval.sync.sim;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A host in a {@link Simulation}: an address, an oscillator with its two clocks, and a process that
 * runs a {@link Switchboard} under the contract of machines and responders.
 *
 * <p>Computing takes no time: what an event causes happens at the event's instant, but for replies,
 * which {@link #answersAfter} can delay. Timers wait for local ticks, so a fast oscillator lets
 * them come early. All faults take effect at once; {@link Simulation#at} schedules them.
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
  private final SimulatedProcess process;
  private @Nullable Supplier<Switchboard> boards;
  private boolean portAnswers;
  private long serviceNanos;
  private int group;

  SimulatedNode(Simulation simulation, PeerId id, OscillatorModel model) {
    this.simulation = simulation;
    this.id = id;
    SeededStream wander = SeededStream.of(simulation.seed(), "wander", id);
    long origin = SeededStream.of(simulation.seed(), "tick origin", id).nextInt(1 << 30) * 1_000L;
    oscillator = new Oscillator(model, wander, simulation.startNanos(), -origin);
    process = new SimulatedProcess(simulation, this, oscillator);
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
    process.onReport(reports);
  }

  /**
   * Sets how long a responder works on a request, from the time at which it was received to that at
   * which the reply leaves. Zero unless set.
   *
   * @param service how long, in true time; not negative
   * @throws IllegalArgumentException if it is negative
   */
  public void answersAfter(Duration service) {
    if (service.isNegative()) {
      throw new IllegalArgumentException("service is negative: " + service);
    }
    serviceNanos = service.toNanos();
  }

  /**
   * Starts the process, now.
   *
   * @param fresh gives a new board at this start and at each {@link #restart}
   * @throws IllegalStateException if a process is running
   */
  public void run(Supplier<Switchboard> fresh) {
    if (process.isRunning()) {
      throw new IllegalStateException("a process is running on " + id);
    }
    boards = Objects.requireNonNull(fresh, "boards");
    process.start(fresh.get());
  }

  /**
   * Has a machine do something on its owner's behalf, at this instant, as an event of its own. The
   * command waits while the process is frozen or its host suspended, and is forgotten if the
   * process ends.
   *
   * @param command is given the local clocks, calls the machine and returns its actions
   */
  public void submit(Function<ClockReading, List<Action>> command) {
    process.submit(Objects.requireNonNull(command, "command"));
  }

  /**
   * Whether a process is there, be it frozen or asleep.
   *
   * @return false before it is run, after it was killed or stopped
   */
  public boolean isRunning() {
    return process.isRunning();
  }

  /**
   * Whether a process is there and takes part.
   *
   * @return false also while it is frozen or its host is suspended
   */
  public boolean isAwake() {
    return process.isRunning() && !process.isFrozen() && !oscillator.isStopped();
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
    simulation.journal().fault("kill", id);
  }

  /**
   * The process dies, its host does not: whoever sends to it is told that the port is closed, as by
   * an ICMP port unreachable.
   */
  public void closePort() {
    end(true);
    simulation.journal().fault("close port", id);
  }

  /**
   * Starts a new process with a new board, which knows nothing of the one before. Kills the one
   * that is running, if one is.
   *
   * @throws IllegalStateException if none was ever run
   */
  public void restart() {
    if (boards == null) {
      throw new IllegalStateException("nothing was ever run on " + id);
    }
    end(false);
    simulation.journal().fault("restart", id);
    process.start(boards.get());
  }

  /**
   * The process stops running, as under a stop signal or a long collection of garbage; the clocks
   * go on. Timers that come due are late.
   *
   * @param keeps whether the socket's buffer keeps datagrams until the thaw, or drops them
   */
  public void freeze(boolean keeps) {
    process.freeze(keeps);
    simulation.journal().fault("freeze", id);
  }

  /** The process goes on: everything that waited happens now. */
  public void thaw() {
    process.thaw();
    simulation.journal().fault("thaw", id);
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
    process.parkTimers();
    simulation.journal().fault("suspend", id);
  }

  /** The host wakes up; ticks go on from where they stood. */
  public void resume() {
    if (oscillator.isStopped()) {
      oscillator.resume(simulation.trueNanos());
      process.rearm();
      if (!process.isFrozen()) {
        process.thaw(); // commands that waited
      }
      simulation.journal().fault("resume", id);
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
    simulation.journal().write("step wall", id, delta);
  }

  /**
   * The clock itself jumps, ticks and wall together, as no clock should: a test of what becomes of
   * a node whose tick source breaks its contract. Those who wait for a timer do not notice.
   *
   * @param delta by how much
   */
  public void stepTicks(Duration delta) {
    oscillator.stepTicks(delta.toNanos());
    process.shiftTimers(delta.toNanos());
    simulation.journal().write("step ticks", id, delta);
  }

  /**
   * The oscillator's rate jumps.
   *
   * @param delta by how much, in seconds a second
   */
  public void stepFrequency(double delta) {
    oscillator.stepFrequency(simulation.trueNanos(), delta);
    if (!oscillator.isStopped()) {
      process.rearm();
    }
    simulation.journal().write("step frequency", id, delta);
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
      link.become(simulation.defaultModel());
      links.put(to.id, link);
    }
    return link;
  }

  /** Takes an event over from the queue. */
  void happen(Event event) {
    if (process.isRunning()) {
      process.happen(event);
      return;
    }
    if (event.kind == Event.Kind.DATAGRAM && event.peer != null) {
      simulation.journal().drop(event.peer, id, "nobody listens");
      if (portAnswers) {
        sendUnreachable(event.peer);
      }
    }
    simulation.queue().release(event);
  }

  /** The ticks at which a reply to what comes in now leaves. */
  long transmitTickNanos() {
    return serviceNanos == 0
        ? tickNanos()
        : oscillator.tickLater(simulation.trueNanos() + serviceNanos);
  }

  /** Sends what a responder wrote, once the time is over that it works on it. */
  void reply(PeerId to, ByteBuffer payload) {
    if (serviceNanos == 0) {
      send(to, payload);
    } else {
      simulation.schedule(simulation.trueNanos() + serviceNanos, () -> send(to, payload));
    }
  }

  void send(PeerId to, ByteBuffer payload) {
    if (simulation.journal().isTraced()) {
      simulation.journal().write("send", id + " > " + to, payload);
    }
    simulation.traffic().sent(id, to, payload);
    List<SimulatedNode> members = simulation.membersOf(to);
    if (!members.isEmpty()) {
      members.forEach(member -> sendTo(member, payload));
      return;
    }
    SimulatedNode target = simulation.find(to);
    if (target == null) {
      simulation.journal().drop(id, to, "no such host");
    } else {
      linkTo(target).send(payload);
    }
  }

  /** Those who send to a group do not hear themselves. */
  private void sendTo(SimulatedNode member, ByteBuffer payload) {
    if (member != this) {
      linkTo(member).send(payload.duplicate());
    }
  }

  /** The process has ended by itself; its host tells so whoever sends to it. */
  void processStopped() {
    process.end();
    portAnswers = true;
  }

  private void end(boolean answers) {
    if (oscillator.isStopped()) {
      oscillator.resume(simulation.trueNanos());
    }
    process.end();
    portAnswers = answers;
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
}
