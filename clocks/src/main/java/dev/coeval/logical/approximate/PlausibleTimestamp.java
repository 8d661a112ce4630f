package dev.coeval.logical.approximate;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.util.Arrays;
import java.util.Objects;

/**
 * A vector timestamp with fewer entries than processes: for every entry, how long a chain of events
 * of the processes that share it is in the past; and which entry the event itself is in.
 *
 * <p>If {@code e} happened before {@code f}, then no entry of {@code e} is above that of {@code f},
 * and the entry that {@code f} is in is below: {@code f} added to it. Where this fails the events
 * are concurrent.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>Source: F. J. Torres-Rojas, M. Ahamad, Distributed Computing 12, 1999, section 5 (R-entries
 * vectors).
 */
public final class PlausibleTimestamp {

  /** The most entries that a stamp may have. */
  public static final int MAX_ENTRIES = Entries.MAX;

  private static final char SEPARATOR = ':';

  private final int entry;
  private final long[] counts;

  private PlausibleTimestamp(int entry, long[] counts) {
    this.entry = Objects.checkIndex(entry, counts.length);
    this.counts = counts;
  }

  /**
   * The stamp with the given counts.
   *
   * @param entry which entry the event is in, zero or more and less than there are
   * @param counts the count of each entry, 1 to {@link #MAX_ENTRIES} of them; copied
   * @return the stamp
   * @throws IllegalArgumentException if there are too few or too many, or a count is negative
   * @throws IndexOutOfBoundsException if there is no such entry
   */
  public static PlausibleTimestamp of(int entry, long... counts) {
    return new PlausibleTimestamp(entry, Entries.copyOf(counts));
  }

  static PlausibleTimestamp ofOwned(int entry, long[] counts) {
    return new PlausibleTimestamp(entry, counts);
  }

  long[] owned() {
    return counts;
  }

  /**
   * The entry that the event is in.
   *
   * @return its index, less than {@link #size()}
   */
  public int entry() {
    return entry;
  }

  /**
   * How many entries there are.
   *
   * @return the number, the same for all stamps of a system
   */
  public int size() {
    return counts.length;
  }

  /**
   * The counts.
   *
   * @return a copy, one count for each entry
   */
  public long[] toArray() {
    return counts.clone();
  }

  /**
   * How the event of this stamp stands to another. Stamps of no event, in which all counts are
   * zero, are before those of all events.
   *
   * @param other the other stamp
   * @return an answer of which only "concurrent" is certain
   * @throws IllegalArgumentException if it has another number of entries
   */
  public PlausibleOrder relationTo(PlausibleTimestamp other) {
    Entries.requireSameSize(counts, other.counts);
    if (equals(other)) {
      return PlausibleOrder.PLAUSIBLY_EQUAL;
    }
    return PlausibleOrder.of(isPlausiblyBefore(other), other.isPlausiblyBefore(this));
  }

  private boolean isPlausiblyBefore(PlausibleTimestamp other) {
    return counts[other.entry] < other.counts[other.entry]
        && Entries.isBelowOrEqual(counts, other.counts);
  }

  /**
   * How likely this stamp would be put before another if no process had an event in both their
   * pasts. Where it is, that answer is worth the less the closer this is to 1.
   *
   * @param later the other stamp
   * @return the probability of {@link PlausibleOrder#PLAUSIBLY_BEFORE}, 0 to 1, over the entries
   *     that the processes of this stamp could have been given
   * @throws IllegalArgumentException if it has another number of entries
   */
  public double falseOrderProbability(PlausibleTimestamp later) {
    Entries.requireSameSize(counts, later.counts);
    long[] limits = later.counts.clone();
    limits[later.entry]--;
    return Entries.belowWhenShuffled(counts, limits);
  }

  /**
   * The stamp that {@link #toString()} wrote.
   *
   * @param text such as {@code 1:0.2.1.0}; no other spelling is accepted
   * @return the stamp
   * @throws StampFormatException if the text is not exactly what {@code toString} gives
   */
  public static PlausibleTimestamp parse(CharSequence text) {
    String given = text.toString();
    int mark = Math.max(0, given.indexOf(SEPARATOR));
    try {
      int entry = Integer.parseInt(given, 0, mark, 10);
      PlausibleTimestamp stamp = of(entry, Entries.parse(given.substring(mark + 1)));
      if (stamp.toString().equals(given)) {
        return stamp;
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException notCounts) {
      // Told below, without quoting what may be long.
    }
    throw new StampFormatException(
        Reason.NOT_A_STAMP, "a plausible stamp is an entry, a colon, counts and dots");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PlausibleTimestamp that
        && entry == that.entry
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(counts) + entry;
  }

  /**
   * The stamp as text, which {@link #parse} reads.
   *
   * @return the entry, a colon, and the counts with dots between them, all in decimal
   */
  @Override
  public String toString() {
    return entry + ":" + Entries.text(counts);
  }
}
