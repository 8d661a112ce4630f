package dev.coeval.bench.stress;

import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJJ_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** A vector clock that threads share. */
public final class VectorClockStress {
  private VectorClockStress() {}

  /** No stamp is given twice, and no event is lost. */
  @JCStressTest
  @Outcome(id = "1, 2, 2", expect = Expect.ACCEPTABLE, desc = "first before second")
  @Outcome(id = "2, 1, 2", expect = Expect.ACCEPTABLE, desc = "second before first")
  @State
  public static class TwoTicks {
    private final VectorClock clock = VectorClock.of("a");

    /** For jcstress. */
    public TwoTicks() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void first(JJJ_Result r) {
      r.r1 = clock.tick().count("a");
    }

    /**
     * Another.
     *
     * @param r what came out
     */
    @Actor
    public void second(JJJ_Result r) {
      r.r2 = clock.tick().count("a");
    }

    /**
     * What is left.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(JJJ_Result r) {
      r.r3 = clock.latest().count("a");
    }
  }

  /** The count of events and the past that was received go together. */
  @JCStressTest
  @Outcome(id = "1, 0, 2, 5", expect = Expect.ACCEPTABLE, desc = "tick before receipt")
  @Outcome(id = "2, 5, 1, 5", expect = Expect.ACCEPTABLE, desc = "receipt before tick")
  @State
  public static class TickAndReceive {
    private final VectorClock clock = VectorClock.of("a");
    private final VectorTimestamp remote = VectorTimestamp.of(Map.of("b", 5L));

    /** For jcstress. */
    public TickAndReceive() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void tick(JJJJ_Result r) {
      VectorTimestamp stamp = clock.tick();
      r.r1 = stamp.count("a");
      r.r2 = stamp.count("b");
    }

    /**
     * A receipt.
     *
     * @param r what came out
     */
    @Actor
    public void receive(JJJJ_Result r) {
      VectorTimestamp stamp = clock.receive(remote);
      r.r3 = stamp.count("a");
      r.r4 = stamp.count("b");
    }
  }

  /** Neither of two pasts that arrive at once is lost. */
  @JCStressTest
  @Outcome(id = "2, 5, 7", expect = Expect.ACCEPTABLE, desc = "both")
  @State
  public static class TwoReceipts {
    private final VectorClock clock = VectorClock.of("a");
    private final VectorTimestamp fromB = VectorTimestamp.of(Map.of("b", 5L));
    private final VectorTimestamp fromC = VectorTimestamp.of(Map.of("c", 7L));

    /** For jcstress. */
    public TwoReceipts() {}

    /**
     * A receipt.
     *
     * @param r what came out
     */
    @Actor
    public void fromB(JJJ_Result r) {
      clock.receive(fromB);
    }

    /**
     * Another.
     *
     * @param r what came out
     */
    @Actor
    public void fromC(JJJ_Result r) {
      clock.receive(fromC);
    }

    /**
     * What is left.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(JJJ_Result r) {
      r.r1 = clock.latest().count("a");
      r.r2 = clock.latest().count("b");
      r.r3 = clock.latest().count("c");
    }
  }
}
