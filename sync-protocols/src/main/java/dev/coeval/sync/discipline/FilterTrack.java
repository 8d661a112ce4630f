package dev.coeval.sync.discipline;

import dev.coeval.sync.estimate.Estimator;
import dev.coeval.sync.filter.ClockFilter;
import dev.coeval.sync.filter.ClockFilter.Filtered;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** A source's samples through NTP's clock filter, for a discipline that all sources share. */
final class FilterTrack implements Estimator {

  /** Ticks are read to about 2⁻²⁴ s. */
  private static final long LOCAL_PRECISION_NANOS = 60;

  private static final double PHI = ClockFilter.DISPERSION_RATE_PPB * 1e-9;

  private final ClockFilter filter = new ClockFilter(LOCAL_PRECISION_NANOS);
  private final DoubleSupplier shared;
  private @Nullable OffsetEstimate point;

  FilterTrack(DoubleSupplier sharedFrequency) {
    this.shared = sharedFrequency;
  }

  @Override
  public boolean add(Measurement measurement, OffsetBounds bounds) {
    Optional<Filtered> filtered = filter.add(measurement, frequency());
    filtered.ifPresent(f -> point = f.estimate());
    return filtered.isPresent();
  }

  @Override
  public boolean isKnown() {
    return point != null;
  }

  @Override
  public long offsetNanosAt(long tickNanos) {
    OffsetEstimate standing = standing();
    long age = tickNanos - standing.tickNanos();
    return standing.offsetNanos() + Math.round(age * frequency());
  }

  @Override
  public double errorNanosAt(long tickNanos) {
    OffsetEstimate standing = standing();
    return Math.hypot((double) standing.errorNanos(), (tickNanos - standing.tickNanos()) * PHI);
  }

  @Override
  public double frequency() {
    return shared.getAsDouble();
  }

  @Override
  public double frequencyError() {
    return PHI;
  }

  @Override
  public double wander() {
    return 0;
  }

  @Override
  public void fallSilent() {
    reset();
  }

  @Override
  public void reset() {
    filter.clear();
    point = null;
  }

  @Override
  public void shift(long nanos) {
    reset(); // eight samples are soon there again
  }

  private OffsetEstimate standing() {
    OffsetEstimate standing = point;
    if (standing == null) {
      throw new IllegalStateException("nothing is known of this source");
    }
    return standing;
  }
}
