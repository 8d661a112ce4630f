package dev.coeval.sync.precision;

import java.util.Arrays;

/**
 * What one run showed: of each ordered pair of processes the least and the greatest <em>estimated
 * delay</em>, which is the receiver's clock at the arrival minus the sender's at the departure; and
 * what is assumed of each link.
 *
 * <p>Clocks are the free-running ones: local ticks, whose origins may be far apart. Only the
 * extremes matter, so its size is fixed by the number of processes, not of messages. Not
 * thread-safe.
 */
public final class Execution {

  /** Solving takes time by the cube of this. */
  public static final int MAX_PROCESSES = 512;

  static final long UNKNOWN = Long.MAX_VALUE;

  private final int processes;
  private final long[][] least;
  private final long[][] greatest;
  private final LinkAssumption[][] assumptions;

  /**
   * An execution without messages, of links of which nothing is known but {@link
   * LinkAssumption#NONE}.
   *
   * @param processes how many, 1 to {@link #MAX_PROCESSES}
   * @throws IllegalArgumentException if it is out of range
   */
  public Execution(int processes) {
    if (processes < 1 || processes > MAX_PROCESSES) {
      throw new IllegalArgumentException("processes is out of range: " + processes);
    }
    this.processes = processes;
    this.least = new long[processes][processes];
    this.greatest = new long[processes][processes];
    this.assumptions = new LinkAssumption[processes][processes];
    for (int p = 0; p < processes; p++) {
      Arrays.fill(least[p], UNKNOWN);
      Arrays.fill(greatest[p], Long.MIN_VALUE);
      Arrays.fill(assumptions[p], LinkAssumption.NONE);
    }
  }

  /**
   * How many processes there are.
   *
   * @return at least 1
   */
  public int processes() {
    return processes;
  }

  /**
   * Records a message that has arrived.
   *
   * @param from who sent it, from 0 on
   * @param to who received it
   * @param estimatedDelayNanos the receiver's clock at the arrival minus the sender's at the
   *     departure
   * @throws IndexOutOfBoundsException if there is no such process
   */
  public void add(int from, int to, long estimatedDelayNanos) {
    least[from][to] = Math.min(least[from][to], estimatedDelayNanos);
    greatest[from][to] = Math.max(greatest[from][to], estimatedDelayNanos);
  }

  /**
   * Assumes something of a link, in place of what was assumed of it before.
   *
   * @param one an end
   * @param other the other end
   * @param assumption what is known of both directions
   * @throws IndexOutOfBoundsException if there is no such process
   */
  public void assume(int one, int other, LinkAssumption assumption) {
    assumptions[one][other] = assumption;
    assumptions[other][one] = assumption;
  }

  /**
   * Assumes the same of all links.
   *
   * @param assumption what is known of each
   */
  public void assume(LinkAssumption assumption) {
    for (LinkAssumption[] row : assumptions) {
      Arrays.fill(row, assumption);
    }
  }

  /** The least estimated delay; {@link #UNKNOWN} if there was no message. */
  long leastNanos(int from, int to) {
    return least[from][to];
  }

  /**
   * The local limit: by how much the second process's clock can be ahead of the first one's, as far
   * as their own messages tell; {@link #UNKNOWN} if they tell nothing. Rounded up.
   */
  long limitNanos(int p, int q) {
    LinkAssumption assumption = assumptions[p][q];
    boolean there = least[p][q] != UNKNOWN;
    boolean back = least[q][p] != UNKNOWN;
    long limit = UNKNOWN;
    if (there) {
      limit = Math.subtractExact(least[p][q], assumption.leastNanos());
    }
    if (back && assumption.mostNanos() != LinkAssumption.NO_LIMIT) {
      limit = Math.min(limit, Math.subtractExact(assumption.mostNanos(), greatest[q][p]));
    }
    if (there && back && assumption.asymmetryNanos() != LinkAssumption.NO_LIMIT) {
      long twice =
          Math.addExact(
              Math.subtractExact(least[p][q], greatest[q][p]), assumption.asymmetryNanos());
      limit = Math.min(limit, -Math.floorDiv(-twice, 2));
    }
    return limit;
  }
}
