package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * The client's claimed bound against the truth, at every event of simulations in which everything
 * goes wrong that may: fewer than half of the servers lie, datagrams are lost, doubled, reordered,
 * replayed and far too late, servers die, come back and lose their reference, the network parts.
 */
final class NtpBoundProperties {
  private static final Duration LENGTH = Duration.ofSeconds(60);

  @Property(tries = 600, shrinking = ShrinkingMode.OFF)
  void shouldHoldTheTruthWhateverHappensOnTheWay(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    NtpWorld world = NtpWorld.ofSeed(seed);
    world.links(anyLink(random));
    int count = 1 + random.nextInt(5);
    int liars = random.nextInt((count - 1) / 2 + 1);
    for (int i = 0; i < count; i++) {
      Duration error = Duration.ofNanos(random.nextLong(1_000, 2_000_000));
      Duration lie = i < liars ? anyLie(random, error) : Duration.ZERO;
      world.liar(anyOscillator(random), error, lie);
    }
    world.client(anyOscillator(random));
    for (int i = 0; i < 6; i++) {
      anyFault(random, world);
    }
    world.runFor(LENGTH);
    assertTrue(
        world.reports.stream().anyMatch(Measurement.class::isInstance), "nothing was measured");
    assertTrue(world.probe.readings() > 0 || count > 1, "no bound was ever claimed");
  }

  private static LinkModel anyLink(SplittableRandom random) {
    Duration min = Duration.ofNanos(random.nextLong(5_000, 20_000_000));
    Duration jitter = Duration.ofNanos(random.nextLong(1_000, 20_000_000));
    Duration late = Duration.ofMillis(1_500);
    return LinkModel.exponential(min, jitter)
        .withLoss(random.nextDouble(0.3))
        .withDuplicates(random.nextDouble(0.2), jitter)
        .withReordering(random.nextDouble(0.2), jitter.multipliedBy(3))
        .withReplays(random.nextDouble(0.1), Duration.ofSeconds(3))
        .withLate(random.nextDouble(0.1), late);
  }

  private static OscillatorModel anyOscillator(SplittableRandom random) {
    return OscillatorModel.offBy(
            Duration.ofMillis(random.nextLong(-500, 501)), random.nextDouble(-100, 100))
        .withWander(random.nextDouble(1e-7));
  }

  /** From a little more than its error, which is hard to see, to an hour. */
  private static Duration anyLie(SplittableRandom random, Duration error) {
    double scale = Math.pow(10, random.nextDouble(0, 6));
    Duration lie = Duration.ofNanos((long) (error.toNanos() * 1.05 * scale));
    return random.nextBoolean() ? lie : lie.negated();
  }

  private static void anyFault(SplittableRandom random, NtpWorld world) {
    NtpWorld.Server server = world.servers.get(random.nextInt(world.servers.size()));
    Duration at = Duration.ofMillis(random.nextLong(3_000, 40_000));
    Duration until = at.plusMillis(random.nextLong(100, 15_000));
    switch (random.nextInt(5)) {
      case 0 -> {
        world.simulation.at(at, server.node::kill);
        world.simulation.at(until, server.node::restart);
      }
      case 1 -> {
        world.simulation.at(at, () -> server.setReference(false));
        world.simulation.at(until, () -> server.setReference(true));
      }
      case 2 -> {
        world.simulation.at(at, () -> world.simulation.cut(server.node, world.client(), true));
        world.simulation.at(until, () -> world.simulation.cut(server.node, world.client(), false));
      }
      case 3 ->
          world.simulation.at(at, () -> world.simulation.replay(server.node, world.client(), 8));
      default -> world.simulation.at(at, () -> inject(random, world, server));
    }
  }

  /** Forged replies: well-formed, an hour off, with origins that are guessed. */
  private static void inject(SplittableRandom random, NtpWorld world, NtpWorld.Server server) {
    for (int i = 0; i < 50; i++) {
      ByteBuffer guess = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
      guess.putLong(NtpCodec.TRANSMIT, i == 0 ? 0 : random.nextLong());
      long lie = world.simulation.trueNanos() + 3_600_000_000_000L;
      world.simulation.inject(
          server.node.id(), world.client(), Lab.bytes(Lab.reply(guess, lie, lie)));
    }
  }
}
