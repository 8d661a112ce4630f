package dev.coeval.bench.laws;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.VectorLaws;
import java.util.Map;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apache.pekko.cluster.VectorClock;
import scala.collection.immutable.TreeMap;
import scala.math.Ordering;

/** Pekko's vector clock, with which its gossip is ordered, in the suite of vector clocks. */
@AddLifecycleHook(LawRecorder.class)
final class PekkoVectorClockLaws extends VectorLaws<VectorClock> {

  PekkoVectorClockLaws() {}

  private static TreeMap<String, Object> none() {
    return new TreeMap<>(Ordering.String$.MODULE$);
  }

  @Override
  protected LogicalClock<VectorClock> clock(String actor) {
    return new PastClock<>(
        new VectorClock(none()), past -> past.$colon$plus(actor), VectorClock::merge);
  }

  @Override
  protected VectorClock stamp(Map<String, Long> counts) {
    TreeMap<String, Object> versions = none();
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      versions = versions.updated(entry.getKey(), entry.getValue());
    }
    return new VectorClock(versions);
  }

  @Override
  protected long count(VectorClock stamp, String actor) {
    return stamp.versions().contains(actor) ? (Long) stamp.versions().apply(actor) : 0;
  }

  @Override
  protected CausalOrder relation(VectorClock first, VectorClock second) {
    return PekkoOrder.of(first.compareTo(second));
  }

  @Override
  protected VectorClock merge(VectorClock first, VectorClock second) {
    return first.merge(second);
  }
}
