package dev.coeval.sync.berkeley;

/**
 * The time in office of one coordinator. A candidate's own identifier is part of the term that it
 * proposes, so no two coordinators ever have the same one.
 *
 * @param number which one; 0 only in {@link #NONE}
 * @param coordinatorId the identifier of its coordinator
 */
public record Term(long number, long coordinatorId) {

  /** Before any coordinator was heard of. Every other term outranks it. */
  public static final Term NONE = new Term(0, 0);

  /** So that a number can be counted up for longer than any group lives. */
  static final long MAX_NUMBER = 1L << 48;

  /**
   * Checks the range of the number.
   *
   * @param number as above
   * @param coordinatorId as above
   * @throws IllegalArgumentException if the number is negative or above 2⁴⁸
   */
  public Term {
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException("number is out of range: " + number);
    }
  }

  /**
   * Whether this term's coordinator goes before another's where the two meet: the later number, and
   * of one number the smaller identifier.
   *
   * @param other the other term
   * @return true if so; false for equal terms
   */
  public boolean outranks(Term other) {
    return number != other.number
        ? number > other.number
        : number != 0 && Long.compareUnsigned(coordinatorId, other.coordinatorId) < 0;
  }

  /**
   * As {@code 3/9f2a...}.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return number + "/" + Long.toHexString(coordinatorId);
  }
}
