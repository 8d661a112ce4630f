package dev.coeval.sync.ntp;

import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejected;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.exchange.Reply;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When which source is asked, and what becomes of requests that bring no time (RFC 5905 section
 * 13).
 *
 * <p>Requests to different sources are kept apart, so that they do not wait for each other on the
 * way out.
 */
final class Poller {
  private static final int POLL = 0;
  private static final int TIMEOUT = 1;

  /** Requests to different sources leave so far apart, where intervals are long enough. */
  private static final long SEPARATION_NANOS = 200_000_000L;

  private final int missesAllowed;
  private final Associations associations;
  private final SystemProcess system;
  private long sequence;
  private long lastSendTick;
  private boolean hasSent;

  Poller(int missesAllowed, Associations associations, SystemProcess system) {
    this.missesAllowed = missesAllowed;
    this.associations = associations;
    this.system = system;
  }

  /** The first request, as soon as there is room for it. */
  void begin(Association association, ClockReading now, List<Action> actions) {
    association.begin(now.tickNanos());
    poll(association, now, actions);
  }

  /** All sources are asked anew, as soon as there is room. */
  void restart(ClockReading now, List<Action> actions) {
    hasSent = false;
    for (Association association : associations.all()) {
      if (!association.isDenied()) {
        association.pollAt(now.tickNanos());
        poll(association, now, actions);
      }
    }
  }

  void onTimer(ClockReading now, TimerId timer, List<Action> actions) {
    Association association = associations.at(timer.index());
    if (association == null || association.isDenied()) {
      return;
    }
    long tick = now.tickNanos();
    if (timer.kind() == POLL) {
      if (tick - association.nextPollTick() >= 0) {
        poll(association, now, actions);
      } else {
        schedule(association, association.nextPollTick(), actions); // its timer has fired early
      }
    } else if (timer.kind() == TIMEOUT && tick - association.deadlineTick() >= 0) {
      expire(association, now, actions);
    }
  }

  /** A source has answered: its request is not waited for any more. */
  void answered(Association association, List<Action> actions) {
    actions.add(new Action.CancelTimer(timer(TIMEOUT, association)));
  }

  /** An exchange was good: perhaps the burst is over by that. */
  void good(Association association, List<Action> actions) {
    if (association.poll().good()) {
      schedule(association, association.requestTick() + association.poll().untilNext(), actions);
    }
  }

  /** A source has answered, and gives no time. */
  void refused(
      Association association, Reply.Refused refused, ClockReading now, List<Action> actions) {
    publish(actions, new Rejected(association.peer(), refused.reason()));
    if (!refused.kiss().isEmpty()) {
      publish(actions, new KissReceived(association.peer(), refused.kiss()));
    }
    if (refused.reason() == Rejection.KISS_DENY) {
      deny(association, now, actions);
      return;
    }
    Cause cause = causeOf(refused.reason());
    if (cause != null) {
      association.refused(cause);
      system.leaveOut(association, cause, now, actions);
    }
    lose(association, now, actions);
    if (refused.reason() == Rejection.KISS_RATE) {
      long pause = association.poll().rate(refused.packet().quality().poll());
      schedule(association, now.tickNanos() + pause, actions);
    }
  }

  /** Why the source itself, and not only this answer of it, is of no use. */
  private static @Nullable Cause causeOf(Rejection reason) {
    return switch (reason) {
      case PEER_UNSYNCHRONIZED -> Cause.PEER_UNSYNCHRONIZED;
      case DISTANCE_TOO_LARGE -> Cause.DISTANCE_TOO_LARGE;
      default -> null;
    };
  }

  /** Answers a peer that has come by itself, now. */
  void answer(Association association, ClockReading now, List<Action> actions) {
    association.begin(now.tickNanos());
    send(association, now, actions);
  }

  void drop(Association association, List<Action> actions) {
    actions.add(new Action.CancelTimer(timer(POLL, association)));
    actions.add(new Action.CancelTimer(timer(TIMEOUT, association)));
  }

  private void poll(Association association, ClockReading now, List<Action> actions) {
    long free = lastSendTick + separation();
    if (!association.takeTurn() && hasSent && now.tickNanos() - free < 0) {
      schedule(association, free, actions);
      association.giveTurn();
      lastSendTick = free;
      return;
    }
    if (association.isOverdue(now.tickNanos())) {
      expire(association, now, actions);
      if (associations.at(association.index()) == null) {
        return; // it was passive, and is gone
      }
    }
    if (association.dialogue().isAsking(now.tickNanos())) {
      send(association, now, actions);
    } else {
      long interval = association.poll().afterRequest();
      schedule(association, now.tickNanos() + interval, actions);
    }
  }

  private void send(Association association, ClockReading now, List<Action> actions) {
    long tick = now.tickNanos();
    sequence++;
    lastSendTick = hasSent ? Math.max(lastSendTick, tick) : tick;
    hasSent = true;
    association.dialogue().pollEvery(association.poll().exponent());
    ByteBuffer request = association.dialogue().next(sequence, now);
    actions.add(
        new Action.Send(association.peer(), request, new SendId(NtpClient.OWNER, sequence)));
    association.requested(tick);
    schedule(association, tick + association.poll().afterRequest(), actions);
    if (!association.isSymmetric()) {
      actions.add(new Action.SetTimer(timer(TIMEOUT, association), association.deadlineTick()));
    }
  }

  private void schedule(Association association, long tick, List<Action> actions) {
    association.pollAt(tick);
    actions.add(new Action.SetTimer(timer(POLL, association), tick));
  }

  /** The source wants no more requests: it gets none, and has no vote any more. */
  private void deny(Association association, ClockReading now, List<Action> actions) {
    association.deny();
    drop(association, actions);
    for (int i = 0; i < missesAllowed; i++) {
      miss(association, now, actions);
    }
  }

  private void expire(Association association, ClockReading now, List<Action> actions) {
    if (association.isOverdue(now.tickNanos())) {
      association.dialogue().close();
      lose(association, now, actions);
    }
  }

  private void lose(Association association, ClockReading now, List<Action> actions) {
    if (association.poll().lost()) {
      miss(association, now, actions);
    }
  }

  private void miss(Association association, ClockReading now, List<Action> actions) {
    long tick = now.tickNanos();
    boolean isNews = association.missed(tick, missesAllowed);
    if (isNews) {
      long silentNanos = association.silentNanos(tick);
      PeerId peer = association.peer();
      publish(actions, new ServerReachability(peer, false, association.misses(), silentNanos));
    }
    long soon = tick + association.poll().untilNext();
    if (!association.isDenied() && soon - association.nextPollTick() < 0) {
      schedule(association, soon, actions);
    }
    system.missed(association, isNews, now, actions);
    if (isNews && association.isPassive()) {
      associations.remove(association);
      drop(association, actions);
      system.dismiss(association.peer(), tick, actions);
    }
  }

  /** Within the shortest interval there is room for all sources. */
  private long separation() {
    long shortest = Long.MAX_VALUE;
    for (Association each : associations.all()) {
      NtpPolling polling = each.config().polling();
      shortest = Math.min(shortest, polling.minNanos());
      shortest = Math.min(shortest, burstInterval(polling.initial()));
      shortest = Math.min(shortest, burstInterval(polling.each()));
    }
    return Math.min(SEPARATION_NANOS, shortest / (associations.size() + 1));
  }

  private static long burstInterval(Burst burst) {
    return burst.isBurst() ? burst.intervalNanos() : Long.MAX_VALUE;
  }

  private static TimerId timer(int kind, Association association) {
    return new TimerId(NtpClient.OWNER, kind, association.index());
  }

  private static void publish(List<Action> actions, dev.coeval.sync.machine.Report report) {
    actions.add(new Action.Publish(report));
  }
}
