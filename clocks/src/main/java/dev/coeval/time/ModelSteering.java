package dev.coeval.time;

import dev.coeval.scale.LeapSecond;
import org.jspecify.annotations.Nullable;

/**
 * From one clock model to the next: pure functions. A model that has a leap second ahead runs in
 * unbroken time; an estimate is brought there first, and the model back once the leap is over.
 */
final class ModelSteering {

  private ModelSteering() {}

  static ClockModel steer(
      ClockModel model, ClockEstimate estimate, long tickNanos, SteeringPolicy policy) {
    LeapPlan leap = model.leap();
    if (leap == null) {
      return steerLine(model, estimate, tickNanos, policy);
    }
    ClockModel before = unbroken(model);
    ClockEstimate unbroken = unbroken(before, estimate, leap);
    return settled(steerLine(before, unbroken, tickNanos, policy), tickNanos);
  }

  private static ClockModel steerLine(
      ClockModel model, ClockEstimate estimate, long tickNanos, SteeringPolicy policy) {
    LeapPlan leap = model.leap();
    long age = Math.subtractExact(tickNanos, estimate.tickNanos());
    long now = Math.addExact(estimate.epochNanos(), age + (long) (age * estimate.frequency()));
    long target = leap == null ? now : leap.aim(now);
    LeapPlan plan = leap == null ? null : leap.steeredTo(now);
    long standing = model.lineNanosAt(tickNanos - model.anchorTickNanos());
    long offset = EpochNanos.subtractSaturated(target, standing);
    ClockBounds known = model.knowledge().of(estimate, age);
    if (policy.allowsStep(model.history().event(), offset, model.updates())) {
      return new ClockModel(
          new ClockLine(tickNanos, target, estimate.frequency(), 0, 0),
          known,
          model.history().updated(estimate.statisticalErrorNanos(), 1),
          plan);
    }
    return new ClockModel(
        model.line().slewing(tickNanos, standing, offset, estimate.frequency(), policy.slew()),
        known,
        model.history().updated(estimate.statisticalErrorNanos(), 0),
        plan);
  }

  static ClockModel withLeap(ClockModel model, LeapPlan plan, long tickNanos, SlewPolicy slew) {
    LeapPlan leap = model.leap();
    LeapSecond leapSecond = plan.leap();
    if (leap == null || !leap.leap().equals(leapSecond)) {
      ClockModel plain = withoutLeap(model, tickNanos, slew);
      long shown = plain.epochNanosAt(tickNanos);
      boolean late = shown >= leapSecond.epochNanos();
      long shift = late ? leapSecond.shiftNanos() : 0;
      return showing(shifted(plain, shift, shift, null), shown, begun(plan, late), tickNanos, slew);
    }
    ClockModel before = unbroken(model);
    long line = before.lineNanosAt(tickNanos - model.anchorTickNanos());
    long offset = leap.unbroken(line) - line;
    boolean late = leap.unbroken(line) >= leapSecond.unbrokenNanos();
    long shown = model.epochNanosAt(tickNanos);
    return showing(shifted(before, offset, 0, null), shown, begun(plan, late), tickNanos, slew);
  }

  static ClockModel withoutLeap(ClockModel model, long tickNanos, SlewPolicy slew) {
    LeapPlan leap = model.leap();
    if (leap == null) {
      return model;
    }
    ClockModel settled = settled(model, tickNanos);
    LeapPlan left = settled.leap();
    if (left != null && left.isPast()) {
      return shifted(settled, 0, 0, null);
    }
    long line = model.lineNanosAt(tickNanos - model.anchorTickNanos());
    ClockModel straight = shifted(model, leap.unbroken(line) - line, 0, null);
    return showing(straight, model.epochNanosAt(tickNanos), null, tickNanos, slew);
  }

  private static LeapPlan begun(LeapPlan plan, boolean late) {
    return plan.steeredTo(late ? Long.MAX_VALUE : Long.MIN_VALUE);
  }

  /** A model in unbroken time and without a plan, made to show a time and go to its own. */
  private static ClockModel showing(
      ClockModel model, long shown, @Nullable LeapPlan next, long tickNanos, SlewPolicy slew) {
    long dt = tickNanos - model.anchorTickNanos();
    long standing = next == null ? shown : next.lineOf(shown);
    long target = model.lineNanosAt(dt) + model.slewLeftNanosAt(tickNanos);
    long aim = next == null ? target : next.aim(target);
    long offset = EpochNanos.subtractSaturated(aim, standing);
    return settled(
        new ClockModel(
            model.line().slewing(tickNanos, standing, offset, model.frequency(), slew),
            model.knowledge().after(dt),
            model.history(),
            next),
        tickNanos);
  }

  private static ClockEstimate unbroken(ClockModel model, ClockEstimate estimate, LeapPlan plan) {
    long dt = estimate.tickNanos() - model.anchorTickNanos();
    BoundedInstant known = model.knowledge().after(dt).guaranteed();
    return plan.unbroken(estimate, plan.unbroken(model.lineNanosAt(dt)), known);
  }

  /** The same model on unbroken time, if its leap is past. */
  private static ClockModel unbroken(ClockModel model) {
    LeapPlan leap = model.leap();
    if (leap == null || !leap.isPast()) {
      return model;
    }
    return shifted(model, -leap.lineShiftNanos(), leap.leap().shiftNanos(), leap.past(false));
  }

  /** The same model on POSIX time, if its leap is over. */
  private static ClockModel settled(ClockModel model, long tickNanos) {
    LeapPlan leap = model.leap();
    long dt = tickNanos - model.anchorTickNanos();
    if (leap == null
        || leap.isPast()
        || !leap.isOver(model.lineNanosAt(dt), model.knowledge().after(dt).guaranteed())) {
      return model;
    }
    return shifted(model, leap.lineShiftNanos(), -leap.leap().shiftNanos(), leap.past(true));
  }

  private static ClockModel shifted(
      ClockModel model, long lineNanos, long boundNanos, @Nullable LeapPlan plan) {
    return new ClockModel(
        model.line().shifted(lineNanos),
        model.knowledge().shifted(boundNanos),
        model.history(),
        plan);
  }
}
