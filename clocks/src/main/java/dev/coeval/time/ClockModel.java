package dev.coeval.time;

import java.util.Objects;

/**
 * How to turn local ticks into time, and how wrong that can be: a pure, immutable value.
 *
 * <p><b>The line.</b> From its anchor tick on, time runs at {@code 1 + frequency + slew} until the
 * slew has taken up the offset it was meant for, and at {@code 1 + frequency} from then on. Both
 * rates are positive, so time never runs backwards along a model, and {@link #steer} starts the
 * next model where this one stands, unless its policy lets it step.
 *
 * <p><b>The bound.</b> It is kept apart from the line, because steering does not make anybody
 * surer. An interval that held the true time at the anchor holds it {@code dt} ticks later when
 * both ends are moved by {@code dt} and outwards by {@code dt * rho / (1 - rho)}, {@code rho} being
 * the drift bound of the local oscillator: with {@code |local rate - 1| <= rho}, {@code dt} local
 * nanoseconds last between {@code dt / (1 + rho)} and {@code dt / (1 - rho)} true ones. Cristian
 * (1989) and TrueTime (Corbett et al. 2012, section 3) widen theirs alike.
 *
 * <p>Thread-safe, as all values.
 */
public final class ClockModel {

  /** No oscillator worth steering is further off than this: 10 %, in seconds a second. */
  public static final double MAX_FREQUENCY = 0.1;

  /** What Spanner assumes of a host's oscillator (OSDI 2012, section 3): 200 ppm. */
  public static final long DEFAULT_DRIFT_BOUND_PPB = 200_000L;

  private static final long MAX_DRIFT_BOUND_PPB = 100_000_000L;
  private static final double PPB = 1e-9;

  private final long anchorTick;
  private final long anchorEpochNanos;
  private final double frequency;
  private final double slew;
  private final long slewTicks;
  private final BoundedInstant bounds;
  private final long driftBoundPpb;
  private final double growth;
  private final long statisticalErrorNanos;
  private final long updates;
  private final long steps;
  private final SteeringEvent event;

  private ClockModel(Line line, BoundedInstant bounds, long driftBoundPpb, History history) {
    this.anchorTick = line.tick;
    this.anchorEpochNanos = line.epochNanos;
    this.frequency = line.frequency;
    this.slew = line.slew;
    this.slewTicks = line.slewTicks;
    this.bounds = bounds;
    this.driftBoundPpb = driftBoundPpb;
    this.growth = driftBoundPpb * PPB / (1 - driftBoundPpb * PPB);
    this.statisticalErrorNanos = history.statisticalErrorNanos;
    this.updates = history.updates;
    this.steps = history.steps;
    this.event = history.event;
  }

  /**
   * A model that trusts the wall clock for a start and claims no bound.
   *
   * @param reading a paired reading of the local clocks
   * @param driftBoundPpb by how much the local oscillator's rate can be wrong, in parts per
   *     billion; 0 to 100,000,000
   * @return a model that is not synchronized
   * @throws IllegalArgumentException if the drift bound is out of range
   */
  public static ClockModel unsynchronized(ClockReading reading, long driftBoundPpb) {
    if (driftBoundPpb < 0 || driftBoundPpb > MAX_DRIFT_BOUND_PPB) {
      throw new IllegalArgumentException("driftBoundPpb is out of range: " + driftBoundPpb);
    }
    return new ClockModel(
        new Line(reading.tickNanos(), reading.wallEpochNanos(), 0, 0, 0),
        BoundedInstant.UNBOUNDED,
        driftBoundPpb,
        new History(0, 0, 0, SteeringEvent.START));
  }

  /**
   * The next model: it starts where this one stands at the tick, and goes to the estimate's line by
   * a slew, or by a step where the policy allows one.
   *
   * @param estimate what is believed of the time; may be of an earlier tick
   * @param tickNanos the tick at which the next model takes over
   * @param policy how fast to slew, when to step
   * @return the next model
   * @throws ArithmeticException if the estimate's time leaves the years 1677 to 2262; never for how
   *     far this clock is from it
   */
  public ClockModel steer(ClockEstimate estimate, long tickNanos, SteeringPolicy policy) {
    Objects.requireNonNull(policy, "policy");
    long age = Math.subtractExact(tickNanos, estimate.tickNanos());
    long target = Math.addExact(estimate.epochNanos(), age + (long) (age * estimate.frequency()));
    long standing = epochNanosAt(tickNanos);
    long offset = EpochNanos.subtractSaturated(target, standing);
    BoundedInstant known = widen(estimate.bounds(), age, growth);
    if (policy.allowsStep(event, offset, updates)) {
      return new ClockModel(
          new Line(tickNanos, target, estimate.frequency(), 0, 0),
          known,
          driftBoundPpb,
          new History(
              estimate.statisticalErrorNanos(), updates + 1, steps + 1, SteeringEvent.RUNNING));
    }
    return new ClockModel(
        slewing(tickNanos, standing, offset, estimate.frequency(), policy.slew()),
        known,
        driftBoundPpb,
        new History(estimate.statisticalErrorNanos(), updates + 1, steps, SteeringEvent.RUNNING));
  }

  /**
   * The same line without its bound, for when the reason to believe it is gone: the host was
   * suspended, say, or every source turned out to contradict the others.
   *
   * @return a model that is not synchronized
   */
  public ClockModel withoutBounds() {
    return withoutBounds(event);
  }

  /**
   * The same, and why: the next update follows the rule that the policy has for that.
   *
   * @param reason what has happened
   * @return a model that is not synchronized
   */
  public ClockModel withoutBounds(SteeringEvent reason) {
    Objects.requireNonNull(reason, "reason");
    return new ClockModel(
        new Line(anchorTick, anchorEpochNanos, frequency, slew, slewTicks),
        BoundedInstant.UNBOUNDED,
        driftBoundPpb,
        new History(statisticalErrorNanos, updates, steps, reason));
  }

  /**
   * The time at a tick.
   *
   * @param tickNanos a local tick, at or after the anchor
   * @return nanoseconds since the Unix epoch
   */
  public long epochNanosAt(long tickNanos) {
    long dt = tickNanos - anchorTick;
    double gain = dt * frequency + Math.min(Math.max(dt, 0), slewTicks) * slew;
    return anchorEpochNanos + dt + (long) gain;
  }

  /**
   * The interval that holds the true time at a tick.
   *
   * @param tickNanos a local tick
   * @return the interval; {@link BoundedInstant#UNBOUNDED} if not synchronized
   */
  public BoundedInstant boundsAt(long tickNanos) {
    return widen(bounds, tickNanos - anchorTick, growth);
  }

  /**
   * How far this clock's reading at a tick can be from the truth, in either direction: the interval
   * seen from the reading. While an offset is slewed it includes what is left of it.
   *
   * @param tickNanos a local tick
   * @return nanoseconds; {@link Long#MAX_VALUE} if not synchronized
   */
  public long maxErrorNanosAt(long tickNanos) {
    return boundsAt(tickNanos).errorNanosOf(epochNanosAt(tickNanos));
  }

  /**
   * The likely error of this clock's reading at a tick: the estimate's own, and what is left of the
   * slew.
   *
   * @param tickNanos a local tick
   * @return nanoseconds, at least 0
   */
  public long statisticalErrorNanosAt(long tickNanos) {
    return EpochNanos.addSaturated(statisticalErrorNanos, Math.abs(slewLeftNanosAt(tickNanos)));
  }

  /**
   * The part of the last offset that is not yet slewed away.
   *
   * @param tickNanos a local tick
   * @return nanoseconds; positive while time is being hurried
   */
  public long slewLeftNanosAt(long tickNanos) {
    long done = Math.min(Math.max(tickNanos - anchorTick, 0), slewTicks);
    return (long) ((slewTicks - done) * slew);
  }

  /**
   * The slew in force at a tick, which comes on top of the frequency.
   *
   * @param tickNanos a local tick, at or after the anchor
   * @return seconds a second; 0 once the slew has done its work
   */
  public double slewAt(long tickNanos) {
    return tickNanos - anchorTick < slewTicks ? slew : 0;
  }

  /**
   * The rate correction in force, without the slew.
   *
   * @return seconds a second
   */
  public double frequency() {
    return frequency;
  }

  /**
   * By how much the local oscillator's rate is assumed to be wrong at most.
   *
   * @return parts per billion
   */
  public long driftBoundPpb() {
    return driftBoundPpb;
  }

  /**
   * The tick from which this model holds.
   *
   * @return local ticks, in nanoseconds
   */
  public long anchorTickNanos() {
    return anchorTick;
  }

  /**
   * Whether there is a bound.
   *
   * @return true if {@link #boundsAt} says more than nothing
   */
  public boolean isSynchronized() {
    return bounds.isBounded();
  }

  /**
   * How many estimates this clock has been steered to.
   *
   * @return at least 0
   */
  public long updates() {
    return updates;
  }

  /**
   * How often this clock was stepped instead of slewed.
   *
   * @return at least 0
   */
  public long steps() {
    return steps;
  }

  /** From where time stands to an offset from there, as gently as the policy says. */
  private Line slewing(
      long tick, long epochNanos, long offset, double newFrequency, SlewPolicy policy) {
    long interval = Math.max(tick - anchorTick, 0);
    double ticks = policy.ticksFor(offset, interval, Math.max(slewTicks - interval, 0));
    if (offset == 0 || ticks < 1) {
      return new Line(tick, epochNanos, newFrequency, 0, 0);
    }
    long newTicks = (long) ticks; // held at 292 years, which does not make the slew faster
    double fastest = policy.fastest();
    double newSlew = Math.max(-fastest, Math.min(fastest, offset / (double) newTicks));
    return new Line(tick, epochNanos, newFrequency, newSlew, newTicks);
  }

  private static BoundedInstant widen(BoundedInstant bounds, long dt, double growth) {
    if (!bounds.isBounded()) {
      return BoundedInstant.UNBOUNDED;
    }
    long wider = growth == 0 ? 0 : (long) Math.ceil(Math.abs((double) dt) * growth) + 1;
    return new BoundedInstant(
        EpochNanos.addSaturated(
            bounds.earliestEpochNanos(), EpochNanos.subtractSaturated(dt, wider)),
        EpochNanos.addSaturated(bounds.latestEpochNanos(), EpochNanos.addSaturated(dt, wider)));
  }

  /** Where time stands at a tick, and how it goes on. */
  private record Line(long tick, long epochNanos, double frequency, double slew, long slewTicks) {}

  private record History(
      long statisticalErrorNanos, long updates, long steps, SteeringEvent event) {}
}
