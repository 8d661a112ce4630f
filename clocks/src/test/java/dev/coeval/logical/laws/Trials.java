package dev.coeval.logical.laws;

import java.util.List;

/** Exact tests of how many of some independent trials succeed. */
final class Trials {

  private Trials() {}

  /**
   * How likely the number of successes is to be so far from what was predicted, or farther, on
   * either side. Every trial may have a probability of its own (the Poisson binomial distribution);
   * if all are the same this is the binomial test.
   *
   * @param probabilities of success, one for each trial
   * @param successes how many there were
   * @return twice the smaller tail, 1 at most
   */
  static double twoSided(List<Double> probabilities, int successes) {
    double[] count = new double[probabilities.size() + 1];
    count[0] = 1;
    for (int trial = 0; trial < probabilities.size(); trial++) {
      double p = probabilities.get(trial);
      for (int k = trial + 1; k > 0; k--) {
        count[k] = count[k] * (1 - p) + count[k - 1] * p;
      }
      count[0] *= 1 - p;
    }
    double atMost = 0;
    double atLeast = 0;
    for (int k = 0; k < count.length; k++) {
      atMost += k <= successes ? count[k] : 0;
      atLeast += k >= successes ? count[k] : 0;
    }
    return Math.min(1, 2 * Math.min(atMost, atLeast));
  }
}
