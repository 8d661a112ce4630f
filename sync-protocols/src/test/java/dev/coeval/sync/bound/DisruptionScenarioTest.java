package dev.coeval.sync.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.discipline.Holdover;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.NtpClient;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a suspend, a step or a gap the bound is given up, at once, and comes back by exchanges. */
final class DisruptionScenarioTest {
  private static final PeerId SERVER = PeerId.simulated(1);
  private static final PeerId CLIENT = PeerId.simulated(2);
  private static final long GAP_NANOS = Duration.ofSeconds(10).toNanos();

  /** One server and one client, and all that the client said of how it stands. */
  private static final class Pair {
    final Simulation simulation = Simulation.ofSeed(7);
    final SimulatedNode server = simulation.addNode(SERVER, OscillatorModel.perfect());
    final SimulatedNode client =
        simulation.addNode(CLIENT, OscillatorModel.offBy(Duration.ofMillis(80), 30));
    final DisciplinedClock reference =
        new DisciplinedClock(
            server.reader(), 0, SteeringPolicy.with(StepPolicy.always(Duration.ZERO)));
    final DisciplinedClock clock =
        new DisciplinedClock(
            client.reader(),
            200_000,
            SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))));
    final List<SyncStatus> heard = new ArrayList<>();
    private int kept;

    Pair(String protocol) {
      simulation.defaultLink(
          LinkModel.exponential(Duration.ofNanos(100_000), Duration.ofNanos(50_000)));
      tell(0);
      ClockFollower follower = new ClockFollower(clock);
      client.onReport(
          (reading, report) -> {
            follower.accept(report);
            if (report instanceof SyncStatus status) {
              heard.add(status);
              kept += status.state() == State.DISRUPTED && clock.get().isSynchronized() ? 1 : 0;
            }
          });
      EnsembleConfig defaults = EnsembleConfig.defaults(List.of(SERVER));
      EnsembleConfig ensemble =
          defaults.withLocal(
              defaults.local().withHoldover(Holdover.DEFAULT.withMaxSilenceNanos(GAP_NANOS)));
      server.run(() -> new Switchboard().add(isNtp(protocol) ? ntpServer() : cristianServer()));
      client.run(() -> isNtp(protocol) ? ntpBoard(ensemble) : cristianBoard(ensemble));
      run(5);
      assertTrue(clock.get().isSynchronized());
      heard.clear();
    }

    private static boolean isNtp(String protocol) {
      return protocol.equals("ntp");
    }

    private NtpServer ntpServer() {
      return new NtpServer(NtpServerConfig.defaults(), reference);
    }

    private CristianServer cristianServer() {
      return new CristianServer(reference, Keyring.empty());
    }

    private static Switchboard ntpBoard(EnsembleConfig ensemble) {
      NtpConfig config =
          NtpConfig.defaults(List.of(SERVER))
              .withEnsemble(ensemble)
              .withPolling(NtpPolling.every(Duration.ofSeconds(1)));
      return new Switchboard()
          .add(NtpClient.OWNER, first -> true, new NtpClient(config, new SplittableRandom(1)));
    }

    private static Switchboard cristianBoard(EnsembleConfig ensemble) {
      CristianConfig config = CristianConfig.defaults(List.of(SERVER), 1).withEnsemble(ensemble);
      return new Switchboard().add(CristianClient.OWNER, first -> true, new CristianClient(config));
    }

    /** The server's time is off by so much from now on. */
    void tell(long nanos) {
      long time = simulation.trueNanos() + nanos;
      BoundedInstant exact = BoundedInstant.around(time, 0);
      reference.steer(new ClockEstimate(server.tickNanos(), time, 0, 0, exact));
    }

    void run(double seconds) {
      simulation.runFor(Duration.ofNanos((long) (seconds * 1e9)));
    }

    /** The client says that it is disrupted, and its clock has no bound when it says so. */
    void assertDisruptedWithin(double seconds, Set<Cause> causes) {
      run(seconds);
      SyncStatus said =
          heard.stream()
              .filter(status -> status.state() == State.DISRUPTED)
              .findFirst()
              .orElseThrow(() -> new AssertionError("not disrupted: " + heard));
      assertTrue(causes.contains(said.cause()), said::toString);
      assertEquals(0, kept, "the bound is given up");
    }

    long disruptions() {
      return heard.stream().filter(status -> status.state() == State.DISRUPTED).count();
    }

    void assertRecovers(double seconds, long truthOff) {
      run(seconds);
      assertEquals(State.SYNCHRONIZED, heard.get(heard.size() - 1).state());
      assertTrue(clock.now().contains(simulation.trueNanos() + truthOff));
      assertEquals(1, disruptions(), "it is said once");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ntp", "cristian"})
  void shouldBeDisruptedAfterASuspend(String protocol) {
    Pair pair = new Pair(protocol);
    pair.client.suspendFor(Duration.ofSeconds(30));
    pair.run(30);
    pair.assertDisruptedWithin(2, Set.of(Cause.SUSPENDED));
    pair.assertRecovers(5, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ntp", "cristian"})
  void shouldBeDisruptedAfterAStepOfTheWallClock(String protocol) {
    for (int hours : new int[] {-1, 1}) {
      Pair pair = new Pair(protocol);
      pair.client.stepWall(Duration.ofHours(hours));
      pair.assertDisruptedWithin(2, Set.of(hours > 0 ? Cause.SUSPENDED : Cause.WALL_STEPPED));
      pair.assertRecovers(5, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ntp", "cristian"})
  void shouldBeDisruptedAfterAStepOfTheSource(String protocol) {
    Pair pair = new Pair(protocol);
    pair.tell(20_000_000);
    pair.assertDisruptedWithin(3, Set.of(Cause.SOURCE_STEPPED));
    pair.assertRecovers(8, 20_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ntp", "cristian"})
  void shouldBeDisruptedAfterAGap(String protocol) {
    Pair pair = new Pair(protocol);
    pair.simulation.partition(List.of(pair.client));
    pair.run(9);
    assertTrue(pair.clock.now().contains(pair.simulation.trueNanos()), "held over so long");
    assertEquals(0, pair.disruptions());
    pair.assertDisruptedWithin(4, Set.of(Cause.SILENCE));
    pair.run(20);
    assertEquals(1, pair.disruptions(), "it is said once");
    pair.simulation.heal();
    pair.assertRecovers(20, 0);
  }
}
