package dev.coeval.sync.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.LogNormalDistribution;
import org.apache.commons.math3.distribution.ParetoDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.distribution.WeibullDistribution;
import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many datagrams over one link: how long they take, and how many of them arrive how often. */
final class LinkTest {
  private static final int COUNT = 20_000;
  private static final PeerId SENDER = PeerId.simulated(1);
  private static final PeerId RECEIVER = PeerId.simulated(2);
  private static final Duration MIN = Duration.ofMillis(1);
  private static final Duration JITTER = Duration.ofMillis(1);

  /** A datagram has come, that was sent at the start as the n-th. */
  private record Arrived(int number) implements Report {}

  /** What became of the datagrams: the delays of all arrivals, and how often each number came. */
  private record Outcome(List<Integer> numbers, List<Double> delays, Map<Integer, Integer> copies) {
    double[] array() {
      return delays.stream().mapToDouble(delay -> delay).toArray();
    }

    int lost() {
      return COUNT - copies.size();
    }

    long overtakings() {
      long count = 0;
      for (int i = 1; i < numbers.size(); i++) {
        count += numbers.get(i) < numbers.get(i - 1) ? 1 : 0;
      }
      return count;
    }
  }

  /** Sends one datagram a microsecond. */
  private static final class Sender implements StateMachine {
    private int number;

    @Override
    public List<Action> start(ClockReading now) {
      return send(now);
    }

    @Override
    public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
      return List.of();
    }

    @Override
    public List<Action> onTimer(ClockReading now, TimerId timer) {
      return number == COUNT ? List.of() : send(now);
    }

    private List<Action> send(ClockReading now) {
      ByteBuffer payload = ByteBuffer.allocate(4).putInt(number++).flip();
      return List.of(
          new Action.Send(RECEIVER, payload, new SendId("s", number)),
          new Action.SetTimer(new TimerId("s", 0, 0), now.tickNanos() + 1_000));
    }
  }

  private static final class Receiver implements StateMachine {
    @Override
    public List<Action> start(ClockReading now) {
      return List.of();
    }

    @Override
    public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
      return List.of(new Action.Publish(new Arrived(payload.getInt(payload.position()))));
    }

    @Override
    public List<Action> onTimer(ClockReading now, TimerId timer) {
      return List.of();
    }
  }

  private static Outcome send(LinkModel model) {
    Simulation simulation = Simulation.ofSeed(11);
    simulation.defaultLink(model);
    SimulatedNode receiver = simulation.addNode(RECEIVER, OscillatorModel.perfect());
    SimulatedNode sender = simulation.addNode(SENDER, OscillatorModel.perfect());
    List<Integer> numbers = new ArrayList<>();
    List<Double> delays = new ArrayList<>();
    Map<Integer, Integer> copies = new HashMap<>();
    receiver.onReport(
        (reading, report) -> {
          int number = ((Arrived) report).number();
          delays.add(simulation.elapsed().toNanos() - 1_000.0 * number);
          numbers.add(number);
          copies.merge(number, 1, Integer::sum);
        });
    receiver.run(() -> new Switchboard().add("r", first -> true, new Receiver()));
    sender.run(() -> new Switchboard().add("s", first -> true, new Sender()));
    simulation.runFor(Duration.ofDays(2));
    return new Outcome(numbers, delays, copies);
  }

  @ParameterizedTest
  @CsvSource({
    // shape, variance of the excess in units of its squared mean
    "EXPONENTIAL, 1, 1",
    "GAMMA, 2, 0.5",
    "LOGNORMAL, 0.5, 0.2840254",
    "WEIBULL, 0.7, 2.1386486",
    "PARETO, 6, 1.5",
    "UNIFORM, 1, 0.3333333",
  })
  void shouldHaveTheMomentsOfItsDistributionWhenDatagramsAreDelayed(
      DelayModel.Excess excess, double shape, double relativeVariance) {
    double jitter = (double) JITTER.toNanos();
    LinkModel link = LinkModel.of(new DelayModel(MIN.toNanos(), jitter, excess, shape));
    Outcome outcome = send(link);
    assertEquals(0, outcome.lost());
    assertTrue(StatUtils.min(outcome.array()) >= link.minNanos());
    assertTrue(StatUtils.min(outcome.array()) < link.minNanos() + 0.3 * jitter);
    double error = 5 * Math.sqrt(relativeVariance / COUNT);
    assertEquals(MIN.toNanos() + jitter, StatUtils.mean(outcome.array()), error * jitter);
    double variance = StatUtils.variance(outcome.array()) / (jitter * jitter);
    assertEquals(relativeVariance, variance, 0.25 * relativeVariance);
  }

  /** Kolmogorov and Smirnov's test against the distribution itself, at one in a thousand. */
  @ParameterizedTest
  @CsvSource({
    "EXPONENTIAL, 1",
    "GAMMA, 2",
    "LOGNORMAL, 1",
    "WEIBULL, 0.6",
    "PARETO, 2.5",
    "UNIFORM, 1"
  })
  void shouldFollowItsDistributionWhenDatagramsAreDelayed(DelayModel.Excess excess, double shape) {
    double jitter = (double) JITTER.toNanos();
    RealDistribution law =
        switch (excess) {
          case EXPONENTIAL -> new ExponentialDistribution(null, jitter);
          case GAMMA -> new GammaDistribution(null, shape, jitter / shape);
          case LOGNORMAL -> new LogNormalDistribution(null, Math.log(jitter) - 0.5, shape);
          case WEIBULL -> new WeibullDistribution(null, shape, jitter / Gamma.gamma(1 + 1 / shape));
          case PARETO -> new ParetoDistribution(null, jitter * (shape - 1), shape);
          case NONE, UNIFORM -> new UniformRealDistribution(null, 0, 2 * jitter);
        };
    double less = law.getSupportLowerBound() > 0 ? law.getSupportLowerBound() : 0;
    LinkModel link = LinkModel.of(new DelayModel(MIN.toNanos(), jitter, excess, shape));
    double[] all = send(link).array();
    double[] delays = new double[all.length / 8];
    Arrays.setAll(delays, i -> all[8 * i] - MIN.toNanos() + less);
    double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(law, delays);
    assertTrue(p > 1e-3, excess + ": p " + p);
  }

  @Test
  void shouldTakeTheSameTimeWhenTheDelayIsFixed() {
    Outcome outcome = send(LinkModel.fixed(MIN));
    assertEquals((double) MIN.toNanos(), StatUtils.min(outcome.array()));
    assertEquals((double) MIN.toNanos(), StatUtils.max(outcome.array()));
    assertEquals(0, outcome.overtakings());
  }

  @Test
  void shouldLoseItsShareWhenLossesAreIndependent() {
    Outcome outcome = send(LinkModel.fixed(MIN).withLoss(0.2));
    assertEquals(0.2 * COUNT, outcome.lost(), 5 * Math.sqrt(0.2 * 0.8 * COUNT));
    assertEquals(5, meanBurst(outcome.numbers) * 4, 0.2); // 1 / (1 - p) = 1.25 in a row
  }

  @Test
  void shouldLoseManyInARowWhenLossesAreBursty() {
    LossModel bursty = LossModel.bursty(0.2, 10);
    assertEquals(0.2, bursty.meanLoss(), 1e-12);
    Outcome outcome = send(LinkModel.fixed(MIN).withLoss(bursty));
    assertEquals(0.2 * COUNT, outcome.lost(), 0.1 * 0.2 * COUNT);
    assertEquals(10, meanBurst(outcome.numbers), 1);
  }

  private static double meanBurst(List<Integer> arrived) {
    int bursts = 0;
    int lost = 0;
    for (int i = 1; i < arrived.size(); i++) {
      int gap = arrived.get(i) - arrived.get(i - 1) - 1;
      bursts += gap > 0 ? 1 : 0;
      lost += gap;
    }
    return lost / (double) bursts;
  }

  @Test
  void shouldDeliverTheRestUnchangedWhenSomeGetLost() {
    LinkModel link = LinkModel.exponential(MIN, JITTER);
    Outcome all = send(link);
    Outcome rest = send(link.withLoss(0.5));
    List<Integer> expected = all.numbers.stream().filter(rest.copies::containsKey).toList();
    assertEquals(expected, rest.numbers);
  }

  @Test
  void shouldDeliverTwiceWhenDatagramsAreDuplicatedOrReplayed() {
    Outcome twice = send(LinkModel.fixed(MIN).withDuplicates(0.1, Duration.ofNanos(500)));
    assertEquals(0.1 * COUNT, twice.numbers.size() - COUNT, 5 * Math.sqrt(0.09 * COUNT));
    assertTrue(StatUtils.max(twice.array()) < MIN.toNanos() + 20_000);
    Outcome again = send(LinkModel.fixed(MIN).withReplays(0.1, Duration.ofMinutes(1)));
    assertEquals(0.1 * COUNT, again.numbers.size() - COUNT, 5 * Math.sqrt(0.09 * COUNT));
    assertTrue(StatUtils.max(again.array()) > Duration.ofMinutes(2).toNanos());
    assertEquals(2, again.copies.values().stream().mapToInt(i -> i).max().orElse(0));
  }

  @Test
  void shouldOvertakeWhenDatagramsAreReordered() {
    Outcome outcome = send(LinkModel.fixed(MIN).withReordering(0.01, Duration.ofNanos(100_000)));
    assertTrue(outcome.overtakings() > 180, "overtakings " + outcome.overtakings());
    assertEquals(COUNT, outcome.numbers.size());
  }

  @Test
  void shouldComeAfterThePollWhenDatagramsAreLate() {
    Duration poll = Duration.ofSeconds(64);
    Outcome outcome = send(LinkModel.fixed(MIN).withLate(0.01, poll));
    int late = 0;
    for (double delay : outcome.delays) {
      late += delay > poll.toNanos() ? 1 : 0;
      assertTrue(delay == MIN.toNanos() || delay >= poll.toNanos() + MIN.toNanos());
    }
    assertEquals(0.01 * COUNT, late, 5 * Math.sqrt(0.01 * COUNT));
  }

  @Test
  void shouldRefuseAModelWhenItIsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> LossModel.independent(1.1));
    assertThrows(IllegalArgumentException.class, () -> LossModel.bursty(0.5, 0.5));
    assertThrows(IllegalArgumentException.class, () -> DelayModel.pareto(MIN, JITTER, 1));
    assertThrows(IllegalArgumentException.class, () -> DelayModel.gamma(MIN, JITTER, 0));
    assertThrows(IllegalArgumentException.class, () -> DelayModel.fixed(Duration.ofNanos(-1)));
    assertThrows(
        IllegalArgumentException.class, () -> LinkModel.fixed(MIN).withDuplicates(-0.1, MIN));
    assertThrows(
        IllegalArgumentException.class,
        () -> LinkModel.fixed(MIN).withLate(0.1, Duration.ofNanos(-1)));
  }
}
