package dev.coeval.time;

/**
 * A disciplined clock that looks at the wall clock too before it says how wrong it can be.
 *
 * <p><b>Problem.</b> While a host is suspended its ticks stand still, and a bound that ages by
 * ticks is as narrow after the night as before it. Whoever synchronizes the clock finds out at its
 * next event; a read may come first.
 *
 * <p><b>Idea.</b> The wall clock goes on. When the two have parted since they were last compared,
 * by more than their rates explain, the bound is gone: at this very read. So it is when nobody has
 * steered the clock for longer than any synchronizer lets pass: it has died, perhaps.
 */
final class GuardedSource implements BoundedInstantSource {

  /** The pair to compare with is renewed this often, so that no slewing of the wall adds up. */
  private static final long RENEWAL_NANOS = 1_000_000_000L;

  private static final double PPB = 1e-9;

  private final DisciplinedClock clock;
  private final BoundedInstantSource view;
  private final long thresholdNanos;

  GuardedSource(DisciplinedClock clock, BoundedInstantSource view, long thresholdNanos) {
    this.clock = clock;
    this.view = view;
    this.thresholdNanos = thresholdNanos;
  }

  @Override
  public BoundedInstant now() {
    ClockReading before = clock.paired();
    ClockReading reading = clock.reader().read();
    long ticks = reading.tickNanos() - before.tickNanos();
    if (haveParted(before, reading, ticks)) {
      clock.loseBounds(SteeringEvent.RESUME);
      clock.renewPair(before, reading);
      throw new NotSynchronizedException(
          "the wall clock has parted from the ticks: the host was suspended, or the clock was set");
    }
    if (ticks > RENEWAL_NANOS) {
      clock.renewPair(before, reading);
    }
    if (reading.tickNanos() - clock.get().anchorTickNanos() > DisciplinedClock.MAX_AGE_NANOS) {
      clock.loseBounds();
      throw new NotSynchronizedException("no estimate of the time has come in for too long");
    }
    return view.now();
  }

  @Override
  public double confidence() {
    return view.confidence();
  }

  @Override
  public long epochNanos() {
    return clock.epochNanos();
  }

  private boolean haveParted(ClockReading before, ClockReading reading, long ticks) {
    long gained = reading.wallEpochNanos() - before.wallEpochNanos() - ticks;
    double explained =
        Math.max(ticks, 0) * (clock.get().driftBoundPpb() * PPB)
            + thresholdNanos
            + before.spanNanos()
            + reading.spanNanos();
    return Math.abs((double) gained) > explained;
  }
}
