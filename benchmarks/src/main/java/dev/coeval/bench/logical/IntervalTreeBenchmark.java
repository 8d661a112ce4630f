package dev.coeval.bench.logical;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.tree.IntervalTreeMessage;
import dev.coeval.logical.tree.IntervalTreeStamp;
import dev.coeval.logical.tree.IntervalTreeStampCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
 * The operations of interval tree clocks among {@code n} replicas that have exchanged messages for
 * long; with {@code churn}, replicas also left and others came, so that ids are in pieces.
 *
 * <p>The lesson: a tree whose leaves hold the counts themselves shares whole subtrees with the
 * trees it is made of, so an operation allocates a path and not a tree. Each call takes another of
 * many stamps, as a system would. The baseline is the event of a bare {@code long[]} whose members
 * never change.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar IntervalTreeBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IntervalTreeBenchmark {

  private static final int STAMPS = 256;
  private static final int ROUNDS = 4_000;
  private static final int MOST_BYTES = 4_096;

  /** The number of replicas. */
  @Param({"8", "16"})
  public int n;

  /** Whether replicas came and went. */
  @Param({"false", "true"})
  public boolean churn;

  private final IntervalTreeStamp[] stamps = new IntervalTreeStamp[STAMPS];
  private final IntervalTreeStamp[] joiners = new IntervalTreeStamp[STAMPS];
  private final IntervalTreeMessage[] messages = new IntervalTreeMessage[STAMPS];
  private final ByteBuffer[] encoded = new ByteBuffer[STAMPS];
  private final ByteBuffer buffer = ByteBuffer.allocate(MOST_BYTES);
  private long[] bare = {};
  private int next;

  /** For JMH. */
  public IntervalTreeBenchmark() {}

  /** Runs a seeded history and keeps situations out of it. */
  @Setup
  public void live() {
    bare = new long[n];
    Random random = new Random(n);
    List<IntervalTreeStamp> live = new ArrayList<>(List.of(IntervalTreeStamp.seed()));
    for (int i = 1; i < n; i++) {
      fork(live, i / 2);
    }
    for (int round = 0; round < ROUNDS; round++) {
      if (churn && round % 16 == 0 && n > 1) {
        int retired = random.nextInt(n);
        IntervalTreeStamp gone = live.remove(retired);
        int heir = random.nextInt(n - 1);
        live.set(heir, live.get(heir).join(gone));
        fork(live, random.nextInt(n - 1));
      }
      int from = random.nextInt(n);
      int to = random.nextInt(n);
      live.set(from, live.get(from).event());
      IntervalTreeMessage message = live.get(from).peek();
      keep(round, live.get(to), live.get(from == to ? (to + 1) % n : from), message);
      live.set(to, live.get(to).receive(message));
    }
  }

  private static void fork(List<IntervalTreeStamp> live, int place) {
    IntervalTreeStamp.Fork fork = live.get(place).fork();
    live.set(place, fork.first());
    live.add(fork.second());
  }

  private void keep(
      int round, IntervalTreeStamp to, IntervalTreeStamp other, IntervalTreeMessage message) {
    int place = round % STAMPS;
    stamps[place] = to;
    joiners[place] = other;
    messages[place] = message;
    encoded[place] = ByteBuffer.allocate(IntervalTreeStampCodec.encodedLength(to));
    IntervalTreeStampCodec.encode(to, encoded[place]);
  }

  private int place() {
    next = (next + 1) % STAMPS;
    return next;
  }

  /** A fixed group: copy and add one. */
  @Benchmark
  public long[] baselineBareEvent() {
    long[] copy = bare.clone();
    copy[place() % n]++;
    return copy;
  }

  /** A local event. */
  @Benchmark
  public IntervalTreeStamp event() {
    return stamps[place()].event();
  }

  /** Two stamps become one. */
  @Benchmark
  public IntervalTreeStamp join() {
    int place = place();
    return stamps[place].join(joiners[place]);
  }

  /** A message is taken in, without an event. */
  @Benchmark
  public IntervalTreeStamp joinMessage() {
    int place = place();
    return stamps[place].join(messages[place]);
  }

  /** A message is taken in, with its event. */
  @Benchmark
  public IntervalTreeStamp receive() {
    int place = place();
    return stamps[place].receive(messages[place]);
  }

  /** One stamp becomes two. */
  @Benchmark
  public IntervalTreeStamp.Fork fork() {
    return stamps[place()].fork();
  }

  /** How a stamp stands to a message. */
  @Benchmark
  public CausalOrder compare() {
    int place = place();
    return stamps[place].relationTo(messages[place]);
  }

  /** To bytes. */
  @Benchmark
  public ByteBuffer encode() {
    IntervalTreeStampCodec.encode(stamps[place()], buffer.clear());
    return buffer;
  }

  /** From bytes. */
  @Benchmark
  public IntervalTreeStamp decode() {
    return IntervalTreeStampCodec.decode(encoded[place()].rewind());
  }
}
