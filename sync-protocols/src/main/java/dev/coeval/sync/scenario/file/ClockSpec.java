package dev.coeval.sync.scenario.file;

import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.OscillatorModel.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a node's own clock goes, before anybody corrects it.
 *
 * @param offsetNanos x0
 * @param rate how its frequency goes: f0, the walk's step w each second, aging, a thermal sine
 * @param steps raw steps, at whole seconds
 */
record ClockSpec(long offsetNanos, Rate rate, List<Step> steps) {

  private static final double NANOS = 1e9;
  private static final int MAX_STEPS = 64;
  private static final double MAX_STEP = 4e9;

  /** What jumps. */
  enum Target {
    /** The wall clock, as when an operator sets it: ticks do not notice. */
    WALL,
    /** Ticks and wall clock: the raw clock that our own stands on. */
    CLOCK
  }

  /** A jump, once or again and again. */
  record Step(long atSeconds, long everySeconds, long byNanos, Target target) {}

  OscillatorModel oscillator() {
    return new OscillatorModel(offsetNanos, rate, List.of());
  }

  static ClockSpec read(Section section, boolean isExact) {
    double offset = section.number("offset", isExact ? 0 : 0.1, -MAX_STEP, MAX_STEP);
    Rate rate = rate(section, isExact);
    List<Step> steps = new ArrayList<>();
    for (Value item : section.items("steps")) {
      steps.add(step(section.of("steps", item)));
    }
    if (steps.size() > MAX_STEPS) {
      throw section.error(section.lineOf("steps"), "more than " + MAX_STEPS + " steps");
    }
    section.done();
    return new ClockSpec(Math.round(offset * NANOS), rate, List.copyOf(steps));
  }

  private static Rate rate(Section section, boolean isExact) {
    double limit = OscillatorModel.MAX_FREQUENCY - 1e-9;
    Section thermal = section.section("thermal");
    Rate rate =
        new Rate(
            section.number("frequency", isExact ? 0 : 1e-4, -limit, limit),
            section.number("wander", isExact ? 0 : 1e-9, 0, limit),
            section.number("aging", 0, -limit, limit),
            thermal.number("amplitude", 0, 0, limit),
            thermal.nanos("period", Rate.DAY_NANOS, 1));
    thermal.done();
    return rate;
  }

  private static Step step(Section section) {
    int at = section.whole("at", 0, 0, Integer.MAX_VALUE);
    int every = section.whole("every", 0, 1, Integer.MAX_VALUE);
    double by = section.number("by", 0, -MAX_STEP, MAX_STEP);
    Target target =
        section.choice("of", Target.CLOCK, Map.of("clock", Target.CLOCK, "wall", Target.WALL));
    section.done();
    return new Step(at, every, Math.round(by * NANOS), target);
  }
}
