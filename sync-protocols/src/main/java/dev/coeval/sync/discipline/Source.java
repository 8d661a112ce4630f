package dev.coeval.sync.discipline;

import dev.coeval.sync.filter.DelayWeightedFilter;
import dev.coeval.sync.filter.DirectionalMinima;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.sync.select.SourceOptions;
import dev.coeval.time.ClockEstimate;
import org.jspecify.annotations.Nullable;

/** One source of an ensemble: its bounds, its line, and whether it answers. */
final class Source {
  private final PeerId peer;
  private final DirectionalMinima minima;
  private final DelayWeightedFilter filter;
  private final Discipline discipline;
  private final SourceOptions options;
  private Cause excluded = Cause.NONE;
  private @Nullable ClockEstimate line;
  private int misses;

  Source(PeerId peer, SourceOptions options, EnsembleConfig config) {
    EnsembleConfig.Local local = config.local();
    this.peer = peer;
    this.options = options;
    this.minima =
        new DirectionalMinima(local.samples(), local.minOneWayNanos(), local.driftBoundPpb());
    this.filter = new DelayWeightedFilter(local.samples());
    this.discipline = config.disciplines().ofSource().get();
  }

  /** Whether the exchange agrees with what this source said before; if not, that is forgotten. */
  boolean add(Measurement measurement) {
    misses = 0;
    excluded = Cause.NONE;
    if (ranBackwards(measurement)) {
      clear();
      return false;
    }
    minima.add(measurement);
    OffsetBounds bounds = minima.boundsAt(measurement.receivedTickNanos());
    boolean consistent = !bounds.isEmpty();
    if (!consistent) {
      clear();
      minima.add(measurement);
      bounds = minima.boundsAt(measurement.receivedTickNanos());
    }
    if (bounds.isEmpty()) { // the exchange contradicts itself
      clear();
      return false;
    }
    line = discipline.update(filter.add(measurement), bounds);
    return consistent;
  }

  /** Whether the peer replied before it was asked, by more than it admits to err. */
  private static boolean ranBackwards(Measurement measurement) {
    long doubt = 2 * measurement.root().errorNanos();
    return measurement.peerSentEpochNanos() < measurement.peerReceivedEpochNanos() - doubt;
  }

  /** Counts a lost exchange; true if this source leaves the set by it. */
  boolean miss(int missesUntilUnreachable) {
    misses = Math.min(misses + 1, missesUntilUnreachable);
    if (misses < missesUntilUnreachable || !isReachable()) {
      return false;
    }
    // The line stays: its frequency is the local oscillator's, and a step will be seen as one.
    minima.clear();
    filter.clear();
    return true;
  }

  void clear() {
    minima.clear();
    filter.clear();
    discipline.reset();
    line = null;
  }

  void exclude(Cause cause) {
    excluded = cause;
  }

  /** Why it may not be selected; NONE if it may. */
  Cause excluded() {
    return options.noselect() ? Cause.NOSELECT : excluded;
  }

  PeerId peer() {
    return peer;
  }

  boolean isReachable() {
    return minima.size() > 0;
  }

  OffsetBounds boundsAt(long tick) {
    return minima.boundsAt(tick);
  }

  /** The likely offset at a tick; only while this source is reachable. */
  OffsetEstimate pointAt(long tick) {
    ClockEstimate standing = standing();
    long age = tick - standing.tickNanos();
    long offset = standing.epochNanos() - standing.tickNanos();
    double error =
        Math.hypot((double) standing.statisticalErrorNanos(), age * discipline.frequencyError());
    return new OffsetEstimate(
        tick, offset + Math.round(age * standing.frequency()), (long) Math.ceil(error));
  }

  double frequency() {
    return standing().frequency();
  }

  double frequencyError() {
    return discipline.frequencyError();
  }

  private ClockEstimate standing() {
    ClockEstimate standing = line;
    if (standing == null) {
      throw new IllegalStateException(peer + " has not answered");
    }
    return standing;
  }
}
