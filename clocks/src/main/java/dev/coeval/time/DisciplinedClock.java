package dev.coeval.time;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.LeapSecond;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock of one's own that a synchronizer steers: it knows its error, slews within a stated rate,
 * never runs backwards, and steps only where the caller's policy allows it. The operating system's
 * clock is only read.
 *
 * <p><b>Problem.</b> A reader takes the model, then the ticks. If the model is replaced in between,
 * the reader extends the old line past the tick at which the new, slower one took over, and
 * somebody who reads a moment later sees an earlier time.
 *
 * <p><b>Idea.</b> A change is first <em>announced</em>, and whoever sees the announcement, the
 * steering thread or a reader, may fix the tick at which it takes over, by one compare-and-set. A
 * reader looks at the state again after it has read the ticks:
 *
 * <ol>
 *   <li>the state is the same: the tick was read before any change was announced, hence before any
 *       take-over tick that will ever be fixed, and the old line is right there;
 *   <li>it is not: the change took over while this read was going on, and the time at the take-over
 *       tick is a right answer, as that tick lies within the call.
 * </ol>
 *
 * <p>So a read is wait-free: two volatile reads and one read of the ticks, and never a second try.
 * Along the sequence of models time is continuous, so any two reads of which one ends before the
 * other begins are in order, across threads. Excepted are steps, where the policy allows them, and
 * an inserted leap second that is announced with {@link LeapPolicy#step()}: at its instant the
 * clock goes back by a second, as POSIX time does.
 *
 * <p>Thread-safe. Steering is lock-free.
 */
public final class DisciplinedClock implements BoundedInstantSource, Supplier<ClockModel> {
  private static final VarHandle STATE;
  private static final VarHandle TAKE_OVER;
  private static final VarHandle PAIRED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(DisciplinedClock.class, "state", State.class);
      PAIRED = lookup.findVarHandle(DisciplinedClock.class, "paired", ClockReading.class);
      TAKE_OVER = lookup.findVarHandle(Announced.class, "takeOver", Long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ClockReader reader;
  private final SteeringPolicy policy;
  private final BoundedInstantSource characterised = new CharacterisedSource(this);
  private volatile State state;
  private volatile ClockReading paired;

  /**
   * A clock that starts at the wall clock's time and is not synchronized yet.
   *
   * @param reader the local clocks
   * @param driftBoundPpb by how much the local oscillator's rate can be wrong, in parts per
   *     billion; {@link ClockModel#DEFAULT_DRIFT_BOUND_PPB} unless it is known better
   * @param policy how fast it may be slewed, when it may be stepped
   * @throws IllegalArgumentException if the drift bound is out of range
   */
  public DisciplinedClock(ClockReader reader, long driftBoundPpb, SteeringPolicy policy) {
    this.reader = Objects.requireNonNull(reader, "reader");
    this.policy = Objects.requireNonNull(policy, "policy");
    this.paired = reader.readTightest(PAIRING_ATTEMPTS);
    this.state = new Settled(ClockModel.unsynchronized(paired, driftBoundPpb));
  }

  /** Above what slewing moves a wall clock between two reads, below the shortest sleep: 10 ms. */
  public static final long DEFAULT_GUARD_NANOS = 10_000_000L;

  /**
   * An estimate older than 2^17 s, about 36 hours, bounds nothing any more for {@link #guarded()}
   * readers: longer than NTP's longest poll (RFC 5905 section 7.2).
   */
  public static final long MAX_AGE_NANOS = 131_072_000_000_000L;

  /** Brackets to take for the first pairing: an interruption of all of them is unlikely. */
  private static final int PAIRING_ATTEMPTS = 5;

  /**
   * Brings the clock to an estimate, by a slew or, where the policy allows it, a step.
   *
   * @param estimate what is believed of the time
   * @throws ArithmeticException if the estimate is so far off that time cannot be represented; the
   *     clock is unchanged
   */
  public void steer(ClockEstimate estimate) {
    Objects.requireNonNull(estimate, "estimate");
    ClockReading reading = reader.read();
    get()
        .steer(estimate, reading.tickNanos(), policy); // so that an overflow throws here, unapplied
    paired = reading; // before the estimate: whoever sees the new bound compares with this pair
    change((model, tick) -> model.steer(estimate, tick, policy));
  }

  /** Gives up the bound: time goes on, {@link #now()} throws until the next estimate. */
  public void loseBounds() {
    change((model, tick) -> model.withoutBounds());
  }

  /**
   * The same, and why: the next estimate is then applied by the rule that the policy has for that.
   *
   * @param reason what has happened
   */
  public void loseBounds(SteeringEvent reason) {
    Objects.requireNonNull(reason, "reason");
    change((model, tick) -> model.withoutBounds(reason));
  }

  /**
   * Announces a leap second, in place of any that was announced before. It happens at its instant,
   * without anybody acting then; announcing it again does nothing.
   *
   * @param leap the leap second
   * @param how what this clock does about it
   */
  public void announce(LeapSecond leap, LeapPolicy how) {
    Objects.requireNonNull(leap, "leap");
    Objects.requireNonNull(how, "how");
    change((model, tick) -> model.withLeap(leap, how, tick, policy));
  }

  /** Takes back the leap second that was announced; what has been done about it is slewed away. */
  public void withdrawLeap() {
    change((model, tick) -> model.withoutLeap(tick, policy));
  }

  /**
   * The same clock for readers who must not be told a bound from before the host was suspended,
   * with {@link #DEFAULT_GUARD_NANOS}.
   *
   * @return a view of this clock
   */
  public BoundedInstantSource guarded() {
    return guarded(DEFAULT_GUARD_NANOS);
  }

  /**
   * The same clock for readers who must not be told a bound from before the host was suspended.
   *
   * <p>Each read of the interval compares ticks and wall clock with those of the last update or
   * read. If they have parted by more than threshold and drift bound explain, the bound is lost,
   * the read throws {@link NotSynchronizedException}, and so do all until the next estimate, which
   * is applied by the rule for {@link SteeringEvent#RESUME}. This clock's own reads do not look:
   * they cost one read of the ticks, these one of the wall clock and three of the ticks. Points are
   * not guarded, as they claim nothing.
   *
   * <p>A step of the wall clock looks the same, and costs the bound as well. Not seen are a sleep
   * shorter than the threshold, and one in which both clocks stand still, as when a virtual machine
   * is restored.
   *
   * @param thresholdNanos a smaller difference is not looked at, in nanoseconds; not negative
   * @return a view of this clock
   * @throws IllegalArgumentException if it is negative
   */
  public BoundedInstantSource guarded(long thresholdNanos) {
    if (thresholdNanos < 0) {
      throw new IllegalArgumentException("thresholdNanos is negative: " + thresholdNanos);
    }
    return new GuardedSource(this, this, thresholdNanos);
  }

  /**
   * The same clock, with the interval that likely holds the true time in place of the one that
   * certainly does: narrowed by what was learned of the oscillator ({@link LearnedDrift}). Its
   * {@link BoundedInstantSource#confidence()} says how likely. Where nothing has been learned it is
   * the guaranteed one.
   *
   * @return a view of this clock
   */
  public BoundedInstantSource characterised() {
    return characterised;
  }

  /**
   * The characterised interval for readers who must not be told one from before the host was
   * suspended, with {@link #DEFAULT_GUARD_NANOS}.
   *
   * @return a view of this clock
   * @see #guarded(long)
   */
  public BoundedInstantSource guardedCharacterised() {
    return new GuardedSource(this, characterised, DEFAULT_GUARD_NANOS);
  }

  /** The last pair that ticks and wall clock were seen as, by an update or a guarded read. */
  ClockReading paired() {
    return paired;
  }

  /** Unless somebody else has renewed it. */
  void renewPair(ClockReading before, ClockReading reading) {
    PAIRED.compareAndSet(this, before, reading);
  }

  @Override
  public long epochNanos() {
    Settled before = settled();
    long tick = reader.tickNanos();
    if (state == before) {
      return before.model.epochNanosAt(tick);
    }
    return settled().timeAtTakeOver();
  }

  @Override
  public BoundedInstant now() {
    Settled before = settled();
    long tick = reader.tickNanos();
    if (state == before) {
      return bounded(before.model.boundsAt(tick));
    }
    Settled after = settled();
    return bounded(after.model.boundsAt(after.takeOver));
  }

  BoundedInstant characterisedNow() {
    Settled before = settled();
    long tick = reader.tickNanos();
    if (state == before) {
      return bounded(before.model.characterisedAt(tick));
    }
    Settled after = settled();
    return bounded(after.model.characterisedAt(after.takeOver));
  }

  /**
   * The model in force: with a tick of the same reader it gives time and bound as one.
   *
   * @return an immutable value
   */
  @Override
  public ClockModel get() {
    return settled().model;
  }

  /**
   * The reader of the local clocks that this clock stands on.
   *
   * @return the reader
   */
  public ClockReader reader() {
    return reader;
  }

  private static BoundedInstant bounded(BoundedInstant bounds) {
    if (!bounds.isBounded()) {
      throw new NotSynchronizedException("no estimate of the time has come in yet, or it was lost");
    }
    return bounds;
  }

  private void change(Change change) {
    while (true) {
      Settled before = settled();
      Announced announced = new Announced(before.model, change);
      if (STATE.compareAndSet(this, before, announced)) {
        settle(announced);
        return;
      }
    }
  }

  private Settled settled() {
    State seen = state;
    return seen instanceof Settled settled ? settled : settle((Announced) seen);
  }

  /** Completes an announced change, whoever announced it; all who try agree on its tick. */
  private Settled settle(Announced announced) {
    long tick = announced.takeOverAt(reader.tickNanos());
    Settled after = new Settled(announced.next(tick), tick);
    State witness = (State) STATE.compareAndExchange(this, announced, after);
    if (witness == announced) {
      return after;
    }
    // Somebody else has completed it. What stands there now may itself be announced already; the
    // completed change is then still what took over within this call.
    return witness instanceof Settled settled ? settled : after;
  }

  private interface Change {
    ClockModel apply(ClockModel model, long tick);
  }

  private sealed interface State permits Settled, Announced {}

  private static final class Settled implements State {
    final ClockModel model;
    final long takeOver;

    Settled(ClockModel model) {
      this(model, model.anchorTickNanos());
    }

    Settled(ClockModel model, long takeOver) {
      this.model = model;
      this.takeOver = takeOver;
    }

    long timeAtTakeOver() {
      return model.epochNanosAt(takeOver);
    }
  }

  private static final class Announced implements State {
    final ClockModel model;
    final Change change;

    @SuppressWarnings("unused") // by TAKE_OVER
    private volatile @Nullable Long takeOver;

    Announced(ClockModel model, Change change) {
      this.model = model;
      this.change = change;
    }

    /**
     * The model that takes over at a tick. An estimate that could be applied when it was announced,
     * and no longer can, is of the last moments of the range: then all stays as it was.
     */
    ClockModel next(long tick) {
      try {
        return change.apply(model, tick);
      } catch (ArithmeticException e) {
        return model;
      }
    }

    long takeOverAt(long proposal) {
      Long witness = (Long) TAKE_OVER.compareAndExchange(this, null, (Long) proposal);
      return witness == null ? proposal : witness;
    }
  }
}
