package dev.coeval.bench.scale;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Nodes of a simulation, and their clocks. */
abstract sealed class Network permits TreeNetwork, GossipNetwork {
  private static final double MAX_PPM = 50;
  private static final double WANDER = 1e-9;
  private static final long MAX_OFFSET_NANOS = 10_000_000;

  final Simulation simulation;
  final SplittableRandom random;
  final List<Member> members = new ArrayList<>();

  /** A node whose clock is kept by what runs there. */
  record Member(SimulatedNode node, DisciplinedClock clock) {

    long errorNanos(long trueNanos) {
      return clock.get().epochNanosAt(node.tickNanos()) - trueNanos;
    }
  }

  Network(long seed) {
    simulation = Simulation.ofSeed(seed);
    random = new SplittableRandom(seed);
    simulation.defaultLink(
        LinkModel.exponential(Duration.ofNanos(200_000), Duration.ofNanos(50_000)));
  }

  static PeerId idOf(int index) {
    return PeerId.simulated(index + 1);
  }

  /**
   * A node like any other: off, fast or slow, and wandering. Its machines are run by the caller.
   */
  final Member addMember(long driftBoundPpb, SteeringPolicy policy) {
    Duration offset = Duration.ofNanos(random.nextLong(-MAX_OFFSET_NANOS, MAX_OFFSET_NANOS));
    double ppm = random.nextDouble(-MAX_PPM, MAX_PPM);
    OscillatorModel oscillator = OscillatorModel.offBy(offset, ppm).withWander(WANDER);
    SimulatedNode node = simulation.addNode(idOf(simulation.nodes().size()), oscillator);
    Member member = new Member(node, new DisciplinedClock(node.reader(), driftBoundPpb, policy));
    ClockFollower follower = new ClockFollower(member.clock);
    node.onReport((now, report) -> follower.accept(report));
    members.add(member);
    return member;
  }

  /** The largest error of a clock now: against true time, or against the mean of all. */
  abstract double worstErrorNanos();
}
