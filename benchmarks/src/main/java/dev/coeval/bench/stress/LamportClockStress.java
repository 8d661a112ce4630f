package dev.coeval.bench.stress;

import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A Lamport clock that threads share. */
public final class LamportClockStress {
  private LamportClockStress() {}

  /** No stamp is given twice, and no event is lost. */
  @JCStressTest
  @Outcome(id = "1, 2, 2", expect = Expect.ACCEPTABLE, desc = "first before second")
  @Outcome(id = "2, 1, 2", expect = Expect.ACCEPTABLE, desc = "second before first")
  @State
  public static class TwoTicks {
    private final LamportClock clock = LamportClock.of("a");

    /** For jcstress. */
    public TwoTicks() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void first(JJJ_Result r) {
      r.r1 = clock.tick().counter();
    }

    /**
     * Another.
     *
     * @param r what came out
     */
    @Actor
    public void second(JJJ_Result r) {
      r.r2 = clock.tick().counter();
    }

    /**
     * What is left.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(JJJ_Result r) {
      r.r3 = clock.latest().counter();
    }
  }

  /** A receipt is after what it received and after what was before it. */
  @JCStressTest
  @Outcome(id = "1, 11", expect = Expect.ACCEPTABLE, desc = "tick before receipt")
  @Outcome(id = "12, 11", expect = Expect.ACCEPTABLE, desc = "receipt before tick")
  @State
  public static class TickAndReceive {
    private final LamportClock clock = LamportClock.of("a");
    private final LamportTimestamp remote = new LamportTimestamp(10, "b");

    /** For jcstress. */
    public TickAndReceive() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void tick(JJ_Result r) {
      r.r1 = clock.tick().counter();
    }

    /**
     * A receipt.
     *
     * @param r what came out
     */
    @Actor
    public void receive(JJ_Result r) {
      r.r2 = clock.receive(remote).counter();
    }
  }

  /** Two reads of the latest stamp see it in order. */
  @JCStressTest
  @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "both before")
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "one before")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both after")
  @State
  public static class ReadWhileTicking {
    private final LamportClock clock = LamportClock.of("a");

    /** For jcstress. */
    public ReadWhileTicking() {}

    /**
     * An event.
     *
     * @param r what came out
     */
    @Actor
    public void tick(JJ_Result r) {
      clock.tick();
    }

    /**
     * Two reads.
     *
     * @param r what came out
     */
    @Actor
    public void read(JJ_Result r) {
      r.r1 = clock.latest().counter();
      r.r2 = clock.latest().counter();
    }
  }
}
