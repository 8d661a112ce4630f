package dev.coeval.sync.sim;

import dev.coeval.sync.machine.PeerId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A network of nodes in simulated time: one seed, one run.
 *
 * <p>Events happen in the order of their true time, and events of one time in the order in which
 * they were scheduled. All randomness comes from the seed, through a stream for each node,
 * direction and purpose: a node more or a fault more leaves the draws of the others as they were.
 * Nothing in here reads a clock, waits or starts a thread.
 *
 * <pre>{@code
 * Simulation simulation = Simulation.ofSeed(42);
 * simulation.defaultLink(LinkModel.exponential(Duration.ofNanos(100_000), Duration.ofNanos(100_000)));
 * SimulatedNode server = simulation.addNode(PeerId.simulated(1), OscillatorModel.perfect());
 * SimulatedNode client =
 *     simulation.addNode(PeerId.simulated(2), OscillatorModel.offBy(Duration.ofMillis(100), 50));
 * server.run(() -> new Switchboard().add(...));
 * client.run(() -> new Switchboard().add(...));
 * simulation.at(Duration.ofMinutes(1), server::kill);
 * simulation.runFor(Duration.ofMinutes(2));
 * }</pre>
 *
 * <p>Not thread-safe: one thread builds and runs it, and listeners are called on that thread.
 */
public final class Simulation {

  /** When simulations begin unless told otherwise: 2026-01-01T00:00:00Z, in epoch nanoseconds. */
  public static final long DEFAULT_START_EPOCH_NANOS = 1_767_225_600_000_000_000L;

  private final long seed;
  private final long startNanos;
  private final EventQueue queue = new EventQueue();
  private final Journal journal = new Journal(this);
  private final Map<PeerId, SimulatedNode> nodes = new LinkedHashMap<>();
  private final List<EventObserver> observers = new ArrayList<>();
  private final Map<PeerId, List<SimulatedNode>> groups = new LinkedHashMap<>();
  private TrafficListener traffic = TrafficListener.NONE;
  private LinkModel defaultModel = LinkModel.fixed(Duration.ofNanos(100_000));
  private long nowNanos;
  private long events;

  private Simulation(long seed, long startNanos) {
    this.seed = seed;
    this.startNanos = startNanos;
    this.nowNanos = startNanos;
  }

  /**
   * A simulation that begins on the first of January 2026.
   *
   * @param seed what all its randomness follows from
   * @return an empty network
   */
  public static Simulation ofSeed(long seed) {
    return new Simulation(seed, DEFAULT_START_EPOCH_NANOS);
  }

  /**
   * A simulation that begins at a time, to cross an era or a leap second say.
   *
   * @param seed what all its randomness follows from
   * @param epochNanos when it begins, in nanoseconds since the Unix epoch
   * @return an empty network
   */
  public static Simulation ofSeedAt(long seed, long epochNanos) {
    return new Simulation(seed, epochNanos);
  }

  /**
   * Adds a node. Nothing runs on it until {@link SimulatedNode#run}.
   *
   * @param id its address, which other nodes send to
   * @param oscillator how its clocks go wrong
   * @return the node
   * @throws IllegalArgumentException if there is a node of that address
   */
  public SimulatedNode addNode(PeerId id, OscillatorModel oscillator) {
    if (nodes.containsKey(id)) {
      throw new IllegalArgumentException("there is a node of that address: " + id);
    }
    SimulatedNode node = new SimulatedNode(this, id, oscillator);
    nodes.put(id, node);
    for (OscillatorModel.Change change : oscillator.changes()) {
      at(
          Duration.ofNanos(change.afterNanos()),
          () -> {
            node.stepFrequency(change.frequencyDelta());
            node.stepWall(Duration.ofNanos(change.wallDeltaNanos()));
          });
    }
    return node;
  }

  /**
   * Lets a node hear what is sent to a multicast or broadcast address. Each copy goes by the link
   * from its sender to that node.
   *
   * @param group the address
   * @param member who listens from now on
   */
  public void join(PeerId group, SimulatedNode member) {
    Objects.requireNonNull(member, "member");
    List<SimulatedNode> members = groups.computeIfAbsent(group, none -> new ArrayList<>());
    if (!members.contains(member)) {
      members.add(member);
    }
  }

  /**
   * Shows every datagram to somebody, when it is sent and when a process receives it.
   *
   * @param listener the listener, in place of the one before
   */
  public void onTraffic(TrafficListener listener) {
    traffic = Objects.requireNonNull(listener, "listener");
  }

  /**
   * The nodes, in the order in which they were added.
   *
   * @return an unmodifiable view
   */
  public Collection<SimulatedNode> nodes() {
    return Collections.unmodifiableCollection(nodes.values());
  }

  /**
   * Sets what every direction is like that has no model of its own. Before the first datagram:
   * links that are in use keep theirs.
   *
   * @param model of either direction
   */
  public void defaultLink(LinkModel model) {
    defaultModel = Objects.requireNonNull(model, "model");
  }

  /**
   * Sets or changes one direction between two nodes. A change holds for datagrams sent from now on.
   *
   * @param from who sends
   * @param to who receives
   * @param model what happens on the way
   */
  public void link(SimulatedNode from, SimulatedNode to, LinkModel model) {
    from.linkTo(to).become(model);
  }

  /**
   * Sets or changes both directions between two nodes.
   *
   * @param one an end
   * @param other the other end
   * @param model what happens on the way, either way
   */
  public void linkBoth(SimulatedNode one, SimulatedNode other, LinkModel model) {
    link(one, other, model);
    link(other, one, model);
  }

  /**
   * Divides the network: from now on datagrams pass only among nodes of the same part. Those that
   * are under way arrive.
   *
   * @param part one part; the nodes that are not in it are the other
   */
  public void partition(Collection<SimulatedNode> part) {
    partition(List.of(part));
  }

  /**
   * Divides the network into several parts.
   *
   * @param parts the parts; the nodes that are in none of them are one more. A node in two of them
   *     belongs to the later
   */
  public void partition(List<? extends Collection<SimulatedNode>> parts) {
    heal();
    for (int i = 0; i < parts.size(); i++) {
      for (SimulatedNode node : parts.get(i)) {
        node.joinGroup(i + 1);
      }
    }
    journal.fault("partition", parts);
  }

  /** Ends the division: all nodes reach each other again. */
  public void heal() {
    for (SimulatedNode node : nodes.values()) {
      node.joinGroup(0);
    }
    journal.fault("heal", "");
  }

  /**
   * Cuts or mends one direction between two nodes.
   *
   * @param from who sends
   * @param to who receives
   * @param isCut whether nothing that is sent from now on arrives
   */
  public void cut(SimulatedNode from, SimulatedNode to, boolean isCut) {
    from.linkTo(to).cut(isCut);
    journal.fault(isCut ? "cut" : "mend", from + " > " + to);
  }

  /**
   * Holds back what one direction carries from now on, and then delivers all of it at once.
   *
   * @param from who sends
   * @param to who receives
   * @param duration for how long; datagrams that would arrive later anyway are not held
   */
  public void clog(SimulatedNode from, SimulatedNode to, Duration duration) {
    from.linkTo(to).clogUntil(Math.addExact(nowNanos, duration.toNanos()));
    journal.fault("clog", from + " > " + to);
  }

  /**
   * Sends the latest datagrams of one direction once more, as an attacker may who listened.
   *
   * @param from who sent them
   * @param to who receives them again
   * @param count how many; no more than 16 are remembered
   */
  public void replay(SimulatedNode from, SimulatedNode to, int count) {
    journal.fault("replay", from + " > " + to);
    from.linkTo(to).replay(count);
  }

  /**
   * Delivers a datagram at once that nobody sent, as an attacker may.
   *
   * @param from the source address that it shows
   * @param to who receives it
   * @param payload its bytes, from position to limit
   */
  public void inject(PeerId from, SimulatedNode to, ByteBuffer payload) {
    Event event = queue.obtain(Event.Kind.DATAGRAM);
    event.node = to;
    event.peer = from;
    event.payload = payload;
    queue.add(nowNanos, event);
  }

  /**
   * Schedules an action: a fault, a sample, anything.
   *
   * @param sinceStart when, in true time since the start of the simulation; a time that has passed
   *     means at once
   * @param action what to do then
   */
  public void at(Duration sinceStart, Runnable action) {
    schedule(Math.addExact(startNanos, sinceStart.toNanos()), action);
  }

  /**
   * Schedules an action again and again, the first time after one interval.
   *
   * @param interval how often, in true time; positive
   * @param action what to do then
   * @throws IllegalArgumentException if the interval is not positive
   */
  public void every(Duration interval, Runnable action) {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException("interval must be positive: " + interval);
    }
    repeat(nowNanos, interval.toNanos(), Objects.requireNonNull(action, "action"));
  }

  /**
   * Runs for some time.
   *
   * @param duration how long, in true time
   */
  public void runFor(Duration duration) {
    runUntil(Math.addExact(nowNanos, duration.toNanos()));
  }

  /**
   * Runs all events up to a time, those at that time included.
   *
   * @param epochNanos true time in nanoseconds since the Unix epoch
   */
  public void runUntil(long epochNanos) {
    while (!queue.isEmpty() && queue.nextTimeNanos() <= epochNanos) {
      step();
    }
    nowNanos = Math.max(nowNanos, epochNanos);
  }

  /**
   * True time: what all clocks would show were they right.
   *
   * @return nanoseconds since the Unix epoch
   */
  public long trueNanos() {
    return nowNanos;
  }

  /**
   * True time since the start.
   *
   * @return at least zero
   */
  public Duration elapsed() {
    return Duration.ofNanos(nowNanos - startNanos);
  }

  /**
   * The seed that everything random in here follows from; machines may mix their own from it.
   *
   * @return the seed
   */
  public long seed() {
    return seed;
  }

  /**
   * A seed for one purpose of one node, for the machines that run there.
   *
   * @param purpose any name
   * @param node the node
   * @return a seed that depends on the simulation's seed, the purpose and the node's address
   */
  public long seedFor(String purpose, PeerId node) {
    return SeededStream.seedOf(seed, purpose, node);
  }

  /**
   * How many events have happened: datagrams, timers, notices, actions.
   *
   * @return at least 0
   */
  public long events() {
    return events;
  }

  /**
   * How many datagrams a process has received.
   *
   * @return at least 0
   */
  public long datagramsDelivered() {
    return journal.delivered();
  }

  /**
   * How many datagrams got lost: on the way, or at a node that nobody listens on.
   *
   * @return at least 0
   */
  public long datagramsDropped() {
    return journal.dropped();
  }

  /**
   * Writes down everything that happens from now on.
   *
   * @param to where to
   */
  public void traceTo(Trace to) {
    journal.traceTo(Objects.requireNonNull(to, "trace"));
  }

  void observe(EventObserver observer) {
    observers.add(observer);
  }

  EventQueue queue() {
    return queue;
  }

  long startNanos() {
    return startNanos;
  }

  @Nullable SimulatedNode find(PeerId id) {
    return nodes.get(id);
  }

  TrafficListener traffic() {
    return traffic;
  }

  List<SimulatedNode> membersOf(PeerId group) {
    return groups.isEmpty() ? List.of() : groups.getOrDefault(group, List.of());
  }

  LinkModel defaultModel() {
    return defaultModel;
  }

  void schedule(long trueNanos, Runnable action) {
    Event event = queue.obtain(Event.Kind.ACTION);
    event.action = Objects.requireNonNull(action, "action");
    queue.add(Math.max(trueNanos, nowNanos), event);
  }

  void deliver(long trueNanos, SimulatedNode from, SimulatedNode to, ByteBuffer payload) {
    Event event = queue.obtain(Event.Kind.DATAGRAM);
    event.node = to;
    event.peer = from.id();
    event.payload = payload;
    queue.add(trueNanos, event);
  }

  Journal journal() {
    return journal;
  }

  private void repeat(long fromNanos, long intervalNanos, Runnable action) {
    long next = Math.addExact(fromNanos, intervalNanos);
    schedule(
        next,
        () -> {
          repeat(next, intervalNanos, action);
          action.run();
        });
  }

  private void step() {
    nowNanos = queue.nextTimeNanos();
    Event event = queue.poll();
    if (!event.live) {
      queue.release(event);
      return;
    }
    events++;
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).beforeEvent();
    }
    if (event.kind != Event.Kind.ACTION) {
      Objects.requireNonNull(event.node, "node").happen(event);
    } else {
      Runnable action = Objects.requireNonNull(event.action, "action");
      queue.release(event);
      action.run();
    }
    for (int i = 0; i < observers.size(); i++) {
      observers.get(i).afterEvent();
    }
  }
}
