package dev.coeval.sync.scenario.file;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpNode;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.server.BroadcastConfig;
import dev.coeval.sync.ntp.server.NtpBroadcaster;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A scenario at work: builds the network, runs it, and notes what happens. */
final class FileRun {
  private static final double NANOS = 1e9;

  /** The broadcast address of the simulated network. */
  private static final PeerId EVERYBODY = PeerId.simulated(0xFF_FFFF);

  private final Simulation simulation;
  private final PacketMeter packets;
  private final ScenarioSpec.World world;
  private final Map<String, Actor> actors = new LinkedHashMap<>();
  private @Nullable RuntimeException crash;

  /** A node at work. */
  static final class Actor {
    final NodeSpec spec;
    final SimulatedNode node;
    final DisciplinedClock clock;
    final ErrorMeter errors;
    final BoundMeter guaranteed = new BoundMeter();
    final BoundMeter characterised = new BoundMeter();
    final List<Heard> heard = new ArrayList<>();
    double lie;

    Actor(NodeSpec spec, SimulatedNode node, DisciplinedClock clock, ErrorMeter errors) {
      this.spec = spec;
      this.node = node;
      this.clock = clock;
      this.errors = errors;
    }
  }

  FileRun(ScenarioSpec.World world, Limits limits, long seed) {
    this.world = world;
    this.simulation = Simulation.ofSeedAt(seed, world.startEpochNanos());
    this.packets = new PacketMeter(simulation);
    simulation.onTraffic(packets);
    for (NodeSpec spec : world.nodes()) {
      SimulatedNode node = simulation.addNode(spec.id(), spec.clock().oscillator());
      ErrorMeter errors = new ErrorMeter(limits, world.span().warmUp());
      actors.put(spec.name(), new Actor(spec, node, clock(spec, node), errors));
    }
    link();
    prepareLeap();
    actors.values().forEach(actor -> simulation.join(EVERYBODY, actor.node));
    actors.values().forEach(this::schedule);
    actors.values().stream().filter(a -> a.spec.life().isChecked()).forEach(this::watch);
  }

  Simulation simulation() {
    return simulation;
  }

  PacketMeter packets() {
    return packets;
  }

  Iterable<Actor> actors() {
    return actors.values();
  }

  Actor actor(String name) {
    Actor actor = actors.get(name);
    if (actor == null) {
      throw new IllegalStateException("checked when it was read: " + name);
    }
    return actor;
  }

  /** Why the run ended before its time; null if it did not. */
  @Nullable RuntimeException crash() {
    return crash;
  }

  void toEnd() {
    try {
      simulation.runFor(Duration.ofSeconds(world.seconds()));
    } catch (RuntimeException e) {
      crash = e;
    }
  }

  private static DisciplinedClock clock(NodeSpec spec, SimulatedNode node) {
    ClientSpec client = spec.roles().client();
    return client == null || spec.roles().isReference()
        ? new DisciplinedClock(
            node.reader(), 0, SteeringPolicy.with(StepPolicy.always(Duration.ZERO)))
        : new DisciplinedClock(node.reader(), client.driftBoundPpb(), client.steering());
  }

  /** References know of a leap second from the start; everybody else has to be told. */
  private void prepareLeap() {
    LeapSecond leap = world.leap();
    for (Actor actor : actors.values()) {
      ServerSpec server = actor.spec.roles().server();
      if (leap != null && server != null && actor.spec.roles().isReference()) {
        actor.clock.announce(leap, server.leap());
      }
    }
  }

  /**
   * What a clock should show: what a node's clock does, if one is right by definition; or true time
   * as it is counted after the leap second, if there is one.
   */
  private long truth() {
    String node = world.truth().node();
    if (node != null) {
      return shownBy(actor(node));
    }
    LeapSecond leap = world.leap();
    return simulation.trueNanos() - (leap == null ? 0 : leap.shiftNanos());
  }

  private static long shownBy(Actor actor) {
    return actor.clock.get().epochNanosAt(actor.node.tickNanos());
  }

  private boolean isAtLeap() {
    LeapSecond leap = world.leap();
    return leap != null && leap.isNear(simulation.trueNanos(), 2 * (long) NANOS);
  }

  /** Holds what a clock claims against UTC, but for the seconds about a leap: they may mean two. */
  private void check(Actor actor, ClockModel model, long tick) {
    LeapSecond leap = world.leap();
    String node = world.truth().node();
    long now = simulation.trueNanos();
    if (!isAtLeap()) {
      long utc = leap == null ? now : leap.utcNanosOf(now);
      long truth = node == null ? utc : shownBy(actor(node));
      actor.guaranteed.sample(model.boundsAt(tick), truth);
      actor.characterised.sample(model.characterisedAt(tick), truth);
    }
  }

  private void link() {
    List<NodeSpec> nodes = world.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      for (int j = 0; j < nodes.size(); j++) {
        if (i != j) {
          NodeSpec from = nodes.get(i);
          NodeSpec to = nodes.get(j);
          LinkSpec link = world.link(from.name(), to.name());
          simulation.link(actor(from.name()).node, actor(to.name()).node, link.model(j < i));
        }
      }
    }
  }

  /** Steps and lies come before the sample of the same second, as they are scheduled first. */
  private void schedule(Actor actor) {
    for (ClockSpec.Step step : actor.spec.clock().steps()) {
      long last = step.everySeconds() == 0 ? step.atSeconds() : world.seconds();
      scheduleStep(actor, step, step.atSeconds(), last);
    }
    if (actor.spec.roles().isReference()) {
      lie(actor, 0);
    }
    actor.spec.life().pauses().forEach(pause -> schedulePause(actor, pause, pause.atNanos()));
    simulation.at(Duration.ofNanos(actor.spec.life().startNanos()), () -> start(actor));
  }

  private void scheduleStep(Actor actor, ClockSpec.Step step, long second, long last) {
    if (second > last) {
      return;
    }
    simulation.at(
        Duration.ofSeconds(second),
        () -> {
          if (step.everySeconds() > 0) {
            scheduleStep(actor, step, second + step.everySeconds(), last);
          }
          if (step.target() == ClockSpec.Target.WALL) {
            actor.node.stepWall(Duration.ofNanos(step.byNanos()));
          } else {
            actor.node.stepTicks(Duration.ofNanos(step.byNanos()));
          }
        });
  }

  private void schedulePause(Actor actor, PauseSpec pause, long atNanos) {
    simulation.at(
        Duration.ofNanos(atNanos),
        () -> {
          if (pause.everyNanos() > 0) {
            schedulePause(actor, pause, atNanos + pause.everyNanos());
          }
          pause.begin(actor.node);
        });
  }

  /** A reference is exact, but for the error that the file gives it, taken anew each second. */
  private void lie(Actor actor, long second) {
    Expression error = actor.spec.roles().lie().error();
    double lie = error == null ? 0 : errorAt(actor, error, second);
    if (second == 0 || lie != actor.lie) {
      long time = simulation.trueNanos() + Math.round(lie * NANOS);
      actor.clock.steer(
          new ClockEstimate(actor.node.tickNanos(), time, 0, 0, BoundedInstant.around(time, 0)));
      actor.lie = lie;
    }
    if (error != null && second < world.seconds()) {
      long next = second + 1;
      simulation.at(Duration.ofSeconds(next), () -> lie(actor, next));
    }
  }

  private static double errorAt(Actor actor, Expression error, long second) {
    Map<String, Double> names = new HashMap<>(actor.spec.roles().lie().names());
    names.put("t", (double) second);
    return error.in(new Expression.Scope(names, new SplittableRandom(second)));
  }

  private void start(Actor actor) {
    ClientSpec client = actor.spec.roles().client();
    LeapPolicy leap = client == null ? LeapPolicy.step() : client.leap();
    ClockFollower follower = new ClockFollower(actor.clock, leap);
    actor.node.onReport(
        (reading, report) -> {
          if (!actor.spec.roles().isReference()) {
            follower.accept(report);
          }
          actor.heard.add(new Heard(simulation.elapsed().toNanos() / NANOS, report));
        });
    actor.node.run(() -> board(actor));
  }

  private Switchboard board(Actor actor) {
    Switchboard board = new Switchboard();
    NtpClient client = client(actor);
    ServerSpec server = actor.spec.roles().server();
    if (server != null) {
      NtpServerConfig config = server.config().apply(simulation.seedFor("server", actor.spec.id()));
      Supplier<ServedTime> time =
          client == null || actor.spec.roles().isReference()
              ? config.reference().serving(actor.clock)
              : client.served();
      board.add(NtpServer.serving(config, time));
      server.broadcast().ifPresent(exponent -> broadcast(board, exponent, time));
    }
    if (client != null) {
      board.add(NtpClient.OWNER, first -> true, client);
    }
    return board;
  }

  private static void broadcast(Switchboard board, int exponent, Supplier<ServedTime> time) {
    BroadcastConfig config = BroadcastConfig.to(EVERYBODY).withIntervalExponent(exponent);
    board.add(NtpBroadcaster.OWNER, first -> false, new NtpBroadcaster(config, time));
  }

  private @Nullable NtpClient client(Actor actor) {
    ClientSpec spec = actor.spec.roles().client();
    ServerSpec server = actor.spec.roles().server();
    if (spec == null) {
      return null;
    }
    NtpNode node =
        NtpNode.of(actor.clock)
            .withKeys(spec.keys())
            .withAddresses(Set.of(actor.spec.id().address()));
    if (server != null && actor.spec.roles().isReference()) {
      node = node.withReference(server.config().apply(0).reference().serving(actor.clock));
    }
    long seed = simulation.seedFor("client", actor.spec.id());
    return new NtpClient(spec.config(), node, new SplittableRandom(seed));
  }

  private void watch(Actor actor) {
    simulation.at(Duration.ZERO, () -> sample(actor, 0));
  }

  private void sample(Actor actor, long second) {
    if (second < world.seconds()) {
      simulation.at(Duration.ofSeconds(second + 1), () -> sample(actor, second + 1));
    }
    boolean isUnclear = world.truth().node() != null && isAtLeap();
    if (actor.node.isSuspended() || isUnclear) {
      return; // nobody reads a clock while its host sleeps; at a leap a number means two instants
    }
    long tick = actor.node.tickNanos();
    ClockModel model = actor.clock.get();
    double time = (model.epochNanosAt(tick) - truth()) / NANOS;
    double correction = model.frequency() + model.slewAt(tick);
    double rate = (1 + actor.node.frequency()) * (1 + correction) - 1;
    actor.errors.sample(second, time, rate);
    if (second >= world.span().warmUp()) {
      check(actor, model, tick);
    }
  }
}
