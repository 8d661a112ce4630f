package dev.coeval.bench.sync;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Exchanges without end: a quarter of a second apart, with a number of servers in turn, delayed by
 * 100 µs and an exponential excess of 20 µs each way.
 */
final class Exchanges {
  private static final long START = 1_767_225_600_000_000_000L;
  private static final long INTERVAL_NANOS = 250_000_000L;
  private static final long MIN_DELAY_NANOS = 100_000L;
  private static final double JITTER_NANOS = 20_000;
  private static final int DRAWN = 1 << 12;

  private final long[] delays = new long[DRAWN];
  private final List<PeerId> servers;
  private long number;

  Exchanges(List<PeerId> servers) {
    this.servers = servers;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < DRAWN; i++) {
      delays[i] = MIN_DELAY_NANOS + (long) (-JITTER_NANOS * Math.log(1 - random.nextDouble()));
    }
  }

  Measurement next() {
    long sent = number * INTERVAL_NANOS;
    long arrived = sent + delays[(int) (2 * number) & (DRAWN - 1)];
    long received = arrived + delays[(int) (2 * number + 1) & (DRAWN - 1)];
    PeerId server = servers.get((int) (number % servers.size()));
    number++;
    long time = START + arrived;
    return new Measurement(server, sent, time, time, received, Measurement.Root.EXACT);
  }
}
