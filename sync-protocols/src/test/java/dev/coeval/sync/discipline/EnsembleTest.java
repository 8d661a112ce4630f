package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.time.ClockEstimate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EnsembleTest {
  private static final PeerId PEER = PeerId.simulated(1);

  @Test
  void shouldConvergeWhenDriftIsLargeAndNoiseSmall() {
    for (int seed = 0; seed < 200; seed++) {
      World world = new World(seed, seed % 2 == 0 ? 100e-6 : -100e-6);
      Ensemble ensemble = new Ensemble(EnsembleConfig.defaults(List.of(PEER)));
      for (int i = 0; i < 80; i++) {
        double jitter = seed % 3 == 0 ? 10_000 : 100_000;
        ClockEstimate estimate =
            ensemble
                .add(
                    world.exchange(
                        PEER,
                        50_000 + world.exponential(jitter),
                        50_000 + world.exponential(jitter),
                        0))
                .estimate()
                .orElseThrow();
        long truth = world.trueEpochNanos();
        assertTrue(estimate.bounds().contains(truth), "bound lies, seed " + seed + " at " + i);
        long error = Math.abs(estimate.epochNanos() - truth);
        assertTrue(i < 20 || error < 100_000, "error " + error + ", seed " + seed + " at " + i);
        world.pass(250e6);
      }
    }
  }
}
