package dev.coeval.logical.version;

import dev.coeval.logical.laws.DottedVersionLaws;
import java.util.List;

/** Our sets of siblings keep the laws of dotted versions. */
final class DottedVersionVectorSetContract
    extends DottedVersionLaws<DottedVersionVectorSet<Integer>, VersionVector> {

  @Override
  protected DottedVersionVectorSet<Integer> empty() {
    return DottedVersionVectorSet.empty();
  }

  @Override
  protected VersionVector blind() {
    return VersionVector.empty();
  }

  @Override
  protected VersionVector context(DottedVersionVectorSet<Integer> set) {
    return set.context();
  }

  @Override
  protected DottedVersionVectorSet<Integer> put(
      DottedVersionVectorSet<Integer> set, VersionVector context, String server, int value) {
    return set.put(context, server, value);
  }

  @Override
  protected DottedVersionVectorSet<Integer> sync(
      DottedVersionVectorSet<Integer> set, DottedVersionVectorSet<Integer> other) {
    return set.sync(other);
  }

  @Override
  protected List<Integer> values(DottedVersionVectorSet<Integer> set) {
    return set.values();
  }

  @Override
  protected int entries(DottedVersionVectorSet<Integer> set) {
    return set.context().toMap().size();
  }
}
