package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.BerkeleyCodec.Received;
import dev.coeval.sync.berkeley.ClockSeen.Pace;
import dev.coeval.sync.berkeley.Message.Correction;
import dev.coeval.sync.berkeley.Message.Poll;
import dev.coeval.sync.berkeley.Message.Reply;
import dev.coeval.sync.berkeley.Message.Stamps;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A member's part of the rounds of one term: it answers polls, and takes one correction a round.
 *
 * <p>It keeps its reading of every poll that it answered in this round. A correction names one of
 * them by its nonce and repeats the reading, so it means the same whenever it arrives; once a
 * correction was taken, or a later round has begun, there is nothing left that it could name.
 */
final class Membership {
  private final long memberId;
  private final Helm helm;
  private final Outbox outbox;
  private final Map<Long, Reading> readings = new HashMap<>();
  private Term term = Term.NONE;
  private long round;
  private boolean corrected;

  private record Reading(long tick, long epochNanos) {}

  Membership(long memberId, Helm helm, Outbox outbox) {
    this.memberId = memberId;
    this.helm = helm;
    this.outbox = outbox;
  }

  /** Answers a poll of a term that this node accepts; false if it is refused. */
  boolean answer(long receivedTick, PeerId from, Received request, Poll poll) {
    if (!poll.term().equals(term) || poll.round() > round) {
      begin(poll.term(), poll.round());
    }
    if (poll.round() < round || corrected || readings.containsKey(request.nonce())) {
      outbox.reject(from, Rejection.STALE);
      return false;
    }
    if (readings.size() >= RoundConfig.MAX_POLLS) {
      outbox.reject(from, Rejection.LIMIT_REACHED);
      return false;
    }
    long reading = helm.readAt(receivedTick);
    if (Math.abs((double) reading) > BerkeleyCodec.MAX_EPOCH_NANOS) {
      return false;
    }
    readings.put(request.nonce(), new Reading(receivedTick, reading));
    Pace pace = helm.pace();
    Stamps stamps = new Stamps(reading, reading);
    outbox.reply(
        from, new Reply(term, round, memberId, stamps, pace.boundPpb(), pace.settled()), request);
    return true;
  }

  /** The reading that a correction is about, at most once a round; empty if it is refused. */
  Optional<Helm.Told> accept(PeerId from, Received received, Correction correction) {
    if (!correction.term().equals(term) || correction.round() != round || corrected) {
      outbox.reject(from, Rejection.STALE);
      return Optional.empty();
    }
    Reading reading = readings.get(received.nonce());
    if (reading == null || reading.epochNanos != correction.readingEpochNanos()) {
      outbox.reject(from, Rejection.WRONG_NONCE);
      return Optional.empty();
    }
    corrected = true;
    readings.clear();
    return Optional.of(
        new Helm.Told(term, correction.difference(), reading.tick, reading.epochNanos));
  }

  /** Takes no correction of this round any more. */
  void forget() {
    corrected = true;
    readings.clear();
  }

  private void begin(Term newTerm, long newRound) {
    term = newTerm;
    round = newRound;
    corrected = false;
    readings.clear();
  }
}
