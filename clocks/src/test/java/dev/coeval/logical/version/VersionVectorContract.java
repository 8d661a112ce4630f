package dev.coeval.logical.version;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.VersionVectorLaws;

/** Our version vectors keep the laws of version vectors. */
final class VersionVectorContract extends VersionVectorLaws<VersionVector> {

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
