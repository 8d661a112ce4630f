package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PollScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  private static PollSchedule schedule(NtpPolling polling) {
    return new PollSchedule(polling, new SplittableRandom(5));
  }

  private static void assertSpaced(long seconds, long nanos) {
    assertTrue(nanos >= seconds * SECOND, () -> nanos + " ns");
    assertTrue(nanos <= seconds * SECOND * 102 / 100, () -> nanos + " ns");
  }

  @Test
  void shouldAddUpToTwoPercentAtRandomWhenPolling() {
    PollSchedule schedule = schedule(NtpPolling.every(Duration.ofSeconds(100)));
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1000; i++) {
      long next = schedule.afterRequest();
      least = Math.min(least, next);
      most = Math.max(most, next);
    }
    assertSpaced(100, least);
    assertSpaced(100, most);
    assertTrue(most - least > 19 * SECOND / 10, "spread " + (most - least));
  }

  @Test
  void shouldEndTheBurstWhenFourAreGood() {
    PollSchedule schedule = schedule(NtpPolling.exponents(6, 10).withInitial(Burst.INITIAL));
    for (int i = 0; i < 3; i++) {
      assertEquals(2 * SECOND, schedule.afterRequest());
      assertFalse(schedule.good());
    }
    assertEquals(2 * SECOND, schedule.afterRequest());
    assertTrue(schedule.good());
    assertSpaced(64, schedule.untilNext());
    assertSpaced(64, schedule.afterRequest());
  }

  @Test
  void shouldEndTheBurstWhenEightAreSent() {
    PollSchedule schedule = schedule(NtpPolling.exponents(6, 10).withInitial(Burst.INITIAL));
    for (int i = 0; i < 7; i++) {
      assertEquals(2 * SECOND, schedule.afterRequest());
      assertTrue(schedule.lost());
    }
    assertSpaced(64, schedule.afterRequest());
  }

  @Test
  void shouldTryAgainWithinAPollUntilOneIsGoodWhenEachIsABurst() {
    Burst each = Burst.of(4, Duration.ofSeconds(2)).untilGood(1);
    PollSchedule schedule = schedule(NtpPolling.exponents(6, 6).withEach(each));
    assertEquals(2 * SECOND, schedule.afterRequest());
    assertFalse(schedule.lost());
    assertEquals(2 * SECOND, schedule.afterRequest());
    assertTrue(schedule.good());
    assertSpaced(64, schedule.untilNext());
    for (int i = 0; i < 3; i++) {
      assertEquals(2 * SECOND, schedule.afterRequest());
      assertFalse(schedule.lost());
    }
    assertSpaced(64, schedule.afterRequest());
    assertTrue(schedule.lost(), "four tries, and none was good: the poll has failed");
  }

  @Test
  void shouldDoubleAndHalveWhenSamplesAgreeOrDoNot() {
    PollSchedule schedule = schedule(NtpPolling.exponents(4, 6).withAgreements(2));
    schedule.sample(true);
    assertEquals(4, schedule.exponent());
    schedule.sample(true);
    assertEquals(5, schedule.exponent());
    for (int i = 0; i < 9; i++) {
      schedule.sample(true);
    }
    assertEquals(6, schedule.exponent());
    schedule.sample(false);
    schedule.sample(false);
    assertEquals(5, schedule.exponent());
    schedule.missed(1, 8);
    assertEquals(4, schedule.exponent());
    schedule.missed(9, 8);
    assertEquals(5, schedule.exponent());
  }

  @Test
  void shouldLeavePollsOutWhenServerSaysRate() {
    PollSchedule schedule = schedule(NtpPolling.exponents(3, 3));
    long pause = schedule.rate(3);
    assertTrue(pause >= 5 * 8 * SECOND, () -> pause + " ns");
    assertEquals(3, schedule.exponent(), "its owner wants no longer interval");
    schedule.rate(6);
    assertEquals(3, schedule.exponent(), "nor because the server says so");
  }

  @Test
  void shouldDoubleWhenServerSaysRateAndOwnerAllowsIt() {
    PollSchedule schedule = schedule(NtpPolling.exponents(3, 5));
    schedule.rate(0);
    assertEquals(4, schedule.exponent());
    schedule.missed(1, 8);
    assertEquals(4, schedule.exponent(), "never again as often as that");
    schedule.rate(10);
    assertEquals(5, schedule.exponent());
  }
}
