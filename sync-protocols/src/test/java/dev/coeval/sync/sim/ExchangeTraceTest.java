package dev.coeval.sync.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Measurement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExchangeTraceTest {
  private static final Duration POLL = Duration.ofSeconds(16);
  private static final long SECOND = 1_000_000_000L;

  private static ExchangeTrace trace(long seed, OscillatorModel oscillator, LinkModel link) {
    return new ExchangeTrace(seed, oscillator, ExchangeTrace.Path.symmetric(link), POLL);
  }

  private static LinkModel jitter() {
    return LinkModel.exponential(Duration.ofMillis(1), Duration.ofNanos(100_000));
  }

  @Test
  void shouldGiveTheSameExchangesWhenTheSeedIsTheSame() {
    OscillatorModel model = OscillatorModel.perfect().withFrequency(5e-5).withWander(1e-8);
    ExchangeTrace one = trace(7, model, jitter().withLoss(0.3));
    ExchangeTrace other = trace(7, model, jitter().withLoss(0.3));
    ExchangeTrace third = trace(8, model, jitter().withLoss(0.3));
    int same = 0;
    for (int i = 0; i < 100; i++) {
      Measurement measurement = one.next();
      assertEquals(measurement, other.next());
      same += measurement.equals(third.next()) ? 1 : 0;
    }
    assertEquals(0, same);
  }

  @Test
  void shouldHoldTheTruthBetweenItsStampsWhenTheClockIsOff() {
    OscillatorModel model = OscillatorModel.perfect().withFrequency(-2e-4).withWander(1e-7);
    ExchangeTrace trace = trace(3, model, jitter());
    for (int i = 0; i < 1000; i++) {
      Measurement m = trace.next();
      long truth = trace.offsetNanos(); // at T4
      assertTrue(truth >= -m.backwardNanos() + 1_000_000, () -> "reply " + m);
      assertTrue(truth <= m.forwardNanos() - 1_000_000 + 1000, () -> "request " + m);
      long elapsed = trace.elapsedNanos();
      long tick = trace.tickAt(elapsed + 8 * SECOND);
      assertEquals(8 * SECOND - (tick - m.receivedTickNanos()), trace.offsetNanos() - truth);
    }
  }

  @Test
  void shouldRunAtItsFrequencyWhenNothingWanders() {
    ExchangeTrace trace = trace(1, OscillatorModel.perfect().withFrequency(1e-4), jitter());
    Measurement first = trace.next();
    long before = trace.offsetNanos();
    trace.pause(Duration.ofSeconds(9968));
    Measurement second = trace.next();
    double ticks = second.receivedTickNanos() - first.receivedTickNanos();
    assertEquals((trace.offsetNanos() - before) / ticks, trace.frequency(), 1e-12);
    assertEquals(-1e-4 / (1 + 1e-4), trace.frequency(), 1e-15);
    assertEquals(9984, (second.sentTickNanos() - first.sentTickNanos()) / 1e9, 2);
  }

  @Test
  void shouldAskAtItsIntervalWhenRepliesAreLost() {
    ExchangeTrace trace = trace(1, OscillatorModel.perfect(), jitter().withLoss(0.5));
    long exchanges = 0;
    long last = -16 * SECOND;
    while (trace.elapsedNanos() < 16_000 * SECOND) {
      Measurement measurement = trace.next();
      assertEquals(0, measurement.sentTickNanos() % (16 * SECOND));
      assertTrue(measurement.sentTickNanos() > last);
      last = measurement.sentTickNanos();
      exchanges++;
    }
    assertTrue(exchanges > 200 && exchanges < 300, "a quarter of 1000: " + exchanges);
  }

  @Test
  void shouldPutOffTheNextRequestWhenAReplyIsSlow() {
    LinkModel slow = LinkModel.fixed(Duration.ofSeconds(20));
    ExchangeTrace trace = trace(1, OscillatorModel.perfect(), slow);
    assertEquals(0, trace.next().sentTickNanos());
    assertEquals(40 * SECOND, trace.nextRequestNanos());
    assertEquals(40 * SECOND, trace.next().sentTickNanos());
  }

  @Test
  void shouldFollowARuleThatDelaysAndLoses() {
    LinkModel ruled =
        LinkModel.fixed(Duration.ofMillis(1))
            .withRule(
                passage -> passage.sinceStartNanos() < 100 * SECOND ? 0 : passage.delayNanos() * 3);
    ExchangeTrace trace = trace(1, OscillatorModel.perfect(), ruled);
    Measurement first = trace.next();
    assertEquals(112 * SECOND, first.sentTickNanos());
    assertEquals(6_000_000, first.delayNanos());
  }

  @Test
  void shouldRefuseWhatHasPassedAndWhatIsNoInterval() {
    ExchangeTrace trace = trace(1, OscillatorModel.perfect(), jitter());
    trace.setPoll(Duration.ofSeconds(1));
    trace.next();
    long passed = trace.elapsedNanos() - 1;
    assertThrows(IllegalArgumentException.class, () -> trace.tickAt(passed));
    assertThrows(IllegalArgumentException.class, () -> trace.setPoll(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> trace.pause(Duration.ofNanos(-1)));
  }
}
