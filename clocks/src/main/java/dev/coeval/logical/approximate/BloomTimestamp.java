package dev.coeval.logical.approximate;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import java.util.Arrays;

/**
 * A counting Bloom filter of a causal past: how often each cell was hit by its events.
 *
 * <p>Only stamps of the same number of cells compare, and only those whose clocks hit as many cells
 * an event say something about each other.
 *
 * <p>Immutable and thread-safe.
 *
 * <p>Source: L. Ramabaja, "The Bloom clock", 2019.
 */
public final class BloomTimestamp {

  /** The most cells that a stamp may have. */
  public static final int MAX_CELLS = Entries.MAX;

  private final long[] cells;

  private BloomTimestamp(long[] cells) {
    this.cells = cells;
  }

  /**
   * The stamp with the given cells.
   *
   * @param cells the count of each cell, 1 to {@link #MAX_CELLS} of them; copied
   * @return the stamp
   * @throws IllegalArgumentException if there are too few or too many, or a count is negative
   */
  public static BloomTimestamp of(long... cells) {
    return new BloomTimestamp(Entries.copyOf(cells));
  }

  static BloomTimestamp ofOwned(long[] cells) {
    return new BloomTimestamp(cells);
  }

  long[] owned() {
    return cells;
  }

  /**
   * How many cells there are.
   *
   * @return the number, the same for all stamps of a system
   */
  public int size() {
    return cells.length;
  }

  /**
   * The counts.
   *
   * @return a copy, one count for each cell
   */
  public long[] toArray() {
    return cells.clone();
  }

  /**
   * How the event of this stamp stands to another.
   *
   * @param other the other stamp
   * @return an answer of which only "concurrent" is certain
   * @throws IllegalArgumentException if it has another number of cells
   */
  public PlausibleOrder relationTo(BloomTimestamp other) {
    Entries.requireSameSize(cells, other.cells);
    return PlausibleOrder.of(
        Entries.isBelowOrEqual(cells, other.cells), Entries.isBelowOrEqual(other.cells, cells));
  }

  /**
   * How likely this stamp would be put before another if their pasts had no event in common. Where
   * it is, that answer is worth the less the closer this is to 1.
   *
   * @param later the other stamp
   * @return the probability of {@link PlausibleOrder#PLAUSIBLY_BEFORE}, 0 to 1, over the hashes of
   *     this stamp's events
   * @throws IllegalArgumentException if it has another number of cells
   */
  public double falseOrderProbability(BloomTimestamp later) {
    Entries.requireSameSize(cells, later.cells);
    return Entries.belowWhenShuffled(cells, later.cells)
        - Entries.equalWhenShuffled(cells, later.cells);
  }

  /**
   * The stamp that {@link #toString()} wrote.
   *
   * @param text such as {@code 0.2.1.0}; no other spelling is accepted
   * @return the stamp
   * @throws StampFormatException if the text is not exactly what {@code toString} gives
   */
  public static BloomTimestamp parse(CharSequence text) {
    String given = text.toString();
    try {
      BloomTimestamp stamp = of(Entries.parse(given));
      if (stamp.toString().equals(given)) {
        return stamp;
      }
    } catch (IllegalArgumentException notCounts) {
      // Told below, without quoting what may be long.
    }
    throw new StampFormatException(Reason.NOT_A_STAMP, "a Bloom stamp is counts and dots");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BloomTimestamp that && Arrays.equals(cells, that.cells);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }

  /**
   * The stamp as text, which {@link #parse} reads.
   *
   * @return the counts in decimal, with dots between them
   */
  @Override
  public String toString() {
    return Entries.text(cells);
  }
}
