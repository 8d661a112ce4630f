package dev.coeval.sync.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A machine at the mercy of its surroundings: datagrams, timers, stamps and clocks that a test
 * makes up, in any order. Whatever comes, nothing may be thrown, timers have few names, datagrams
 * go to known peers only, and every estimate can be steered to.
 */
public final class Ordeal {
  /** 2026-11-01T12:00:00Z. */
  public static final long NOW = 1_793_534_400_000_000_000L;

  private static final long SECOND = 1_000_000_000L;
  private static final long EDGE = 1_000_000L * SECOND;
  private static final int MOST_TIMERS = 200;

  /** Ends of eras and of ranges, and what lies about them. */
  private static final long[] EXTREMES = {
    0,
    1,
    -1,
    NOW,
    2_085_978_496L * SECOND,
    1L << 61,
    1L << 62,
    (1L << 62) - 1,
    -(1L << 61),
    -(1L << 62),
    1 - (1L << 62),
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    1L << 48,
    1_000_000_000L,
    64
  };

  private static final long[] WALLS = {
    NOW, 0, 2_085_978_496L * SECOND - SECOND, 4_240_000_000L * SECOND, Long.MAX_VALUE - EDGE
  };

  private static final long[] TICKS = {
    77 * SECOND, 0, -EDGE, Long.MAX_VALUE - EDGE, Long.MIN_VALUE + SECOND, 1L << 62, -(1L << 62)
  };

  /** Every choice of this ordeal. */
  public final SplittableRandom random;

  /** What the clock that follows the machine says. */
  public final DisciplinedClock clock;

  private final StateMachine machine;
  private final Set<PeerId> known;
  private final ClockFollower follower;
  private final Map<TimerId, Long> timers = new HashMap<>();
  private final Set<TimerId> names = new HashSet<>();
  private final Map<PeerId, Action.Send> sends = new HashMap<>();
  private long tick;
  private long wall;
  private long estimates;
  private BooleanSupplier claims = () -> true;

  /** Of a machine that is made for a clock, and may send to these peers. */
  public Ordeal(
      Function<DisciplinedClock, StateMachine> maker, Set<PeerId> known, SplittableRandom random) {
    this(maker, known, random, new long[] {pick(random, TICKS), pick(random, WALLS)});
  }

  private Ordeal(
      Function<DisciplinedClock, StateMachine> maker,
      Set<PeerId> known,
      SplittableRandom random,
      long[] clocks) {
    this.random = random;
    this.known = known;
    this.tick = clocks[0];
    this.wall = clocks[1];
    StepPolicy step =
        random.nextInt(4) == 0 ? StepPolicy.never() : StepPolicy.atStart(Duration.ofMillis(1));
    this.clock =
        new DisciplinedClock(
            ClockReader.of(() -> tick, () -> wall, nanos -> {}),
            2_000_000,
            SteeringPolicy.with(step));
    this.follower = new ClockFollower(clock);
    this.machine = maker.apply(clock);
    carryOut(machine.start(now()));
  }

  /** A machine on a host whose clocks are like any other's. */
  public static Ordeal onUsualHost(
      Function<DisciplinedClock, StateMachine> maker, Set<PeerId> known, SplittableRandom random) {
    return new Ordeal(maker, known, random, new long[] {77 * SECOND, NOW});
  }

  /** The clocks now. */
  public ClockReading now() {
    return new ClockReading(tick, wall, 0);
  }

  /** Lets both clocks go on, but not over the end of their range. */
  public void pass(long nanos) {
    tick += Math.min(nanos, Long.MAX_VALUE - Math.max(tick, 0));
    wall += Math.min(nanos, Long.MAX_VALUE - Math.max(wall, 0));
  }

  /** Hands the machine a datagram. */
  public void receive(PeerId from, byte[] bytes) {
    carryOut(machine.onDatagram(now(), from, ByteBuffer.wrap(bytes).asReadOnlyBuffer()));
  }

  /** The latest datagram to a peer; of a length of 0 if there was none. */
  public ByteBuffer latest(PeerId to) {
    Action.Send send = sends.get(to);
    return send == null ? ByteBuffer.allocate(0) : send.payload().duplicate();
  }

  /** How many estimates were published. */
  public long estimates() {
    return estimates;
  }

  /** Holds of the clock at each estimate, from now on. */
  public void claim(BooleanSupplier claim) {
    claims = claim;
  }

  /** Lets the clocks go on to the next timer, and fires it. */
  public void toNextTimer() {
    TimerId next = null;
    for (Map.Entry<TimerId, Long> timer : timers.entrySet()) {
      next = next == null || timer.getValue() < timers.get(next) ? timer.getKey() : next;
    }
    if (next != null) {
      pass(Math.max(0, timers.remove(next) - tick));
      carryOut(machine.onTimer(now(), next));
    }
  }

  /** Anything but a datagram: time, timers due or not, stamps late, missing or of nothing. */
  public void disturb() {
    switch (random.nextInt(8)) {
      case 0, 1 -> pass(random.nextLong(1, 3 * SECOND));
      case 2, 3 -> toNextTimer();
      case 4 -> carryOut(machine.onTimer(now(), anyTimer()));
      case 5 -> carryOut(machine.onSent(new ClockReading(anyStamp(), wall, 0), anySend()));
      case 6 -> carryOut(machine.onUnreachable(now(), anyPeer(), "port unreachable"));
      default -> wall = random.nextInt(20) == 0 ? pick(random, WALLS) : wall;
    }
  }

  /** One of those that the machine may send to, or a stranger. */
  public PeerId anyPeer() {
    int at = random.nextInt(known.size() + 1);
    return known.stream().skip(at).findFirst().orElse(PeerId.simulated(99));
  }

  /** The end of some range, or near it, or near what is true, or anything. */
  public long extreme() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextLong();
      case 1 -> wall + random.nextLong(-SECOND, SECOND);
      case 2 -> pick(random, EXTREMES) + random.nextInt(-2, 3);
      default -> pick(random, EXTREMES);
    };
  }

  /** Bytes like these: with bits flipped, cut, or lengthened; or others altogether. */
  public byte[] bent(byte[] good) {
    byte[] bytes = java.util.Arrays.copyOf(good, random.nextInt(4) == 0 ? length() : good.length);
    for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    if (random.nextInt(8) == 0) {
      random.nextBytes(bytes);
    }
    return bytes;
  }

  private int length() {
    return random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(130);
  }

  private long anyStamp() {
    return random.nextInt(3) == 0 ? tick + random.nextLong(-SECOND, SECOND) : tick;
  }

  private SendId anySend() {
    return sends.values().stream()
        .skip(random.nextInt(sends.size() + 1))
        .map(Action.Send::id)
        .findFirst()
        .orElse(new SendId("nobody", random.nextLong()));
  }

  private TimerId anyTimer() {
    int at = random.nextInt(names.size() + 1);
    TimerId some = names.stream().skip(at).findFirst().orElse(new TimerId("nobody", 0, 0));
    return random.nextBoolean()
        ? some
        : new TimerId(some.owner(), random.nextInt(-1, 6), random.nextInt(-2, 70));
  }

  private void carryOut(java.util.List<Action> actions) {
    for (Action action : actions) {
      if (action instanceof Action.Send send) {
        assertTrue(known.contains(send.to()), () -> "sends to " + send.to());
        assertTrue(send.payload().remaining() <= 200, "sends too much");
        sends.put(send.to(), send);
      } else if (action instanceof Action.SetTimer set) {
        names.add(set.timer());
        timers.put(set.timer(), set.atTickNanos());
      } else if (action instanceof Action.CancelTimer cancel) {
        timers.remove(cancel.timer());
      } else if (action instanceof Action.Publish publish) {
        check(publish.report());
      }
    }
    assertTrue(names.size() <= MOST_TIMERS, "too many names of timers");
    assertTrue(actions.size() <= MOST_TIMERS * 8, "too much for one event");
  }

  private void check(Report report) {
    assertTrue(!report.toString().isEmpty());
    if (report instanceof Measurement measurement) {
      measurement.bounds(0, ClockModel.DEFAULT_DRIFT_BOUND_PPB);
      measurement.offsetNanos();
      measurement.delayNanos();
    }
    follower.accept(report);
    if (report instanceof Disciplined disciplined) {
      estimates++;
      BoundedInstant bounds = disciplined.estimate().bounds();
      assertTrue(
          claims.getAsBoolean() && bounds.errorNanosOf(disciplined.estimate().epochNanos()) >= 0,
          () -> "inconsistent: " + disciplined);
      clock.get().boundsAt(tick);
    }
  }

  private static long pick(SplittableRandom random, long[] values) {
    return values[random.nextInt(values.length)];
  }
}
