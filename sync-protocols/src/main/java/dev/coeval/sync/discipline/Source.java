package dev.coeval.sync.discipline;

import dev.coeval.sync.estimate.Estimator;
import dev.coeval.sync.filter.ClockFilter;
import dev.coeval.sync.filter.DirectionalMinima;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import dev.coeval.sync.select.Candidate;
import dev.coeval.sync.select.SourceOptions;
import dev.coeval.time.LearnedDrift;
import org.jspecify.annotations.Nullable;

/** One source of an ensemble: its bounds, its line, and whether it answers. */
final class Source {
  private static final double PHI = ClockFilter.DISPERSION_RATE_PPB * 1e-9;

  private final PeerId peer;
  private final SourceOptions options;
  private final DirectionalMinima minima;
  private final Estimator estimator;
  private final RecentJitter jitter = new RecentJitter();
  private @Nullable Measurement last;
  private Cause excluded = Cause.NONE;
  private int stratum;
  private int misses;

  Source(PeerId peer, SourceOptions options, EnsembleConfig.Local local, Estimator estimator) {
    this.peer = peer;
    this.options = options;
    this.minima =
        new DirectionalMinima(local.samples(), local.minOneWayNanos(), local.driftBoundPpb());
    this.estimator = estimator;
  }

  /** What an exchange did to its source. */
  enum Taken {
    /** It agrees with what this source said before, and says something new. */
    NEWS,
    /** It agrees, and says nothing new. */
    SAME,
    /** It contradicts itself or what this source said before; that is forgotten. */
    CONTRADICTION
  }

  Taken add(Measurement measurement) {
    misses = 0;
    excluded = Cause.NONE;
    if (ranBackwards(measurement)) {
      clear();
      return Taken.CONTRADICTION;
    }
    observe(measurement);
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
      return Taken.CONTRADICTION;
    }
    last = measurement;
    boolean isNews = estimator.add(measurement, bounds);
    if (!consistent) {
      return Taken.CONTRADICTION;
    }
    return isNews ? Taken.NEWS : Taken.SAME;
  }

  /** How far the exchange is from where it was expected. */
  private void observe(Measurement measurement) {
    if (estimator.isKnown()) {
      long expected = estimator.offsetNanosAt(measurement.receivedTickNanos());
      jitter.add((double) measurement.offsetNanos() - (double) expected);
    }
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
    minima.clear();
    estimator.fallSilent();
    jitter.clear();
    return true;
  }

  /** Forgets what was measured, but not how unsteady it was. */
  void clear() {
    minima.clear();
    estimator.reset();
    last = null;
  }

  /** The time scale stepped by so much, and the source with it. */
  void shift(long nanos) {
    minima.shift(nanos);
    estimator.shift(nanos);
  }

  void exclude(Cause cause) {
    excluded = cause;
  }

  void setStratum(int newStratum) {
    stratum = newStratum;
  }

  PeerId peer() {
    return peer;
  }

  SourceOptions options() {
    return options;
  }

  boolean isReachable() {
    return minima.size() > 0 && estimator.isKnown();
  }

  /** Why it may not be selected; NONE if it may. */
  Cause unfitAt(long tick, SelectionConfig limits) {
    if (options.noselect()) {
      return Cause.NOSELECT;
    }
    if (excluded != Cause.NONE) {
      return excluded;
    }
    if (!isReachable()) {
      return Cause.NO_REPLY;
    }
    if (distanceNanos(tick) > limits.maxDistanceNanos()) {
      return Cause.DISTANCE_TOO_LARGE;
    }
    return jitter.nanos() > limits.maxJitterNanos() ? Cause.JITTER_TOO_LARGE : Cause.NONE;
  }

  /** As selection sees it; only while this source is reachable. */
  Candidate candidateAt(long tick) {
    return new Candidate(
        estimator.offsetNanosAt(tick), distanceNanos(tick), jitter.nanos(), stratum, options);
  }

  OffsetBounds boundsAt(long tick) {
    return minima.boundsAt(tick);
  }

  /** The offsets that are likely; those that are certain where its exchanges contradict that. */
  OffsetBounds boundsAt(long tick, LearnedDrift drift) {
    OffsetBounds likely = minima.boundsAt(tick, drift);
    return likely.isEmpty() ? minima.boundsAt(tick) : likely;
  }

  int readings() {
    return minima.size();
  }

  long oldestAgeNanosAt(long tick) {
    return minima.oldestAgeNanosAt(tick);
  }

  double wander() {
    return estimator.wander();
  }

  /** By how much a rate differs from what this source's readings show by themselves. */
  double doubtOf(double rate) {
    return Math.abs(minima.slope() - rate);
  }

  /** The likely offset at a tick; only while this source is reachable. */
  OffsetEstimate pointAt(long tick) {
    return new OffsetEstimate(
        tick, estimator.offsetNanosAt(tick), (long) Math.ceil(estimator.errorNanosAt(tick)));
  }

  double frequency() {
    return estimator.frequency();
  }

  double frequencyError() {
    return estimator.frequencyError();
  }

  /**
   * The root distance (RFC 5905 section A.5.5.2): what the source admits, half the round trip, and
   * what has been added since by the oscillator and by chance.
   */
  private long distanceNanos(long tick) {
    Measurement measurement = last;
    if (measurement == null) {
      return Candidate.MAX_DISTANCE_NANOS;
    }
    double distance =
        (double) measurement.root().errorNanos()
            + Math.max(measurement.delayNanos(), 0) / 2.0
            + PHI * Math.max(tick - measurement.receivedTickNanos(), 0)
            + (long) Math.ceil(estimator.errorNanosAt(tick));
    return (long) Math.min(distance, (double) Candidate.MAX_DISTANCE_NANOS);
  }
}
