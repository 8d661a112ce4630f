package dev.coeval.sync.discipline;

import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.time.ClockReading;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells when wall clock and ticks have parted: the host slept, or somebody stepped the wall clock.
 *
 * <p><b>Problem.</b> On many systems the tick source stands still while the host is suspended.
 * Every bound is aged by ticks, so after a night's sleep it would be as narrow as before, and wrong
 * by a night. The wall clock goes on (the hardware keeps it), so the two have parted by as much.
 *
 * <p>A step of the wall clock looks the same from here. It does no harm to ticks, but as nobody can
 * tell, both cost the bounds: what was known is dropped until the next exchange ({@link
 * Ensemble#disrupt}).
 *
 * <p><b>An exchange that spans a sleep</b> is worse than none: its round trip in ticks is short,
 * its bounds are narrow, and T1 and T4 belong to different offsets. So feed every event's reading
 * in <em>before</em> the event is handled, and when a jump comes out, forget the requests that are
 * open; {@link #jumpNanos} tells the same of two readings.
 *
 * <p>Not seen: a sleep shorter than the threshold, and one in which both clocks stand still, as
 * when a virtual machine is restored from a snapshot. A wall clock that is slewed faster than the
 * drift bound is seen as a jump once the gap between two readings is long enough; that costs an
 * exchange, not the truth.
 *
 * <p>Not thread-safe.
 */
public final class SuspendDetector {

  /** Above what slewing moves a wall clock between two polls, below the shortest sleep: 10 ms. */
  public static final long DEFAULT_THRESHOLD_NANOS = 10_000_000L;

  private final long driftBoundPpb;
  private final long thresholdNanos;
  private @Nullable ClockReading last;

  /**
   * A detector that has seen nothing.
   *
   * @param driftBoundPpb by how much the rates of wall clock and ticks may differ, in parts per
   *     billion; not negative
   * @param thresholdNanos a smaller jump is not reported, in nanoseconds; not negative
   * @throws IllegalArgumentException if one is negative
   */
  public SuspendDetector(long driftBoundPpb, long thresholdNanos) {
    if (driftBoundPpb < 0 || thresholdNanos < 0) {
      throw new IllegalArgumentException(
          "negative: driftBoundPpb " + driftBoundPpb + ", thresholdNanos " + thresholdNanos);
    }
    this.driftBoundPpb = driftBoundPpb;
    this.thresholdNanos = thresholdNanos;
  }

  /**
   * Looks at a reading, and remembers it for the next.
   *
   * @param now the current reading
   * @return by how much the wall clock has gained on the ticks since the last reading, in
   *     nanoseconds, if more than the two explain; empty otherwise, and at the first reading
   */
  public OptionalLong observe(ClockReading now) {
    Objects.requireNonNull(now, "now");
    ClockReading before = last;
    last = now;
    return before == null ? OptionalLong.empty() : jumpNanos(before, now);
  }

  /**
   * Whether wall clock and ticks parted between two readings, such as those at an exchange's T1 and
   * T4.
   *
   * @param before the earlier reading
   * @param after the later reading
   * @return by how much the wall clock has gained on the ticks, in nanoseconds, if more than drift,
   *     threshold and the readings' spans explain
   */
  public OptionalLong jumpNanos(ClockReading before, ClockReading after) {
    long ticks = after.tickNanos() - before.tickNanos();
    long gained = after.wallEpochNanos() - before.wallEpochNanos() - ticks;
    double explained =
        (double) OffsetBounds.driftNanos(ticks, driftBoundPpb)
            + thresholdNanos
            + before.spanNanos()
            + after.spanNanos();
    return Math.abs((double) gained) > explained ? OptionalLong.of(gained) : OptionalLong.empty();
  }
}
