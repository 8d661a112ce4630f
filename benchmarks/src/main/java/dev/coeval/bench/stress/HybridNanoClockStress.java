package dev.coeval.bench.stress;

import dev.coeval.logical.hybrid.HybridNanoClock;
import dev.coeval.logical.hybrid.HybridNanoTimestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** A hybrid clock of nanoseconds that threads share, on a wall clock that stands still. */
public final class HybridNanoClockStress {
  private HybridNanoClockStress() {}

  private static final InstantSource STANDING = InstantSource.fixed(Instant.ofEpochSecond(1));

  /** No stamp is given twice, and no event is lost. */
  @JCStressTest
  @Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "first before second")
  @Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "second before first")
  @State
  public static class TwoTicks {
    private final HybridNanoClock clock = HybridNanoClock.of(STANDING, Duration.ofSeconds(1));

    /** For jcstress. */
    public TwoTicks() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void first(III_Result r) {
      r.r1 = clock.tick().counter();
    }

    /**
     * Another.
     *
     * @param r what came out
     */
    @Actor
    public void second(III_Result r) {
      r.r2 = clock.tick().counter();
    }

    /**
     * What is left.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(III_Result r) {
      r.r3 = clock.latest().counter();
    }
  }

  /** A receipt is after what it received. */
  @JCStressTest
  @Outcome(id = "0, 6", expect = Expect.ACCEPTABLE, desc = "tick before receipt")
  @Outcome(id = "7, 6", expect = Expect.ACCEPTABLE, desc = "receipt before tick")
  @State
  public static class TickAndReceive {
    private final HybridNanoClock clock = HybridNanoClock.of(STANDING, Duration.ofSeconds(1));
    private final HybridNanoTimestamp remote = HybridNanoTimestamp.of(1_000_000_000, 5);

    /** For jcstress. */
    public TickAndReceive() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void tick(II_Result r) {
      r.r1 = clock.tick().counter();
    }

    /**
     * A receipt.
     *
     * @param r what came out
     */
    @Actor
    public void receive(II_Result r) {
      r.r2 = clock.receive(remote).counter();
    }
  }
}
