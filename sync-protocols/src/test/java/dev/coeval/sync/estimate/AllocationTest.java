package dev.coeval.sync.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.sim.ExchangeTrace;
import dev.coeval.sync.sim.ExchangeTrace.Path;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates make no garbage: a client of hundreds of peers does not wake the collector. */
final class AllocationTest {
  private static final int UPDATES = 10_000;
  private static final int WARM_UP = 2_000;

  /** What the virtual machine makes once for itself is in one of them. */
  private static final int ROUNDS = 4;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(
      strings = {"min-rtt", "minima", "ols", "weighted", "max-margin", "kalman", "adaptive"})
  void shouldAllocateNothingWhenUpdated(String name) {
    Estimator estimator = Disciplines.named(name).orElseThrow().ofSource().get();
    OscillatorModel oscillator = OscillatorModel.perfect().withFrequency(3e-5).withWander(1e-9);
    LinkModel link = LinkModel.exponential(Duration.ofMillis(1), Duration.ofNanos(50_000));
    ExchangeTrace trace =
        new ExchangeTrace(1, oscillator, Path.symmetric(link), Duration.ofSeconds(1));
    Measurement[] exchanges = new Measurement[WARM_UP + ROUNDS * UPDATES];
    OffsetBounds[] bounds = new OffsetBounds[exchanges.length];
    for (int i = 0; i < exchanges.length; i++) {
      exchanges[i] = trace.next();
      bounds[i] = exchanges[i].bounds(0, 200_000);
    }
    feed(estimator, exchanges, bounds, 0, WARM_UP);
    long least = Long.MAX_VALUE;
    for (int from = WARM_UP; from < exchanges.length; from += UPDATES) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      feed(estimator, exchanges, bounds, from, from + UPDATES);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertEquals(0, least, name + " allocated bytes in " + UPDATES + " updates");
  }

  private static void feed(
      Estimator estimator, Measurement[] exchanges, OffsetBounds[] bounds, int from, int to) {
    for (int i = from; i < to; i++) {
      estimator.add(exchanges[i], bounds[i]);
      estimator.offsetNanosAt(bounds[i].tickNanos());
      estimator.errorNanosAt(bounds[i].tickNanos());
    }
  }
}
