package dev.coeval.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SteeringPolicyTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3600 * SECOND;
  private static final StepPolicy ONE_MILLI = StepPolicy.atStart(Duration.ofMillis(1));

  private static ClockModel start() {
    return ClockModel.unsynchronized(new ClockReading(0, 0, 0), 0);
  }

  private static ClockModel steer(ClockModel model, long tick, long offset, SteeringPolicy policy) {
    long epoch = model.epochNanosAt(tick) + offset;
    ClockEstimate estimate =
        new ClockEstimate(tick, epoch, 0, 0, BoundedInstant.around(epoch, HOUR));
    return model.steer(estimate, tick, policy);
  }

  private static boolean stepped(ClockModel model, long offset, SteeringPolicy policy) {
    return steer(model, SECOND, offset, policy).steps() > model.steps();
  }

  @Test
  void shouldNeverStepBackwardsAfterTheStartByDefault() {
    SteeringPolicy policy = SteeringPolicy.with(ONE_MILLI);
    assertTrue(stepped(start(), -HOUR, policy));
    ClockModel running = steer(start(), SECOND, 0, policy);
    for (SteeringEvent event : SteeringEvent.values()) {
      ClockModel after = running.withoutBounds(event);
      assertTrue(!stepped(after, -HOUR, policy), event + " stepped backwards");
      assertEquals(event == SteeringEvent.RESUME, stepped(after, HOUR, policy), event.toString());
    }
  }

  @Test
  void shouldNeverStepAtAllWhenStepsAreNever() {
    SteeringPolicy policy = SteeringPolicy.with(StepPolicy.never());
    for (SteeringEvent event : SteeringEvent.values()) {
      ClockModel after = start().withoutBounds(event);
      assertTrue(!stepped(after, HOUR, policy) && !stepped(after, -HOUR, policy));
    }
  }

  @Test
  void shouldFollowTheRuleOfEachEventAndOfNoOther() {
    for (SteeringEvent event : SteeringEvent.values()) {
      SteeringPolicy policy =
          SteeringPolicy.with(StepPolicy.never())
              .withStep(event, StepPolicy.always(Duration.ofMillis(1)));
      ClockModel begun = steer(start(), 0, 0, SteeringPolicy.with(StepPolicy.never()));
      for (SteeringEvent happened : SteeringEvent.values()) {
        ClockModel model = begun.withoutBounds(happened);
        // always() at the start goes on for all updates; START itself is over after the first
        boolean isPlain = happened == SteeringEvent.START && event == SteeringEvent.RUNNING;
        boolean may = event == happened || event == SteeringEvent.START || isPlain;
        assertEquals(may, stepped(model, -HOUR, policy), event + " after " + happened);
        assertTrue(!stepped(model, SECOND / 1000, policy), "a step at the threshold");
      }
    }
  }

  @Test
  void shouldFollowAnEventOnlyOnce() {
    SteeringPolicy policy = SteeringPolicy.with(ONE_MILLI);
    ClockModel running = steer(start(), SECOND, 0, policy);
    ClockModel resumed =
        steer(running.withoutBounds(SteeringEvent.RESUME), 2 * SECOND, HOUR, policy);
    assertEquals(1, resumed.steps());
    assertEquals(1, steer(resumed, 3 * SECOND, HOUR, policy).steps());
  }

  @Test
  void shouldSpreadAnOffsetOverAnEighthOfTheInterval() {
    SteeringPolicy policy = SteeringPolicy.with(StepPolicy.never());
    ClockModel begun = steer(start(), 1, 0, policy);
    assertSpread(8 * SECOND, steer(begun, 64 * SECOND, 1_000, policy));
    assertSpread(2 * SECOND, steer(begun, SECOND, 1_000, policy));
    assertSpread(256 * SECOND, steer(begun, 100_000 * SECOND, 1_000, policy));
  }

  private static void assertSpread(long nanos, ClockModel model) {
    long tick = model.anchorTickNanos();
    assertTrue(model.slewAt(tick + nanos - SECOND / 100) > 0, "done before " + nanos);
    assertEquals(0.0, model.slewAt(tick + nanos + SECOND / 100), "not done at " + nanos);
  }

  @Test
  void shouldNotHurryWhatIsLeftWhenUpdatesCrowd() {
    SteeringPolicy policy = SteeringPolicy.with(StepPolicy.never());
    ClockModel begun = steer(start(), 1, 0, policy);
    ClockModel model = steer(begun, 64 * SECOND, 80_000, policy);
    double slew = model.slewAt(64 * SECOND);
    for (int i = 1; i < 40; i++) {
      long tick = 64 * SECOND + i * SECOND / 10;
      ClockModel next = steer(model, tick, model.slewLeftNanosAt(tick), policy);
      assertEquals(slew, next.slewAt(tick), slew * 0.01, "at " + i);
      model = next;
    }
  }

  @Test
  void shouldKeepTheLargestSlewWhenTheOffsetIsLarge() {
    SteeringPolicy policy = SteeringPolicy.with(StepPolicy.never());
    ClockModel model = steer(start(), SECOND, 100 * SECOND, policy);
    assertEquals(1 / 12.0, model.slewAt(SECOND), 1e-9);
    assertEquals(0.0, model.slewAt(1202 * SECOND));
    assertTrue(model.slewAt(1200 * SECOND) > 0);
  }

  @Test
  void shouldRejectSlewsOutOfRange() {
    long most = SteeringPolicy.MAX_SLEW_LIMIT_PPB;
    assertThrows(IllegalArgumentException.class, () -> new SlewPolicy(0, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new SlewPolicy(most + 1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new SlewPolicy(1, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> new SlewPolicy(1, 2, 1));
  }
}
