package dev.coeval.time;

import java.time.Duration;
import java.util.Objects;

/**
 * How a clock is brought to an estimate: how it is slewed, and after what it may be stepped.
 *
 * <p>Steps are the owner's choice, for each event by itself. Of what {@link #with} gives, none lets
 * a clock run backwards after its start.
 *
 * @param slew how offsets are taken up that are not stepped
 * @param start when to step at the first updates, as many as it says itself
 * @param running when to step at all others
 * @param resume when to step at the first update after {@link SteeringEvent#RESUME}
 * @param sourceStep when to step at the first update after {@link SteeringEvent#SOURCE_STEP}
 */
public record SteeringPolicy(
    SlewPolicy slew,
    StepPolicy start,
    StepPolicy running,
    StepPolicy resume,
    StepPolicy sourceStep) {

  /** No slew may be faster than this: a third, so that a clock always moves forward. */
  public static final long MAX_SLEW_LIMIT_PPB = 333_333_333L;

  /** One twelfth, the largest slew that chrony allows itself on Linux. */
  public static final long DEFAULT_MAX_SLEW_PPB = 83_333_333L;

  /**
   * Checks that nothing is missing.
   *
   * @param slew as above
   * @param start as above
   * @param running as above
   * @param resume as above
   * @param sourceStep as above
   */
  public SteeringPolicy {
    Objects.requireNonNull(slew, "slew");
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(running, "running");
    Objects.requireNonNull(resume, "resume");
    Objects.requireNonNull(sourceStep, "sourceStep");
  }

  /**
   * Slews of a stated time, and steps as of {@link #with}.
   *
   * @param maxSlewPpb the largest slew, in parts per billion of the rate; 1 to {@link
   *     #MAX_SLEW_LIMIT_PPB}
   * @param slewNanos an offset is spread over this time, in nanoseconds, unless the largest slew
   *     makes it longer; not negative
   * @param step when to step
   * @throws IllegalArgumentException if one is out of its range
   */
  public SteeringPolicy(long maxSlewPpb, long slewNanos, StepPolicy step) {
    this(
        SlewPolicy.over(maxSlewPpb, slewNanos),
        step,
        StepPolicy.never(),
        step.isNever()
            ? StepPolicy.never()
            : StepPolicy.forward(Duration.ofNanos(step.thresholdNanos())),
        StepPolicy.never());
  }

  /**
   * Slews of at most a twelfth, whose time follows the interval between updates ({@link
   * SlewPolicy#DEFAULT}). Steps as given; unless that is never, also forwards after the host was
   * suspended, as an hour's sleep would take half a day to slew.
   *
   * @param step when to step
   * @return the policy
   */
  public static SteeringPolicy with(StepPolicy step) {
    return new SteeringPolicy(DEFAULT_MAX_SLEW_PPB, 0, step).withSlew(SlewPolicy.DEFAULT);
  }

  /**
   * With other slews.
   *
   * @param other how offsets are taken up that are not stepped
   * @return a copy
   */
  public SteeringPolicy withSlew(SlewPolicy other) {
    return new SteeringPolicy(other, start, running, resume, sourceStep);
  }

  /**
   * With another rule for one event.
   *
   * @param event the event
   * @param step when to step then
   * @return a copy
   */
  public SteeringPolicy withStep(SteeringEvent event, StepPolicy step) {
    return switch (event) {
      case START -> new SteeringPolicy(slew, step, running, resume, sourceStep);
      case RUNNING -> new SteeringPolicy(slew, start, step, resume, sourceStep);
      case RESUME -> new SteeringPolicy(slew, start, running, step, sourceStep);
      case SOURCE_STEP -> new SteeringPolicy(slew, start, running, resume, step);
    };
  }

  /** Whether an offset may be stepped after an event, on a clock with so many updates before. */
  boolean allowsStep(SteeringEvent event, long offsetNanos, long updatesBefore) {
    boolean isStart = updatesBefore < start.updates();
    if (isStart && start.allows(offsetNanos, updatesBefore)) {
      return true;
    }
    return switch (event) {
      case RESUME -> resume.allows(offsetNanos, 0);
      case SOURCE_STEP -> sourceStep.allows(offsetNanos, 0);
      default -> !isStart && running.allows(offsetNanos, 0);
    };
  }
}
