package dev.coeval.sync.scenario.file;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.server.NtpServer;
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
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A scenario at work: builds the network, runs it, and notes what happens. */
final class FileRun {
  private static final double NANOS = 1e9;

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
      ErrorMeter errors = new ErrorMeter(limits, world.seconds());
      actors.put(spec.name(), new Actor(spec, node, clock(spec, node), errors));
    }
    link();
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
    return client == null
        ? new DisciplinedClock(
            node.reader(), 0, SteeringPolicy.with(StepPolicy.always(Duration.ZERO)))
        : new DisciplinedClock(node.reader(), client.driftBoundPpb(), client.steering());
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
    if (actor.spec.roles().client() == null) {
      lie(actor, 0);
    }
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

  /** A reference is exact, but for the error that the file gives it, taken anew each second. */
  private void lie(Actor actor, long second) {
    Expression error = actor.spec.roles().error();
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
    Map<String, Double> names = new HashMap<>(actor.spec.roles().names());
    names.put("t", (double) second);
    return error.in(new Expression.Scope(names, new SplittableRandom(second)));
  }

  private void start(Actor actor) {
    ClockFollower follower = new ClockFollower(actor.clock);
    actor.node.onReport(
        (reading, report) -> {
          if (actor.spec.roles().client() != null) {
            follower.accept(report);
          }
          actor.heard.add(new Heard(simulation.elapsed().toNanos() / NANOS, report));
        });
    actor.node.run(() -> board(actor));
  }

  private Switchboard board(Actor actor) {
    Switchboard board = new Switchboard();
    ServerSpec server = actor.spec.roles().server();
    ClientSpec client = actor.spec.roles().client();
    if (server != null) {
      board.add(
          new NtpServer(
              server.config().apply(simulation.seedFor("server", actor.spec.id())), actor.clock));
    }
    if (client != null) {
      long seed = simulation.seedFor("client", actor.spec.id());
      board.add(
          NtpClient.OWNER,
          first -> true,
          new NtpClient(client.config(), new SplittableRandom(seed)));
    }
    return board;
  }

  private void watch(Actor actor) {
    simulation.at(Duration.ZERO, () -> sample(actor, 0));
  }

  private void sample(Actor actor, long second) {
    if (second < world.seconds()) {
      simulation.at(Duration.ofSeconds(second + 1), () -> sample(actor, second + 1));
    }
    long tick = actor.node.tickNanos();
    ClockModel model = actor.clock.get();
    double time = (model.epochNanosAt(tick) - simulation.trueNanos()) / NANOS;
    double correction = model.frequency() + model.slewAt(tick);
    double rate = (1 + actor.node.frequency()) * (1 + correction) - 1;
    actor.errors.sample(second, time, rate);
  }
}
