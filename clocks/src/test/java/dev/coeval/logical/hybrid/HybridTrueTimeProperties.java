package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.testing.ManualTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockReader;
import dev.coeval.time.CommitWait;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Laws H12 and H14: several nodes whose clocks are wrong within bounds that they know, against the
 * true time, which the test knows.
 */
final class HybridTrueTimeProperties {

  private static final int NODES = 3;
  private static final int MOVES = 40;
  private static final Duration ANY = Duration.ofSeconds(Long.MAX_VALUE);

  private static HybridLogicalClock millis(InstantSource source) {
    return HybridLogicalClock.of(source, ANY);
  }

  private static HybridNanoClock nanos(InstantSource source) {
    return HybridNanoClock.of(source, ANY);
  }

  /** Nodes that stamp and talk to each other while time passes. */
  private static final class World<T extends HybridStamp<T>> {
    final ManualTime truth = ManualTime.at(Instant.parse("2026-11-22T12:00:00.0007Z"));
    final Random random;
    final List<HonestSource> sources = new ArrayList<>();
    final List<HybridClock<T>> clocks = new ArrayList<>();

    World(
        long seed,
        long mostNanos,
        Function<HonestSource, InstantSource> feed,
        Function<InstantSource, HybridClock<T>> maker) {
      this.random = new Random(seed);
      for (int node = 0; node < NODES; node++) {
        HonestSource source = new HonestSource(truth, mostNanos, random);
        sources.add(source);
        clocks.add(maker.apply(feed.apply(source)));
      }
    }

    /** Something happens at some node: an event or a receipt. */
    T event() {
      int node = random.nextInt(NODES);
      sources.get(node).change();
      HybridClock<T> clock = clocks.get(node);
      return random.nextBoolean()
          ? clock.tick()
          : clock.receive(clocks.get(random.nextInt(NODES)).latest());
    }

    void pass(long nanos) {
      truth.advanceNanos(nanos);
    }

    /** A reader that lets time pass, and the others be busy, while somebody waits. */
    ClockReader reader() {
      return ClockReader.of(
          truth::tickNanos,
          truth::wallEpochNanos,
          nanos -> {
            pass(nanos);
            event();
          });
    }
  }

  /** A commit: the stamp is given, its time passes everywhere, then it is made known. */
  private static <T extends HybridStamp<T>> void requireLaterStampsAfterCommitWait(
      World<T> world, String seed) throws InterruptedException {
    for (int commit = 0; commit < 10; commit++) {
      int node = world.random.nextInt(NODES);
      T stamp = world.clocks.get(node).tick();
      new CommitWait(world.sources.get(node), world.reader()).awaitPast(stamp.lastInstant());
      for (int other = 0; other < NODES; other++) {
        world.sources.get(other).change();
        T later = world.clocks.get(other).tick();
        assertTrue(later.isAfter(stamp), () -> seed + ": " + later + " after " + stamp);
      }
      world.event();
      world.pass(world.random.nextInt(2_000_000));
    }
  }

  @Property(tries = 200)
  void h12ShouldStampLaterOnEveryNodeWhenACommitHasWaited(@ForAll long seed)
      throws InterruptedException {
    requireLaterStampsAfterCommitWait(
        new World<>(seed, 3_000_000, HonestSource::latestSource, HybridTrueTimeProperties::millis),
        "seed " + seed);
    requireLaterStampsAfterCommitWait(
        new World<>(seed, 20_000, HonestSource::latestSource, HybridTrueTimeProperties::nanos),
        "seed " + seed);
  }

  /** For clocks fed with the best single reading: wait for the others' error too. */
  @Property(tries = 200)
  void h12ShouldStampLaterOnEveryNodeWhenACommitHasWaitedForTheErrorOfPoints(@ForAll long seed)
      throws InterruptedException {
    World<HybridTimestamp> world =
        new World<>(seed, 3_000_000, source -> source, HybridTrueTimeProperties::millis);
    Duration others = Duration.ofMillis(3);
    HybridTimestamp stamp = world.clocks.get(0).tick();
    new CommitWait(world.sources.get(0), world.reader())
        .awaitPast(stamp.lastInstant().plus(others));
    for (int other = 0; other < NODES; other++) {
      world.sources.get(other).change();
      assertTrue(world.clocks.get(other).tick().isAfter(stamp), "seed " + seed);
    }
  }

  /** One that has heard of nothing, stands on a point that is late, and is asked at once. */
  @Example
  void h12ShouldNotHoldForPointsWhenOnlyOurOwnErrorWasWaitedFor() throws InterruptedException {
    boolean found = false;
    for (long seed = 0; seed < 1_000 && !found; seed++) {
      World<HybridNanoTimestamp> world =
          new World<>(seed, 3_000_000, source -> source, HybridTrueTimeProperties::nanos);
      HybridNanoTimestamp stamp = world.clocks.get(0).tick();
      ClockReader quiet =
          ClockReader.of(world.truth::tickNanos, world.truth::wallEpochNanos, world::pass);
      new CommitWait(world.sources.get(0), quiet).awaitPast(stamp.lastInstant());
      found = world.clocks.get(1).tick().isBefore(stamp);
    }
    assertTrue(found, "a stamp from before a commit that is past");
  }

  /** What happened, and when in truth. */
  private record Event<T>(T stamp, long truthNanos) {}

  private static <T extends HybridStamp<T>> void requireRealTimeOrder(
      World<T> world, Duration uncertainty, String seed) {
    List<Event<T>> events = new ArrayList<>();
    for (int move = 0; move < MOVES; move++) {
      world.pass(world.random.nextInt(3) * uncertainty.toNanos() / 2);
      events.add(new Event<>(world.event(), world.truth.wallEpochNanos()));
    }
    for (Event<T> a : events) {
      for (Event<T> b : events) {
        if (!a.stamp().isDefinitelyBefore(b.stamp(), uncertainty)) {
          continue;
        }
        assertTrue(a.truthNanos() < b.truthNanos(), () -> seed + ": " + a + " and " + b);
        assertFalse(b.stamp().isDefinitelyBefore(a.stamp(), uncertainty), "asymmetric");
        for (Event<T> c : events) {
          if (b.stamp().isDefinitelyBefore(c.stamp(), uncertainty)) {
            assertTrue(a.stamp().isDefinitelyBefore(c.stamp(), uncertainty), "transitive");
          }
        }
      }
      assertFalse(a.stamp().isDefinitelyBefore(a.stamp(), uncertainty), "irreflexive");
    }
  }

  @Property(tries = 200)
  void h12ShouldBeRealTimeOrderWhenDefinitelyBefore(@ForAll long seed) {
    requireRealTimeOrder(
        new World<>(seed, 3_000_000, source -> source, HybridTrueTimeProperties::millis),
        Duration.ofMillis(3),
        "seed " + seed);
    requireRealTimeOrder(
        new World<>(seed, 20_000, source -> source, HybridTrueTimeProperties::nanos),
        Duration.ofNanos(20_000),
        "seed " + seed);
  }

  private static <T extends HybridStamp<T>> void requireHonestErrors(World<T> world, String seed) {
    for (int move = 0; move < MOVES; move++) {
      world.pass(world.random.nextInt(1_000_000));
      T stamp = world.event();
      HonestSource source = world.sources.get(world.random.nextInt(NODES));
      BoundedInstant now = source.now();
      long error = stamp.errorNanos(now.earliestEpochNanos(), now.latestEpochNanos());
      Duration distance = Duration.between(stamp.toInstant(), world.truth.instant()).abs();
      assertTrue(distance.toNanos() <= error, () -> seed + ": " + stamp + " at " + now);
      if (stamp.toInstant().isAfter(now.latest())) {
        assertEquals(Duration.between(now.earliest(), stamp.toInstant()).toNanos(), error);
      }
    }
  }

  @Property(tries = 200)
  void h14ShouldNeverUnderStateTheErrorWhenAStampIsBorrowed(@ForAll long seed) {
    requireHonestErrors(
        new World<>(seed, 3_000_000, source -> source, HybridTrueTimeProperties::millis),
        "seed " + seed);
    requireHonestErrors(
        new World<>(seed, 3_000_000, HonestSource::latestSource, HybridTrueTimeProperties::nanos),
        "seed " + seed);
  }

  /** The live maximum offset refuses no honest node, whatever the errors are at the time. */
  @Property(tries = 200)
  void h9ShouldAdmitEveryHonestStampWhenTheMaximumIsLive(@ForAll long seed) {
    Duration most = Duration.ofMillis(6); // a point can be off by the whole width
    World<HybridTimestamp> world =
        new World<>(
            seed,
            3_000_000,
            source -> source,
            source ->
                HybridLogicalClock.builder(source)
                    .maxOffset(MaxOffset.live(((HonestSource) source)::errorNanos, most))
                    .build());
    for (int move = 0; move < MOVES; move++) {
      world.pass(world.random.nextInt(1_000_000));
      world.event();
    }
  }
}
