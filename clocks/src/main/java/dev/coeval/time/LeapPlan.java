package dev.coeval.time;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.LeapSecond;
import dev.coeval.scale.Smear;
import dev.coeval.scale.UtcTime;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a model takes one leap second: a pure function from its line and bound, which run on unbroken
 * time until the leap is over, to what it shows.
 *
 * <p><b>Problem.</b> A thread that steps a clock at midnight comes late, and readers see the wrong
 * time meanwhile.
 *
 * <p><b>Idea.</b> Nothing happens at the leap. The line goes straight on, and each reading maps its
 * point of unbroken time to the scale that is served. When all is over, the next model takes the
 * shift into its line ({@link #isPast()}), and reading costs nothing any more.
 *
 * @param leap the leap second
 * @param policy how it is to be taken
 * @param course along which the point is slewed or smeared; null for a step, or if left alone
 * @param isHeeded whether a line that does not take the leap by itself has been steered past it
 * @param isPast whether line and bound are of POSIX time after the leap, rather than unbroken
 */
record LeapPlan(
    LeapSecond leap, LeapPolicy policy, @Nullable Smear course, boolean isHeeded, boolean isPast) {

  static LeapPlan of(LeapSecond leap, LeapPolicy policy, long maxSlewPpb) {
    Objects.requireNonNull(leap, "leap");
    Smear course = null;
    if (policy instanceof LeapPolicy.Smeared smeared) {
      course = smeared.smear();
    } else if (policy instanceof LeapPolicy.Slew) {
      course = Smear.slewed(Math.max(maxSlewPpb, MIN_SLEW_PPB));
    }
    return new LeapPlan(leap, Objects.requireNonNull(policy, "policy"), course, false, false);
  }

  /** So that a second does not take longer than the longest smear. */
  private static final long MIN_SLEW_PPB = 1_000_000_000L / Smear.MAX_SECONDS + 1;

  boolean is(LeapSecond other, LeapPolicy how) {
    return leap.equals(other) && policy.equals(how);
  }

  LeapPlan heeded(boolean heeded) {
    return new LeapPlan(leap, policy, course, heeded, isPast);
  }

  LeapPlan past(boolean past) {
    return new LeapPlan(leap, policy, course, isHeeded, past);
  }

  /** Until then, by line and bound, all is as if there were no leap. */
  long startNanos() {
    long start = leap.unbrokenNanos();
    return course == null ? start : Math.min(start, course.startNanos(leap));
  }

  /** From then on, all is POSIX time again. */
  private long endNanos() {
    long end = leap.unbrokenNanos();
    return course == null ? end : Math.max(end, course.endNanos(leap));
  }

  boolean isOver(long lineNanos, BoundedInstant bounds) {
    return lineNanos >= endNanos()
        && (!bounds.isBounded() || bounds.earliestEpochNanos() >= endNanos());
  }

  /** What is shown where the line stands. */
  long shown(long lineNanos) {
    if (course != null) {
      return course.smearedNanosOf(leap, lineNanos);
    }
    return isIgnored() ? lineNanos : leap.utcNanosOf(lineNanos);
  }

  /** Where the line stands when so much is shown. */
  long lineOf(long shownNanos) {
    if (course != null) {
      return course.unbrokenNanosOf(leap, shownNanos);
    }
    return isIgnored() ? shownNanos : leap.unbrokenNanosOf(UtcTime.of(shownNanos));
  }

  /** By how much what is shown runs slower than the line, in seconds a second. */
  double slowness(long lineNanos) {
    return course == null ? 0 : course.rateAt(leap, lineNanos);
  }

  /** By how much what is shown must still be moved to get to the scale that the bound speaks of. */
  long leftNanos(long lineNanos) {
    if (isSmeared() || isHeeded) {
      return 0;
    }
    return leap.utcNanosOf(lineNanos) - shown(lineNanos);
  }

  /** The unbroken time that the line stands for. */
  long unbroken(long lineNanos) {
    return isHeeded ? EpochNanos.addSaturated(lineNanos, leap.shiftNanos()) : lineNanos;
  }

  /** Where a line shall go to whose unbroken time that is. */
  long aim(long unbrokenNanos) {
    return isIgnored() ? leap.utcNanosOf(unbrokenNanos) : unbrokenNanos;
  }

  /** The plan of a line that has been steered to that unbroken time. */
  LeapPlan steeredTo(long unbrokenNanos) {
    return heeded(isIgnored() && unbrokenNanos >= leap.unbrokenNanos());
  }

  /** By how much a line is shifted when it becomes one of POSIX time. */
  long lineShiftNanos() {
    return isIgnored() ? 0 : -leap.shiftNanos();
  }

  /**
   * The interval of the served scale that holds what an interval of unbroken time holds. Across a
   * step it is the hull of both sides.
   */
  BoundedInstant shown(BoundedInstant unbroken) {
    if (!unbroken.isBounded()) {
      return unbroken;
    }
    long earliest = unbroken.earliestEpochNanos();
    long latest = unbroken.latestEpochNanos();
    if (isSmeared()) {
      return new BoundedInstant(shown(earliest), shown(latest));
    }
    long at = leap.unbrokenNanos();
    if (latest < at || earliest >= at) {
      return new BoundedInstant(leap.utcNanosOf(earliest), leap.utcNanosOf(latest));
    }
    return new BoundedInstant(
        Math.min(earliest, leap.utcNanosOf(at)), Math.max(at - 1, leap.utcNanosOf(latest)));
  }

  /**
   * An estimate in unbroken time. By itself it is in the scale in force at its point; a point in
   * the second that is counted twice, or in the one that was left out, can be read either way. Then
   * what this clock knew decides, and where it does not, the interval holds both.
   *
   * @param estimate in POSIX time at its own tick
   * @param line where the line stood at that tick, in unbroken time
   * @param known what was known at that tick, in unbroken time
   */
  ClockEstimate unbroken(ClockEstimate estimate, long line, BoundedInstant known) {
    long shift = leap.shiftNanos();
    long at = leap.unbrokenNanos();
    long point = estimate.epochNanos();
    if (point < at - Math.max(0, shift)) {
      return estimate;
    }
    BoundedInstant before = estimate.bounds();
    if (point >= at - Math.min(0, shift) || known.intersection(before).isEmpty()) {
      return at(estimate, Math.addExact(point, shift), bounds -> Bounds.shift(bounds, shift));
    }
    if (known.intersection(Bounds.shift(before, shift)).isEmpty()) {
      return estimate;
    }
    double asBefore = Math.abs((double) point - line);
    double asAfter = Math.abs((double) point + shift - line);
    return at(
        estimate,
        asBefore <= asAfter ? point : point + shift,
        bounds -> Bounds.hull(bounds, Bounds.shift(bounds, shift)));
  }

  private static ClockEstimate at(
      ClockEstimate estimate, long epochNanos, UnaryOperator<BoundedInstant> of) {
    Characterised likely = estimate.characterised();
    return new ClockEstimate(
        estimate.tickNanos(),
        epochNanos,
        estimate.frequency(),
        estimate.statisticalErrorNanos(),
        of.apply(estimate.bounds()),
        likely.of(of.apply(likely.bounds())));
  }

  private boolean isSmeared() {
    return policy instanceof LeapPolicy.Smeared;
  }

  private boolean isIgnored() {
    return policy instanceof LeapPolicy.Ignore;
  }
}
