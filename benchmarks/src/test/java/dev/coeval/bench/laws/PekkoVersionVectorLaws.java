package dev.coeval.bench.laws;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.laws.VectorLaws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.VersionVector;
import org.apache.pekko.cluster.ddata.VersionVector$;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Pekko's version vector, of its distributed data, in the suite of vector clocks. */
@AddLifecycleHook(LawRecorder.class)
final class PekkoVersionVectorLaws extends VectorLaws<VersionVector> {

  PekkoVersionVectorLaws() {}

  static UniqueAddress id(String actor) {
    return new UniqueAddress(new Address("pekko", "system", actor, 1), 1L);
  }

  @Override
  protected LogicalClock<VersionVector> clock(String actor) {
    UniqueAddress id = id(actor);
    return new PastClock<>(VersionVector.empty(), past -> past.increment(id), VersionVector::merge);
  }

  @Override
  protected VersionVector stamp(Map<String, Long> counts) {
    List<Tuple2<UniqueAddress, Object>> versions = new ArrayList<>();
    counts.forEach((actor, count) -> versions.add(new Tuple2<>(id(actor), count)));
    return VersionVector$.MODULE$.apply(CollectionConverters.asScala(versions).toList());
  }

  @Override
  protected long count(VersionVector stamp, String actor) {
    return stamp.versionAt(id(actor));
  }

  @Override
  protected CausalOrder relation(VersionVector first, VersionVector second) {
    return PekkoOrder.of(first.compareTo(second));
  }

  @Override
  protected VersionVector merge(VersionVector first, VersionVector second) {
    return first.merge(second);
  }
}
