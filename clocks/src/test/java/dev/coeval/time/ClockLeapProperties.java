package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.scale.LeapSecond;
import dev.coeval.scale.Smear;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Clocks across a leap second, against a truth that knows it. */
class ClockLeapProperties {
  private static final long SECOND = 1_000_000_000L;
  private static final long RHO_PPB = 200_000;
  private static final Instant DAY = Instant.parse("2017-01-01T00:00:00Z");
  private static final LeapSecond INSERTED = LeapSecond.inserted(DAY);
  private static final LeapSecond DELETED = LeapSecond.deleted(DAY);
  private static final Smear QUICK = Smear.linear(Duration.ofSeconds(20), Duration.ofSeconds(10));
  private static final LeapPolicy STEP = LeapPolicy.step();
  private static final LeapPolicy IGNORE = LeapPolicy.ignore();
  private static final SteeringPolicy SLEW =
      new SteeringPolicy(SteeringPolicy.DEFAULT_MAX_SLEW_PPB, 0, StepPolicy.never());

  @Provide
  Arbitrary<LeapPolicy> policies() {
    return Arbitraries.of(
        STEP,
        LeapPolicy.slew(),
        IGNORE,
        LeapPolicy.smear(QUICK),
        LeapPolicy.smear(Smear.utcSls()),
        LeapPolicy.smear(Smear.noonToNoon()),
        LeapPolicy.smear(Smear.quadratic(400, 0.001)));
  }

  @Provide
  Arbitrary<LeapSecond> leaps() {
    return Arbitraries.of(INSERTED, DELETED);
  }

  /** POSIX time at a moment of unbroken time, in one line of its own. */
  private static long posix(LeapSecond leap, long unbroken) {
    boolean after = unbroken >= leap.epochSecond() * SECOND - (leap.seconds() < 0 ? SECOND : 0);
    return after ? unbroken - leap.seconds() * SECOND : unbroken;
  }

  private static long truth(LeapSecond leap, LeapPolicy policy, long unbroken) {
    return policy instanceof LeapPolicy.Smeared smeared
        ? smeared.smear().smearedNanosOf(leap, unbroken)
        : posix(leap, unbroken);
  }

  /** A host with a wrong oscillator, and sources that are wrong by less than they claim. */
  private static final class Host {
    final LeapSecond leap;
    final SplittableRandom random;
    final double rate;
    final long origin;
    long unbroken;

    Host(LeapSecond leap, long secondsBefore, long seed) {
      this.leap = leap;
      this.random = new SplittableRandom(seed);
      this.rate = 1 + random.nextLong(-RHO_PPB, RHO_PPB + 1) * 1e-9;
      this.origin = leap.epochNanos() - secondsBefore * SECOND - random.nextLong(SECOND);
      this.unbroken = origin;
    }

    long tick() {
      return Math.round((unbroken - origin) * rate);
    }

    ClockEstimate estimate(long errorNanos) {
      long point = unbroken + (errorNanos == 0 ? 0 : random.nextLong(-errorNanos, errorNanos + 1));
      long label = posix(leap, point); // and the bound with it, in the same scale
      return new ClockEstimate(
          tick(), label, 1 / rate - 1, 1, BoundedInstant.around(label, errorNanos + 2));
    }
  }

  @Property(tries = 1500)
  void shouldHoldTheTruthThroughTheLeapUnderEveryPolicy(
      @ForAll("leaps") LeapSecond leap, @ForAll("policies") LeapPolicy policy, @ForAll long seed) {
    Host host = new Host(leap, 60, seed);
    long error = List.of(0L, 1_000L, SECOND / 10, 2 * SECOND).get(host.random.nextInt(4));
    ClockModel model =
        ClockModel.unsynchronized(new ClockReading(0, host.origin, 0), RHO_PPB)
            .steer(host.estimate(error), 0, SLEW);
    long announced = leap.epochNanos() - (3 + host.random.nextLong(45)) * SECOND - error * 2;
    ClockEstimate held = host.estimate(error);
    boolean told = false;
    while (host.unbroken < leap.epochNanos() + 60 * SECOND) {
      host.unbroken += host.random.nextLong(3 * SECOND / 2);
      if (!told && host.unbroken >= announced) {
        model = model.withLeap(leap, policy, host.tick(), SLEW);
        told = true;
      }
      switch (host.random.nextInt(6)) {
        case 0 -> model = model.steer(host.estimate(error), host.tick(), SLEW);
        case 1 -> model = model.steer(held, host.tick(), SLEW); // may be from before the leap
        case 2 -> held = host.estimate(error);
        case 3 -> model = told ? model.withLeap(leap, policy, host.tick(), SLEW) : model;
        default -> {}
      }
      long expected = truth(leap, told ? policy : STEP, host.unbroken);
      BoundedInstant bounds = model.boundsAt(host.tick());
      assertTrue(bounds.contains(expected), () -> expected + " is not in " + bounds);
      assertTrue(bounds.widthNanos() <= 6 * error + 2 * SECOND + 200_000_000, "as wide as that");
      long off = Math.abs(model.epochNanosAt(host.tick()) - expected);
      assertTrue(off <= model.maxErrorNanosAt(host.tick()), "further off than it says");
    }
    assertTrue(model.boundsAt(host.tick()).widthNanos() <= 6 * error + 200_000_000, "straddles");
  }

  @Property(tries = 1000)
  void shouldNeverGoBackExceptByAnInsertedStep(
      @ForAll("leaps") LeapSecond leap, @ForAll("policies") LeapPolicy policy, @ForAll long seed) {
    Host host = new Host(leap, 40, seed);
    ClockModel model =
        ClockModel.unsynchronized(new ClockReading(0, host.origin, 0), RHO_PPB)
            .withLeap(leap, policy, 0, SLEW);
    long last = model.epochNanosAt(0);
    int back = 0;
    while (host.unbroken < leap.epochNanos() + 40 * SECOND) {
      host.unbroken += host.random.nextBoolean() ? 1 : host.random.nextLong(SECOND);
      long before = model.epochNanosAt(host.tick());
      switch (host.random.nextInt(8)) {
        case 0 -> model = model.steer(host.estimate(SECOND / 10), host.tick(), SLEW);
        case 1 -> model = model.withoutBounds();
        case 2 -> model = model.withLeap(leap, policy, host.tick(), SLEW);
        default -> {}
      }
      long time = model.epochNanosAt(host.tick());
      assertTrue(Math.abs(time - before) <= 2, "a change shows at its take-over");
      if (time < last - 1) {
        back++;
        assertTrue(last - time <= SECOND + 2, "by more than the second");
      }
      last = time;
    }
    assertTrue(back <= (policy.equals(STEP) && leap.seconds() > 0 ? 1 : 0), "goes back");
  }

  /** Announced late, replaced or withdrawn in its midst: nothing jumps, and all ends well. */
  @Property(tries = 1000)
  void shouldBeContinuousWhenPlansChange(
      @ForAll("leaps") LeapSecond leap,
      @ForAll("policies") LeapPolicy first,
      @ForAll("policies") LeapPolicy second,
      @ForAll boolean withdraw,
      @ForAll @LongRange(min = -30, max = 30) long when,
      @ForAll long seed) {
    Host host = new Host(leap, 60, seed);
    ClockModel model =
        ClockModel.unsynchronized(new ClockReading(0, host.origin, 0), RHO_PPB)
            .steer(host.estimate(1_000), 0, SLEW)
            .withLeap(leap, first, 0, SLEW);
    host.unbroken = leap.epochNanos() + when * SECOND + host.random.nextLong(SECOND);
    long tick = host.tick();
    ClockModel next =
        withdraw ? model.withoutLeap(tick, SLEW) : model.withLeap(leap, second, tick, SLEW);
    long shown = model.epochNanosAt(tick);
    boolean mayStep = !withdraw && second.equals(STEP); // a second that is left out is not shown
    long jump = next.epochNanosAt(tick) - shown;
    assertTrue(mayStep ? jump >= -2 && jump <= SECOND : Math.abs(jump) <= 2, () -> "by " + jump);
    assertTrue(next.epochNanosAt(tick + 1000) >= shown - 1);
    boolean isOver = host.unbroken >= endNanos(leap, first) + 1_000_000;
    host.unbroken += 2 * 86_400 * SECOND;
    long scale = withdraw && !isOver ? host.unbroken : posix(leap, host.unbroken);
    BoundedInstant bounds = next.boundsAt(host.tick());
    assertTrue(bounds.contains(scale), () -> scale + " is not in " + bounds);
    if (withdraw || !second.equals(IGNORE)) {
      long off = Math.abs(next.epochNanosAt(host.tick()) - scale);
      assertTrue(off <= bounds.widthNanos(), () -> "stays off by " + off);
    }
    assertEquals(withdraw, next.equals(next.withoutLeap(tick, SLEW)));
  }

  private static long endNanos(LeapSecond leap, LeapPolicy policy) {
    long at = leap.epochNanos() + Math.min(0, leap.shiftNanos());
    if (policy instanceof LeapPolicy.Smeared smeared) {
      return smeared.smear().endNanos(leap);
    }
    return policy.equals(LeapPolicy.slew()) ? at + 12 * SECOND + 100 : at;
  }

  @Example
  void shouldStepAtTheVeryNanosecond() {
    for (LeapSecond leap : List.of(INSERTED, DELETED)) {
      long start = leap.epochNanos() - 100 * SECOND;
      ClockModel model = exact(start).withLeap(leap, STEP, 0, SLEW);
      long at = 100 * SECOND + Math.min(0, leap.shiftNanos());
      assertEquals(start + at - 1, model.epochNanosAt(at - 1));
      assertEquals(start + at - leap.shiftNanos(), model.epochNanosAt(at));
      assertEquals(BoundedInstant.around(start + at - 11, 10), model.boundsAt(at - 11));
      long shown = start + at - leap.shiftNanos();
      BoundedInstant hull =
          new BoundedInstant(
              Math.min(start + at - 10, shown), Math.max(start + at - 1, shown + 10));
      assertEquals(hull, model.boundsAt(at));
      assertEquals(BoundedInstant.around(shown + 10, 10), model.boundsAt(at + 10));
      assertEquals(leap, model.pendingLeap().orElseThrow());
      ClockEstimate later =
          new ClockEstimate(at + 99, shown + 99, 0, 0, BoundedInstant.around(shown + 99, 5));
      ClockModel settled = model.steer(later, at + 99, SLEW);
      assertTrue(settled.pendingLeap().isEmpty());
      assertEquals(shown + 99, settled.epochNanosAt(at + 99));
      assertEquals(BoundedInstant.around(shown + 99, 5), settled.boundsAt(at + 99));
    }
  }

  @Example
  void shouldTakeTwelveSecondsWhenSlewedAtATwelfth() {
    for (LeapSecond leap : List.of(INSERTED, DELETED)) {
      long start = leap.epochNanos() - 100 * SECOND;
      ClockModel model = exact(start).withLeap(leap, LeapPolicy.slew(), 0, SLEW);
      long at = 100 * SECOND + Math.min(0, leap.shiftNanos());
      assertEquals(start + at, model.epochNanosAt(at));
      assertEquals(-leap.shiftNanos(), model.slewLeftNanosAt(at));
      assertEquals(-leap.seconds() / 12.0, model.slewAt(at + SECOND), 1e-8);
      assertEquals(0.0, model.slewAt(at - 1));
      long half = at + 6 * SECOND;
      assertClose(start + half - leap.shiftNanos() / 2, model.epochNanosAt(half), 30);
      assertClose(SECOND / 2, model.maxErrorNanosAt(half), 50);
      assertClose(SECOND / 2, model.statisticalErrorNanosAt(half), 50);
      long done = at + 12 * SECOND + 100;
      assertEquals(start + done - leap.shiftNanos(), model.epochNanosAt(done));
      assertEquals(0, model.slewLeftNanosAt(done));
    }
  }

  @Example
  void shouldSayThatItIsOffWhenTheLeapIsIgnored() {
    long start = INSERTED.epochNanos() - 100 * SECOND;
    ClockModel model = exact(start).withLeap(INSERTED, IGNORE, 0, SLEW);
    long after = 110 * SECOND;
    assertEquals(start + after, model.epochNanosAt(after));
    assertEquals(SECOND + 10, model.maxErrorNanosAt(after));
    assertEquals(SECOND, model.statisticalErrorNanosAt(after));
    long truth = start + after - SECOND;
    ClockModel steered =
        model.steer(
            new ClockEstimate(after, truth, 0, 0, BoundedInstant.around(truth, 5)), after, SLEW);
    assertEquals(start + after, steered.epochNanosAt(after));
    assertClose(truth + 13 * SECOND, steered.epochNanosAt(after + 13 * SECOND), 2);
    assertEquals(0, steered.statisticalErrorNanosAt(after + 13 * SECOND));
    ClockEstimate vague = // so vague that the leap may still be to come
        new ClockEstimate(after, truth, 0, 0, BoundedInstant.around(truth, 60 * SECOND));
    ClockModel straddling = model.steer(vague, after, SLEW);
    assertTrue(straddling.pendingLeap().isPresent());
    assertClose(truth + 13 * SECOND, straddling.epochNanosAt(after + 13 * SECOND), 2);
    assertEquals(0, straddling.statisticalErrorNanosAt(after + 13 * SECOND));
  }

  @Example
  void shouldLeaveAllAsItIsWhenTheLeapIsPast() {
    for (LeapSecond leap : List.of(INSERTED, DELETED)) {
      long start = leap.epochNanos() + 100 * SECOND;
      for (LeapPolicy policy : List.of(STEP, LeapPolicy.slew(), IGNORE, LeapPolicy.smear(QUICK))) {
        ClockModel model = exact(start).withLeap(leap, policy, SECOND, SLEW);
        assertTrue(model.pendingLeap().isEmpty());
        assertEquals(start + 50 * SECOND, model.epochNanosAt(50 * SECOND));
        assertEquals(10, model.maxErrorNanosAt(50 * SECOND));
      }
    }
  }

  @Example
  void shouldGoOnSlewingWhenALeapIsAnnouncedMeanwhile() {
    long start = INSERTED.epochNanos() - 100 * SECOND;
    BoundedInstant bounds = BoundedInstant.around(start + SECOND, 10);
    ClockModel slewing =
        exact(start).steer(new ClockEstimate(0, start + SECOND, 0, 0, bounds), 0, SLEW);
    ClockModel model = slewing.withLeap(INSERTED, STEP, 6 * SECOND, SLEW);
    assertClose(start + SECOND + 50 * SECOND, model.epochNanosAt(50 * SECOND), 2);
  }

  @Example
  void shouldServeTheSmearedScaleAndItsRate() {
    Smear smear = Smear.noonToNoon();
    long start = INSERTED.epochNanos() - 86_400 * SECOND;
    ClockModel model = exact(start).withLeap(INSERTED, LeapPolicy.smear(smear), 0, SLEW);
    long midnight = 86_400 * SECOND;
    assertClose(start + midnight - SECOND / 2, model.epochNanosAt(midnight), 10_000);
    assertEquals(-11.574e-6, model.slewAt(midnight), 1e-9);
    assertClose(21, model.boundsAt(midnight).widthNanos(), 1);
    assertEquals(0, model.slewLeftNanosAt(midnight));
    assertClose(10, model.maxErrorNanosAt(midnight), 1);
  }

  /** A perfect host, known to 10 ns. */
  private static ClockModel exact(long epochNanos) {
    BoundedInstant bounds = BoundedInstant.around(epochNanos, 10);
    return ClockModel.unsynchronized(new ClockReading(0, epochNanos, 0), 0)
        .steer(new ClockEstimate(0, epochNanos, 0, 0, bounds), 0, SLEW);
  }

  private static void assertClose(long expected, long actual, long within) {
    assertTrue(Math.abs(expected - actual) <= within, () -> expected + " against " + actual);
  }
}
