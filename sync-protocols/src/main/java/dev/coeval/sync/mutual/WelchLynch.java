package dev.coeval.sync.mutual;

/**
 * The fault-tolerant midpoint (Welch and Lynch, "A new fault-tolerant algorithm for clock
 * synchronization", Information and Computation 77(1), 1988; the function is that of Dolev, Lynch,
 * Pinter, Stark and Weihl, JACM 33(3), 1986).
 *
 * <p><b>Problem.</b> Some of the clocks are not only wrong but two-faced: they tell each reader
 * another time, chosen to drive the good ones apart.
 *
 * <p><b>Idea.</b> Of n readings the f lowest and the f highest are dropped. What is left lies
 * between good clocks, whatever f liars said. With {@code n >= 3f + 1} any two good nodes have at
 * least one reading in common among those that they keep, so that the midpoints of what they keep
 * are at most half as far apart as the good clocks were.
 *
 * <p><b>Bound.</b> Each round halves the skew, up to what readings err: with a reading error {@code
 * eps}, a drift {@code rho} and rounds of {@code P} it ends at about {@code 4 eps + 4 rho P}.
 *
 * <p><b>Known limit.</b> With {@code n <= 3f} no algorithm without signatures can do it (Dolev,
 * Halpern and Strong, JCSS 32(2), 1986): one liar among three tells each of the other two that it
 * is where it stands, and they never meet.
 *
 * @param liars f, how many of the clocks may be false; not negative
 */
public record WelchLynch(int liars) implements Convergence {

  /**
   * Checks the number.
   *
   * @param liars as above
   * @throws IllegalArgumentException if it is negative
   */
  public WelchLynch {
    if (liars < 0) {
      throw new IllegalArgumentException("liars is negative: " + liars);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if nothing would be left: fewer than {@code 2f + 1} clocks
   */
  @Override
  public Adjustment adjust(long[] differencesNanos) {
    int kept = differencesNanos.length - 2 * liars;
    if (kept < 1) {
      throw new IllegalArgumentException(
          "too few clocks for %d liars: %d".formatted(liars, differencesNanos.length));
    }
    long low = differencesNanos[liars];
    long high = differencesNanos[liars + kept - 1];
    return Adjustment.by((low + high) >> 1);
  }
}
