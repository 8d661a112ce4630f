package dev.coeval.bench.sync;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The 48 bytes of an NTP header (RFC 5905 section 7.3), and their 32.32 time stamps.
 *
 * <p>The lesson: between the wire and a value lie a few loads and four small objects, which the
 * compiler takes apart where they do not escape. The baseline copies the same 48 bytes.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar NtpCodecBenchmark}; with {@code -prof
 * gc} it shows the bytes allocated by a call.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NtpCodecBenchmark {
  private static final long EPOCH_NANOS = 1_767_225_600_123_456_789L;

  private final ByteBuffer out = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
  private final ByteBuffer wire = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
  private final NtpPacket reply =
      new NtpPacket(
          new NtpPacket.Kind(NtpPacket.LEAP_NONE, NtpPacket.VERSION, NtpPacket.MODE_SERVER),
          new NtpPacket.Quality(2, 6, -24, NtpShort.ofNanos(100_000), NtpShort.ofNanos(50_000)),
          new NtpPacket.Reference(0x0A000001, NtpTimestamp.ofEpochNanos(EPOCH_NANOS)),
          new NtpPacket.Stamps(
              0x0123_4567_89AB_CDEFL,
              NtpTimestamp.ofEpochNanos(EPOCH_NANOS),
              NtpTimestamp.ofEpochNanos(EPOCH_NANOS + 10_000)));
  private long epochNanos = EPOCH_NANOS;
  private long timestamp = NtpTimestamp.ofEpochNanos(EPOCH_NANOS);

  /** For JMH. */
  public NtpCodecBenchmark() {}

  /** A reply as it comes from the wire. */
  @Setup
  public void fill() {
    NtpCodec.encode(reply, wire);
    wire.flip();
  }

  /** The floor: the same bytes, without a meaning. */
  @Benchmark
  public ByteBuffer baselineCopy() {
    return out.put(0, wire, 0, NtpCodec.HEADER_LENGTH);
  }

  /** A packet to bytes. */
  @Benchmark
  public ByteBuffer encode() {
    NtpCodec.encode(reply, out.clear());
    return out;
  }

  /** Bytes to a packet. */
  @Benchmark
  public NtpPacket decode() {
    return NtpCodec.decode(wire);
  }

  /** Whether bytes are a packet at all: no more than lengths, as long as there is no extension. */
  @Benchmark
  public @Nullable Rejection check() {
    return NtpCodec.check(wire);
  }

  /** Nanoseconds to 32.32. */
  @Benchmark
  public long toTimestamp() {
    return NtpTimestamp.ofEpochNanos(epochNanos++);
  }

  /** 32.32 to nanoseconds, in the era nearest to a pivot. */
  @Benchmark
  public long fromTimestamp() {
    return NtpTimestamp.toEpochNanos(timestamp++, EPOCH_NANOS);
  }
}
