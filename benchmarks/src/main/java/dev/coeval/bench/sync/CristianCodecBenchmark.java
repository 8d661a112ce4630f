package dev.coeval.bench.sync;

import dev.coeval.sync.cristian.CristianCodec;
import dev.coeval.sync.cristian.CristianReply;
import dev.coeval.sync.cristian.CristianRequest;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.FrameHeader;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
 * Frames of Cristian's protocol, bare and with HMAC-SHA256 under a shared key.
 *
 * <p>The lesson: authentication costs what its hash costs, and dwarfs all the rest. Hold the bare
 * ones against {@code baselineCopy}, the authenticated ones against {@code baselineHmac}, the code
 * over the same bytes and nothing else.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar CristianCodecBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CristianCodecBenchmark {
  private static final String SECRET = "a secret for measuring only";
  private static final int KEY = 1;
  private static final long EPOCH_NANOS = 1_767_225_600_123_456_789L;

  private final CristianCodec bare = new CristianCodec(Keyring.empty());
  private final CristianCodec keyed =
      new CristianCodec(Keyring.required(List.of(SharedKey.ofText(KEY, SECRET))));
  private final CristianReply bareReply = reply(FrameHeader.NO_KEY);
  private final CristianReply keyedReply = reply(KEY);
  private final ByteBuffer out = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
  private final ByteBuffer bareWire = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
  private final ByteBuffer keyedWire = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
  private Mac mac;

  /** For JMH. */
  public CristianCodecBenchmark() {}

  /**
   * Replies as they come from the wire, and a bare code.
   *
   * @throws GeneralSecurityException if the platform has no HMAC-SHA256, which each has to have
   */
  @Setup
  public void fill() throws GeneralSecurityException {
    mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    bare.encode(bareWire.clear(), bareReply);
    bareWire.flip();
    keyed.encode(keyedWire.clear(), keyedReply);
    keyedWire.flip();
  }

  /** The floor of a bare frame: the same bytes, without a meaning. */
  @Benchmark
  public ByteBuffer baselineCopy() {
    return out.put(0, bareWire, 0, CristianCodec.PLAIN_BYTES);
  }

  /** The floor of an authenticated frame: the code over its bytes. */
  @Benchmark
  public byte[] baselineHmac() {
    mac.update(keyedWire.array(), 0, CristianCodec.PLAIN_BYTES);
    return mac.doFinal();
  }

  /** A reply to bytes. */
  @Benchmark
  public ByteBuffer encodeReply() {
    bare.encode(out.clear(), bareReply);
    return out;
  }

  /** A reply to bytes with their code. */
  @Benchmark
  public ByteBuffer encodeReplyHmac() {
    keyed.encode(out.clear(), keyedReply);
    return out;
  }

  /** Bytes to a reply. */
  @Benchmark
  public Decoded<CristianReply> decodeReply() {
    return bare.decodeReply(bareWire);
  }

  /** Bytes to a reply, their code verified. */
  @Benchmark
  public Decoded<CristianReply> decodeReplyHmac() {
    return keyed.decodeReply(keyedWire);
  }

  private static CristianReply reply(int keyId) {
    CristianRequest request = new CristianRequest(0x0123_4567_89AB_CDEFL, keyId);
    return new CristianReply(request, EPOCH_NANOS, EPOCH_NANOS + 10_000, 50_000, true);
  }
}
