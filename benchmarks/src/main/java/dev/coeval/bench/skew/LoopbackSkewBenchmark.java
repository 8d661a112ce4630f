package dev.coeval.bench.skew;

import dev.coeval.bench.skew.BareExchanges.Exchange;
import dev.coeval.bench.skew.LoopbackGroup.Look;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The error of clocks that are synchronized over real sockets, on this one host: up to half a
 * second and 100 ppm off, an exchange every 50 ms. Another group has warmed the code up before,
 * with quicker polls: a daemon's code is compiled, and code that is not takes a hundred
 * microseconds of each exchange.
 *
 * <p>The lesson: on one host the enemy is the thread that has to be woken, not the clock. Hold
 * {@code BLOCKING} against {@code SPINNING}, and both against {@code baselineExchange}: single
 * exchanges between two bare sockets that share one clock, whose error is all their measured
 * offset. Where the sleepers at both ends do not wake alike, the two ways differ, and no filter can
 * tell that from an offset. {@code violations} have to be 0 all the same.
 *
 * <p>Run: {@code java -jar benchmarks/target/benchmarks.jar LoopbackSkewBenchmark}, on a host of at
 * least two cores that does nothing else. Keep to one iteration and one fork: JMH would add the
 * results up.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class LoopbackSkewBenchmark {
  private static final long PAUSE_NANOS = 2_000_000L;
  private static final long PATIENCE_SECONDS = 30;
  private static final long SETTLE_SECONDS = 3;
  private static final long SETTLED_ERROR_NANOS = 1_000_000L;
  private static final int WARM_UP = 2_000;
  private static final long WARM_UP_SECONDS = 5;
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration QUICK_INTERVAL = Duration.ofMillis(4);

  /** How threads wait for datagrams. */
  @Param({"BLOCKING", "SPINNING"})
  public Waiting waiting;

  /** For how long clocks are watched, after they have settled. */
  @Param("10")
  public int seconds;

  /** What the clocks' faults follow from. */
  @Param("1")
  public long seed;

  private final ClockReader reader = ClockReader.system();

  /** For JMH. */
  public LoopbackSkewBenchmark() {}

  /**
   * The floor: single exchanges, nothing filtered; the width is the round trip.
   *
   * @param counters take the result
   * @return the root mean square error
   * @throws IOException if there is no socket
   */
  @Benchmark
  public double baselineExchange(SkewCounters counters) throws IOException {
    ErrorStatistics errors = new ErrorStatistics();
    double roundTrips = 0;
    long violations = 0;
    try (BareExchanges exchanges = new BareExchanges(reader, waiting)) {
      for (int i = 0; i < WARM_UP; i++) {
        exchanges.next();
      }
      long end = reader.tickNanos() + TimeUnit.SECONDS.toNanos(seconds);
      while (reader.tickNanos() < end) {
        reader.pause(PAUSE_NANOS);
        Exchange exchange = exchanges.next();
        if (exchange != null) {
          errors.add((double) exchange.offsetNanos());
          roundTrips += exchange.roundTripNanos();
          violations +=
              2 * Math.abs(exchange.offsetNanos()) > exchange.roundTripNanos() + 1 ? 1 : 0;
        }
      }
    }
    if (errors.samples() == 0) {
      throw new IllegalStateException("no exchange came back in time");
    }
    counters.take(errors);
    counters.take(errors.samples(), violations, roundTrips / errors.samples());
    return errors.rmsNanos();
  }

  /** Cristian's protocol: a client of an exact server. */
  @Benchmark
  public double cristian(SkewCounters counters) {
    return measure(LoopbackGroup::cristian, counters);
  }

  /** Cristian's protocol over TCP: the same machines, so the difference is TCP's. */
  @Benchmark
  public double cristianOverTcp(SkewCounters counters) {
    return measure(LoopbackGroup::cristianOverTcp, counters);
  }

  /** NTP: the same. */
  @Benchmark
  public double ntp(SkewCounters counters) {
    return measure(LoopbackGroup::ntp, counters);
  }

  /** A Berkeley group of two, against its mean. */
  @Benchmark
  public double berkeley(SkewCounters counters) {
    return measure(LoopbackGroup::berkeley, counters);
  }

  private double measure(Consumer<LoopbackGroup> protocol, SkewCounters counters) {
    try (LoopbackGroup group = new LoopbackGroup(reader, waiting, QUICK_INTERVAL, seed)) {
      protocol.accept(group);
      reader.pause(TimeUnit.SECONDS.toNanos(Math.min(seconds, WARM_UP_SECONDS)));
    }
    try (LoopbackGroup group = new LoopbackGroup(reader, waiting, INTERVAL, seed)) {
      protocol.accept(group);
      return watch(group, counters);
    }
  }

  private double watch(LoopbackGroup group, SkewCounters counters) {
    awaitSettled(group);
    ErrorStatistics errors = new ErrorStatistics();
    long readings = 0;
    long violations = 0;
    double widths = 0;
    long end = reader.tickNanos() + TimeUnit.SECONDS.toNanos(seconds);
    while (reader.tickNanos() < end) {
      reader.pause(PAUSE_NANOS);
      for (Look look : group.look()) {
        errors.add((double) look.errorNanos());
        if (look.claim().isBounded()) {
          readings++;
          violations += look.holds() ? 0 : 1;
          widths += look.claim().widthNanos();
        }
      }
    }
    counters.take(errors);
    counters.take(readings, violations, widths / Math.max(1, readings));
    return errors.rmsNanos();
  }

  /** Until all clocks are near, and a little longer. */
  private void awaitSettled(LoopbackGroup group) {
    long start = reader.tickNanos();
    List<Look> looks = group.look();
    while (!looks.stream().allMatch(LoopbackSkewBenchmark::isNear)) {
      if (reader.tickNanos() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new IllegalStateException("the clocks do not come together: " + looks);
      }
      reader.pause(PAUSE_NANOS);
      looks = group.look();
    }
    reader.pause(TimeUnit.SECONDS.toNanos(SETTLE_SECONDS));
  }

  private static boolean isNear(Look look) {
    return look.claim().isBounded() && Math.abs(look.errorNanos()) < SETTLED_ERROR_NANOS;
  }
}
