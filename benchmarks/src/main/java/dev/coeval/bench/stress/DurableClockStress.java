package dev.coeval.bench.stress;

import dev.coeval.logical.identity.ActorId;
import dev.coeval.logical.identity.DurableClock;
import dev.coeval.logical.identity.HighWaterMark;
import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** A clock under a high-water mark that threads share. */
public final class DurableClockStress {
  private DurableClockStress() {}

  /** A mark in memory, so that millions of games a second need no file. */
  private static final class MemoryMark implements HighWaterMark {
    private static final ActorId SELF = new ActorId("a", 1, 1);
    private long mark;

    @Override
    public ActorId actor() {
      return SELF;
    }

    @Override
    public synchronized long mark() {
      return mark;
    }

    @Override
    public synchronized void cover(long number, long ahead) {
      if (number > mark) {
        mark = number + ahead;
      }
    }

    @Override
    public long writes() {
      return 0;
    }

    @Override
    public void observe(ActorId seen, long number) {}

    @Override
    public void close() {}
  }

  /** A stamp that somebody sees is covered by then. */
  @JCStressTest
  @Outcome(id = "true, true, 2", expect = Expect.ACCEPTABLE, desc = "covered")
  @State
  public static class NeverAboveTheMark {
    private final MemoryMark mark = new MemoryMark();
    private final DurableClock<LamportTimestamp> clock =
        DurableClock.of(LamportClock.of("a"), LamportTimestamp::counter, mark, 1);

    /** For jcstress. */
    public NeverAboveTheMark() {}

    /**
     * A local event.
     *
     * @param r what came out
     */
    @Actor
    public void tick(ZZJ_Result r) {
      r.r1 = clock.tick().counter() <= mark.mark();
    }

    /**
     * A local event, and the latest stamp, which may be the other's.
     *
     * @param r what came out
     */
    @Actor
    public void read(ZZJ_Result r) {
      clock.tick();
      r.r2 = clock.latest().counter() <= mark.mark();
    }

    /**
     * What is left.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(ZZJ_Result r) {
      r.r3 = clock.latest().counter();
    }
  }
}
