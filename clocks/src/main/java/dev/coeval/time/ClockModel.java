package dev.coeval.time;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.LeapSecond;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
 * <p><b>A leap second</b> that is announced is part of the model: line and bound go straight on, in
 * unbroken time ({@link LeapSecond}), and are mapped to the served scale when they are read, so
 * that it happens at exactly its instant and needs nobody awake. While the bound straddles the leap
 * it is the hull of both sides. Under {@link LeapPolicy.Smeared} it is a bound of smeared time,
 * otherwise of POSIX time.
 *
 * <p>Thread-safe, as all values.
 */
public final class ClockModel {

  /** No oscillator worth steering is further off than this: 10 %, in seconds a second. */
  public static final double MAX_FREQUENCY = 0.1;

  /** What Spanner assumes of a host's oscillator (OSDI 2012, section 3): 200 ppm. */
  public static final long DEFAULT_DRIFT_BOUND_PPB = 200_000L;

  private static final long MAX_DRIFT_BOUND_PPB = 100_000_000L;

  private final long anchorTick;
  private final long anchorEpochNanos;
  private final double frequency;
  private final double slew;
  private final long slewTicks;
  private final BoundedInstant bounds; // as in knowledge; the two are at hand for the reader
  private final double growth;
  private final ClockBounds knowledge;
  private final ClockHistory history;
  private final @Nullable LeapPlan leap;

  /** So many ticks after the anchor, or fewer, a pending leap does not show. */
  private final long calmTicks;

  ClockModel(ClockLine line, ClockBounds knowledge, ClockHistory history, @Nullable LeapPlan leap) {
    this.anchorTick = line.tick();
    this.anchorEpochNanos = line.epochNanos();
    this.frequency = line.frequency();
    this.slew = line.slew();
    this.slewTicks = line.slewTicks();
    this.bounds = knowledge.guaranteed();
    this.growth = knowledge.growth();
    this.knowledge = knowledge;
    this.history = history;
    this.leap = leap;
    this.calmTicks = leap == null || leap.isPast() ? Long.MAX_VALUE : calmTicksUntil(leap);
  }

  /** Neither line nor bound is as fast as two nanoseconds a tick. */
  private long calmTicksUntil(LeapPlan plan) {
    long furthest =
        bounds.isBounded()
            ? Math.max(anchorEpochNanos, bounds.latestEpochNanos())
            : anchorEpochNanos;
    long distance = EpochNanos.subtractSaturated(plan.startNanos(), furthest);
    return distance <= 1 ? Long.MIN_VALUE : distance / 2 - 1;
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
        new ClockLine(reading.tickNanos(), reading.wallEpochNanos(), 0, 0, 0),
        ClockBounds.unknown(driftBoundPpb),
        new ClockHistory(0, 0, 0, SteeringEvent.START),
        null);
  }

  /**
   * The next model: it starts where this one stands at the tick, and goes to the estimate's line by
   * a slew, or by a step where the policy allows one.
   *
   * <p>Around an announced leap second the estimate's point, and its bound with it, are in the
   * scale in force at the point: POSIX time before the leap, or after it. An estimate from before
   * the leap may be applied after it.
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
    return ModelSteering.steer(this, estimate, tickNanos, policy);
  }

  /**
   * The next model, which takes a leap second as it is told to, in place of any that was announced
   * before. It shows the same time at the tick; if the leap is to have an effect already then, as
   * the middle of a smear has, the point is slewed there. (Only within a second that is left out a
   * step comes at once.) A leap that is past needs nothing more.
   *
   * @param leapSecond the leap second
   * @param how what to do about it
   * @param tickNanos the tick at which the next model takes over
   * @param policy how fast to slew
   * @return the next model; this one if that is its plan already
   */
  public ClockModel withLeap(
      LeapSecond leapSecond, LeapPolicy how, long tickNanos, SteeringPolicy policy) {
    if (leap != null && leap.is(leapSecond, how)) {
      return this;
    }
    LeapPlan plan = LeapPlan.of(leapSecond, how, policy.slew().maxPpb());
    return ModelSteering.withLeap(this, plan, tickNanos, policy.slew());
  }

  /**
   * The next model, without the leap second that was announced: it will not be, or it is past. The
   * time it shows at the tick is the same; what has been done about the leap is undone by a slew.
   *
   * @param tickNanos the tick at which the next model takes over
   * @param policy how fast to slew
   * @return the next model; this one if no leap was announced
   */
  public ClockModel withoutLeap(long tickNanos, SteeringPolicy policy) {
    return ModelSteering.withoutLeap(this, tickNanos, policy.slew());
  }

  /**
   * The leap second that was announced and is not past yet.
   *
   * @return empty if there is none
   */
  public Optional<LeapSecond> pendingLeap() {
    return leap == null || leap.isPast() ? Optional.empty() : Optional.of(leap.leap());
  }

  /**
   * Whether the leap second that was announced is smeared, so that nobody is to hear of it.
   *
   * @return false if there is none
   */
  public boolean isLeapSmeared() {
    return leap != null && leap.policy() instanceof LeapPolicy.Smeared;
  }

  /**
   * The same line without its bound, for when the reason to believe it is gone: the host was
   * suspended, say, or every source turned out to contradict the others.
   *
   * @return a model that is not synchronized
   */
  public ClockModel withoutBounds() {
    return withoutBounds(history.event());
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
        line(), ClockBounds.unknown(knowledge.driftBoundPpb()), history.after(reason), leap);
  }

  /**
   * The time at a tick.
   *
   * @param tickNanos a local tick, at or after the anchor
   * @return nanoseconds since the Unix epoch
   */
  public long epochNanosAt(long tickNanos) {
    long dt = tickNanos - anchorTick;
    long line = lineNanosAt(dt);
    LeapPlan plan = leap;
    return dt <= calmTicks || plan == null ? line : plan.shown(line);
  }

  long lineNanosAt(long dt) {
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
    long dt = tickNanos - anchorTick;
    BoundedInstant straight = Bounds.widen(bounds, dt, growth);
    LeapPlan plan = leap;
    return dt <= calmTicks || plan == null ? straight : plan.shown(straight);
  }

  /**
   * The interval that likely holds the true time at a tick: the guaranteed one, narrowed by what
   * has been learned of the oscillator.
   *
   * @param tickNanos a local tick
   * @return the interval, never wider than {@link #boundsAt}, and the same where nothing has been
   *     learned; {@link BoundedInstant#UNBOUNDED} if not synchronized
   */
  public BoundedInstant characterisedAt(long tickNanos) {
    long dt = tickNanos - anchorTick;
    BoundedInstant likely = knowledge.likelyAt(tickNanos, Bounds.widen(bounds, dt, growth));
    LeapPlan plan = leap;
    return dt <= calmTicks || plan == null ? likely : plan.shown(likely);
  }

  /**
   * How likely {@link #characterisedAt} holds the true time, if all that the guaranteed bound
   * stands on is so.
   *
   * @return as its estimate said; 1 where nothing has been learned, and the two are the same
   */
  public double confidence() {
    return knowledge.characterised().drift().confidence();
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
    return EpochNanos.addSaturated(
        history.statisticalErrorNanos(), Math.abs(slewLeftNanosAt(tickNanos)));
  }

  /**
   * The part of the last offset that is not yet slewed away, and that of a leap second which is
   * being slewed or was ignored.
   *
   * @param tickNanos a local tick
   * @return nanoseconds; positive while time is being hurried
   */
  public long slewLeftNanosAt(long tickNanos) {
    long dt = tickNanos - anchorTick;
    long done = Math.min(Math.max(dt, 0), slewTicks);
    long left = (long) ((slewTicks - done) * slew);
    return dt <= calmTicks || leap == null ? left : left + leap.leftNanos(lineNanosAt(dt));
  }

  /**
   * The slew in force at a tick, which comes on top of the frequency; that of a leap second which
   * is being slewed or smeared is included.
   *
   * @param tickNanos a local tick, at or after the anchor
   * @return seconds a second; 0 once the slew has done its work
   */
  public double slewAt(long tickNanos) {
    long dt = tickNanos - anchorTick;
    double now = dt < slewTicks ? slew : 0;
    if (dt <= calmTicks || leap == null) {
      return now;
    }
    return now - (1 + frequency + now) * leap.slowness(lineNanosAt(dt));
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
    return knowledge.driftBoundPpb();
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
    return history.updates();
  }

  /**
   * How often this clock was stepped instead of slewed.
   *
   * @return at least 0
   */
  public long steps() {
    return history.steps();
  }

  ClockLine line() {
    return new ClockLine(anchorTick, anchorEpochNanos, frequency, slew, slewTicks);
  }

  ClockBounds knowledge() {
    return knowledge;
  }

  ClockHistory history() {
    return history;
  }

  @Nullable LeapPlan leap() {
    return leap;
  }
}
