package dev.coeval.sync.berkeley;

import dev.coeval.sync.machine.PeerId;

/** What the nodes of a group say to one another. */
sealed interface Message {

  /** Every message is of a term; what that means is each type's own. */
  Term term();

  /**
   * Coordinator to member: what does your clock say? Each carries one entry of the list of members,
   * in turn, so that every member gets to know the others without any large frame.
   */
  record Poll(Term term, long round, long intervalNanos, Entry entry) implements Message {}

  /**
   * One member of the list: its place and address, how many there are, and the receiver's place.
   */
  record Entry(int size, int index, int receiverIndex, PeerId address) {}

  /** Member to coordinator: that is what it said when your poll came, and how fast it can go. */
  record Reply(
      Term term, long round, long memberId, Stamps stamps, long paceBoundPpb, boolean settled)
      implements Message {}

  /** The member's clock when the poll came and, at the earliest, when the reply left. */
  record Stamps(long receivedEpochNanos, long sentEpochNanos) {}

  /** Member to coordinator: I know of a term that outranks yours; {@code term} is it. */
  record Refusal(Term term) implements Message {}

  /** Coordinator to member: the difference that was measured. */
  record Correction(Term term, long round, long readingEpochNanos, Difference difference)
      implements Message {}

  /** Candidate to all: let me be the coordinator of this term. */
  record Elect(Term term) implements Message {}

  /** The answer: agreed, or not; {@code term} is the highest that the voter knows of. */
  record Vote(Term term, boolean granted) implements Message {}

  /**
   * By how much a clock is ahead of its group.
   *
   * @param nanos the clock minus the group's time, the most likely value
   * @param belowNanos the clock minus the group's mean is at least {@code nanos - belowNanos}
   * @param aboveNanos and at most {@code nanos + aboveNanos}
   * @param likelyErrorNanos one standard deviation of {@code nanos}
   * @param groupPacePpb by how much the rate of the group's mean can differ from true time's, or
   *     {@link #UNBOUNDED_PACE}: then {@code belowNanos} and {@code aboveNanos} promise nothing
   */
  record Difference(
      long nanos, long belowNanos, long aboveNanos, long likelyErrorNanos, long groupPacePpb) {
    static final long UNBOUNDED_PACE = -1;

    boolean isBounded() {
      return groupPacePpb != UNBOUNDED_PACE;
    }

    Difference unbounded() {
      return new Difference(nanos, belowNanos, aboveNanos, likelyErrorNanos, UNBOUNDED_PACE);
    }
  }
}
