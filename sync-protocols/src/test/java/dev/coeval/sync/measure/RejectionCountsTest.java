package dev.coeval.sync.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RejectionCountsTest {
  @Test
  void shouldCountEachReasonByItself() {
    RejectionCounts counts = new RejectionCounts();
    assertEquals(Map.of(), counts.toMap());
    counts.add(Rejection.STALE);
    counts.add(Rejection.STALE);
    counts.add(Rejection.TOO_SHORT);
    assertEquals(Map.of(Rejection.STALE, 2L, Rejection.TOO_SHORT, 1L), counts.toMap());
    assertEquals(2, counts.get(Rejection.STALE));
    assertEquals(0, counts.get(Rejection.KISS_RATE));
    assertEquals(3, counts.total());
  }
}
