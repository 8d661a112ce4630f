package dev.coeval.bench.logical;

import com.hazelcast.cluster.impl.VectorClock;
import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.vector.MutableVector;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.cluster.ddata.VersionVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Vector clocks side by side: ours, Pekko's two and Hazelcast's, on the same {@code n} actors.
 *
 * <p>Merged are two stamps each of which is ahead in half of the actors. Compared are stamps that
 * differ in the last actors alone, so that nobody can decide early; an answer is the whole
 * relation, which for Hazelcast takes {@code isAfter} both ways and {@code equals}. Its merge and
 * event change the clock in place, so a copy is made first, as everybody has to who keeps the old
 * stamp.
 *
 * <p>The lesson: names that are compared once, and counts side by side. The baselines are the bare
 * {@code long[]} without names, which is as good as it gets.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar VectorPeersBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VectorPeersBenchmark {

  /** The number of actors. */
  @Param({"3", "16", "128", "1024"})
  public int n;

  private String actor = "";
  private long[] bare = {};
  private long[] bareOther = {};
  private VectorTimestamp left = VectorTimestamp.empty();
  private VectorTimestamp right = VectorTimestamp.empty();
  private VectorTimestamp later = VectorTimestamp.empty();
  private VectorTimestamp aside = VectorTimestamp.empty();
  private MutableVector mutable = MutableVector.of("actor");
  private Peers peers =
      new Peers(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

  /** For JMH. */
  public VectorPeersBenchmark() {}

  /** Two stamps ahead of each other; and one that is after the first, and one beside that. */
  @Setup
  public void fill() {
    Map<String, Long> one = new TreeMap<>();
    Map<String, Long> two = new TreeMap<>();
    bare = new long[n];
    bareOther = new long[n];
    for (int i = 0; i < n; i++) {
      bare[i] = 10L + i % 2;
      bareOther[i] = 11L - i % 2;
      one.put(Peers.actor(i), bare[i]);
      two.put(Peers.actor(i), bareOther[i]);
    }
    Map<String, Long> after = new TreeMap<>(one);
    after.merge(Peers.actor(n - 1), 1L, Long::sum);
    Map<String, Long> beside = new TreeMap<>(one);
    beside.merge(Peers.actor(n - 2), 1L, Long::sum);
    actor = Peers.actor(n / 2);
    left = VectorTimestamp.of(one);
    right = VectorTimestamp.of(two);
    later = VectorTimestamp.of(after);
    aside = VectorTimestamp.of(beside);
    mutable = MutableVector.resumeFrom(actor, left.merge(right));
    peers = new Peers(one, two, after, beside);
  }

  /** The floor of a merge. */
  @Benchmark
  public long[] baselineBareMerge() {
    long[] merged = new long[n];
    for (int i = 0; i < n; i++) {
      merged[i] = Math.max(bare[i], bareOther[i]);
    }
    return merged;
  }

  /** The floor of a comparison that nothing ends early. */
  @Benchmark
  public CausalOrder baselineBareCompare() {
    boolean less = false;
    boolean greater = false;
    for (int i = 0; i < n; i++) {
      less |= bare[i] < bareOther[i];
      greater |= bare[i] > bareOther[i];
    }
    return CausalOrder.of(!greater, !less);
  }

  /** The floor of an event that keeps the stamp before it. */
  @Benchmark
  public long[] baselineBareIncrement() {
    long[] next = bare.clone();
    next[n / 2]++;
    return next;
  }

  /** Ours. */
  @Benchmark
  public VectorTimestamp mergeCoeval() {
    return left.merge(right);
  }

  /** Ours that changes in place: a receipt, which is a merge and an event. */
  @Benchmark
  public MutableVector mergeAndIncrementInPlace() {
    mutable.receive(right);
    return mutable;
  }

  /** Pekko's, of its gossip. */
  @Benchmark
  public org.apache.pekko.cluster.VectorClock mergePekkoVectorClock() {
    return peers.pekkoLeft.merge(peers.pekkoRight);
  }

  /** Pekko's, of its distributed data. */
  @Benchmark
  public VersionVector mergePekkoVersionVector() {
    return peers.versionLeft.merge(peers.versionRight);
  }

  /** Hazelcast's. */
  @Benchmark
  public VectorClock mergeHazelcast() {
    VectorClock merged = new VectorClock(peers.hazelcastLeft);
    merged.merge(peers.hazelcastRight);
    return merged;
  }

  /** Ours. */
  @Benchmark
  public CausalOrder compareOrderedCoeval() {
    return left.relationTo(later);
  }

  /** Pekko's, of its gossip. */
  @Benchmark
  public Object compareOrderedPekkoVectorClock() {
    return peers.pekkoLeft.compareTo(peers.pekkoLater);
  }

  /** Pekko's, of its distributed data. */
  @Benchmark
  public Object compareOrderedPekkoVersionVector() {
    return peers.versionLeft.compareTo(peers.versionLater);
  }

  /** Hazelcast's. */
  @Benchmark
  public CausalOrder compareOrderedHazelcast() {
    return Peers.relation(peers.hazelcastLeft, peers.hazelcastLater);
  }

  /** Ours. */
  @Benchmark
  public CausalOrder compareConcurrentCoeval() {
    return aside.relationTo(later);
  }

  /** Pekko's, of its gossip. */
  @Benchmark
  public Object compareConcurrentPekkoVectorClock() {
    return peers.pekkoAside.compareTo(peers.pekkoLater);
  }

  /** Pekko's, of its distributed data. */
  @Benchmark
  public Object compareConcurrentPekkoVersionVector() {
    return peers.versionAside.compareTo(peers.versionLater);
  }

  /** Hazelcast's. */
  @Benchmark
  public CausalOrder compareConcurrentHazelcast() {
    return Peers.relation(peers.hazelcastAside, peers.hazelcastLater);
  }

  /** Ours. */
  @Benchmark
  public VectorTimestamp incrementCoeval() {
    return left.increment(actor);
  }

  /** Ours that changes in place. */
  @Benchmark
  public MutableVector incrementInPlace() {
    mutable.tick();
    return mutable;
  }

  /** Pekko's, of its gossip. */
  @Benchmark
  public org.apache.pekko.cluster.VectorClock incrementPekkoVectorClock() {
    return peers.pekkoLeft.$colon$plus(actor);
  }

  /** Pekko's, of its distributed data. */
  @Benchmark
  public VersionVector incrementPekkoVersionVector() {
    return peers.versionLeft.increment(peers.self);
  }

  /** Hazelcast's. */
  @Benchmark
  public VectorClock incrementHazelcast() {
    VectorClock next = new VectorClock(peers.hazelcastLeft);
    Long before = next.getTimestampForReplica(peers.selfId);
    next.setReplicaTimestamp(peers.selfId, before == null ? 1 : before + 1);
    return next;
  }
}
