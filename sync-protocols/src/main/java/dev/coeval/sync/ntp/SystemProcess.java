package dev.coeval.sync.ntp;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.Ensemble;
import dev.coeval.sync.discipline.LeapAnnounced;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.time.BoundedInstant;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all sources together tell of the time, and what this node says of its own (RFC 5905 section
 * 11).
 */
final class SystemProcess {
  private final NtpConfig config;
  private final NtpNode node;
  private final Associations associations;
  private final Ensemble ensemble;
  private final LoopCheck loops;
  private final OrphanWatch orphans;
  private final LeapWatch leaps = new LeapWatch();
  private final SmearWatch smears = new SmearWatch();
  private final SystemVoice voice;
  private final StatusVoice statuses;
  private List<PeerId> falsetickers = List.of();
  private List<PeerId> selected = List.of();
  private boolean isLeapDivided;
  private boolean isStopped;
  private boolean wasDisrupted;
  private @Nullable ClockEstimate standing;

  SystemProcess(NtpConfig config, NtpNode node, Associations associations, RandomGenerator random) {
    this.config = config;
    this.node = node;
    this.associations = associations;
    this.ensemble = new Ensemble(config.ensemble());
    this.voice = new SystemVoice(node, associations, random);
    this.statuses = new StatusVoice(associations, ensemble.status());
    this.loops = new LoopCheck(node.addresses(), node.reference().orElse(voice.time()));
    int ownId = loops.ownIds().stream().min(Integer::compareUnsigned).orElseGet(random::nextInt);
    this.orphans = new OrphanWatch(config.local().orphan(), ownId);
  }

  /**
   * Why a good answer is not used.
   *
   * @param rejection for those who count
   * @param cause for the ensemble
   */
  private record Unfit(Rejection rejection, Cause cause) {}

  void begin(long tick, List<Action> actions) {
    publish(actions, ensemble.status());
    orphans.begin(tick);
    settle(tick, actions);
  }

  NodeTime time() {
    return voice.time();
  }

  @Nullable ClockEstimate standing() {
    return standing;
  }

  void admit(SourceConfig source) {
    ensemble.admit(source.peer(), source.options());
  }

  void dismiss(PeerId peer, long tick, List<Action> actions) {
    ensemble.dismiss(peer);
    selected = selected.stream().filter(each -> !each.equals(peer)).toList();
    settle(tick, actions);
  }

  /** Whether what a source says of itself lets its time be used; if not, it is left out. */
  boolean admits(Association from, NtpPacket packet, ClockReading now, List<Action> actions) {
    if (orphans.settle(associations.members(), now.tickNanos())) {
      dropOrphans(now, actions);
    }
    Unfit unfit = judge(from, packet);
    if (unfit == null) {
      return true;
    }
    publish(actions, new Rejected(from.peer(), unfit.rejection));
    leaveOut(from, unfit.cause, now, actions);
    return false;
  }

  private @Nullable Unfit judge(Association from, NtpPacket packet) {
    if (loops.isLoop(packet)) {
      return new Unfit(Rejection.LOOP, Cause.LOOP);
    }
    int stratum = packet.quality().stratum();
    if (from.gates().judgeStratum(stratum) != null) {
      return new Unfit(Rejection.STRATUM, Cause.STRATUM);
    }
    if (!orphans.mayFollow(from.peer(), stratum)) {
      return new Unfit(Rejection.STRATUM, Cause.NOT_PREFERRED);
    }
    if (smears.isOfOtherKind(from, associations.all(), leaps)) {
      return new Unfit(Rejection.SMEAR_MIXED, Cause.SMEAR_MIXED);
    }
    return null;
  }

  /** A source is of no use for now, though it answers. */
  void leaveOut(Association source, Cause cause, ClockReading now, List<Action> actions) {
    accuseUseless(source, cause, actions);
    take(ensemble.exclude(source.peer(), cause, now), now.tickNanos(), actions);
  }

  /** An exchange was of no use; if that goes on, the owner is told. */
  void accuseUseless(Association source, Cause cause, List<Action> actions) {
    if (Usefulness.isFault(cause) && source.usefulness().useless()) {
      publish(actions, new SourceUnfit(source.peer(), cause, "of no use for long: " + cause));
    }
  }

  /** Whether a leap second makes the stamps of an exchange ambiguous. */
  boolean isNearLeap(Measurement measurement) {
    return leaps.isNear(measurement);
  }

  /** Takes in an exchange that passed all gates. */
  void add(Association from, Measurement measurement, ClockReading now, List<Action> actions) {
    NtpPacket packet = from.lastPacket();
    ensemble.setStratum(from.peer(), packet == null ? 0 : packet.quality().stratum());
    Ensemble.Outcome outcome = ensemble.add(measurement);
    accuse(outcome.falsetickers(), actions);
    Cause cause = outcome.excluded().getOrDefault(from.peer(), Cause.NONE);
    boolean isFalse = outcome.falsetickers().contains(from.peer());
    if (isFalse || Usefulness.isFault(cause)) {
      accuseUseless(from, isFalse ? Cause.FALSETICKER : cause, actions);
    } else {
      from.usefulness().useful();
    }
    take(outcome, now.tickNanos(), actions);
  }

  /** A poll of a source has failed. */
  void missed(Association source, boolean isLost, ClockReading now, List<Action> actions) {
    Ensemble.Outcome outcome = ensemble.missed(source.peer(), now);
    Cause cause = source.silence();
    if (isLost && cause != Cause.NO_REPLY) {
      outcome = ensemble.exclude(source.peer(), cause, now);
    }
    if (isLost && source.usefulness().tell()) {
      String reason = StatusVoice.describe(source, now.tickNanos());
      publish(actions, new SourceUnfit(source.peer(), cause, "silent: " + reason));
    }
    take(outcome, now.tickNanos(), actions);
    if (isLost && cause == Cause.NO_REPLY) {
      statuses.repeatIfNever(now.tickNanos(), actions); // nobody has ever answered: say so
    }
  }

  /** What was known cannot be trusted any more. */
  void disrupt(Cause cause, String reason, long tick, List<Action> actions) {
    standing = null;
    take(ensemble.disrupt(cause, reason), tick, actions);
  }

  /** Before an event: a leap second may have passed since the last one. */
  void pass(long tick, List<Action> actions) {
    ClockEstimate known = standing;
    if (known == null) {
      return;
    }
    long epoch = epochNanosAt(known, tick);
    leaps.passed(epoch).ifPresent(leap -> shift(leap, tick, actions));
    if (!leaps.isSmearing(epoch)) {
      smears.forget();
    }
  }

  private void shift(LeapSecond leap, long tick, List<Action> actions) {
    ensemble.shift(-leap.shiftNanos());
    associations.all().forEach(Association::forgetSamples);
    ClockEstimate known = Objects.requireNonNull(standing);
    standing =
        new ClockEstimate(
            known.tickNanos(),
            known.epochNanos() - leap.shiftNanos(),
            known.frequency(),
            known.statisticalErrorNanos(),
            shifted(known.bounds(), -leap.shiftNanos()));
    settle(tick, actions);
  }

  private void dropOrphans(ClockReading now, List<Action> actions) {
    for (Association each : associations.all()) {
      NtpPacket packet = each.lastPacket();
      if (packet != null && !orphans.mayFollow(each.peer(), packet.quality().stratum())) {
        take(ensemble.exclude(each.peer(), Cause.NOT_PREFERRED, now), now.tickNanos(), actions);
      }
    }
  }

  /** Names the servers that were not found to be false at the last exchange. */
  private void accuse(List<PeerId> found, List<Action> actions) {
    for (PeerId peer : found) {
      if (!falsetickers.contains(peer)) {
        publish(actions, new Rejected(peer, Rejection.INCONSISTENT));
      }
    }
    falsetickers = found;
  }

  private void take(Ensemble.Outcome outcome, long tick, List<Action> actions) {
    if (outcome.estimate().isPresent()) {
      standing = outcome.estimate().get();
      selected = outcome.selected();
      if (!config.local().isObserving()) {
        publish(actions, new Disciplined(standing));
      }
    }
    boolean isDisrupted = outcome.status().state() == SyncStatus.State.DISRUPTED;
    if (isDisrupted && !wasDisrupted) {
      associations.all().forEach(Association::startOver);
    }
    wasDisrupted = isDisrupted;
    vote(tick, actions);
    statuses.publish(outcome.status(), isLeapDivided, tick, actions);
    settle(tick, actions);
    if (ensemble.isPanicked() && !isStopped) {
      isStopped = true;
      actions.add(new Action.Stop("panic: " + outcome.status().reason()));
    }
  }

  private void vote(long tick, List<Action> actions) {
    ClockEstimate known = standing;
    if (known == null || config.local().isObserving()) {
      return;
    }
    List<Integer> indicators = new ArrayList<>();
    for (PeerId peer : selected) {
      Association source = associations.of(peer);
      NtpPacket packet = source == null ? null : source.lastPacket();
      if (packet != null) {
        indicators.add(packet.kind().leap());
      }
    }
    long epoch = epochNanosAt(known, tick);
    LeapVotes votes =
        SmearWatch.isSmearFollowed(associations.all())
            ? LeapVotes.NONE
            : LeapVotes.count(node.leaps().orElse(null), indicators, epoch);
    isLeapDivided = votes.isDivided();
    if (leaps.vote(votes, epoch)) {
      publish(actions, new LeapAnnounced(leaps.pending()));
    }
  }

  /** Says anew what this node says of its time, if that is something else by now. */
  void settle(long tick, List<Action> actions) {
    orphans.settle(associations.members(), tick);
    if (config.local().isObserving()) {
      return;
    }
    SyncStatus.State state = ensemble.status().state();
    boolean isKnown = state == SyncStatus.State.SYNCHRONIZED || state == SyncStatus.State.HOLDOVER;
    if (orphans.role() == OrphanWatch.Role.LEADING) {
      voice.lead(orphans.stratum(), tick, actions);
    } else if (isKnown && standing != null) {
      boolean isOrphan = orphans.role() == OrphanWatch.Role.FOLLOWING;
      voice.follow(
          new SystemVoice.Following(standing, selected, leaps.pending(), isOrphan), tick, actions);
    } else {
      voice.fallSilent(tick, actions);
    }
  }

  private static BoundedInstant shifted(BoundedInstant bounds, long nanos) {
    return bounds.isBounded()
        ? new BoundedInstant(bounds.earliestEpochNanos() + nanos, bounds.latestEpochNanos() + nanos)
        : bounds;
  }

  private static long epochNanosAt(ClockEstimate known, long tick) {
    long age = tick - known.tickNanos();
    return known.epochNanos() + age + Math.round(age * known.frequency());
  }

  private static void publish(List<Action> actions, dev.coeval.sync.machine.Report report) {
    actions.add(new Action.Publish(Objects.requireNonNull(report)));
  }
}
