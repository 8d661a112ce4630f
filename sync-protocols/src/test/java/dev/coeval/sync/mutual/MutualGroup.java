package dev.coeval.sync.mutual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Nodes that read each other, liars among them, and what is true of them. */
final class MutualGroup {
  final Simulation simulation;
  final List<Host> hosts = new ArrayList<>();
  private int liars;
  long readings;

  /** What a liar shows to one who asks, in nanoseconds since the Unix epoch. */
  @FunctionalInterface
  interface Lie {
    long toldTo(Host asker);
  }

  /** One honest node and its present process. */
  final class Host {
    final SimulatedNode node;
    final List<Report> reports = new ArrayList<>();
    MutualNode machine;
    DisciplinedClock clock;

    Host(SimulatedNode node) {
      this.node = node;
    }

    long now() {
      return clock.get().epochNanosAt(node.tickNanos());
    }

    boolean isSynchronized() {
      return node.isRunning() && clock.get().isSynchronized();
    }

    SyncStatus.State status() {
      return reports.stream()
          .filter(SyncStatus.class::isInstance)
          .map(report -> ((SyncStatus) report).state())
          .reduce(SyncStatus.State.UNSYNCHRONIZED, (before, after) -> after);
    }

    List<MutualRound> rounds() {
      return reports.stream()
          .filter(MutualRound.class::isInstance)
          .map(MutualRound.class::cast)
          .toList();
    }

    void run(MutualConfig config) {
      node.run(() -> board(config));
    }

    private Switchboard board(MutualConfig config) {
      clock =
          new DisciplinedClock(
              node.reader(), config.pace().clockDriftBoundPpb(), config.pace().steeringPolicy());
      ClockFollower follower = new ClockFollower(clock);
      node.onReport(
          (reading, report) -> {
            follower.accept(report);
            if (report instanceof MutualRound || report instanceof SyncStatus) {
              reports.add(report);
            }
          });
      long seed = simulation.seedFor("mutual " + reports.size(), node.id());
      machine = new MutualNode("mutual", config, clock, Keyring.empty(), seed);
      return new Switchboard()
          .add(machine)
          .add("mutual", first -> first == MutualNode.FIRST_BYTE, machine);
    }
  }

  MutualGroup(long seed) {
    simulation = Simulation.ofSeed(seed);
  }

  Host add(OscillatorModel oscillator) {
    PeerId id = PeerId.simulated(hosts.size() + liars + 1);
    Host host = new Host(simulation.addNode(id, oscillator));
    hosts.add(host);
    return host;
  }

  /** A two-faced node: what it shows depends on who asks. */
  SimulatedNode addLiar(Lie lie) {
    liars++;
    PeerId id = PeerId.simulated(hosts.size() + liars);
    SimulatedNode node = simulation.addNode(id, OscillatorModel.perfect());
    node.run(() -> new Switchboard().add(new Liar(lie)));
    return node;
  }

  /** Everybody else of the group, liars too. */
  List<PeerId> othersThan(Host host) {
    return simulation.nodes().stream()
        .map(SimulatedNode::id)
        .filter(id -> !id.equals(host.node.id()))
        .toList();
  }

  Host host(PeerId id) {
    return hosts.stream().filter(host -> host.node.id().equals(id)).findFirst().orElseThrow();
  }

  void runFor(Duration duration) {
    simulation.runFor(duration);
  }

  long lowest() {
    return hosts.stream().mapToLong(Host::now).min().orElseThrow();
  }

  long highest() {
    return hosts.stream().mapToLong(Host::now).max().orElseThrow();
  }

  long skewNanos() {
    return highest() - lowest();
  }

  /** The largest skew while it runs, looked at often. */
  long worstSkewWhile(Duration duration) {
    long[] worst = {0};
    Duration end = simulation.elapsed().plus(duration);
    simulation.every(
        Duration.ofMillis(3),
        () -> {
          if (simulation.elapsed().compareTo(end) <= 0) {
            worst[0] = Math.max(worst[0], skewNanos());
          }
        });
    simulation.runFor(duration);
    return worst[0];
  }

  /**
   * Holds every claim against every honest clock but the f lowest and the f highest of them, now
   * and then.
   */
  void checkClaims(int f) {
    simulation.every(Duration.ofMillis(7), () -> check(f));
  }

  private void check(int f) {
    long[] clocks = hosts.stream().mapToLong(Host::now).sorted().toArray();
    for (Host host : hosts) {
      if (host.isSynchronized()) {
        BoundedInstant claimed = host.clock.get().boundsAt(host.node.tickNanos());
        readings++;
        for (int i = f; i < clocks.length - f; i++) {
          long clock = clocks[i];
          assertEquals(
              true,
              claimed.contains(clock),
              () ->
                  "seed %d at %s: %s claims %s, not %d"
                      .formatted(
                          simulation.seed(), simulation.elapsed(), host.node, claimed, clock));
        }
      }
    }
  }

  private final class Liar implements Responder {
    private final Lie lie;
    private final ReadingCodec codec = new ReadingCodec(Keyring.empty());

    Liar(Lie lie) {
      this.lie = lie;
    }

    @Override
    public int respond(
        ClockReading received,
        PeerId from,
        ByteBuffer request,
        ByteBuffer reply,
        LongSupplier transmitTickNanos) {
      if (codec.decodeRead(request) instanceof Decoded.Value<ReadingCodec.Read> good) {
        long shown = lie.toldTo(host(from));
        return codec.encodeReading(
            reply, good.value(), true, body -> body.putLong(shown).putLong(shown));
      }
      return SILENT;
    }
  }
}
