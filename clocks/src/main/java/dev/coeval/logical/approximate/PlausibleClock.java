package dev.coeval.logical.approximate;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.LogicalClock;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * An R-entries vector clock of one process: a vector clock in which processes share entries.
 *
 * <p><strong>Problem.</strong> Compare causal pasts with stamps of a fixed size, and be right for
 * most pairs of events.
 *
 * <p><strong>Idea.</strong> Give every process one of {@code r} entries, and count as a vector
 * clock does. With an entry for every process it is one, and exact; with a single entry it is
 * Lamport's.
 *
 * <ol>
 *   <li>{@link #tick()}: add one to our entry.
 *   <li>{@link #receive}: take the greater count of every entry, then add one to ours.
 * </ol>
 *
 * <p><strong>Known attack.</strong> A stamp that claims large counts puts everything before it. As
 * with a vector clock there is no cure but to trust the senders; a count that could not be added to
 * is rejected.
 *
 * <p><strong>Restart.</strong> Save the latest stamp before it is seen outside, and continue with
 * {@link #resumeFrom}.
 *
 * <p>Lock-free and thread-safe: concurrent calls act as if made one after another.
 *
 * <p>Source: F. J. Torres-Rojas, M. Ahamad, "Plausible clocks: constant size logical clocks for
 * distributed systems", Distributed Computing 12, 1999, section 5.
 */
public final class PlausibleClock implements LogicalClock<PlausibleTimestamp> {

  private static final AtomicReferenceFieldUpdater<PlausibleClock, PlausibleTimestamp> LATEST =
      AtomicReferenceFieldUpdater.newUpdater(
          PlausibleClock.class, PlausibleTimestamp.class, "latest");

  private volatile PlausibleTimestamp latest;

  private PlausibleClock(PlausibleTimestamp start) {
    this.latest = start;
  }

  /**
   * A clock of a process that has had no event yet, with an entry by the hash of its id.
   *
   * @param actor the id of the process
   * @param entries how many entries a stamp has, 1 to {@link PlausibleTimestamp#MAX_ENTRIES}; the
   *     same for all processes
   * @return a clock whose latest stamp is all zeros
   * @throws IllegalArgumentException if the number is out of its range, or the actor is no name
   */
  public static PlausibleClock of(String actor, int entries) {
    int size = Entries.requireSize(entries);
    return ofEntry(Hash.place(Hash.of(ActorNames.require(actor)), size), size);
  }

  /**
   * A clock of a process that has had no event yet, with a given entry. Entries given out in turn
   * are shared by as few as can be.
   *
   * @param entry which entry its events are in
   * @param entries how many entries a stamp has, 1 to {@link PlausibleTimestamp#MAX_ENTRIES}; the
   *     same for all processes
   * @return a clock whose latest stamp is all zeros
   * @throws IllegalArgumentException if the number is out of its range
   * @throws IndexOutOfBoundsException if there is no such entry
   */
  public static PlausibleClock ofEntry(int entry, int entries) {
    return resumeFrom(PlausibleTimestamp.ofOwned(entry, new long[Entries.requireSize(entries)]));
  }

  /**
   * The clock of a process that starts again.
   *
   * @param last the last stamp that it gave to any event
   * @return a clock whose stamps are all after {@code last}, in the same entry
   */
  public static PlausibleClock resumeFrom(PlausibleTimestamp last) {
    return new PlausibleClock(last);
  }

  @Override
  public PlausibleTimestamp tick() {
    while (true) {
      PlausibleTimestamp local = latest;
      PlausibleTimestamp next = event(local.entry(), local.toArray());
      if (LATEST.compareAndSet(this, local, next)) {
        return next;
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Not admitted are a stamp with another number of entries ({@link
   * dev.coeval.logical.StampRejectedException.Reason#OTHER_SIZE}), and one with an entry at {@link
   * Long#MAX_VALUE} ({@link dev.coeval.logical.StampRejectedException.Reason#COUNTER_EXHAUSTED}).
   */
  @Override
  public PlausibleTimestamp receive(PlausibleTimestamp remote) {
    Entries.requireAdmitted(latest.owned(), remote.owned());
    while (true) {
      PlausibleTimestamp local = latest;
      PlausibleTimestamp next = event(local.entry(), Entries.max(local.owned(), remote.owned()));
      if (LATEST.compareAndSet(this, local, next)) {
        return next;
      }
    }
  }

  /** Adds an event to the counts, which are ours to change. */
  private static PlausibleTimestamp event(int entry, long[] counts) {
    counts[entry] = Math.addExact(counts[entry], 1);
    return PlausibleTimestamp.ofOwned(entry, counts);
  }

  @Override
  public PlausibleTimestamp latest() {
    return latest;
  }

  /**
   * The clock as text, for people.
   *
   * @return the latest stamp
   */
  @Override
  public String toString() {
    return "PlausibleClock[" + latest() + "]";
  }
}
