package dev.coeval.sync.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What happens to datagrams on their way in one direction: a value, composed by its {@code with}
 * methods.
 *
 * <p>Each datagram is delayed on its own, so that later ones may overtake it; there is no
 * bandwidth. The two directions between two nodes have a model each. None of this makes a datagram
 * quicker than {@link #minNanos()}, which is therefore what a client may take for the least delay.
 *
 * @param delay how long datagrams take
 * @param loss which ones get lost
 * @param disturbances what else befalls some of them
 */
public record LinkModel(DelayModel delay, LossModel loss, List<Disturbance> disturbances) {

  /**
   * Copies the list.
   *
   * @param delay as above
   * @param loss as above
   * @param disturbances as above
   */
  public LinkModel {
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(loss, "loss");
    disturbances = List.copyOf(disturbances);
  }

  /** What befalls some datagrams. */
  public enum Mishap {
    /** A second copy arrives, with a delay of its own and an extra one. */
    DUPLICATE,
    /** It waits an extra time, so that those sent after it overtake it. */
    REORDER,
    /** It arrives in time, and once more much later, as an attacker would send it again. */
    REPLAY,
    /** It arrives much later, after whoever waited for it has given up. */
    LATE
  }

  /**
   * A mishap and how often it happens.
   *
   * @param mishap what
   * @param probability how often, of all datagrams
   * @param meanExtraNanos the mean of the extra delay, in nanoseconds: exponential for a duplicate
   *     and for reordering; for a replay and a late datagram it comes after as long again for sure
   */
  public record Disturbance(Mishap mishap, double probability, long meanExtraNanos) {

    /**
     * Checks the ranges that the components state.
     *
     * @param mishap as above
     * @param probability as above
     * @param meanExtraNanos as above
     * @throws IllegalArgumentException if one is out of its range
     */
    public Disturbance {
      Objects.requireNonNull(mishap, "mishap");
      LossModel.requireProbability(probability);
      if (meanExtraNanos < 0) {
        throw new IllegalArgumentException("meanExtraNanos is negative: " + meanExtraNanos);
      }
    }
  }

  /**
   * A link that only delays.
   *
   * @param delay how long
   * @return the model
   */
  public static LinkModel of(DelayModel delay) {
    return new LinkModel(delay, LossModel.NONE, List.of());
  }

  /**
   * A link on which every datagram takes the same time.
   *
   * @param delay how long
   * @return the model
   */
  public static LinkModel fixed(Duration delay) {
    return of(DelayModel.fixed(delay));
  }

  /**
   * A link with a least delay and an exponential excess.
   *
   * @param min the least delay
   * @param jitter the mean of the excess
   * @return the model
   */
  public static LinkModel exponential(Duration min, Duration jitter) {
    return of(DelayModel.exponential(min, jitter));
  }

  /**
   * The least time that a datagram takes.
   *
   * @return nanoseconds
   */
  public long minNanos() {
    return delay.minNanos();
  }

  /**
   * With other delays.
   *
   * @param other how long datagrams take
   * @return a copy
   */
  public LinkModel withDelay(DelayModel other) {
    return new LinkModel(other, loss, disturbances);
  }

  /**
   * With other losses.
   *
   * @param other which datagrams get lost
   * @return a copy
   */
  public LinkModel withLoss(LossModel other) {
    return new LinkModel(delay, other, disturbances);
  }

  /**
   * With independent losses.
   *
   * @param probability of loss
   * @return a copy
   * @throws IllegalArgumentException if it is not between 0 and 1
   */
  public LinkModel withLoss(double probability) {
    return withLoss(LossModel.independent(probability));
  }

  /**
   * With duplicates.
   *
   * @param probability how often
   * @param meanExtra how much later than by itself the copy arrives, on average
   * @return a copy
   * @throws IllegalArgumentException if one is out of range
   */
  public LinkModel withDuplicates(double probability, Duration meanExtra) {
    return with(Mishap.DUPLICATE, probability, meanExtra);
  }

  /**
   * With reordering beyond what the delays bring about.
   *
   * @param probability how often
   * @param meanExtra how long such a datagram waits, on average
   * @return a copy
   * @throws IllegalArgumentException if one is out of range
   */
  public LinkModel withReordering(double probability, Duration meanExtra) {
    return with(Mishap.REORDER, probability, meanExtra);
  }

  /**
   * With replays.
   *
   * @param probability how often
   * @param after how long after the first arrival at least; twice as long on average
   * @return a copy
   * @throws IllegalArgumentException if one is out of range
   */
  public LinkModel withReplays(double probability, Duration after) {
    return with(Mishap.REPLAY, probability, after);
  }

  /**
   * With datagrams that come far too late.
   *
   * @param probability how often
   * @param extra how much too late at least, more than the poll interval say; twice that on average
   * @return a copy
   * @throws IllegalArgumentException if one is out of range
   */
  public LinkModel withLate(double probability, Duration extra) {
    return with(Mishap.LATE, probability, extra);
  }

  private LinkModel with(Mishap mishap, double probability, Duration extra) {
    List<Disturbance> more = new ArrayList<>(disturbances);
    more.add(new Disturbance(mishap, probability, extra.toNanos()));
    return new LinkModel(delay, loss, more);
  }
}
