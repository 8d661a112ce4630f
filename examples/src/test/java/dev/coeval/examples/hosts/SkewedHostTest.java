package dev.coeval.examples.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SkewedHostTest {

  @Test
  void shouldSayWhichWayClockIsOffWhenFaultIsAskedFor() {
    assertEquals("", new SkewedHost(Duration.ZERO, 0).fault());
    assertEquals("250.0 ms ahead", new SkewedHost(Duration.ofMillis(250), 0).fault());
    assertEquals("1000 ppm slow", new SkewedHost(Duration.ZERO, -1_000_000).fault());
    assertEquals(
        "1.5 s behind and 0.5 ppm fast", new SkewedHost(Duration.ofMillis(-1_500), 500).fault());
  }
}
