package dev.coeval.examples.hosts;

import dev.coeval.examples.hosts.SkewedHost.Moment;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The time that a server serves: its host's wall clock, with the fault that was asked for. The
 * bound is honest about that fault: it always holds the host's wall clock, give or take what the
 * administrator says that one may be off.
 *
 * <p>{@link #follow} is called now and then, since the wall clock may be set or slewed; in between
 * the bound grows by the drift bound.
 */
final class ServedClock implements Supplier<ClockModel> {
  /** How often to {@link #follow}: the drift bound lets the claim grow by 0.2 µs meanwhile. */
  static final Duration FOLLOW_INTERVAL = Duration.ofSeconds(1);

  private static final Duration STEP = Duration.ofMillis(1);

  private final SkewedHost host;
  private final long hostErrorNanos;
  private final DisciplinedClock clock;

  ServedClock(SkewedHost host, Duration hostError) {
    this.host = host;
    this.hostErrorNanos = hostError.toNanos();
    this.clock =
        new DisciplinedClock(
            host.reader(), host.driftBoundPpb(), SteeringPolicy.with(StepPolicy.always(STEP)));
    follow();
  }

  void follow() {
    Moment now = host.now();
    BoundedInstant truth =
        BoundedInstant.around(now.hostEpochNanos(), hostErrorNanos + now.spanNanos());
    clock.steer(
        new ClockEstimate(now.tickNanos(), now.wallEpochNanos(), 0, now.spanNanos(), truth));
  }

  ClockReader reader() {
    return host.reader();
  }

  /** The bound that is claimed now, to either side. */
  long boundNanos() {
    return clock.get().maxErrorNanosAt(host.reader().tickNanos());
  }

  /** What is wrong with it on purpose; empty if nothing is. */
  String fault() {
    return host.fault();
  }

  @Override
  public ClockModel get() {
    return clock.get();
  }
}
