package dev.coeval.bench.laws;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.VersionVectorLaws;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apache.pekko.cluster.ddata.VersionVector;

/** Pekko's version vector in the suite of version vectors. */
@AddLifecycleHook(LawRecorder.class)
final class PekkoVersionLaws extends VersionVectorLaws<VersionVector> {

  PekkoVersionLaws() {}

  @Override
  protected VersionVector empty() {
    return VersionVector.empty();
  }

  @Override
  protected VersionVector next(VersionVector version, String server) {
    return version.increment(PekkoVersionVectorLaws.id(server));
  }

  @Override
  protected VersionVector merge(VersionVector first, VersionVector second) {
    return first.merge(second);
  }

  @Override
  protected CausalOrder relation(VersionVector first, VersionVector second) {
    return PekkoOrder.of(first.compareTo(second));
  }
}
