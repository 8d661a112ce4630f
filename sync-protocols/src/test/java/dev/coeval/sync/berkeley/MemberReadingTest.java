package dev.coeval.sync.berkeley;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.OffsetBounds;
import org.junit.jupiter.api.Test;

final class MemberReadingTest {
  private static final Term TERM = new Term(1, 1);
  private static final long MILLI = 1_000_000L;

  /** An exchange of 10 ms each way with a clock that is off by so much. */
  private static void exchange(MemberReading reading, long nonce, long memberId, long offNanos) {
    long sent = nonce * 100 * MILLI;
    long there = sent + 10 * MILLI + offNanos;
    reading.polled(nonce, sent);
    Message.Reply reply =
        new Message.Reply(TERM, 1, memberId, new Message.Stamps(there, there), 1_000, false);
    assertTrue(reading.answered(nonce, reply, sent + 20 * MILLI).isPresent());
  }

  /** Two clocks that are within the round trip of each other do not contradict one another. */
  @Test
  void shouldReadOneClockWhenTheMemberIsRestartedBetweenTwoPolls() {
    MemberReading reading = new MemberReading();
    exchange(reading, 1, 41, 0);
    exchange(reading, 2, 42, 15 * MILLI);
    OffsetBounds bounds = reading.boundsAt(220 * MILLI, 0);
    assertEquals(1, reading.replies());
    assertTrue(bounds.lowNanos() <= 15 * MILLI && 15 * MILLI <= bounds.highNanos());
    assertEquals(15 * MILLI, bounds.midpointNanos());
  }

  @Test
  void shouldTakeAllExchangesOfOneProcessTogether() {
    MemberReading reading = new MemberReading();
    exchange(reading, 1, 41, 0);
    exchange(reading, 2, 41, 5 * MILLI);
    assertEquals(2, reading.replies());
    assertTrue(reading.boundsAt(220 * MILLI, 0).highNanos() < 11 * MILLI);
  }
}
