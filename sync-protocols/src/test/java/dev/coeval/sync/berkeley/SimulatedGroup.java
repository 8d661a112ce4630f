package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A group in the simulator, and what is true of it: node 0 is configured to coordinate.
 *
 * <p>The oracle of the bound: a node that took the correction of a round claims the mean of the
 * clocks that made up that round, as its coordinator listed them. Those very clocks are kept, also
 * when their process is dead, and their mean is held against the claim.
 */
final class SimulatedGroup {
  static final double MAX_OFFSET_SECONDS = 0.5;
  static final double MAX_DRIFT_PPM = 100;

  final Simulation simulation;
  final List<Host> hosts = new ArrayList<>();
  final List<RoundCompleted> rounds = new ArrayList<>();
  final Map<Term, PeerId> leaders = new HashMap<>();
  private final BerkeleyConfig config;
  private final Map<String, List<Frozen>> participants = new HashMap<>();
  long readings;
  long violations;
  String firstViolation = "";

  /** No round is open for longer than half an interval of a second. */
  private static final Duration LONGEST_ROUND = Duration.ofMillis(510); // of those who restart

  /** A clock that took part, on the node that it belongs to. */
  private record Frozen(SimulatedNode node, DisciplinedClock clock) {

    long now() {
      return clock.get().epochNanosAt(node.tickNanos());
    }
  }

  /** One node and its present process. */
  final class Host {
    final SimulatedNode node;
    final List<Report> reports = new ArrayList<>();
    BerkeleyNode machine;
    DisciplinedClock clock;
    Corrected corrected;
    private long settledTick = Long.MIN_VALUE;
    private long settledReading;
    private final TreeMap<Duration, DisciplinedClock> clocks = new TreeMap<>();

    Host(SimulatedNode node) {
      this.node = node;
    }

    long now() {
      return clock.get().epochNanosAt(node.tickNanos());
    }

    ClockModel model() {
      return clock.get();
    }

    <T extends Report> List<T> reports(Class<T> type) {
      return reports.stream().filter(type::isInstance).map(type::cast).toList();
    }

    SyncStatus.State status() {
      List<SyncStatus> all = reports(SyncStatus.class);
      return all.isEmpty() ? SyncStatus.State.UNSYNCHRONIZED : all.get(all.size() - 1).state();
    }

    /** A process that was restarted during a round has not answered as a settled one in it. */
    private DisciplinedClock clockAtRoundStart() {
      Map.Entry<Duration, DisciplinedClock> entry =
          clocks.floorEntry(simulation.elapsed().minus(LONGEST_ROUND));
      return entry == null ? clock : entry.getValue();
    }

    private Switchboard board(BerkeleyConfig own) {
      corrected = null;
      settledTick = Long.MIN_VALUE;
      clock =
          new DisciplinedClock(
              node.reader(), own.pace().clockDriftBoundPpb(), own.pace().steeringPolicy());
      clocks.put(simulation.elapsed(), clock);
      ClockFollower follower = new ClockFollower(clock);
      node.onReport(
          (reading, report) -> {
            follower.accept(report);
            hear(this, report);
          });
      machine =
          new BerkeleyNode(
              "berkeley",
              own,
              clock,
              Keyring.empty(),
              simulation.seedFor("berkeley " + clocks.size(), node.id()));
      return new Switchboard().add("berkeley", first -> first == 'B', machine);
    }
  }

  SimulatedGroup(long seed, int size, BerkeleyConfig config) {
    this(seed, size, config, MAX_DRIFT_PPM);
  }

  SimulatedGroup(long seed, int size, BerkeleyConfig config, double maxDriftPpm) {
    this.config = config;
    simulation = Simulation.ofSeed(seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < size; i++) {
      long offset = (long) ((random.nextDouble() * 2 - 1) * MAX_OFFSET_SECONDS * 1e9);
      double ppm = (random.nextDouble() * 2 - 1) * maxDriftPpm;
      OscillatorModel model = OscillatorModel.offBy(Duration.ofNanos(offset), ppm);
      hosts.add(new Host(simulation.addNode(PeerId.simulated(i + 1), model)));
    }
  }

  /** Starts every node, members first. */
  SimulatedGroup start() {
    return start(Duration.ofMillis(7));
  }

  /** The same, and looks at claims so often. */
  SimulatedGroup start(Duration lookingEvery) {
    List<PeerId> members = new ArrayList<>();
    for (int i = hosts.size() - 1; i > 0; i--) {
      Host member = hosts.get(i);
      members.add(0, member.node.id());
      BerkeleyConfig own = configFor(List.of());
      member.node.run(() -> member.board(own));
    }
    BerkeleyConfig own = configFor(members);
    hosts.get(0).node.run(() -> hosts.get(0).board(own));
    simulation.every(lookingEvery, this::check);
    return this;
  }

  void runFor(Duration duration) {
    simulation.runFor(duration);
  }

  List<Host> leading() {
    return hosts.stream()
        .filter(host -> host.node.isRunning() && host.machine.role() == Role.COORDINATOR)
        .toList();
  }

  /** The largest distance of a running node's clock from the mean of the running ones. */
  long spreadNanos() {
    List<Host> running = hosts.stream().filter(host -> host.node.isAwake()).toList();
    long base = running.get(0).now();
    double mean = running.stream().mapToLong(host -> host.now() - base).average().orElse(0);
    return (long)
        running.stream().mapToDouble(host -> Math.abs(host.now() - base - mean)).max().orElse(0);
  }

  /** After a fault that the bound's assumptions exclude. */
  void forgetViolations() {
    violations = 0;
  }

  void assertBoundsHeld() {
    assertTrue(
        violations == 0,
        () ->
            "seed %d: %d of %d readings outside the bound, first %s"
                .formatted(simulation.seed(), violations, readings, firstViolation));
  }

  private BerkeleyConfig configFor(List<PeerId> members) {
    return new BerkeleyConfig(members, config.rounds(), config.agreement(), config.pace());
  }

  private void hear(Host host, Report report) {
    host.reports.add(report);
    if (report instanceof RoundCompleted round) {
      rounds.add(round);
      participants.put(round.term() + " " + round.round(), clocksOf(host, round));
    } else if (report instanceof Corrected corrected) {
      host.corrected = corrected;
      check(host);
    } else if (report instanceof RoleChanged changed && changed.role() == Role.COORDINATOR) {
      PeerId before = leaders.putIfAbsent(changed.term(), host.node.id());
      assertTrue(before == null, () -> "two coordinators of " + changed.term());
    }
  }

  private List<Frozen> clocksOf(Host coordinator, RoundCompleted round) {
    List<Frozen> clocks = new ArrayList<>();
    if (round.coordinatorTakesPart()) {
      clocks.add(new Frozen(coordinator.node, coordinator.clock));
    }
    for (Host host : hosts) {
      if (round.participants().contains(host.node.id())) {
        clocks.add(new Frozen(host.node, host.clockAtRoundStart()));
      }
    }
    return clocks;
  }

  private void check() {
    hosts.forEach(this::check);
  }

  /** A settled clock never leaves its oscillator's rate by more than it promised. */
  private void checkPace(Host host) {
    if (host.corrected == null || !host.corrected.settled() || !host.node.isRunning()) {
      host.settledTick = Long.MIN_VALUE;
      return;
    }
    long tick = host.node.tickNanos();
    long reading = host.now();
    if (host.settledTick != Long.MIN_VALUE) {
      long ticks = tick - host.settledTick;
      long gained = reading - host.settledReading - ticks;
      double most = ticks * 1e-9 * config.pace().maxSteerPpb() + 2;
      assertTrue(
          Math.abs(gained) <= most,
          () ->
              "seed %d: %s gained %d in %d".formatted(simulation.seed(), host.node, gained, ticks));
    }
    host.settledTick = tick;
    host.settledReading = reading;
  }

  private void check(Host host) {
    checkPace(host);
    if (host.corrected == null || !host.node.isRunning() || !host.model().isSynchronized()) {
      return;
    }
    List<Frozen> clocks = participants.get(host.corrected.term() + " " + host.corrected.round());
    long base = host.now();
    double mean = clocks.stream().mapToLong(clock -> clock.now() - base).average().orElseThrow();
    BoundedInstant claimed = host.model().boundsAt(host.node.tickNanos());
    readings++;
    boolean holds =
        claimed.earliestEpochNanos() - base <= mean && mean <= claimed.latestEpochNanos() - base;
    if (!holds && violations++ == 0) {
      firstViolation =
          "%s at %s: mean %+.0f, claimed %+d to %+d, %s"
              .formatted(
                  host.node,
                  simulation.elapsed(),
                  mean,
                  claimed.earliestEpochNanos() - base,
                  claimed.latestEpochNanos() - base,
                  host.corrected);
    }
  }
}
