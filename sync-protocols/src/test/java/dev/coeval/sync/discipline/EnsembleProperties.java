package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.Ensemble.Outcome;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Measurement.Root;
import dev.coeval.sync.measure.World;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The oracle is the world: it knows the true time. */
final class EnsembleProperties {
  private static final double DRIFT = 200e-6;

  private static List<PeerId> peers(int n) {
    List<PeerId> peers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      peers.add(PeerId.simulated(i + 1));
    }
    return peers;
  }

  /** What the owner's clock would claim: the last estimate's bound, aged; UNBOUNDED if dropped. */
  private static final class Owner {
    private Optional<BoundedInstant> bounds = Optional.empty();
    private long tick;

    void apply(Outcome outcome) {
      if (outcome.status().state() == SyncStatus.State.DISRUPTED) {
        bounds = Optional.empty();
      }
      outcome
          .estimate()
          .ifPresent(
              estimate -> {
                assertTrue(estimate.bounds().contains(estimate.epochNanos()));
                bounds = Optional.of(estimate.bounds());
                tick = estimate.tickNanos();
              });
    }

    void check(World world) {
      long dt = world.tick() - tick;
      long wider = (long) Math.ceil(dt * DRIFT / (1 - DRIFT)) + 1;
      long truth = world.trueEpochNanos();
      bounds.ifPresent(
          b ->
              assertTrue(
                  b.earliestEpochNanos() + dt - wider <= truth
                      && truth <= b.latestEpochNanos() + dt + wider,
                  () -> truth + " is not within " + b + " aged by " + dt));
    }
  }

  @Property(tries = 300)
  void shouldHoldTheTruthWhenNoMoreLieThanTolerated(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int n,
      @ForAll @IntRange(max = 4) int strategy,
      @ForAll @IntRange(max = 2) int pace) {
    World world = new World(seed, 0);
    List<PeerId> peers = peers(n);
    EnsembleConfig config = EnsembleConfig.defaults(peers).withMissesUntilUnreachable(3);
    int liars = config.faultsTolerated();
    Ensemble ensemble = new Ensemble(config);
    Owner owner = new Owner();
    boolean silent = false;
    for (int i = 0; i < 150; i++) {
      int who = (int) world.uniform(0, n);
      silent = i % 10 == 0 ? world.uniform(0, 1) < 0.3 : silent;
      if (silent && who >= liars) {
        ClockReading now = new ClockReading(world.tick(), 0, 0);
        owner.apply(ensemble.missed(peers.get(who), now));
      } else {
        Outcome outcome = ensemble.add(exchange(world, peers.get(who), who < liars, strategy));
        for (PeerId falseticker : outcome.falsetickers()) {
          assertTrue(peers.indexOf(falseticker) < liars, "an honest one is called false");
        }
        owner.apply(outcome);
      }
      owner.check(world);
      ensemble
          .boundsAt(world.tick())
          .ifPresent(b -> assertEquals(world.trueOffset(), b.clamp(world.trueOffset())));
      world.setDrift(world.uniform(-DRIFT, DRIFT));
      world.pass(world.exponential(Math.pow(30, pace) * 1e8));
      owner.check(world);
    }
  }

  private static Measurement exchange(World world, PeerId peer, boolean lies, int strategy) {
    double jitter = world.uniform(0, 300_000);
    double[] ways = {50_000 + world.exponential(jitter), 50_000 + world.exponential(jitter / 5)};
    Root root = new Root(20_000, 10_000, 0); // an error of 20 µs is admitted
    double wrong = world.uniform(-20_000, 20_000);
    if (lies) {
      wrong =
          switch (strategy) {
            case 0 -> 1e9; // far off
            case 1 -> 60_000; // a little more than admitted
            case 2 -> world.uniform(-1e6, 1e6); // two-faced
            case 3 -> world.tick() * 1e-3; // drifting
            default -> world.uniform(0, 1) < 0.5 ? 0 : 200_000; // now and then
          };
    }
    return world.exchange(peer, ways, (long) wrong, root);
  }

  /** Stamps as far off as a codec lets through: nothing throws, whatever comes out. */
  @Property(tries = 300)
  void shouldNotThrowWhenStampsAreExtreme(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int n) {
    World random = new World(seed, 0);
    List<PeerId> peers = peers(n);
    Ensemble ensemble = new Ensemble(EnsembleConfig.defaults(peers));
    long tick = 0;
    for (int i = 0; i < 60; i++) {
      long t1 = tick;
      tick += (long) random.uniform(0, 1e10);
      long t2 = extreme(random);
      long t3 = random.uniform(0, 1) < 0.5 ? t2 : extreme(random);
      Root root = new Root((long) random.uniform(0, 1e14), (long) random.uniform(0, 1e14), 1);
      PeerId peer = peers.get((int) random.uniform(0, n));
      ensemble
          .add(new Measurement(peer, t1, t2, t3, tick, root))
          .estimate()
          .ifPresent(e -> assertTrue(e.bounds().contains(e.epochNanos())));
    }
  }

  private static long extreme(World random) {
    double kind = random.uniform(0, 4);
    if (kind < 1) {
      return 1L << 62;
    }
    if (kind < 2) {
      return -(1L << 62);
    }
    return kind < 3 ? 0 : (long) random.uniform(-0x1p62, 0x1p62);
  }
}
