package dev.coeval.bench.logical;

import com.hazelcast.cluster.impl.VectorClock;
import dev.coeval.logical.CausalOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.ddata.VersionVector;
import org.apache.pekko.cluster.ddata.VersionVector$;
import scala.Tuple2;
import scala.collection.immutable.TreeMap;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.Ordering;

/** The same four stamps as each of the other libraries has them. */
final class Peers {
  final org.apache.pekko.cluster.VectorClock pekkoLeft;
  final org.apache.pekko.cluster.VectorClock pekkoRight;
  final org.apache.pekko.cluster.VectorClock pekkoLater;
  final org.apache.pekko.cluster.VectorClock pekkoAside;
  final VersionVector versionLeft;
  final VersionVector versionRight;
  final VersionVector versionLater;
  final VersionVector versionAside;
  final VectorClock hazelcastLeft;
  final VectorClock hazelcastRight;
  final VectorClock hazelcastLater;
  final VectorClock hazelcastAside;

  /** The actor in the middle, as Pekko's distributed data and as Hazelcast name it. */
  final UniqueAddress self;

  final UUID selfId;

  Peers(
      Map<String, Long> left,
      Map<String, Long> right,
      Map<String, Long> later,
      Map<String, Long> aside) {
    pekkoLeft = pekko(left);
    pekkoRight = pekko(right);
    pekkoLater = pekko(later);
    pekkoAside = pekko(aside);
    versionLeft = version(left);
    versionRight = version(right);
    versionLater = version(later);
    versionAside = version(aside);
    hazelcastLeft = hazelcast(left);
    hazelcastRight = hazelcast(right);
    hazelcastLater = hazelcast(later);
    hazelcastAside = hazelcast(aside);
    self = address(actor(left.size() / 2));
    selfId = id(actor(left.size() / 2));
  }

  /** The name of an actor; the order of names is that of numbers. */
  static String actor(int number) {
    return "actor-%04d".formatted(number);
  }

  private static org.apache.pekko.cluster.VectorClock pekko(Map<String, Long> counts) {
    TreeMap<String, Object> versions = new TreeMap<>(Ordering.String$.MODULE$);
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      versions = versions.updated(entry.getKey(), entry.getValue());
    }
    return new org.apache.pekko.cluster.VectorClock(versions);
  }

  private static VersionVector version(Map<String, Long> counts) {
    List<Tuple2<UniqueAddress, Object>> versions = new ArrayList<>();
    counts.forEach((actor, count) -> versions.add(new Tuple2<>(address(actor), count)));
    return VersionVector$.MODULE$.apply(CollectionConverters.asScala(versions).toList());
  }

  private static UniqueAddress address(String actor) {
    return new UniqueAddress(new Address("pekko", "system", actor, 1), 1L);
  }

  private static VectorClock hazelcast(Map<String, Long> counts) {
    VectorClock clock = new VectorClock();
    counts.forEach((actor, count) -> clock.setReplicaTimestamp(id(actor), count));
    return clock;
  }

  private static UUID id(String actor) {
    return UUID.nameUUIDFromBytes(actor.getBytes(StandardCharsets.UTF_8));
  }

  /** The whole relation, from the one question that Hazelcast answers. */
  static CausalOrder relation(VectorClock first, VectorClock second) {
    if (first.isAfter(second)) {
      return CausalOrder.AFTER;
    }
    if (second.isAfter(first)) {
      return CausalOrder.BEFORE;
    }
    return first.equals(second) ? CausalOrder.EQUAL : CausalOrder.CONCURRENT;
  }
}
