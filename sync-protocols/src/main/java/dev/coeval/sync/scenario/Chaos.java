package dev.coeval.sync.scenario;

import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.sim.DelayModel;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.LossModel;
import dev.coeval.sync.sim.SimulatedNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws a network, clocks and faults from the seed: all that a bound has to bear, but never what it
 * stands on. Clocks keep their drift bound, fewer than half of the servers lie, the others are as
 * wrong as they admit, no host sleeps. Clients estimate by any of the {@link Disciplines}.
 */
final class Chaos {
  private static final int FAULTS = 6;
  private static final double FIRST_FAULT = 2;
  private static final double LAST_FAULT = 22;
  private static final int LONGEST_DATAGRAM = 128;

  private final SplittableRandom random;
  private final Cast cast;
  private final Map<SimulatedNode, Double> jumps = new HashMap<>();

  private Chaos(SplittableRandom random, Cast cast) {
    this.random = random;
    this.cast = cast;
  }

  static void set(Stage stage) {
    SplittableRandom random = stage.random;
    stage.towards = link(random);
    stage.from = link(random);
    stage.service = micros(random, random.nextBoolean() ? 50 : 20_000);
    stage.leaders = 1 + random.nextInt(5);
    stage.liars = random.nextInt(1 + (stage.leaders - 1) / 2);
    stage.lieNanos = random.nextLong(-200_000_000L, 200_000_000L);
    stage.claimedErrorNanos = random.nextBoolean() ? 0 : random.nextLong(20_000_000L);
    stage.serverErrorNanos = stage.claimedErrorNanos;
    List<String> names = List.copyOf(Disciplines.names());
    stage.disciplines =
        Disciplines.named(names.get(random.nextInt(names.size()))).orElse(Disciplines.REGRESSION);
    stage.followers = 1 + random.nextInt(3);
    double wander = Math.pow(10, -9 + 2.5 * random.nextDouble());
    double temperature = 20e-6 * random.nextDouble();
    Duration period = Duration.ofSeconds(10 + random.nextInt(100));
    stage.trouble = model -> model.withWander(wander).withTemperature(temperature, period);
    stage.act(cast -> new Chaos(random, cast).plan());
  }

  private static LinkModel link(SplittableRandom random) {
    Duration min = micros(random, 20_000);
    Duration jitter = micros(random, random.nextBoolean() ? 100 : 10_000);
    DelayModel delay =
        switch (random.nextInt(6)) {
          case 0 -> DelayModel.fixed(min);
          case 1 -> DelayModel.exponential(min, jitter);
          case 2 -> DelayModel.gamma(min, jitter, 2);
          case 3 -> DelayModel.lognormal(min, jitter, 1);
          case 4 -> DelayModel.weibull(min, jitter, 0.5);
          default -> DelayModel.pareto(min, jitter, 1.5);
        };
    LossModel loss =
        random.nextBoolean()
            ? LossModel.independent(0.3 * random.nextDouble())
            : LossModel.bursty(0.3 * random.nextDouble(), 1 + 9 * random.nextDouble());
    return LinkModel.of(delay)
        .withLoss(loss)
        .withDuplicates(0.2 * random.nextDouble(), micros(random, 10_000))
        .withReordering(0.2 * random.nextDouble(), micros(random, 50_000))
        .withReplays(0.1 * random.nextDouble(), micros(random, 5_000_000))
        .withLate(0.1 * random.nextDouble(), micros(random, 3_000_000));
  }

  private static Duration micros(SplittableRandom random, int most) {
    return Duration.ofNanos(1_000L * (1 + random.nextInt(most)));
  }

  private void plan() {
    for (int i = 0; i < FAULTS; i++) {
      double second = FIRST_FAULT + (LAST_FAULT - FIRST_FAULT) * random.nextDouble();
      double lasts = 5 * random.nextDouble();
      int kind = random.nextInt(9);
      cast.at(second, () -> begin(kind, lasts));
    }
  }

  private void begin(int kind, double lastsSeconds) {
    SimulatedNode one = any(cast.all());
    SimulatedNode other = any(cast.all());
    SimulatedNode follower = any(cast.followers);
    Duration lasts = Duration.ofNanos((long) (lastsSeconds * 1e9));
    switch (kind) {
      case 0 -> restartAfter(one, lasts, one::kill);
      case 1 -> restartAfter(one, lasts, one::closePort);
      case 2 -> one.freezeFor(lasts, random.nextBoolean());
      case 3 -> divide(lasts);
      case 4 -> cast.simulation.clog(one, other, lasts);
      case 5 -> cast.simulation.replay(one, other, 16);
      case 6 -> inject(one, other);
      case 7 -> moveFrequency(follower, 50e-6 * (2 * random.nextDouble() - 1));
      default -> follower.stepWall(lasts.minusSeconds(2));
    }
  }

  /** Jumps do not add up: with all else that moves it an oscillator keeps its drift bound. */
  private void moveFrequency(SimulatedNode node, double jump) {
    Double before = jumps.put(node, jump);
    node.stepFrequency(jump - (before == null ? 0 : before));
  }

  private void restartAfter(SimulatedNode node, Duration dead, Runnable end) {
    end.run();
    cast.simulation.at(cast.simulation.elapsed().plus(dead), node::restart);
  }

  private void divide(Duration lasts) {
    List<SimulatedNode> part = new ArrayList<>();
    for (SimulatedNode node : cast.all()) {
      if (random.nextBoolean()) {
        part.add(node);
      }
    }
    cast.simulation.partition(part);
    cast.simulation.at(cast.simulation.elapsed().plus(lasts), cast.simulation::heal);
  }

  /** Bytes that nobody sent, of any protocol or none. */
  private void inject(SimulatedNode from, SimulatedNode to) {
    byte[] bytes = new byte[random.nextInt(LONGEST_DATAGRAM)];
    random.nextBytes(bytes);
    cast.simulation.inject(from.id(), to, ByteBuffer.wrap(bytes));
  }

  private SimulatedNode any(List<SimulatedNode> nodes) {
    return nodes.get(random.nextInt(nodes.size()));
  }
}
