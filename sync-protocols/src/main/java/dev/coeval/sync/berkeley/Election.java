package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.BerkeleyCodec.Received;
import dev.coeval.sync.berkeley.Message.Elect;
import dev.coeval.sync.berkeley.Message.Vote;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How a group without a coordinator gets one, after TEMPO's election: whoever first misses it asks
 * all others; who hears a coordinator, or stands for a better term, refuses. One refusal ends a
 * candidacy, and so does it that nobody agrees: a node that is cut off stays a candidate and does
 * not lead itself. A voter agrees to one candidate for each number.
 */
final class Election {
  private final long ownId;
  private final Outbox outbox;
  private final Map<Long, PeerId> asked = new HashMap<>();
  private Term highest = Term.NONE;
  private Term granted = Term.NONE;
  private Term proposal = Term.NONE;
  private int votes;
  private boolean refused;

  Election(long ownId, Outbox outbox) {
    this.ownId = ownId;
    this.outbox = outbox;
  }

  /** A term was heard of; proposals go beyond the highest. */
  void heardOf(Term term) {
    if (term.outranks(highest)) {
      highest = term;
    }
  }

  Term proposal() {
    return proposal;
  }

  boolean isOpen() {
    return !asked.isEmpty();
  }

  /** Stands for the next term; false if nobody is known to ask, or no number is left. */
  boolean stand(Collection<PeerId> others) {
    close();
    if (others.isEmpty() || highest.number() >= Term.MAX_NUMBER) {
      return false;
    }
    proposal = new Term(highest.number() + 1, ownId);
    if (granted.number() == proposal.number() && granted.coordinatorId() != ownId) {
      proposal = new Term(Math.min(Term.MAX_NUMBER, proposal.number() + 1), ownId);
    }
    granted = proposal;
    for (PeerId other : others) {
      long nonce = outbox.random().nextLong();
      asked.put(nonce, other);
      outbox.send(other, new Elect(proposal), nonce);
    }
    return true;
  }

  /** Takes a vote. */
  void onVote(PeerId from, Received received, Vote vote) {
    if (!from.equals(asked.get(received.nonce()))) {
      outbox.reject(from, Rejection.UNREQUESTED);
      return;
    }
    asked.remove(received.nonce());
    heardOf(vote.term());
    if (vote.granted()) {
      votes++;
    } else {
      refused = true;
    }
  }

  boolean isRefused() {
    return refused;
  }

  /** Ends a candidacy: whether it was won. */
  boolean close() {
    boolean won = votes > 0 && !refused;
    asked.clear();
    votes = 0;
    refused = false;
    return won;
  }

  /** Answers a candidate; true if its term is agreed to. */
  boolean vote(PeerId from, Received request, Elect elect, boolean content) {
    boolean agreed = !content && isAcceptable(elect.term());
    if (agreed) {
      granted = elect.term();
    }
    Term known = granted.number() > highest.number() && !agreed ? granted : highest;
    outbox.reply(from, new Vote(known, agreed), request);
    return agreed;
  }

  /** A term not yet voted in, or the same again; against one's own candidacy, if it outranks. */
  private boolean isAcceptable(Term term) {
    if (term.number() <= highest.number()) {
      return false;
    }
    boolean own = granted.coordinatorId() == ownId;
    return term.number() > granted.number()
        || term.equals(granted)
        || (own && isOpen() && term.outranks(granted));
  }
}
