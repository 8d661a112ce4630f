package dev.coeval.bench.sync;

import dev.coeval.sync.cristian.CristianCodec;
import dev.coeval.sync.cristian.CristianRequest;
import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.wire.FrameHeader;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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
 * Requests a second that one thread could answer, had it no network: the request is there, the
 * reply is written into a buffer, and its transmit time is read from the system's ticks.
 *
 * <p>The lesson: sockets, not servers, are what limits a time server. {@code baselineEcho} reads
 * the ticks as often and copies the request, which is all that a server could leave out of nothing.
 * {@code onBoard} asks the board that real sockets ask, with two servers on one port.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar ResponderBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ResponderBenchmark {
  private static final PeerId CLIENT = PeerId.simulated(1);
  private static final int KEY = 1;

  private final ClockReader reader = ClockReader.system();
  private final LongSupplier ticks = reader::tickNanos;
  private final ClockModel model = SteadyClock.of(reader);
  private final Keyring keyring =
      Keyring.optional(List.of(SharedKey.ofText(KEY, "a secret for measuring only")));
  private final NtpServer ntpServer = new NtpServer(NtpServerConfig.defaults(), () -> model);
  private final CristianServer cristianServer = new CristianServer(() -> model, keyring);
  private final Switchboard board = new Switchboard().add(ntpServer).add(cristianServer);
  private final ByteBuffer ntpRequest = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
  private final ByteBuffer bareRequest = ByteBuffer.allocate(CristianCodec.PLAIN_BYTES);
  private final ByteBuffer keyedRequest = ByteBuffer.allocate(CristianCodec.MAX_BYTES);
  private final ByteBuffer reply = ByteBuffer.allocate(CristianCodec.MAX_BYTES);

  /** For JMH. */
  public ResponderBenchmark() {}

  /** One request of each kind, and a look whether it is answered. */
  @Setup
  public void ask() {
    NtpCodec.encode(
        new NtpPacket(
            new NtpPacket.Kind(NtpPacket.LEAP_NONE, NtpPacket.VERSION, NtpPacket.MODE_CLIENT),
            new NtpPacket.Quality(0, 6, -24, 0, 0),
            new NtpPacket.Reference(0, 0),
            new NtpPacket.Stamps(0, 0, 0x0123_4567_89AB_CDEFL)),
        ntpRequest.clear());
    ntpRequest.flip();
    CristianCodec codec = new CristianCodec(keyring);
    codec.encode(bareRequest.clear(), new CristianRequest(1, FrameHeader.NO_KEY));
    bareRequest.flip();
    codec.encode(keyedRequest.clear(), new CristianRequest(1, KEY));
    keyedRequest.flip();
    if (ntp() <= 0 || cristian() <= 0 || cristianHmac() <= 0 || onBoard() <= 0) {
      throw new IllegalStateException("a request is not answered");
    }
  }

  /** The floor: an arrival stamped, the bytes copied, a departure stamped. */
  @Benchmark
  public long baselineEcho() {
    long received = reader.read().tickNanos();
    reply.clear().put(0, ntpRequest, 0, NtpCodec.HEADER_LENGTH).putLong(32, received);
    reply.putLong(40, ticks.getAsLong());
    return reply.getLong(40);
  }

  /** An NTP request. */
  @Benchmark
  public int ntp() {
    return answer(ntpServer, ntpRequest);
  }

  /** A request of Cristian's protocol. */
  @Benchmark
  public int cristian() {
    return answer(cristianServer, bareRequest);
  }

  /** The same with HMAC-SHA256, verified and answered alike. */
  @Benchmark
  public int cristianHmac() {
    return answer(cristianServer, keyedRequest);
  }

  /** A request of Cristian's protocol at the port of two servers, asked in turn. */
  @Benchmark
  public int onBoard() {
    return answer(board, bareRequest);
  }

  private int answer(Responder responder, ByteBuffer request) {
    return responder.respond(reader.read(), CLIENT, request, reply.clear(), ticks);
  }
}
