package dev.coeval.sync.discipline;

import dev.coeval.sync.filter.DelayWeightedFilter;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.time.ClockEstimate;
import org.jspecify.annotations.Nullable;

/** A source's samples, weighted by their delay, through a discipline of its own. */
final class LineTrack implements Track {
  private final DelayWeightedFilter filter;
  private final Discipline discipline;
  private @Nullable ClockEstimate line;

  LineTrack(int samples, Discipline discipline) {
    this.filter = new DelayWeightedFilter(samples);
    this.discipline = discipline;
  }

  @Override
  public boolean add(Measurement measurement, OffsetBounds bounds) {
    line = discipline.update(filter.add(measurement), bounds);
    return true;
  }

  @Override
  public boolean isKnown() {
    return line != null;
  }

  @Override
  public OffsetEstimate pointAt(long tick) {
    ClockEstimate standing = standing();
    long age = tick - standing.tickNanos();
    long offset = standing.epochNanos() - standing.tickNanos();
    double error =
        Math.hypot((double) standing.statisticalErrorNanos(), age * discipline.frequencyError());
    return new OffsetEstimate(
        tick, offset + Math.round(age * standing.frequency()), (long) Math.ceil(error));
  }

  @Override
  public double frequency() {
    return standing().frequency();
  }

  @Override
  public double frequencyError() {
    return discipline.frequencyError();
  }

  @Override
  public void fallSilent() {
    filter.clear(); // the line stays, and a step will be seen as one
  }

  @Override
  public void clear() {
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
