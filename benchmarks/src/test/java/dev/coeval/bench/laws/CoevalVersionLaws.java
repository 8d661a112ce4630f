package dev.coeval.bench.laws;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.VersionVectorLaws;
import dev.coeval.logical.version.VersionVector;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Our version vector in the suite of version vectors. */
@AddLifecycleHook(LawRecorder.class)
final class CoevalVersionLaws extends VersionVectorLaws<VersionVector> {

  CoevalVersionLaws() {}

  @Override
  protected VersionVector empty() {
    return VersionVector.empty();
  }

  @Override
  protected VersionVector next(VersionVector version, String server) {
    return version.next(server);
  }

  @Override
  protected VersionVector merge(VersionVector first, VersionVector second) {
    return first.merge(second);
  }

  @Override
  protected CausalOrder relation(VersionVector first, VersionVector second) {
    return first.relationTo(second);
  }
}
