package dev.coeval.logical.hybrid;

import dev.coeval.testing.ManualTime;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.BoundedInstantSource;
import java.util.Random;

/** A node's time that is wrong, and says truly by how much at most, which changes all the time. */
final class HonestSource implements BoundedInstantSource {

  private final ManualTime truth;
  private final long mostNanos;
  private final Random random;
  private long early;
  private long late;
  private long point;

  HonestSource(ManualTime truth, long mostNanos, Random random) {
    this.truth = truth;
    this.mostNanos = mostNanos;
    this.random = random;
    change();
  }

  /** Another error, within other bounds. */
  void change() {
    early = bounded(mostNanos);
    late = bounded(mostNanos);
    point = bounded(early + late) - early;
  }

  /** Either end as likely as all between. */
  private long bounded(long most) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> most;
      default -> (long) (random.nextDouble() * most);
    };
  }

  @Override
  public BoundedInstant now() {
    long now = truth.wallEpochNanos();
    return new BoundedInstant(now - early, now + late);
  }

  @Override
  public long epochNanos() {
    return truth.wallEpochNanos() + point;
  }
}
