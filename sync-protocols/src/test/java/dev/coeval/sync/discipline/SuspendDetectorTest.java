package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.World;
import dev.coeval.time.ClockReading;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SuspendDetectorTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long THRESHOLD = 10_000_000L;
  private static final PeerId PEER = PeerId.simulated(1);

  private static SuspendDetector detector() {
    return new SuspendDetector(200_000, THRESHOLD);
  }

  private static ClockReading at(long tick, long wall) {
    return new ClockReading(tick, World.EPOCH + wall, 50);
  }

  @Test
  void shouldSeeNothingWhenTheClocksGoTogether() {
    SuspendDetector detector = detector();
    assertEquals(OptionalLong.empty(), detector.observe(at(0, 0)));
    assertEquals(OptionalLong.empty(), detector.observe(at(SECOND, SECOND)));
    assertEquals(OptionalLong.empty(), detector.observe(at(2 * SECOND, 2 * SECOND + THRESHOLD)));
  }

  @Test
  void shouldSeeASleepWhenTheWallClockGainsOnTheTicks() {
    SuspendDetector detector = detector();
    detector.observe(at(0, 0));
    assertEquals(OptionalLong.of(30 * SECOND), detector.observe(at(SECOND, 31 * SECOND)));
    assertEquals(OptionalLong.empty(), detector.observe(at(2 * SECOND, 32 * SECOND)));
  }

  @Test
  void shouldSeeAStepBackAsWell() {
    SuspendDetector detector = detector();
    detector.observe(at(0, 0));
    assertEquals(OptionalLong.of(-SECOND), detector.observe(at(SECOND, 0)));
  }

  @Test
  void shouldAllowWhatDriftAndSpansExplain() {
    SuspendDetector detector = detector();
    ClockReading before = at(0, 0);
    long hour = 3600 * SECOND;
    long drift = OffsetBounds.driftNanos(hour, 200_000);
    long most = hour + drift + THRESHOLD + 100;
    assertEquals(OptionalLong.empty(), detector.jumpNanos(before, at(hour, most)));
    assertTrue(detector.jumpNanos(before, at(hour, most + 2)).isPresent());
  }

  /** The request left, the host slept, and the reply had waited for it. */
  @Test
  void shouldCatchAnExchangeThatSpansASleepWhoseBoundWouldLie() {
    World world = new World(1, 0);
    Ensemble ensemble = new Ensemble(EnsembleConfig.defaults(List.of(PEER)));
    SuspendDetector detector = detector();
    detector.observe(reading(world));
    assertTrue(ensemble.add(world.exchange(PEER, 100_000, 100_000, 0)).estimate().isPresent());
    long t1 = world.tick();
    detector.observe(reading(world));
    world.pass(100_000);
    long t2 = world.trueEpochNanos();
    world.sleep(30e9);
    world.pass(100_000);
    Measurement spanning = new Measurement(PEER, t1, t2, t2, world.tick(), Measurement.Root.EXACT);
    OffsetBounds lie = spanning.bounds(0, 200_000);
    assertFalse(contains(lie, world.trueOffset()), "this is why it must not be used");

    OptionalLong jump = detector.observe(reading(world));
    assertEquals(30e9, (double) jump.orElseThrow(), 100);
    assertEquals(SyncStatus.State.DISRUPTED, ensemble.disrupt("the host slept").status().state());
    assertTrue(ensemble.boundsAt(world.tick()).isEmpty());

    ensemble.add(world.exchange(PEER, 100_000, 100_000, 0));
    OffsetBounds bounds = ensemble.boundsAt(world.tick()).orElseThrow();
    assertTrue(contains(bounds, world.trueOffset()));
    assertEquals(SyncStatus.State.SYNCHRONIZED, ensemble.status().state());
  }

  @Test
  void shouldRejectNegativeArguments() {
    assertThrows(IllegalArgumentException.class, () -> new SuspendDetector(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new SuspendDetector(0, -1));
  }

  private static ClockReading reading(World world) {
    return new ClockReading(world.tick(), world.trueEpochNanos(), 0);
  }

  private static boolean contains(OffsetBounds bounds, long offset) {
    return bounds.lowNanos() <= offset && offset <= bounds.highNanos();
  }
}
