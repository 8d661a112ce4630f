package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.VectorLaws;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Our vector clock keeps the laws of vector clocks. */
final class VectorClockContract extends VectorLaws<VectorTimestamp> {

  @Override
  protected LogicalClock<VectorTimestamp> clock(String actor) {
    return VectorClock.of(actor);
  }

  @Override
  protected List<LogicalClock<VectorTimestamp>> forms(String actor) {
    return List.of(
        clock(actor),
        new FormedClock(actor, stamp -> stamp),
        new FormedClock(actor, stamp -> formed(stamp, stamp.actors, new FlatCounts(values(stamp)))),
        new FormedClock(
            actor,
            stamp ->
                formed(
                    stamp,
                    new ActorSet(stamp.actors.names.clone()),
                    ChunkedCounts.of(values(stamp)))),
        new TwinClock(actor));
  }

  private static long[] values(VectorTimestamp stamp) {
    return stamp.counts.values();
  }

  private static VectorTimestamp formed(VectorTimestamp stamp, ActorSet actors, Counts counts) {
    return VectorTimestamp.of(actors, counts, stamp.pruned);
  }

  /** A clock of one thread whose stamps are all put into one form. */
  private static final class FormedClock implements LogicalClock<VectorTimestamp> {

    private final String actor;
    private final UnaryOperator<VectorTimestamp> form;
    private VectorTimestamp latest = VectorTimestamp.empty();

    FormedClock(String actor, UnaryOperator<VectorTimestamp> form) {
      this.actor = actor;
      this.form = form;
    }

    @Override
    public VectorTimestamp tick() {
      latest = form.apply(latest.increment(actor));
      return latest;
    }

    @Override
    public VectorTimestamp receive(VectorTimestamp remote) {
      latest = form.apply(latest.merge(remote));
      return tick();
    }

    @Override
    public VectorTimestamp latest() {
      return latest;
    }
  }

  /** The mutable twin as a clock of one thread. */
  private static final class TwinClock implements LogicalClock<VectorTimestamp> {

    private final MutableVector vector;

    TwinClock(String actor) {
      this.vector = MutableVector.of(actor);
    }

    @Override
    public VectorTimestamp tick() {
      vector.tick();
      return vector.snapshot();
    }

    @Override
    public VectorTimestamp receive(VectorTimestamp remote) {
      vector.receive(remote);
      return vector.snapshot();
    }

    @Override
    public VectorTimestamp latest() {
      return vector.snapshot();
    }
  }

  @Override
  protected VectorTimestamp stamp(Map<String, Long> counts) {
    return VectorTimestamp.of(counts);
  }

  @Override
  protected long count(VectorTimestamp stamp, String actor) {
    return stamp.count(actor);
  }

  @Override
  protected CausalOrder relation(VectorTimestamp first, VectorTimestamp second) {
    return first.relationTo(second);
  }

  @Override
  protected VectorTimestamp merge(VectorTimestamp first, VectorTimestamp second) {
    return first.merge(second);
  }
}
