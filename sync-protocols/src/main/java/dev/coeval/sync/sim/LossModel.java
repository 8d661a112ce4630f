package dev.coeval.sync.sim;

/**
 * Which datagrams get lost: a chain of two states, after Gilbert (1960) and Elliott (1963).
 *
 * <p>Each datagram first moves the state, good to bad or bad to good with its probability, and is
 * then lost with the probability of the state it finds. Equal probabilities of loss in both states
 * make losses independent.
 *
 * @param toBad the probability of going bad, at each datagram
 * @param toGood the probability of going good again, at each datagram
 * @param lossWhenGood the probability of loss in the good state
 * @param lossWhenBad the probability of loss in the bad state
 */
public record LossModel(double toBad, double toGood, double lossWhenGood, double lossWhenBad) {

  /** Nothing gets lost. */
  public static final LossModel NONE = independent(0);

  /**
   * Checks that all are probabilities.
   *
   * @param toBad as above
   * @param toGood as above
   * @param lossWhenGood as above
   * @param lossWhenBad as above
   * @throws IllegalArgumentException if one is not between 0 and 1
   */
  public LossModel {
    requireProbability(toBad);
    requireProbability(toGood);
    requireProbability(lossWhenGood);
    requireProbability(lossWhenBad);
  }

  /**
   * Each datagram is lost on its own.
   *
   * @param probability of loss
   * @return the model
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public static LossModel independent(double probability) {
    return new LossModel(0, 1, probability, probability);
  }

  /**
   * Losses come in bursts: nothing is lost in the good state, everything in the bad.
   *
   * @param share of all datagrams that are lost, below 1
   * @param meanLength how many datagrams in a row a burst takes on average, at least 1
   * @return the model
   * @throws IllegalArgumentException if one is out of range
   */
  public static LossModel bursty(double share, double meanLength) {
    if (!(share >= 0 && share < 1) || !(meanLength >= 1)) {
      throw new IllegalArgumentException("out of range: " + share + ", " + meanLength);
    }
    double toGood = 1 / meanLength;
    return new LossModel(Math.min(1, toGood * share / (1 - share)), toGood, 0, 1);
  }

  /** The share of datagrams that get lost in the long run. */
  double meanLoss() {
    double bad = toBad + toGood == 0 ? 0 : toBad / (toBad + toGood);
    return bad * lossWhenBad + (1 - bad) * lossWhenGood;
  }

  static void requireProbability(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("not a probability: " + value);
    }
  }
}
