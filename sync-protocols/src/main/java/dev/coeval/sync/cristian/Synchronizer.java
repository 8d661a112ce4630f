package dev.coeval.sync.cristian;

import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.Ensemble;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.discipline.SuspendDetector;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From readings to reports: what the ensemble makes of them, and how the client stands. */
final class Synchronizer {
  private final Ensemble ensemble;
  private final SuspendDetector suspends;
  private final List<ServerPoll> polls;
  private final Set<PeerId> falsetickers = new HashSet<>();
  private SyncStatus status;
  private @Nullable ClockEstimate estimate;

  Synchronizer(EnsembleConfig config, List<ServerPoll> polls) {
    this.ensemble = new Ensemble(config);
    this.suspends =
        new SuspendDetector(
            config.local().driftBoundPpb(), SuspendDetector.DEFAULT_THRESHOLD_NANOS);
    this.polls = polls;
    this.status = ensemble.status();
  }

  /** Looks at the reading of an event, before the event; true if all that was known is void. */
  boolean watch(List<Action> out, ClockReading now) {
    OptionalLong jump = suspends.observe(now);
    if (jump.isEmpty()) {
      return false;
    }
    String reason = "wall clock and ticks have parted by " + jump.getAsLong() + " ns";
    Cause cause = jump.getAsLong() > 0 ? Cause.SUSPENDED : Cause.WALL_STEPPED;
    settle(out, ensemble.disrupt(cause, reason), now.tickNanos());
    return true;
  }

  /** Takes in a good reading; true if what was known before it turned out to be void. */
  boolean accept(List<Action> out, ServerPoll poll, Measurement measurement) {
    publish(out, measurement);
    poll.succeed(measurement.receivedTickNanos()).forEach(ensemble::add);
    return settle(out, ensemble.add(measurement), measurement.receivedTickNanos());
  }

  /** Takes in a reading that is true but coarse; true as for a good one. */
  boolean acceptCoarse(List<Action> out, ServerPoll poll, Measurement measurement) {
    if (!poll.hasRapport()) {
      poll.hold(measurement);
      return false;
    }
    poll.hear(measurement.receivedTickNanos());
    return settle(out, ensemble.add(measurement), measurement.receivedTickNanos());
  }

  /** A synchronization with a server has failed. */
  void miss(List<Action> out, ServerPoll poll, ClockReading now) {
    if (!poll.wasHeard()) {
      settle(out, ensemble.missed(poll.server, now), now.tickNanos());
    }
  }

  /** The largest error of the last estimate's point; 0 before the first. */
  long errorNanos() {
    ClockEstimate last = estimate;
    return last == null ? 0 : last.bounds().errorNanosOf(last.epochNanos());
  }

  private boolean settle(List<Action> out, Ensemble.Outcome outcome, long tick) {
    outcome
        .estimate()
        .ifPresent(
            next -> {
              estimate = next;
              publish(out, new Disciplined(next));
              falsetickers.retainAll(outcome.falsetickers());
            });
    for (PeerId peer : outcome.falsetickers()) {
      if (falsetickers.add(peer)) {
        publish(out, new Rejected(peer, Rejection.INCONSISTENT));
      }
    }
    SyncStatus before = status;
    status = outcome.status();
    if (!status.equals(before)) {
      publish(out, status.withReason(status.reason() + silences(tick)));
    }
    return status.state() == State.DISRUPTED && before.state() != State.DISRUPTED;
  }

  /** Who has been silent, and for how long. */
  private String silences(long tick) {
    if (status.state() == State.SYNCHRONIZED) {
      return "";
    }
    return polls.stream()
        .filter(poll -> poll.silences() > 0)
        .map(
            poll ->
                "; no reading of %s for %d synchronizations, %.1f s"
                    .formatted(poll.server, poll.silences(), poll.silentNanos(tick) / 1e9))
        .collect(Collectors.joining());
  }

  private static void publish(List<Action> out, Report report) {
    out.add(new Action.Publish(report));
  }
}
