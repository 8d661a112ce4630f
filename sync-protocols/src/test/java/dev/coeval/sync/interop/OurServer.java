package dev.coeval.sync.interop;

import dev.coeval.sync.SyncNode;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.runtime.Traffic;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Function;

/** A server of ours whose time is a quarter of a second ahead of the machine's. */
final class OurServer implements Closeable {
  static final double AHEAD_SECONDS = 0.25;

  /** The machine's wall clock may be disciplined while ticks are counted: 500 ppm for a minute. */
  static final double ALLOWED_SECONDS = 30e-3;

  private static final long AHEAD_NANOS = 250_000_000L;
  private static final long CLOCK_ERROR_NANOS = 1_000;

  private final SyncNode node;

  private OurServer(SyncNode node) {
    this.node = node;
  }

  static OurServer start(InetSocketAddress at, Function<DisciplinedClock, Responder> responder) {
    SyncNode node = new SyncNode(clock());
    node.board().add(responder.apply(node.clock()));
    node.open(UdpConfig.bound(at).withReusePort(true));
    return new OurServer(node);
  }

  static DisciplinedClock clock() {
    DisciplinedClock clock =
        new DisciplinedClock(Await.HOST, 0, SteeringPolicy.with(StepPolicy.always(Duration.ZERO)));
    ClockReading now = Await.HOST.readTightest(5);
    long time = now.wallEpochNanos() + AHEAD_NANOS;
    clock.steer(
        new ClockEstimate(
            now.tickNanos(), time, 0, 0, BoundedInstant.around(time, CLOCK_ERROR_NANOS)));
    return clock;
  }

  String host() {
    return node.address().getAddress().getHostAddress();
  }

  long replied() {
    return node.runtime().traffic().get(Traffic.REPLIED);
  }

  @Override
  public void close() {
    node.close();
  }
}
