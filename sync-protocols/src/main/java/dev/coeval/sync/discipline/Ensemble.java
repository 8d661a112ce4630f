package dev.coeval.sync.discipline;

import dev.coeval.sync.discipline.Ballot.Refusal;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.select.Marzullo.Agreement;
import dev.coeval.sync.select.SourceOptions;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the exchanges with several sources to one estimate, when some of the sources may be false.
 *
 * <p><b>Two answers are kept apart.</b> The <em>bound</em> holds if no more than {@code f} sources
 * are false, {@code f} being fixed. The <em>estimate</em> is likely: NTP's selection, clustering
 * and combining (RFC 5905 section 11.2). The estimate is held within the bound.
 *
 * <p><b>Steps</b>, at each exchange:
 *
 * <ol>
 *   <li>The source's own bounds: each direction's minimum over its last exchanges ({@link
 *       dev.coeval.sync.filter.DirectionalMinima}). If they are empty, the source contradicts
 *       itself (it stepped or was restarted): what it said before is forgotten.
 *   <li>The source's own line: an {@link dev.coeval.sync.estimate.Estimator}; or, if one discipline
 *       serves all, its clock filter ({@link Disciplines}).
 *   <li>Sources that are unreachable, barred, too far away or too unsteady have no vote ({@link
 *       SelectionConfig}), and {@link Outcome#excluded} says why. If any source is trusted, the
 *       trusted ones alone have a vote.
 *   <li>The bound, across sources: the hull of all offsets that at most {@code f} false sources
 *       leave ({@link dev.coeval.sync.select.Marzullo}). It is certain, no single source's bounds
 *       are. Of trusted sources fewer than half are taken to be false, and at most {@code f}.
 *   <li>The bound, across time: the part of it that earlier hulls, aged by the drift bound, allow
 *       too. If there is none, an assumption broke. The past is dropped, {@link State#DISRUPTED}
 *       comes out once, and the next exchange starts anew.
 *   <li>The point: the survivors of selection ({@link dev.coeval.sync.select.Selection}), combined,
 *       and held within the bound. If no side has more than half, {@link Cause#NO_MAJORITY} comes
 *       out with the sides, and no estimate.
 *   <li>A point too far from the one before is refused, if its owner wants that ({@link
 *       PanicPolicy}).
 * </ol>
 *
 * <p><b>Two bounds</b> come with an estimate: the certain one of these steps, and one that rests on
 * what was learned of the local oscillator ({@link Holdover}).
 *
 * <p><b>The number of false sources is fixed</b> by the configuration. It does not shrink when
 * sources fall silent: were three sources with one liar to become the liar alone, nothing could be
 * said against it. With {@code n} sources answering, {@code n > f} keeps the bound sound. Otherwise
 * no estimate comes out, and the clock that was steered so far keeps its aging bound.
 *
 * <p>What is certain is so under three conditions: the local oscillator keeps its drift bound, its
 * ticks do not stand still unseen ({@link SuspendDetector}), and of the sources at most {@code f}
 * have, within the exchanges held, been further off than they claim.
 *
 * <p>Not thread-safe: an ensemble belongs to the machine that feeds it.
 */
public final class Ensemble {
  private final EnsembleConfig config;
  private final Map<PeerId, Source> sources = new LinkedHashMap<>();
  private final PanicGuard panic;
  private final Certainty certain;
  private final Estimation estimation;
  private long latestTick = Long.MIN_VALUE;
  private SyncStatus status =
      new SyncStatus(State.UNSYNCHRONIZED, Cause.NO_REPLY, "no source has answered yet");
  private State withoutBounds = State.UNSYNCHRONIZED;

  /**
   * An ensemble that knows nothing yet.
   *
   * @param config whom it listens to, and what it assumes
   */
  public Ensemble(EnsembleConfig config) {
    this.config = config;
    this.certain = new Certainty(config.local());
    this.estimation = new Estimation(config);
    this.panic = new PanicGuard(config.disciplines().panic());
    for (PeerId peer : config.sources()) {
      admit(peer, config.selection().optionsOf(peer));
    }
  }

  /**
   * What came out of an event.
   *
   * @param estimate what is believed now; empty if the event tells nothing new, or too few agree
   * @param status how the ensemble stands; {@link State#DISRUPTED} asks the owner to drop its
   *     clock's bounds
   * @param falsetickers the sources that were found to be false at this event: they contradict
   *     themselves, or share no offset with what at most {@code f} false sources leave
   * @param selected the sources that the estimate is made of, the best one first
   * @param excluded the other sources that were looked at, and why each is not selected
   */
  public record Outcome(
      Optional<ClockEstimate> estimate,
      SyncStatus status,
      List<PeerId> falsetickers,
      List<PeerId> selected,
      Map<PeerId, Cause> excluded) {

    /**
     * Copies the lists and the map.
     *
     * @param estimate as above
     * @param status as above
     * @param falsetickers as above
     * @param selected as above
     * @param excluded as above
     */
    public Outcome {
      falsetickers = List.copyOf(falsetickers);
      selected = List.copyOf(selected);
      excluded = Map.copyOf(excluded);
    }

    /** Without an estimate. */
    static Outcome without(SyncStatus status, List<PeerId> falsetickers) {
      return new Outcome(Optional.empty(), status, falsetickers, List.of(), Map.of());
    }
  }

  /**
   * Takes in an exchange.
   *
   * @param measurement an exchange with one of the sources
   * @return the new estimate, or why there is none
   * @throws IllegalArgumentException if the peer is none of the sources
   * @throws ArithmeticException if its stamps are beyond all reason; whoever decodes them checks
   */
  public Outcome add(Measurement measurement) {
    Source source = source(measurement.peer());
    if (certain.isStaleAt(measurement.receivedTickNanos())) {
      return silent();
    }
    List<PeerId> falsetickers = new ArrayList<>();
    Source.Taken taken = source.add(measurement);
    if (taken == Source.Taken.CONTRADICTION) {
      falsetickers.add(source.peer());
      latestTick = measurement.receivedTickNanos(); // it may have been the ticks that stepped
    }
    latestTick = Math.max(latestTick, measurement.receivedTickNanos());
    return settle(latestTick, taken != Source.Taken.SAME, falsetickers);
  }

  /**
   * An exchange got no answer.
   *
   * @param peer the source that was asked
   * @param now the current reading
   * @return the status, without an estimate; {@link State#DISRUPTED} if there was no majority for
   *     longer than {@link Holdover#maxSilenceNanos()}
   * @throws IllegalArgumentException if the peer is none of the sources
   */
  public Outcome missed(PeerId peer, ClockReading now) {
    boolean isLost = source(peer).miss(config.missesUntilUnreachable());
    if (certain.isStaleAt(now.tickNanos())) {
      return silent();
    }
    if (isLost) {
      return review(now.tickNanos());
    }
    return Outcome.without(status, List.of());
  }

  private Outcome silent() {
    return disrupt(Cause.SILENCE, "no majority of sources for longer than anything is trusted");
  }

  /** Nothing new was measured, but fewer sources may be fit. */
  private Outcome review(long tick) {
    Ballot ballot = ballotAt(Math.max(tick, latestTick));
    Refusal refusal = ballot.lacking();
    if (refusal == null && status.state() == State.SYNCHRONIZED) {
      refusal = ballot.refusal();
    }
    if (refusal != null) {
      return withoutEstimate(refusal, List.of(), ballot);
    }
    return Outcome.without(status, List.of());
  }

  /**
   * Drops everything that was known: the host slept, or its clocks parted for another reason. The
   * owner drops its clock's bounds as well.
   *
   * @param reason why, for people
   * @return {@link State#DISRUPTED}, without an estimate
   */
  public Outcome disrupt(String reason) {
    return disrupt(Cause.NONE, reason);
  }

  /**
   * The same with a cause.
   *
   * @param cause why, for programs: {@link Cause#SUSPENDED} or {@link Cause#WALL_STEPPED}
   * @param reason why, for people
   * @return {@link State#DISRUPTED}, without an estimate
   */
  public Outcome disrupt(Cause cause, String reason) {
    sources.values().forEach(Source::clear);
    panic.forget();
    latestTick = Long.MIN_VALUE;
    return disrupted(new Refusal(cause, List.of(), reason), List.of(), null);
  }

  /**
   * The time scale steps, and all sources with it, as at a leap second: every offset known becomes
   * so much larger, and stays known.
   *
   * @param nanos by how much later the time is from now on; negative for an inserted leap second
   */
  public void shift(long nanos) {
    sources.values().forEach(source -> source.shift(nanos));
    panic.shift(nanos);
    estimation.shift(nanos);
    certain.shift(nanos);
  }

  /**
   * A source joins: one that was found later, or takes the place of a bad one.
   *
   * @param peer who joins
   * @param options what the owner says of it
   * @throws IllegalArgumentException if it is one of the sources already, or there are {@link
   *     EnsembleConfig#MAX_SOURCES}
   */
  public void admit(PeerId peer, SourceOptions options) {
    Objects.requireNonNull(options, "options");
    if (sources.containsKey(peer) || sources.size() >= EnsembleConfig.MAX_SOURCES) {
      throw new IllegalArgumentException("a source already, or one too many: " + peer);
    }
    sources.put(peer, new Source(peer, options, config.local(), estimation.estimator()));
  }

  /**
   * A source leaves. What is known of the time stays, and ages.
   *
   * @param peer who leaves; nothing happens if it is none of the sources
   */
  public void dismiss(PeerId peer) {
    sources.remove(peer);
  }

  /**
   * A source is not to be selected until its next good exchange, for a reason that only its
   * protocol knows: a loop, a false authentication, a leap second that others do not announce.
   *
   * @param peer the source
   * @param cause why
   * @throws IllegalArgumentException if the peer is none of the sources
   */
  public void exclude(PeerId peer, Cause cause) {
    source(peer).exclude(Objects.requireNonNull(cause, "cause"));
  }

  /**
   * The same, and how the ensemble stands without it.
   *
   * @param peer the source
   * @param cause why
   * @param now the current reading
   * @return the status, without an estimate
   * @throws IllegalArgumentException if the peer is none of the sources
   */
  public Outcome exclude(PeerId peer, Cause cause, ClockReading now) {
    exclude(peer, cause);
    return review(now.tickNanos());
  }

  /**
   * How many steps a source is from a reference: of those that agree, the nearer lead (RFC 5905
   * section 11.2.2). 0 for all unless it is said.
   *
   * @param peer the source
   * @param stratum 0 to 16
   * @throws IllegalArgumentException if the peer is none of the sources, or the stratum is negative
   */
  public void setStratum(PeerId peer, int stratum) {
    if (stratum < 0) {
      throw new IllegalArgumentException("stratum is negative: " + stratum);
    }
    source(peer).setStratum(stratum);
  }

  /**
   * How the ensemble stands.
   *
   * @return the status of the last outcome
   */
  public SyncStatus status() {
    return status;
  }

  /**
   * Whether more changes were asked for than {@link PanicPolicy} ignores: the owner should stop.
   *
   * @return true from then on
   */
  public boolean isPanicked() {
    return panic.isPanicked();
  }

  /**
   * The offsets that are certain.
   *
   * @param tickNanos a local tick, at or after the last exchange
   * @return the bounds at that tick; empty if nothing is certain
   */
  public Optional<OffsetBounds> boundsAt(long tickNanos) {
    return certain.at(tickNanos);
  }

  private Ballot ballotAt(long tick) {
    return new Ballot(List.copyOf(sources.values()), tick, config);
  }

  private Outcome settle(long tick, boolean isNews, List<PeerId> falsetickers) {
    Ballot ballot = ballotAt(tick);
    Refusal refusal = ballot.lacking();
    if (refusal != null) {
      return withoutEstimate(refusal, falsetickers, ballot);
    }
    Agreement agreement = ballot.agreement();
    for (PeerId peer : ballot.voters(agreement.disagreeing())) {
      if (!falsetickers.contains(peer)) {
        falsetickers.add(peer);
      }
    }
    if (agreement.hull().isEmpty()) {
      return withoutEstimate(ballot.noMajority(), falsetickers, ballot);
    }
    OffsetBounds known = certain.narrowed(agreement.hull());
    if (known.isEmpty()) {
      String reason = "the sources contradict what they said before";
      return disrupted(new Refusal(Cause.SOURCE_STEPPED, List.of(), reason), falsetickers, ballot);
    }
    refusal = ballot.refusal();
    if (refusal != null) {
      return withoutEstimate(refusal, falsetickers, ballot);
    }
    return isNews || status.state() != State.SYNCHRONIZED
        ? estimate(ballot, known, falsetickers)
        : unchanged(ballot, falsetickers);
  }

  private Outcome estimate(Ballot ballot, OffsetBounds known, List<PeerId> falsetickers) {
    ClockEstimate estimate = estimation.of(ballot, known);
    if (!panic.accepts(estimate)) {
      Refusal refusal = new Refusal(Cause.PANIC, List.of(), panic.describe());
      return withoutEstimate(refusal, falsetickers, ballot);
    }
    status = new SyncStatus(State.SYNCHRONIZED, "");
    return new Outcome(
        Optional.of(estimate), status, falsetickers, ballot.selected(), ballot.excluded());
  }

  /** The exchange told nothing new: all stands as it stood, or at last there is a majority. */
  private Outcome unchanged(Ballot ballot, List<PeerId> falsetickers) {
    return new Outcome(
        Optional.empty(), status, falsetickers, ballot.selected(), ballot.excluded());
  }

  private Outcome withoutEstimate(Refusal refusal, List<PeerId> falsetickers, Ballot ballot) {
    return without(
        !certain.isKnown() ? withoutBounds : State.HOLDOVER, refusal, falsetickers, ballot);
  }

  private Outcome disrupted(Refusal refusal, List<PeerId> falsetickers, @Nullable Ballot ballot) {
    certain.forget();
    withoutBounds = State.DISRUPTED;
    estimation.reset();
    return without(withoutBounds, refusal, falsetickers, ballot);
  }

  private Outcome without(
      State state, Refusal refusal, List<PeerId> falsetickers, @Nullable Ballot ballot) {
    status = new SyncStatus(state, refusal.cause(), refusal.groups(), refusal.reason());
    Map<PeerId, Cause> excluded = ballot == null ? Map.of() : ballot.excluded();
    return new Outcome(Optional.empty(), status, falsetickers, List.of(), excluded);
  }

  private Source source(PeerId peer) {
    Source source = sources.get(peer);
    if (source == null) {
      throw new IllegalArgumentException("none of the sources: " + peer);
    }
    return source;
  }
}
