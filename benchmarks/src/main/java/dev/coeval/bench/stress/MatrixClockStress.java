package dev.coeval.bench.stress;

import dev.coeval.logical.matrix.MatrixClock;
import dev.coeval.logical.matrix.MatrixTimestamp;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJ_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** A matrix clock that threads share. */
public final class MatrixClockStress {
  private MatrixClockStress() {}

  /** No stamp is given twice, and no event is lost. */
  @JCStressTest
  @Outcome(id = "1, 2, 2", expect = Expect.ACCEPTABLE, desc = "first before second")
  @Outcome(id = "2, 1, 2", expect = Expect.ACCEPTABLE, desc = "second before first")
  @State
  public static class TwoTicks {
    private final MatrixClock clock = MatrixClock.of("a");

    /** For jcstress. */
    public TwoTicks() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void first(JJJ_Result r) {
      r.r1 = clock.tick().own().count("a");
    }

    /**
     * Another.
     *
     * @param r what came out
     */
    @Actor
    public void second(JJJ_Result r) {
      r.r2 = clock.tick().own().count("a");
    }

    /**
     * What is left.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(JJJ_Result r) {
      r.r3 = clock.latest().own().count("a");
    }
  }

  /** The count of events and the past that was received go together. */
  @JCStressTest
  @Outcome(id = "1, 0, 2, 1", expect = Expect.ACCEPTABLE, desc = "tick before receipt")
  @Outcome(id = "2, 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "receipt before tick")
  @State
  public static class TickAndReceive {
    private final MatrixClock clock = MatrixClock.of("a");
    private final MatrixTimestamp remote = MatrixClock.of("b").tick();

    /** For jcstress. */
    public TickAndReceive() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void tick(JJJJ_Result r) {
      MatrixTimestamp stamp = clock.tick();
      r.r1 = stamp.own().count("a");
      r.r2 = stamp.own().count("b");
    }

    /**
     * A receipt.
     *
     * @param r what came out
     */
    @Actor
    public void receive(JJJJ_Result r) {
      MatrixTimestamp stamp = clock.receive(remote);
      r.r3 = stamp.own().count("a");
      r.r4 = stamp.own().count("b");
    }
  }
}
