package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.ClockSeen.Pace;
import dev.coeval.sync.berkeley.Message.Difference;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns differences into corrections of this node's own clock, and keeps its pace.
 *
 * <p><b>Pace.</b> Until it has settled, a clock may step (by its policy) and slew as fast as it
 * can. It settles when a correction is small, and from then on is never steered off its
 * oscillator's rate by more than {@link PaceConfig#maxSteerPpb()}: what is too much for one round
 * is left to the next. Only a clock that its own coordinator finds off by more than clocks of that
 * pace can part, so one whose oscillator has failed or stood still, is set free again.
 */
final class Helm {
  private static final double PPB = 1e-9;

  /** Of a settled clock: half of each difference, so that the noise of readings is averaged. */
  private static final double SETTLED_GAIN = 0.5;

  /** Keeps the slew clear of its limit while the clock takes the correction over. */
  private static final double SLEW_SHARE = 0.9;

  /** On a noisy network differences never get small; near the group so often will do. */
  private static final int NEAR_OFTEN_ENOUGH = 10;

  private final PaceConfig config;
  private final long gammaNanos;
  private final Supplier<ClockModel> clock;
  private boolean settled;
  private int near;
  private final RateLoop rate;
  private @Nullable Last last;

  /** The last correction: when, from whom, and what of it was not even begun. */
  private record Last(Term term, long tick, boolean bounded, long unappliedNanos) {}

  /** A difference, and this node's own reading that it is the difference of. */
  record Told(Term term, Difference difference, long tick, long readingEpochNanos) {}

  /** What to do: steer to the estimate; if disrupted, this clock was found faulty. */
  record Course(ClockEstimate estimate, boolean isDisrupted) {}

  Helm(PaceConfig config, long gammaNanos, Supplier<ClockModel> clock) {
    this.config = config;
    this.gammaNanos = gammaNanos;
    this.clock = clock;
    this.rate = new RateLoop(config.maxFrequency());
  }

  boolean isSettled() {
    return settled;
  }

  Pace pace() {
    return new Pace(settled ? config.settledPacePpb() : config.freePacePpb(), settled);
  }

  long readAt(long tickNanos) {
    return clock.get().epochNanosAt(tickNanos);
  }

  double frequency() {
    return clock.get().frequency();
  }

  /** Whether the node's clock was made to bear the group's pace; otherwise its bound would lie. */
  boolean bears(long groupPacePpb) {
    return clock.get().driftBoundPpb() >= config.driftBoundPpb() + groupPacePpb;
  }

  Course steer(Told told, long nowTick) {
    ClockModel model = clock.get();
    long surprise = surprise(told, model);
    boolean disrupted = isFault(told, surprise);
    if (disrupted) {
      settled = false;
      near = 0;
    } else {
      learnRate(told, surprise);
    }
    double frequency = rate.frequency();
    long age = nowTick - told.tick;
    long group = told.readingEpochNanos - told.difference.nanos();
    long target = group + age + (long) (age * frequency);
    long standing = model.epochNanosAt(nowTick);
    long offset = target - standing;
    long applied = takeOn(offset, told.difference);
    last = new Last(told.term, told.tick, told.difference.isBounded(), offset - applied);
    BoundedInstant bounds = disrupted ? BoundedInstant.UNBOUNDED : boundsAt(nowTick, told, group);
    long error = told.difference.likelyErrorNanos() + Math.abs(offset - applied);
    return new Course(
        new ClockEstimate(nowTick, standing + applied, frequency, error, bounds), disrupted);
  }

  /** The difference without what was known before: the slew that was left, and what was put off. */
  private long surprise(Told told, ClockModel model) {
    long left = model.slewLeftNanosAt(told.tick);
    return told.difference.nanos() + left + (last == null ? 0 : last.unappliedNanos);
  }

  private boolean isFault(Told told, long surprise) {
    if (!settled || last == null || !last.term.equals(told.term)) {
      return false; // groups that met after a partition are no fault: they come together slowly
    }
    return Math.abs(told.difference.nanos()) > gammaNanos
        && Math.abs(surprise) > gammaNanos + plausible(told);
  }

  /** By how much two settled clocks can have parted since the last correction. */
  private long plausible(Told told) {
    long elapsed = last == null ? 0 : told.tick - last.tick;
    Difference difference = told.difference;
    return OffsetBounds.driftNanos(elapsed, 2 * config.settledPacePpb())
        + Math.max(0, difference.belowNanos() + difference.aboveNanos());
  }

  /** Only of differences from settled clocks: the others are still being set. */
  private void learnRate(Told told, long surprise) {
    if (last == null || !last.bounded || !told.difference.isBounded()) {
      return;
    }
    long elapsed = told.tick - last.tick;
    if (elapsed > 0 && Math.abs(surprise) <= plausible(told)) {
      rate.learn(surprise, told.difference.likelyErrorNanos(), elapsed);
    }
  }

  /** How much of an offset to begin with now. */
  private long takeOn(long offset, Difference difference) {
    double slewable = config.maxSteerPpb() * PPB - Math.abs(rate.frequency());
    long limit = (long) (slewable * config.slewNanos() * SLEW_SHARE);
    if (!settled) {
      boolean isNear = Math.abs(difference.nanos()) <= gammaNanos;
      near = isNear ? near + 1 : 0;
      settled = isNear && (Math.abs(offset) <= limit || near >= NEAR_OFTEN_ENOUGH);
      return settled ? clamp(offset, limit) : offset;
    }
    return clamp((long) (offset * SETTLED_GAIN), limit);
  }

  private static long clamp(long offset, long limit) {
    return Math.max(-limit, Math.min(limit, offset));
  }

  /** The interval of the group's mean, carried on to a later tick. */
  private BoundedInstant boundsAt(long nowTick, Told told, long group) {
    Difference difference = told.difference;
    if (!difference.isBounded() || !bears(difference.groupPacePpb())) {
      return BoundedInstant.UNBOUNDED;
    }
    long age = nowTick - told.tick;
    long drift =
        OffsetBounds.driftNanos(age, config.driftBoundPpb() + difference.groupPacePpb())
            + ClockSeen.ROUNDING_NANOS;
    return new BoundedInstant(
        group - difference.aboveNanos() + age - drift,
        group + difference.belowNanos() + age + drift);
  }
}
