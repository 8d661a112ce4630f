package dev.coeval.logical.treeclock;

/**
 * Whether keeping a tree pays for one clock.
 *
 * <p>Moving a thread in a tree, and again when the clock is copied, costs as much as comparing some
 * sixty-four entries of a vector. So every join earns one move for every sixty-four threads and
 * spends what it touched; a clock that runs out of credit is a plain vector for a while, and longer
 * after every failure.
 */
final class TreeWorth {

  /** Up to here a vector is so short that no tree is faster. */
  private static final int FEW_THREADS = 64;

  private static final int ENTRIES_PER_MOVE = 64;
  private static final int LOOKS_PER_MOVE = 4;
  private static final int LEAST_PATIENCE = 512;
  private static final int MOST_PATIENCE = 1 << 16;

  private final int income;
  private final int mostCredit;
  private int credit;
  private final int leastPatience;
  private int patience;
  private int flatJoins;

  /**
   * Creates the account of one clock.
   *
   * @param income what a join earns, in moves
   * @param mostCredit what can be saved, in moves
   * @param leastPatience after how many joins without a tree to try one, at first
   */
  TreeWorth(int income, int mostCredit, int leastPatience) {
    this.income = income;
    this.mostCredit = mostCredit;
    this.leastPatience = leastPatience;
    credit = mostCredit;
    patience = leastPatience;
  }

  static TreeWorth of(int threads) {
    return new TreeWorth(threads / ENTRIES_PER_MOVE, threads / 2, LEAST_PATIENCE);
  }

  /** Never gives up, whatever the tree costs. */
  static TreeWorth always() {
    return new TreeWorth(Integer.MAX_VALUE / 2, Integer.MAX_VALUE / 2, LEAST_PATIENCE);
  }

  static boolean isPossible(int threads) {
    return threads > FEW_THREADS;
  }

  /** Pays for a join; false if the tree should go. */
  boolean pays(int moved, int looked) {
    credit = Math.min(mostCredit, credit + income - moved - looked / LOOKS_PER_MOVE);
    if (credit >= 0) {
      if (credit == mostCredit) {
        patience = leastPatience;
      }
      return true;
    }
    flatJoins = 0;
    patience = Math.min(MOST_PATIENCE, 2 * patience);
    return false;
  }

  /** Counts a join without a tree; true if it is time to try one again. */
  boolean isTimeToRetry() {
    flatJoins++;
    if (flatJoins < patience) {
      return false;
    }
    credit = mostCredit;
    return true;
  }
}
