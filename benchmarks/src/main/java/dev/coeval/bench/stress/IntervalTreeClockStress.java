package dev.coeval.bench.stress;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.tree.IntervalTreeClock;
import dev.coeval.logical.tree.IntervalTreeMessage;
import dev.coeval.logical.tree.IntervalTreeStamp;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** An interval tree clock that threads share. */
public final class IntervalTreeClockStress {
  private IntervalTreeClockStress() {}

  /** Two events of one clock are one after the other. */
  @JCStressTest
  @Outcome(id = "BEFORE", expect = Expect.ACCEPTABLE, desc = "first before second")
  @Outcome(id = "AFTER", expect = Expect.ACCEPTABLE, desc = "second before first")
  @State
  public static class TwoTicks {
    private final IntervalTreeClock clock = IntervalTreeClock.seed();
    private @Nullable IntervalTreeMessage one;
    private @Nullable IntervalTreeMessage two;

    /** For jcstress. */
    public TwoTicks() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void first(L_Result r) {
      one = clock.tick();
    }

    /**
     * Another.
     *
     * @param r what came out
     */
    @Actor
    public void second(L_Result r) {
      two = clock.tick();
    }

    /**
     * Their order.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(L_Result r) {
      r.r1 = Objects.requireNonNull(one).relationTo(Objects.requireNonNull(two));
    }
  }

  /** A fork takes a share of the id and loses no event. */
  @JCStressTest
  @Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "whole")
  @State
  public static class ForkWhileTicking {
    private final IntervalTreeClock clock = IntervalTreeClock.seed();
    private @Nullable IntervalTreeMessage event;
    private @Nullable IntervalTreeStamp child;

    /** For jcstress. */
    public ForkWhileTicking() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void tick(ZZ_Result r) {
      event = clock.tick();
    }

    /**
     * A fork.
     *
     * @param r what came out
     */
    @Actor
    public void fork(ZZ_Result r) {
      child = clock.fork();
    }

    /**
     * The clock knows the event, and joins with the fork to the whole again.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(ZZ_Result r) {
      r.r1 = clock.stamp().relationTo(Objects.requireNonNull(event)) == CausalOrder.EQUAL;
      clock.join(Objects.requireNonNull(child));
      r.r2 = true; // ids that overlap would have thrown
    }
  }
}
