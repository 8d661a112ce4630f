package dev.coeval.sync.discipline;

import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.select.Marzullo;
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
 * <p><b>Steps</b>, at each exchange:
 *
 * <ol>
 *   <li>The source's own bounds: each direction's minimum over its last exchanges ({@link
 *       dev.coeval.sync.filter.DirectionalMinima}). If they are empty, the source contradicts
 *       itself (it stepped or was restarted): what it said before is forgotten.
 *   <li>The source's own line: its samples, weighted by their delay, through a {@link Discipline}.
 *   <li>Across sources: the hull of all offsets that at most {@code f} false sources leave ({@link
 *       Marzullo}). It is certain, no single source's bounds are.
 *   <li>Across time: the part of it that earlier hulls, aged by the drift bound, allow too. If
 *       there is none, an assumption broke. The past is dropped, {@link State#DISRUPTED} comes out
 *       once, and the next exchange starts anew.
 *   <li>The point: the lines of the largest group that agrees, combined, and held within the bound.
 * </ol>
 *
 * <p><b>The number of false sources is fixed</b> by the configuration. It does not shrink when
 * sources fall silent: were three sources with one liar to become the liar alone, nothing could be
 * said against it. With {@code n} sources answering, {@code n > f} keeps the bound sound, and the
 * estimate also needs more than half of those that answer to agree. Otherwise no estimate comes
 * out, and the clock that was steered so far keeps its aging bound.
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
  private @Nullable OffsetBounds certain;
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
    for (PeerId peer : config.sources()) {
      sources.put(peer, new Source(peer, config.selection().optionsOf(peer), config));
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
    List<PeerId> falsetickers = new ArrayList<>();
    if (!source.add(measurement)) {
      falsetickers.add(source.peer());
    }
    return settle(measurement.receivedTickNanos(), falsetickers);
  }

  /**
   * An exchange got no answer.
   *
   * @param peer the source that was asked
   * @param now the current reading
   * @return the status, without an estimate
   * @throws IllegalArgumentException if the peer is none of the sources
   */
  public Outcome missed(PeerId peer, ClockReading now) {
    if (source(peer).miss(config.missesUntilUnreachable())) {
      List<Source> reachable = reachable();
      if (reachable.size() <= faultsTolerated()) {
        return withoutEstimate(tooFew(reachable), List.of());
      }
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
    return disrupted(cause, reason, List.of());
  }

  /**
   * A source joins: one that was found later, or takes the place of a bad one. If the configuration
   * tolerates fewer than half of its sources, it goes on doing so as the number grows.
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
    sources.put(peer, new Source(peer, options, config));
  }

  /**
   * A source leaves.
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
    source(peer).exclude(cause);
  }

  private int faultsTolerated() {
    int configured = config.faultsTolerated();
    boolean isMinority = configured == (config.sources().size() - 1) / 2;
    return isMinority ? Math.max(configured, (sources.size() - 1) / 2) : configured;
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
   * The offsets that are certain.
   *
   * @param tickNanos a local tick, at or after the last exchange
   * @return the bounds at that tick; empty if nothing is certain
   */
  public Optional<OffsetBounds> boundsAt(long tickNanos) {
    return Optional.ofNullable(certain)
        .map(bounds -> bounds.at(tickNanos, config.local().driftBoundPpb()));
  }

  private Outcome settle(long tick, List<PeerId> falsetickers) {
    List<Source> reachable = reachable();
    if (reachable.size() <= faultsTolerated()) {
      return withoutEstimate(tooFew(reachable), falsetickers);
    }
    List<OffsetBounds> intervals = reachable.stream().map(s -> s.boundsAt(tick)).toList();
    Agreement agreement = Marzullo.intersect(intervals, faultsTolerated());
    add(falsetickers, pick(reachable, agreement.disagreeing()));
    if (agreement.hull().isEmpty()) {
      return withoutEstimate(noMajority(reachable, agreement), falsetickers);
    }
    OffsetBounds known = boundsAt(tick).map(agreement.hull()::intersect).orElse(agreement.hull());
    if (known.isEmpty()) {
      return disrupted(
          Cause.SOURCE_STEPPED, "the sources contradict what they said before", falsetickers);
    }
    certain = known;
    if (2 * agreement.coverage() <= reachable.size()) {
      return withoutEstimate(noMajority(reachable, agreement), falsetickers);
    }
    status = new SyncStatus(State.SYNCHRONIZED, "");
    List<Source> agreeing = pick(reachable, agreement.agreeing());
    ClockEstimate estimate = Combination.of(agreeing, known);
    return new Outcome(Optional.of(estimate), status, falsetickers, peers(agreeing), Map.of());
  }

  private Outcome withoutEstimate(SyncStatus next, List<PeerId> falsetickers) {
    status = next;
    return Outcome.without(status, falsetickers);
  }

  private Outcome disrupted(Cause cause, String reason, List<PeerId> falsetickers) {
    certain = null;
    withoutBounds = State.DISRUPTED;
    return withoutEstimate(new SyncStatus(withoutBounds, cause, reason), falsetickers);
  }

  private State state() {
    return certain == null ? withoutBounds : State.HOLDOVER;
  }

  private SyncStatus tooFew(List<Source> reachable) {
    int faults = faultsTolerated();
    String reason =
        reachable.size()
            + " of "
            + sources.size()
            + " sources answer; to tolerate "
            + faults
            + (faults == 1 ? " false one it takes " : " false ones it takes ")
            + (faults + 1);
    return new SyncStatus(
        state(), reachable.isEmpty() ? Cause.NO_REPLY : Cause.TOO_FEW_SOURCES, reason);
  }

  private SyncStatus noMajority(List<Source> reachable, Agreement agreement) {
    List<Source> others = new ArrayList<>(reachable);
    List<Source> group = pick(reachable, agreement.agreeing());
    others.removeAll(group);
    String reason =
        "no majority: at most "
            + agreement.coverage()
            + " of "
            + reachable.size()
            + " sources agree, among "
            + peers(group)
            + ", against "
            + peers(others);
    return new SyncStatus(state(), Cause.NO_MAJORITY, List.of(peers(group), peers(others)), reason);
  }

  private static void add(List<PeerId> falsetickers, List<Source> found) {
    for (PeerId peer : peers(found)) {
      if (!falsetickers.contains(peer)) {
        falsetickers.add(peer);
      }
    }
  }

  private static List<PeerId> peers(List<Source> sources) {
    return sources.stream().map(Source::peer).toList();
  }

  private static List<Source> pick(List<Source> sources, List<Integer> indices) {
    return indices.stream().map(sources::get).toList();
  }

  private List<Source> reachable() {
    return sources.values().stream().filter(Source::isReachable).toList();
  }

  private Source source(PeerId peer) {
    Source source = sources.get(peer);
    if (source == null) {
      throw new IllegalArgumentException("none of the sources: " + peer);
    }
    return source;
  }
}
