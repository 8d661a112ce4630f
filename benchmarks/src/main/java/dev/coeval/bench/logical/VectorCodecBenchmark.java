package dev.coeval.bench.logical;

import dev.coeval.logical.vector.ActorTable;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.logical.vector.VectorTimestampCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
 * A vector stamp into bytes and back.
 *
 * <p>The lesson: with a table of actors that both sides have, a stamp is its counts as varints;
 * with the names in it, it is the names that cost. The baseline copies as many bytes.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar VectorCodecBenchmark -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class VectorCodecBenchmark {

  /** The number of actors. */
  @Param({"3", "16", "128", "1024"})
  public int n;

  private VectorTimestamp stamp = VectorTimestamp.empty();
  private ActorTable table = ActorTable.of(List.of());
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private byte[] encoded = {};

  /** For JMH. */
  public VectorCodecBenchmark() {}

  /** A stamp of counts of one to three bytes. */
  @Setup
  public void fill() {
    Map<String, Long> counts = new TreeMap<>();
    List<String> actors = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      actors.add(Peers.actor(i));
      counts.put(Peers.actor(i), 1L + i * 37L % 20_000);
    }
    stamp = VectorTimestamp.of(counts);
    table = ActorTable.of(actors);
    buffer = ByteBuffer.allocate(VectorTimestampCodec.encodedLength(stamp));
    encoded = new byte[VectorTimestampCodec.encodedLength(stamp, table)];
  }

  /** As many bytes there and back. */
  @Benchmark
  public ByteBuffer baselineCopy() {
    return buffer.clear().put(encoded).flip().get(encoded);
  }

  /** With the table. */
  @Benchmark
  public VectorTimestamp encodeAndDecodeWithTable() {
    VectorTimestampCodec.encode(stamp, table, buffer.clear());
    return VectorTimestampCodec.decode(buffer.flip(), table);
  }

  /** With the names. */
  @Benchmark
  public VectorTimestamp encodeAndDecodeWithNames() {
    VectorTimestampCodec.encode(stamp, buffer.clear());
    return VectorTimestampCodec.decode(buffer.flip());
  }
}
