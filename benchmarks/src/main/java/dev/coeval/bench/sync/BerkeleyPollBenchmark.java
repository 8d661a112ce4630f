package dev.coeval.bench.sync;

import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.BerkeleyNode;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Frame;
import dev.coeval.sync.wire.FrameCodec;
import dev.coeval.sync.wire.FrameFormat;
import dev.coeval.sync.wire.FrameHeader;
import dev.coeval.sync.wire.FrameType;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import dev.coeval.testing.ManualTime;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
 * A coordinator's poll and the member's answer to it: two frames of the Berkeley protocol.
 *
 * <p>The lesson: the member's decision costs little beside the two frames, and with a key little is
 * left of anything but the hash. Each call is the first poll of a new round, since a repeated one
 * would be refused. {@code baselineFrame} writes and reads the poll, and has no member to decide.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar BerkeleyPollBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BerkeleyPollBenchmark {
  private static final PeerId COORDINATOR = PeerId.simulated(1);
  private static final PeerId MEMBER = PeerId.simulated(2);
  private static final int POLL = 1;
  private static final int ROUND_AT = 16; // in the body, after the term

  /** Whether frames are authenticated. */
  @Param({"bare", "hmac"})
  public String frames;

  private Keyring keyring = Keyring.empty();
  private byte[] body = {};
  private FrameCodec codec = codecOf(keyring, 0);
  private BerkeleyNode member = node(BerkeleyConfig.member(), keyring, 2);
  private final ClockReading now = new ClockReading(0, 0, 0);
  private ByteBuffer wire = ByteBuffer.allocate(0);
  private long round;

  /** For JMH. */
  public BerkeleyPollBenchmark() {}

  /** A member, and the body of a poll as a coordinator sends it. */
  @Setup
  public void pollOnce() {
    boolean keyed = frames.equals("hmac");
    keyring =
        keyed
            ? Keyring.required(List.of(SharedKey.ofText(1, "a secret for measuring only")))
            : Keyring.empty();
    member = node(BerkeleyConfig.member(), keyring, 2);
    BerkeleyNode coordinator = node(BerkeleyConfig.coordinator(List.of(MEMBER)), keyring, 1);
    ByteBuffer poll =
        coordinator.start(now).stream()
            .filter(Action.Send.class::isInstance)
            .map(action -> ((Action.Send) action).payload())
            .findFirst()
            .orElseThrow();
    int trailer = keyed ? FrameFormat.TRAILER_BYTES : 0;
    body = new byte[poll.remaining() - FrameFormat.HEADER_BYTES - trailer];
    poll.get(poll.position() + FrameFormat.HEADER_BYTES, body);
    codec = codecOf(keyring, body.length);
    wire = ByteBuffer.allocate(poll.remaining());
    round = 0;
    if (answerPoll().stream().noneMatch(Action.Send.class::isInstance)) {
      throw new IllegalStateException("the member does not answer");
    }
  }

  /** The floor: the poll written and read, its round and nonce new. */
  @Benchmark
  public Decoded<Frame> baselineFrame() {
    return codec.decode(nextPoll());
  }

  /** The poll written; the member reads it, decides, and writes the reply. */
  @Benchmark
  public List<Action> answerPoll() {
    return member.onDatagram(now, COORDINATOR, nextPoll());
  }

  private ByteBuffer nextPoll() {
    round++;
    ByteBuffer out = wire.clear();
    codec.encode(
        out,
        new FrameHeader(POLL, 0, round, keyring.primaryId()),
        to -> to.put(body, 0, ROUND_AT).putLong(round).put(body, ROUND_AT + 8, body.length - 24));
    return out.flip();
  }

  private static FrameCodec codecOf(Keyring keyring, int bodyBytes) {
    return new FrameCodec(
        FrameFormat.of("BERK", 1, List.of(new FrameType(POLL, bodyBytes, 0))), keyring);
  }

  private static BerkeleyNode node(BerkeleyConfig config, Keyring keyring, long seed) {
    ManualTime time = ManualTime.at(Instant.parse("2026-01-01T00:00:00Z"));
    ClockModel model =
        ClockModel.unsynchronized(time.reader().read(), config.pace().clockDriftBoundPpb());
    Supplier<ClockModel> clock = () -> model;
    return new BerkeleyNode("berkeley", config, clock, keyring, seed);
  }
}
