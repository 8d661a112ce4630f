package dev.coeval.examples.lessons;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.mutual.MutualConfig;
import dev.coeval.sync.mutual.MutualNode;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.DisciplinedClock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Clocks that agree without any that is right, though one of them lies: Welch and Lynch.
 *
 * <p>Each node reads all others and goes to the middle of what is left without the lowest and the
 * highest. Four bear one liar, whatever it says. Of three, one that told each of the others another
 * time could keep them apart for ever; this one does not, but as they cannot know, they claim
 * nothing.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example14_AgreeingWithoutAReference}
 */
public final class Example14_AgreeingWithoutAReference {

  private static final long SEED = 14;
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration LENGTH = Duration.ofMinutes(2);
  private static final double PPM_APART = 20;
  private static final long MOST_MICROS = 1_000;

  private Example14_AgreeingWithoutAReference() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    tell(out, "four, of which one lies", new Group(4));
    tell(out, "three, of which one lies", new Group(3));
  }

  private static void tell(PrintStream out, String who, Group group) {
    group.simulation.runFor(LENGTH);
    String verdict = group.apartMicros() < MOST_MICROS ? "are together" : "are apart";
    out.println(who + ": the honest ones " + verdict);
    out.println("  and claim to be: " + group.isSynchronized());
  }

  /** Nodes in a simulation; the last one's clock is an hour ahead, and follows nobody. */
  private static final class Group {
    final Simulation simulation = Simulation.ofSeed(SEED);
    final List<DisciplinedClock> honest = new ArrayList<>();

    Group(int size) {
      List<PeerId> all = IntStream.rangeClosed(1, size).mapToObj(PeerId::simulated).toList();
      for (PeerId id : all) {
        boolean lies = id.equals(all.get(size - 1));
        List<PeerId> others = all.stream().filter(other -> !other.equals(id)).toList();
        add(id, MutualConfig.tolerant(others, 1, INTERVAL), lies);
      }
    }

    private void add(PeerId id, MutualConfig config, boolean lies) {
      Duration offset = lies ? Duration.ofHours(1) : Duration.ofMillis(honest.size());
      OscillatorModel oscillator = OscillatorModel.offBy(offset, PPM_APART * honest.size());
      SimulatedNode host = simulation.addNode(id, oscillator);
      DisciplinedClock clock =
          new DisciplinedClock(
              host.reader(), config.pace().clockDriftBoundPpb(), config.pace().steeringPolicy());
      long seed = simulation.seedFor("mutual", id);
      MutualNode node = new MutualNode("mutual", config, clock, Keyring.empty(), seed);
      ClockFollower follower = new ClockFollower(clock);
      host.onReport((now, report) -> follower.accept(report));
      Switchboard board = new Switchboard().add(node);
      if (!lies) {
        honest.add(clock);
        board.add("mutual", first -> first == MutualNode.FIRST_BYTE, node);
      }
      host.run(() -> board);
    }

    long apartMicros() {
      long[] clocks = honest.stream().mapToLong(DisciplinedClock::epochNanos).sorted().toArray();
      return (clocks[clocks.length - 1] - clocks[0]) / 1_000;
    }

    boolean isSynchronized() {
      return honest.stream().allMatch(clock -> clock.get().isSynchronized());
    }
  }
}
