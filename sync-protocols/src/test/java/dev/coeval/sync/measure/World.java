package dev.coeval.sync.measure;

import dev.coeval.sync.machine.PeerId;
import java.util.SplittableRandom;

/**
 * A host with a drifting tick source, and honest or false peers, of which the truth is known.
 *
 * <p>True time is counted in nanoseconds from 0; the epoch of the peers is {@link #EPOCH} later.
 * The drift may change at any moment; ticks are integrated over it.
 */
public final class World {
  public static final long EPOCH = 1_700_000_000_000_000_000L;

  private final SplittableRandom random;
  private double drift;
  private double trueNanos;
  private double ticks;

  public World(long seed, double drift) {
    this.random = new SplittableRandom(seed);
    this.drift = drift;
  }

  /** By how much ticks run fast, from now on. */
  public void setDrift(double newDrift) {
    drift = newDrift;
  }

  public void pass(double nanos) {
    trueNanos += nanos;
    ticks += nanos * (1 + drift);
  }

  /** True time goes on, ticks do not. */
  public void sleep(double nanos) {
    trueNanos += nanos;
  }

  public long tick() {
    return (long) ticks;
  }

  public long trueEpochNanos() {
    return EPOCH + (long) trueNanos;
  }

  /** The true offset now: the time minus ticks. */
  public long trueOffset() {
    return trueEpochNanos() - tick();
  }

  public double exponential(double mean) {
    return -mean * Math.log(1 - random.nextDouble());
  }

  public double uniform(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** An exchange whose two ways take so long, with a peer that is ahead by {@code wrong}. */
  public Measurement exchange(PeerId peer, double forward, double backward, long wrong) {
    return exchange(peer, new double[] {forward, backward}, wrong, Measurement.Root.EXACT);
  }

  public Measurement exchange(PeerId peer, double[] ways, long wrong, Measurement.Root root) {
    long t1 = tick();
    pass(ways[0]);
    long t2 = trueEpochNanos() + wrong;
    pass(10_000);
    long t3 = trueEpochNanos() + wrong;
    pass(ways[1]);
    return new Measurement(peer, t1, t2, t3, tick(), root);
  }
}
