package dev.coeval.causal;

import dev.coeval.causal.LogFinding.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Examines a log.
 *
 * <p>Stamps are those of some causal history exactly if along each process they grow by one in its
 * own entry and never shrink in another, if whatever counts an event counts the past of that event,
 * and if no two events count each other. Each of these is looked at where it can first fail: with
 * the latest recorded event of every process that a stamp counts. Used once.
 */
final class LogCheck {

  private final CausalLog log;
  private final List<LogFinding> findings = new ArrayList<>();

  LogCheck(CausalLog log) {
    this.log = log;
  }

  List<LogFinding> findings() {
    for (String actor : log.actors()) {
      CausalEvent previous = null;
      for (CausalEvent event : log.events(actor)) {
        checkPlace(event, previous);
        checkCauses(event);
        previous = event;
      }
    }
    return List.copyOf(findings);
  }

  private void checkPlace(CausalEvent event, @Nullable CausalEvent previous) {
    long before = previous == null ? 0 : previous.sequence();
    if (event.sequence() == before) {
      add(Kind.SAME_NUMBER, event, "another event has the number " + before);
      return;
    }
    if (event.sequence() > before + 1) {
      add(Kind.MISSING_BEFORE, event, "the one before it has the number " + before);
    }
    if (previous != null && !counts(event, previous)) {
      add(Kind.FORGETS_OWN_PAST, event, "the one before it has " + previous.stamp());
    }
  }

  private void checkCauses(CausalEvent event) {
    event
        .stamp()
        .forEach(
            (actor, count) -> {
              if (!actor.equals(event.actor())) {
                checkCause(event, actor, count);
              }
            });
  }

  private void checkCause(CausalEvent event, String actor, long count) {
    List<CausalEvent> events = log.events(actor);
    if (events.isEmpty() || events.get(events.size() - 1).sequence() < count) {
      add(Kind.MISSING_CAUSE, event, "no event " + count + " of " + actor);
    }
    CausalEvent cause = log.latest(actor, count);
    if (cause == null) {
      return;
    }
    if (cause.stamp().count(event.actor()) >= event.sequence()) {
      add(Kind.CAUSES_ITSELF, event, "counted by its cause, " + actor + " " + cause.stamp());
    } else if (!counts(event, cause)) {
      add(Kind.FORGETS_PAST_OF_CAUSE, event, "its cause is " + actor + " " + cause.stamp());
    }
  }

  /** Whether an event counts whatever another one counts. */
  private static boolean counts(CausalEvent event, CausalEvent other) {
    return other.stamp().relationTo(event.stamp()).isBeforeOrEqual();
  }

  private void add(Kind kind, CausalEvent event, String detail) {
    findings.add(new LogFinding(kind, event, event.actor() + " " + event.stamp() + ": " + detail));
  }
}
