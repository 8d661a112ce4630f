package dev.coeval.sync.discipline;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.time.ClockModel;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Whom an {@link Ensemble} listens to, and what it assumes.
 *
 * @param sources the peers that are asked from the start, at most {@link #MAX_SOURCES}, each once;
 *     there may be none, if some are admitted later ({@link Ensemble#admit})
 * @param faultsTolerated how many of the sources, those admitted later included, may be false at a
 *     time; 0 to {@link #MAX_SOURCES} - 1. At least one more than this must answer, or nothing is
 *     certain
 * @param local what is assumed of the local host and its network
 * @param selection which sources may be selected
 * @param disciplines makes offset and frequency of samples
 */
public record EnsembleConfig(
    List<PeerId> sources,
    int faultsTolerated,
    Local local,
    SelectionConfig selection,
    Disciplines disciplines) {

  /** Selection looks at all pairs; NTP's clients use some ten servers. */
  public static final int MAX_SOURCES = 64;

  /** A source that was silent for so long has nothing to say any more. */
  public static final int MAX_MISSES = 1000;

  /** As of RFC 5905's reach register: a source is unreachable after eight silent polls. */
  public static final int DEFAULT_MISSES = 8;

  /** How many exchanges of a source are held together: at four a second, 16 seconds. */
  public static final int DEFAULT_SAMPLES = 64;

  /**
   * What is assumed of the local host and its network.
   *
   * @param driftBoundPpb by how much the local oscillator's rate can be wrong, in parts per
   *     billion; 0 to 100,000,000
   * @param minOneWayNanos the least time a datagram takes one way, in nanoseconds; 0 if not known
   * @param samples how many exchanges of a source are held together, 1 to 1024
   * @param holdover what is assumed of the oscillator between exchanges, beyond its drift bound
   */
  public record Local(long driftBoundPpb, long minOneWayNanos, int samples, Holdover holdover) {
    private static final long MAX_DRIFT_BOUND_PPB = 100_000_000L;
    private static final int MAX_SAMPLES = 1024;

    /** 200 ppm, a network of which nothing is known, 64 exchanges. */
    public static final Local DEFAULT =
        new Local(ClockModel.DEFAULT_DRIFT_BOUND_PPB, 0, DEFAULT_SAMPLES);

    /**
     * Checks the ranges that the components state.
     *
     * @param driftBoundPpb as above
     * @param minOneWayNanos as above
     * @param samples as above
     * @param holdover as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public Local {
      Objects.requireNonNull(holdover, "holdover");
      if (driftBoundPpb < 0 || driftBoundPpb > MAX_DRIFT_BOUND_PPB) {
        throw new IllegalArgumentException("driftBoundPpb is out of range: " + driftBoundPpb);
      }
      if (minOneWayNanos < 0) {
        throw new IllegalArgumentException("minOneWayNanos is negative: " + minOneWayNanos);
      }
      if (samples < 1 || samples > MAX_SAMPLES) {
        throw new IllegalArgumentException("samples is out of range: " + samples);
      }
    }

    /**
     * With {@link Holdover#DEFAULT}.
     *
     * @param driftBoundPpb as above
     * @param minOneWayNanos as above
     * @param samples as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public Local(long driftBoundPpb, long minOneWayNanos, int samples) {
      this(driftBoundPpb, minOneWayNanos, samples, Holdover.DEFAULT);
    }

    /**
     * With another oscillator.
     *
     * @param other what is assumed of it between exchanges
     * @return a copy
     */
    public Local withHoldover(Holdover other) {
      return new Local(driftBoundPpb, minOneWayNanos, samples, other);
    }
  }

  /**
   * Checks the ranges that the components state, and copies the list.
   *
   * @param sources as above
   * @param faultsTolerated as above
   * @param local as above
   * @param selection as above
   * @param disciplines as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public EnsembleConfig {
    sources = List.copyOf(sources);
    Objects.requireNonNull(local, "local");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(disciplines, "disciplines");
    if (sources.size() > MAX_SOURCES) {
      throw new IllegalArgumentException("number of sources is out of range: " + sources.size());
    }
    if (new HashSet<>(sources).size() != sources.size()) {
      throw new IllegalArgumentException("a source is named twice: " + sources);
    }
    if (faultsTolerated < 0 || faultsTolerated >= MAX_SOURCES) {
      throw new IllegalArgumentException("faultsTolerated is out of range: " + faultsTolerated);
    }
  }

  /**
   * After how many lost exchanges in a row a source leaves the set.
   *
   * @return what the selection says
   */
  public int missesUntilUnreachable() {
    return selection.missesUntilUnreachable();
  }

  /**
   * The usual: fewer than half of the sources may be false, and {@link Local#DEFAULT}.
   *
   * @param sources the peers that are asked
   * @return the configuration
   */
  public static EnsembleConfig defaults(List<PeerId> sources) {
    return new EnsembleConfig(
        sources,
        Math.max(0, (sources.size() - 1) / 2),
        Local.DEFAULT,
        SelectionConfig.DEFAULT,
        Disciplines.ADAPTIVE);
  }

  /**
   * With another number of false sources.
   *
   * @param faults how many may be false at a time
   * @return a copy
   */
  public EnsembleConfig withFaultsTolerated(int faults) {
    return new EnsembleConfig(sources, faults, local, selection, disciplines);
  }

  /**
   * With other assumptions.
   *
   * @param other what is assumed of the local host and its network
   * @return a copy
   */
  public EnsembleConfig withLocal(Local other) {
    return new EnsembleConfig(sources, faultsTolerated, other, selection, disciplines);
  }

  /**
   * With more or less patience.
   *
   * @param misses after how many lost exchanges in a row a source leaves the set
   * @return a copy
   */
  public EnsembleConfig withMissesUntilUnreachable(int misses) {
    return withSelection(selection.withMissesUntilUnreachable(misses));
  }

  /**
   * With other rules of selection.
   *
   * @param other which sources may be selected
   * @return a copy
   */
  public EnsembleConfig withSelection(SelectionConfig other) {
    return new EnsembleConfig(sources, faultsTolerated, local, other, disciplines);
  }

  /**
   * With another discipline for each source.
   *
   * @param other makes the line through the samples of one source
   * @return a copy
   */
  public EnsembleConfig withDiscipline(Supplier<Discipline> other) {
    return withDisciplines(Disciplines.ofEach(other));
  }

  /**
   * With other disciplines.
   *
   * @param other makes offset and frequency of samples
   * @return a copy
   */
  public EnsembleConfig withDisciplines(Disciplines other) {
    return new EnsembleConfig(sources, faultsTolerated, local, selection, other);
  }
}
