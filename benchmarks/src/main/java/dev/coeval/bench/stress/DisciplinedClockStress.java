package dev.coeval.bench.stress;

import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.ZZJ_Result;

/** A disciplined clock that is read while it is steered, as harshly as may be. */
public final class DisciplinedClockStress {
  private DisciplinedClockStress() {}

  private static final SteeringPolicy HARSH =
      new SteeringPolicy(SteeringPolicy.MAX_SLEW_LIMIT_PPB, 0, StepPolicy.never());

  /** Of tick zero, so that it does not depend on when it is made. */
  private static ClockEstimate off(long nanos) {
    return new ClockEstimate(0, nanos, 0, 1, BoundedInstant.around(nanos, 1_000));
  }

  /** Time does not run backwards for somebody who reads twice. */
  @JCStressTest
  @Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "in order")
  @State
  public static class ReadWhileSlowed {
    private final AtomicLong ticks = new AtomicLong();
    private final ClockReader reader =
        ClockReader.of(() -> ticks.addAndGet(1_000), () -> 0, nanos -> {});
    private final DisciplinedClock clock =
        new DisciplinedClock(reader, ClockModel.DEFAULT_DRIFT_BOUND_PPB, HARSH);

    /** For jcstress. */
    public ReadWhileSlowed() {}

    /**
     * An estimate that slows the clock.
     *
     * @param r what came out
     */
    @Actor
    public void steer(ZJ_Result r) {
      clock.steer(off(-1_000_000_000));
    }

    /**
     * Two reads.
     *
     * @param r what came out
     */
    @Actor
    public void read(ZJ_Result r) {
      long first = clock.epochNanos();
      r.r1 = first <= clock.epochNanos();
    }

    /**
     * How often it was steered.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(ZJ_Result r) {
      r.r2 = clock.get().updates();
    }
  }

  /** Two who steer at once lose no estimate, and a reader still sees time in order. */
  @JCStressTest
  @Outcome(id = "true, true, 2", expect = Expect.ACCEPTABLE, desc = "in order, both estimates")
  @State
  public static class ReadWhileTwoSteer {
    private final AtomicLong ticks = new AtomicLong();
    private final ClockReader reader =
        ClockReader.of(() -> ticks.addAndGet(1_000), () -> 0, nanos -> {});
    private final DisciplinedClock clock =
        new DisciplinedClock(reader, ClockModel.DEFAULT_DRIFT_BOUND_PPB, HARSH);

    /** For jcstress. */
    public ReadWhileTwoSteer() {}

    /**
     * An estimate that slows the clock.
     *
     * @param r what came out
     */
    @Actor
    public void slower(ZZJ_Result r) {
      clock.steer(off(-1_000_000_000));
    }

    /**
     * An estimate that hastens it.
     *
     * @param r what came out
     */
    @Actor
    public void faster(ZZJ_Result r) {
      clock.steer(off(1_000_000_000));
    }

    /**
     * Three reads.
     *
     * @param r what came out
     */
    @Actor
    public void read(ZZJ_Result r) {
      long first = clock.epochNanos();
      long second = clock.epochNanos();
      r.r1 = first <= second;
      r.r2 = second <= clock.epochNanos();
    }

    /**
     * How often it was steered.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(ZZJ_Result r) {
      r.r3 = clock.get().updates();
    }
  }
}
