package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Action;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Publishes how the machine stands, when that changes. */
final class StatusVoice {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Associations associations;
  private SyncStatus published;

  StatusVoice(Associations associations, SyncStatus first) {
    this.associations = associations;
    this.published = first;
  }

  /**
   * Publishes a status that is news: another state or another cause, whatever the words. As long as
   * some sources have not had the time to answer for the first time, nothing is said of too few or
   * of a majority that is lacking.
   */
  void publish(SyncStatus status, boolean isLeapDivided, long tick, List<Action> actions) {
    SyncStatus next =
        isLeapDivided && status.state() == SyncStatus.State.SYNCHRONIZED
            ? new SyncStatus(
                status.state(), Cause.LEAP_UNKNOWN, "not all agree on whether a leap second comes")
            : status;
    boolean isEarly =
        (next.cause() == Cause.NO_MAJORITY || next.cause() == Cause.TOO_FEW_SOURCES)
            && next.state() == SyncStatus.State.UNSYNCHRONIZED
            && !associations.allHadTheirChance();
    boolean isNews = next.state() != published.state() || next.cause() != published.cause();
    if (isNews && !isEarly) {
      published = next;
      actions.add(new Action.Publish(withSilence(next, tick)));
    }
  }

  /** Says again, with the silent sources named, that nothing is known. */
  void repeatIfNever(long tick, List<Action> actions) {
    if (published.state() == SyncStatus.State.UNSYNCHRONIZED) {
      actions.add(new Action.Publish(withSilence(published, tick)));
    }
  }

  /** Says who is silent, and for how long, where that may be the reason. */
  private SyncStatus withSilence(SyncStatus status, long tick) {
    String silent =
        associations.all().stream()
            .filter(a -> !a.isReachable() && a.misses() > 0)
            .map(a -> describe(a, tick))
            .collect(Collectors.joining(", "));
    return status.state() == SyncStatus.State.SYNCHRONIZED || silent.isEmpty()
        ? status
        : status.withReason(status.reason() + "; silent: " + silent);
  }

  static String describe(Association association, long tick) {
    String why =
        switch (association.silence()) {
          case KISS_DENY -> " (it denied service)";
          case AUTHENTICATION_FAILED -> " (what came from it was not authentic)";
          default -> "";
        };
    return association.peer() + " for " + seconds(association.silentNanos(tick)) + why;
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.3f s", nanos / NANOS_PER_SECOND);
  }
}
