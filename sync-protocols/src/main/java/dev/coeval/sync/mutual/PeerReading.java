package dev.coeval.sync.mutual;

import dev.coeval.sync.filter.DirectionalMinima;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.OffsetEstimate;
import java.util.Optional;

/** The exchanges with one peer in one round. Its memory is fixed. */
final class PeerReading {
  private final PeerId peer;
  private final int repliesWanted;
  private final long relativeDriftPpb;
  private final DirectionalMinima minima;
  private final long[] nonces;
  private final long[] sentTicks;
  private final long[] sequences;
  private final boolean[] open;
  private int polls;
  private boolean settled;

  /** Both clocks' paces age what was read: the relative drift. */
  PeerReading(PeerId peer, int repliesWanted, int maxPolls, long relativeDriftPpb) {
    this.peer = peer;
    this.repliesWanted = repliesWanted;
    this.relativeDriftPpb = relativeDriftPpb;
    this.minima = new DirectionalMinima(repliesWanted, 0, relativeDriftPpb);
    this.nonces = new long[maxPolls];
    this.sentTicks = new long[maxPolls];
    this.sequences = new long[maxPolls];
    this.open = new boolean[maxPolls];
  }

  PeerId peer() {
    return peer;
  }

  /** A new round: nothing is open, nothing read. */
  void clear() {
    for (int i = 0; i < polls; i++) {
      open[i] = false;
    }
    polls = 0;
    minima.clear();
    settled = true;
  }

  void polled(long nonce, long sequence, long tick) {
    nonces[polls] = nonce;
    sequences[polls] = sequence;
    sentTicks[polls] = tick;
    open[polls++] = true;
  }

  /** A request has left, not before this tick. */
  void left(long sequence, long tick) {
    for (int i = 0; i < polls; i++) {
      if (open[i] && sequences[i] == sequence) {
        sentTicks[i] = Math.max(sentTicks[i], tick);
      }
    }
  }

  boolean mayPoll() {
    return polls < nonces.length && !isComplete();
  }

  boolean isComplete() {
    return minima.size() >= repliesWanted;
  }

  boolean isRead() {
    return minima.size() > 0;
  }

  boolean isOpen(long nonce) {
    return indexOf(nonce) >= 0;
  }

  /** Closes a request that is open; empty if its answer cannot be true. */
  Optional<Measurement> answered(ReadingCodec.Reading reading, long receivedTick) {
    int index = indexOf(reading.read().nonce());
    open[index] = false;
    Measurement measurement =
        new Measurement(
            peer,
            sentTicks[index],
            reading.receivedEpochNanos(),
            reading.sentEpochNanos(),
            receivedTick,
            Measurement.Root.EXACT);
    if (!isPossible(measurement)) {
      return Optional.empty();
    }
    minima.add(measurement);
    settled &= reading.isSettled();
    return Optional.of(measurement);
  }

  /** Whether the peer has promised its pace in every answer. */
  boolean isSettled() {
    return settled && isRead();
  }

  /** What is certain of the peer's clock, minus local ticks. */
  OffsetBounds boundsAt(long tick) {
    return minima.boundsAt(tick);
  }

  /** What is likely. */
  Optional<OffsetEstimate> estimateAt(long tick) {
    return minima.estimateAt(tick, 0);
  }

  private boolean isPossible(Measurement measurement) {
    return measurement.isInRange()
        && measurement.peerSentEpochNanos() >= measurement.peerReceivedEpochNanos()
        && measurement.roundTripNanos() >= 0
        && !measurement.bounds(0, relativeDriftPpb).isEmpty();
  }

  private int indexOf(long nonce) {
    for (int i = 0; i < polls; i++) {
      if (open[i] && nonces[i] == nonce) {
        return i;
      }
    }
    return -1;
  }
}
