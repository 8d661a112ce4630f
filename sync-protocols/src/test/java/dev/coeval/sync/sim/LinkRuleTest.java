package dev.coeval.sync.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** What scenarios ask of a link beyond its model, and of a node beyond its oscillator. */
final class LinkRuleTest {
  private static final int DATAGRAMS = 20_000;

  private final Simulation simulation = Simulation.ofSeed(3);
  private final SimulatedNode from =
      simulation.addNode(PeerId.simulated(1), OscillatorModel.perfect());
  private final SimulatedNode to =
      simulation.addNode(PeerId.simulated(2), OscillatorModel.perfect());
  private final List<Long> arrivals = new ArrayList<>();

  /** Takes whatever comes, and answers if it is told to. */
  private final class Ear implements Responder {
    private final int length;
    private final List<ClockReading> left = new ArrayList<>();

    Ear(int length) {
      this.length = length;
    }

    @Override
    public int respond(
        ClockReading received,
        PeerId peer,
        ByteBuffer request,
        ByteBuffer reply,
        LongSupplier transmitTickNanos) {
      arrivals.add(simulation.trueNanos() - Simulation.DEFAULT_START_EPOCH_NANOS);
      return length;
    }

    @Override
    public void onSent(PeerId peer, ByteBuffer reply, ClockReading sent) {
      left.add(sent);
    }
  }

  private void listen() {
    to.run(() -> new Switchboard().add(new Ear(Responder.SILENT)));
  }

  private void send(int second) {
    simulation.at(
        Duration.ofSeconds(second), () -> from.send(to.id(), ByteBuffer.wrap(new byte[4])));
  }

  @Test
  void shouldPassEveryThirdWhenRuleCounts() {
    listen();
    simulation.link(
        from,
        to,
        LinkModel.fixed(Duration.ofNanos(5))
            .withRule(p -> p.number() % 3 == 0 ? p.delayNanos() + 7 : 0));
    for (int i = 1; i <= 9; i++) {
      send(i);
    }
    simulation.runFor(Duration.ofSeconds(20));
    assertEquals(List.of(3_000_000_012L, 6_000_000_012L, 9_000_000_012L), arrivals);
    assertEquals(6, simulation.datagramsDropped());
  }

  @Test
  void shouldShutWhenRuleLooksAtTheTime() {
    listen();
    simulation.link(
        from,
        to,
        LinkModel.fixed(Duration.ofNanos(1))
            .withRule(p -> p.sinceStartNanos() < 2_500_000_000L ? p.delayNanos() : -1));
    for (int i = 1; i <= 4; i++) {
      send(i);
    }
    simulation.runFor(Duration.ofSeconds(10));
    assertEquals(2, arrivals.size());
  }

  @Test
  void shouldHandOverOneToFourTimesAlikeOftenWhenCopiesAreFour() {
    listen();
    simulation.link(from, to, LinkModel.fixed(Duration.ofNanos(1)).withCopies(4));
    int[] times = new int[5];
    for (int i = 1; i <= 4_000; i++) {
      send(i);
    }
    simulation.runFor(Duration.ofSeconds(5_000));
    for (int i = 0; i < arrivals.size(); ) {
      int same = i;
      while (same < arrivals.size() && arrivals.get(same).equals(arrivals.get(i))) {
        same++;
      }
      times[same - i]++;
      i = same;
    }
    for (int n = 1; n <= 4; n++) {
      assertTrue(Math.abs(times[n] - 1_000) < 130, n + ": " + times[n]);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> LinkModel.fixed(Duration.ZERO).withCopies(LinkModel.MAX_COPIES + 1));
  }

  /** Mean b + J and deviation J of an exponential excess, and the median that tells its form. */
  @Test
  void shouldDelayAsTheLawSaysWhenExcessIsExponential() {
    listen();
    simulation.link(
        from, to, LinkModel.exponential(Duration.ofNanos(100_000), Duration.ofNanos(50_000)));
    for (int i = 1; i <= DATAGRAMS; i++) {
      send(i);
    }
    simulation.runFor(Duration.ofSeconds(DATAGRAMS + 1));
    double sum = 0;
    double squares = 0;
    int low = 0;
    for (int i = 0; i < DATAGRAMS; i++) {
      double excess = arrivals.get(i) - (i + 1) * 1e9 - 100_000;
      sum += excess;
      squares += excess * excess;
      low += excess < 50_000 * Math.log(2) ? 1 : 0;
    }
    double error = 5 / Math.sqrt(DATAGRAMS);
    assertEquals(1, sum / DATAGRAMS / 50_000, error);
    assertEquals(2, squares / DATAGRAMS / 2.5e9, 5 * error);
    assertEquals(0.5, low / (double) DATAGRAMS, error);
  }

  @Test
  void shouldReachEveryMemberButTheSenderWhenSentToAGroup() {
    PeerId group = PeerId.simulated(1_000);
    SimulatedNode third = simulation.addNode(PeerId.simulated(3), OscillatorModel.perfect());
    listen();
    third.run(() -> new Switchboard().add(new Ear(Responder.SILENT)));
    from.run(() -> new Switchboard().add(new Ear(Responder.SILENT)));
    List.of(from, to, third, to).forEach(node -> simulation.join(group, node));
    from.send(group, ByteBuffer.wrap(new byte[4]));
    simulation.runFor(Duration.ofSeconds(1));
    assertEquals(2, arrivals.size());
  }

  @Test
  void shouldTellTheResponderWhenItsReplyLeaves() {
    Ear ear = new Ear(4);
    to.answersAfter(Duration.ofMillis(2));
    to.run(() -> new Switchboard().add(ear));
    simulation.link(from, to, LinkModel.fixed(Duration.ofNanos(1)));
    send(1);
    simulation.runFor(Duration.ofSeconds(2));
    assertEquals(1, ear.left.size());
    long sinceNow = to.tickNanos() - ear.left.get(0).tickNanos();
    assertEquals(1_000_000_000L - 2_000_001L, sinceNow);
  }

  @Test
  void shouldJumpWithoutItsTimersNoticingWhenTicksAreStepped() {
    long tick = to.tickNanos();
    long wall = to.wallEpochNanos();
    to.stepTicks(Duration.ofSeconds(-100));
    assertEquals(tick - 100_000_000_000L, to.tickNanos());
    assertEquals(wall - 100_000_000_000L, to.wallEpochNanos());
  }
}
