package dev.coeval.sync.discipline;

import dev.coeval.sync.estimate.Estimator;
import dev.coeval.sync.filter.DelayWeightedFilter;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.time.ClockEstimate;
import org.jspecify.annotations.Nullable;

/**
 * A source's samples, weighted by their delay, through a discipline of its own: what makes an
 * estimator of a discipline. Each exchange costs the two small records that a discipline takes in
 * and gives out.
 */
final class LineTrack implements Estimator {

  /** Among how many exchanges the least round trip is sought. */
  private static final int SAMPLES = EnsembleConfig.DEFAULT_SAMPLES;

  private final DelayWeightedFilter filter;
  private final Discipline discipline;
  private double frequency;
  private @Nullable ClockEstimate line;

  LineTrack(Discipline discipline) {
    this.filter = new DelayWeightedFilter(SAMPLES);
    this.discipline = discipline;
  }

  @Override
  public boolean add(Measurement measurement, OffsetBounds bounds) {
    ClockEstimate standing = line;
    if (standing != null && bounds.tickNanos() <= standing.tickNanos()) {
      return true; // late, or the same once more: it may still tighten what is certain
    }
    ClockEstimate updated = discipline.update(filter.add(measurement), bounds);
    line = updated;
    frequency = updated.frequency();
    return true;
  }

  @Override
  public boolean isKnown() {
    return line != null;
  }

  @Override
  public long offsetNanosAt(long tickNanos) {
    ClockEstimate standing = standing();
    long age = tickNanos - standing.tickNanos();
    long offset = standing.epochNanos() - standing.tickNanos();
    return offset + Math.round(age * standing.frequency());
  }

  @Override
  public double errorNanosAt(long tickNanos) {
    ClockEstimate standing = standing();
    long age = tickNanos - standing.tickNanos();
    return Math.hypot((double) standing.statisticalErrorNanos(), age * discipline.frequencyError());
  }

  @Override
  public double frequency() {
    return frequency;
  }

  @Override
  public double frequencyError() {
    return discipline.frequencyError();
  }

  @Override
  public double wander() {
    return 0;
  }

  @Override
  public void fallSilent() {
    filter.clear(); // the line stays, and a step will be seen as one
  }

  @Override
  public void reset() {
    filter.clear();
    discipline.reset();
    line = null;
  }

  @Override
  public void shift(long nanos) {
    discipline.shift(nanos);
    ClockEstimate standing = line;
    if (standing != null) {
      line =
          new ClockEstimate(
              standing.tickNanos(),
              standing.epochNanos() + nanos,
              standing.frequency(),
              standing.statisticalErrorNanos(),
              standing.bounds());
    }
  }

  private ClockEstimate standing() {
    ClockEstimate standing = line;
    if (standing == null) {
      throw new IllegalStateException("nothing is known of this source");
    }
    return standing;
  }
}
