package dev.coeval.bench.laws;

import com.hazelcast.cluster.impl.VectorClock;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.VersionVectorLaws;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Hazelcast's vector clock, which versions its counters, in the suite of version vectors. */
@AddLifecycleHook(LawRecorder.class)
final class HazelcastVersionLaws extends VersionVectorLaws<VectorClock> {

  HazelcastVersionLaws() {}

  @Override
  protected VectorClock empty() {
    return new VectorClock();
  }

  @Override
  protected VectorClock next(VectorClock version, String server) {
    return HazelcastVectorClockLaws.next(version, HazelcastVectorClockLaws.id(server));
  }

  @Override
  protected VectorClock merge(VectorClock first, VectorClock second) {
    return HazelcastVectorClockLaws.union(first, second);
  }

  @Override
  protected CausalOrder relation(VectorClock first, VectorClock second) {
    return HazelcastVectorClockLaws.order(first, second);
  }
}
