package dev.coeval.logical.hybrid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import dev.coeval.logical.laws.PhysicalTime;
import dev.coeval.testing.ManualTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockModel;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is done with stamps from too far ahead, and what is too far. */
final class HybridAdmissionTest {

  private static final long NOW = 1_795_000_000_000L;
  private static final Duration OFFSET = Duration.ofMillis(10);

  private final PhysicalTime wall = new PhysicalTime(NOW);
  private final List<AdmissionReport<HybridTimestamp>> reports = new ArrayList<>();

  private static HybridTimestamp stamp(long epochMillis, int counter) {
    return HybridTimestamp.of(epochMillis, counter);
  }

  private HybridLogicalClock clock(AdmissionPolicy policy) {
    return HybridLogicalClock.builder(wall)
        .maxOffset(OFFSET)
        .policy(policy)
        .onTooFarAhead(reports::add)
        .build();
  }

  private static void requireRejected(Reason reason, Executable call) {
    assertEquals(reason, assertThrows(StampRejectedException.class, call).reason());
  }

  @Test
  void shouldReportTheSenderAndStayWhenRejecting() {
    HybridLogicalClock clock = clock(AdmissionPolicy.REJECT);
    HybridTimestamp before = clock.tick();
    HybridTimestamp early = stamp(NOW + 750, 3);
    requireRejected(Reason.TOO_FAR_AHEAD, () -> clock.receive(early, "b"));
    assertEquals(Optional.empty(), clock.tryReceive(early, "c"));
    assertEquals(before, clock.latest());
    Duration ahead = Duration.ofMillis(750);
    assertEquals(
        List.of(
            new AdmissionReport<>(early, "b", ahead, OFFSET, Optional.empty()),
            new AdmissionReport<>(early, "c", ahead, OFFSET, Optional.empty())),
        reports);
  }

  @Test
  void shouldCountAsTheFurthestTimeAllowedWhenClamping() {
    HybridLogicalClock clock = clock(AdmissionPolicy.CLAMP);
    clock.tick();
    assertEquals(stamp(NOW + 10, 1), clock.receive(stamp(NOW + 750, 3), "b"));
    assertEquals(stamp(NOW + 10, 2), clock.receive(HybridTimestamp.MAX, "b"));
    assertEquals(Optional.of(stamp(NOW + 10, 3)), clock.tryReceive(stamp(NOW + 11, 0), "b"));
    assertEquals(3, reports.size());
    assertEquals(Optional.of(stamp(NOW + 10, 0)), reports.get(0).admittedAs());
    assertEquals(stamp(NOW + 10, 9), clock.receive(stamp(NOW + 10, 8), "b"), "within: as it is");
    assertEquals(3, reports.size());
  }

  @Test
  void shouldFollowAndSaySoWhenAccepting() {
    HybridLogicalClock clock = clock(AdmissionPolicy.ACCEPT_AND_REPORT);
    HybridTimestamp early = stamp(NOW + 750, 3);
    assertEquals(stamp(NOW + 750, 4), clock.receive(early, "b"));
    assertEquals(Optional.of(early), reports.get(0).admittedAs());
    requireRejected(Reason.COUNTER_EXHAUSTED, () -> clock.receive(HybridTimestamp.MAX, "b"));
    assertEquals(stamp(NOW + 750, 4), clock.latest());
    HybridTimestamp nearMax = HybridTimestamp.ofPacked(Long.MAX_VALUE - 1);
    assertEquals(HybridTimestamp.MAX, clock.receive(nearMax, "b"), "no further, but no wrap");
    assertThrows(ArithmeticException.class, clock::tick);
  }

  @Test
  void shouldStayWhenTheListenerThrows() {
    for (AdmissionPolicy policy : AdmissionPolicy.values()) {
      HybridLogicalClock clock =
          HybridLogicalClock.builder(wall)
              .policy(policy)
              .onTooFarAhead(
                  report -> {
                    throw new IllegalStateException(report.sender());
                  })
              .build();
      HybridTimestamp before = clock.tick();
      assertThrows(IllegalStateException.class, () -> clock.receive(stamp(NOW + 501, 0)));
      assertEquals(before, clock.latest());
    }
  }

  /** The maximum is asked for only when a stamp is ahead of physical time. */
  @Test
  void shouldNotAskForTheMaximumWhenNothingIsAhead() {
    AtomicInteger asked = new AtomicInteger();
    MaxOffset counting =
        () -> {
          asked.incrementAndGet();
          return OFFSET.toNanos();
        };
    HybridLogicalClock clock = HybridLogicalClock.builder(wall).maxOffset(counting).build();
    clock.tick();
    clock.receive(stamp(NOW, 65_534));
    clock.closeUpTo(stamp(NOW, 65_534));
    assertEquals(0, asked.get());
    clock.receive(stamp(NOW, 65_535));
    assertEquals(1, asked.get());
    clock.receive(stamp(NOW + 10, 0));
    assertEquals(2, asked.get());
  }

  @Test
  void shouldTakeTheMaximumFromTheLiveBoundWhenTheClockIsDisciplined() {
    ManualTime time = ManualTime.at(Instant.ofEpochMilli(NOW));
    DisciplinedClock source =
        new DisciplinedClock(
            time.reader(),
            ClockModel.DEFAULT_DRIFT_BOUND_PPB,
            SteeringPolicy.with(StepPolicy.never()));
    HybridLogicalClock clock =
        HybridLogicalClock.builder(source)
            .maxOffset(MaxOffset.live(source::errorNanos, OFFSET))
            .build();
    clock.receive(stamp(NOW, 5));
    requireRejected(Reason.TOO_FAR_AHEAD, () -> clock.receive(stamp(NOW + 1, 0)));
    assertEquals(stamp(NOW, 6), clock.latest(), "unsynchronized: nothing that is ahead");
    long start = time.wallEpochNanos();
    source.steer(new ClockEstimate(0, start, 0, 1, BoundedInstant.around(start, 4_000_000)));
    clock.receive(stamp(NOW + 14, 0));
    requireRejected(Reason.TOO_FAR_AHEAD, () -> clock.receive(stamp(NOW + 16, 0)));
    time.advance(Duration.ofSeconds(50)); // at 200 ppm the error grows by 10 ms
    clock.receive(stamp(NOW + 50_024, 0));
    requireRejected(Reason.TOO_FAR_AHEAD, () -> clock.receive(stamp(NOW + 50_026, 0)));
    source.loseBounds();
    requireRejected(Reason.TOO_FAR_AHEAD, () -> clock.receive(stamp(NOW + 50_001, 0)));
    assertTrue(clock.tick().isAfter(stamp(NOW + 50_024, 0)));
  }

  @Test
  void shouldKnowNoMaximumWhenTheErrorIsNotKnown() {
    assertEquals(0, MaxOffset.live(() -> Long.MAX_VALUE).nanos());
    assertEquals(0, MaxOffset.live(() -> Long.MAX_VALUE, OFFSET).nanos());
    MaxOffset throwing =
        MaxOffset.live(
            () -> {
              throw new IllegalStateException();
            },
            OFFSET);
    assertEquals(0, throwing.nanos());
    assertEquals(14, MaxOffset.live(() -> 7).nanos());
    assertEquals(10_000_007, MaxOffset.live(() -> 7, OFFSET).nanos());
    long huge = Long.MAX_VALUE - 1;
    assertEquals(huge, MaxOffset.live(() -> huge).nanos(), "large, but not no limit");
    assertEquals(huge, MaxOffset.live(() -> 7, Duration.ofSeconds(Long.MAX_VALUE)).nanos());
    assertEquals(Long.MAX_VALUE, MaxOffset.of(Duration.ofSeconds(9_223_372_036L)).nanos());
    assertEquals(
        9_223_372_035_000_000_000L, MaxOffset.of(Duration.ofSeconds(9_223_372_035L)).nanos());
    assertThrows(IllegalArgumentException.class, () -> MaxOffset.of(Duration.ofNanos(-1)));
    assertThrows(
        IllegalArgumentException.class, () -> MaxOffset.live(() -> 0, Duration.ofNanos(-1)));
  }

  @Test
  void shouldTakeANegativeMaximumAsNoneWhenAsked() {
    HybridLogicalClock clock = HybridLogicalClock.builder(wall).maxOffset(() -> -5).build();
    clock.receive(stamp(NOW, 65_534));
    requireRejected(Reason.TOO_FAR_AHEAD, () -> clock.receive(stamp(NOW, 65_535)));
  }
}
