package dev.coeval.bench.stress;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.id.SnowflakeIds;
import dev.coeval.logical.id.UlidIds;
import dev.coeval.logical.id.UuidV7Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.LLZ_Result;

/** Generators of ids that threads share, on a wall clock that stands still. */
public final class CausalIdsStress {
  private CausalIdsStress() {}

  private static LogicalClock<HybridTimestamp> standing() {
    return HybridLogicalClock.of(
        InstantSource.fixed(Instant.ofEpochSecond(1)), Duration.ofSeconds(1));
  }

  /** No id is given twice. */
  @JCStressTest
  @Outcome(id = ".*, true", expect = Expect.ACCEPTABLE, desc = "different")
  @State
  public static class TwoUuids {
    private final UuidV7Ids ids = UuidV7Ids.of(standing(), new Random(1));

    /** For jcstress. */
    public TwoUuids() {}

    /**
     * An id.
     *
     * @param r what came out
     */
    @Actor
    public void first(LLZ_Result r) {
      r.r1 = ids.next();
    }

    /**
     * Another.
     *
     * @param r what came out
     */
    @Actor
    public void second(LLZ_Result r) {
      r.r2 = ids.next();
    }

    /**
     * Whether they differ; the ids themselves do not matter.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(LLZ_Result r) {
      r.r3 = !r.r1.equals(r.r2);
      r.r1 = "";
      r.r2 = "";
    }
  }

  /** No id is given twice. */
  @JCStressTest
  @Outcome(id = ".*, true", expect = Expect.ACCEPTABLE, desc = "different")
  @State
  public static class TwoUlids {
    private final UlidIds ids = UlidIds.of(standing(), new Random(1));

    /** For jcstress. */
    public TwoUlids() {}

    /**
     * An id.
     *
     * @param r what came out
     */
    @Actor
    public void first(LLZ_Result r) {
      r.r1 = ids.next();
    }

    /**
     * Another.
     *
     * @param r what came out
     */
    @Actor
    public void second(LLZ_Result r) {
      r.r2 = ids.next();
    }

    /**
     * Whether they differ; the ids themselves do not matter.
     *
     * @param r what came out
     */
    @Arbiter
    public void after(LLZ_Result r) {
      r.r3 = !r.r1.equals(r.r2);
      r.r1 = "";
      r.r2 = "";
    }
  }

  /** No id is given twice, and none is left out. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "first before second")
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "second before first")
  @State
  public static class TwoSnowflakes {
    private final SnowflakeIds ids = SnowflakeIds.of(standing(), Instant.EPOCH, 1);

    /** For jcstress. */
    public TwoSnowflakes() {}

    /**
     * An id, of which the sequence is kept.
     *
     * @param r what came out
     */
    @Actor
    public void first(JJ_Result r) {
      r.r1 = ids.next() & SnowflakeIds.MAX_SEQUENCE;
    }

    /**
     * Another.
     *
     * @param r what came out
     */
    @Actor
    public void second(JJ_Result r) {
      r.r2 = ids.next() & SnowflakeIds.MAX_SEQUENCE;
    }
  }
}
