package dev.coeval.sync.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

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
 * @param rule changes the delay of each, or loses it; see {@link Rule#NONE}
 * @param maxCopies each datagram is handed over this often at most, once at least, as often as
 *     chance says; 1 to {@link #MAX_COPIES}
 */
public record LinkModel(
    DelayModel delay, LossModel loss, List<Disturbance> disturbances, Rule rule, int maxCopies) {

  /** More copies of one datagram would be a flood. */
  public static final int MAX_COPIES = 16;

  /**
   * Copies the list.
   *
   * @param delay as above
   * @param loss as above
   * @param disturbances as above
   * @param rule as above
   * @param maxCopies as above
   * @throws IllegalArgumentException if the number of copies is out of its range
   */
  public LinkModel {
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(rule, "rule");
    if (maxCopies < 1 || maxCopies > MAX_COPIES) {
      throw new IllegalArgumentException("maxCopies is out of range: " + maxCopies);
    }
    disturbances = List.copyOf(disturbances);
  }

  /**
   * One datagram on its way, before a rule has looked at it.
   *
   * @param number which one of this direction it is, from 1 on; lost ones count
   * @param sinceStartNanos when it was sent, in true time since the start of the simulation
   * @param delayNanos how long it takes by the link's delay model, in nanoseconds
   * @param random draws that belong to this direction's rule alone
   */
  public record Passage(
      long number, long sinceStartNanos, long delayNanos, RandomGenerator random) {}

  /** Decides on each datagram by itself: a gate, a detour, a relay that is down now and then. */
  @FunctionalInterface
  public interface Rule {

    /** Leaves every datagram as it is. */
    Rule NONE = Passage::delayNanos;

    /**
     * How long a datagram takes.
     *
     * @param passage the datagram
     * @return its delay in nanoseconds; zero or less if it gets lost
     */
    long delayNanos(Passage passage);
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
    return new LinkModel(delay, LossModel.NONE, List.of(), Rule.NONE, 1);
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
    return new LinkModel(other, loss, disturbances, rule, maxCopies);
  }

  /**
   * With other losses.
   *
   * @param other which datagrams get lost
   * @return a copy
   */
  public LinkModel withLoss(LossModel other) {
    return new LinkModel(delay, other, disturbances, rule, maxCopies);
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
   * With a rule that looks at each datagram.
   *
   * @param other the rule, in place of the one before
   * @return a copy
   */
  public LinkModel withRule(Rule other) {
    return new LinkModel(delay, loss, disturbances, other, maxCopies);
  }

  /**
   * With every datagram handed over once or several times, at the same instant.
   *
   * @param most how often at most; each number from 1 on is as likely
   * @return a copy
   * @throws IllegalArgumentException if it is out of range
   */
  public LinkModel withCopies(int most) {
    return new LinkModel(delay, loss, disturbances, rule, most);
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
    return new LinkModel(delay, loss, more, rule, maxCopies);
  }
}
