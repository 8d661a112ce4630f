package dev.coeval.sync.mutual;

import dev.coeval.sync.berkeley.PaceConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.machine.PeerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * How a node keeps its clock with those of others.
 *
 * <p>Rounds begin when the node's own clock shows a multiple of the interval, and clocks are set in
 * the middle of a round. So all nodes read while nobody is being set. Of the rounds' settings
 * {@code silentRounds} is how many rounds in a row may bring no bound before the node says so.
 *
 * @param peers whose clocks are read: all others of a group, or the neighbours in a network; at
 *     most {@value #MAX_PEERS}, each once
 * @param liars f, how many of the peers may be false or dead; not negative. The bound is claimed if
 *     there are {@code 3f + 1} clocks or more, the node's own counted
 * @param convergence how the clock follows what was read; it must bear as many liars
 * @param rounds how often clocks are read; all nodes must have the same interval
 * @param pace how fast this node's clock can go; spread over a quarter of the interval at most, and
 *     the same, or stricter, for all nodes
 */
public record MutualConfig(
    List<PeerId> peers, int liars, Convergence convergence, RoundConfig rounds, PaceConfig pace) {

  /** Each node reads each: more would be thousands of datagrams a round in the group. */
  public static final int MAX_PEERS = 64;

  /**
   * Copies and checks the list.
   *
   * @param peers as above
   * @param liars as above
   * @param convergence as above
   * @param rounds as above
   * @param pace as above
   * @throws IllegalArgumentException if there are too many peers, or none, one is named twice, or
   *     another component is out of its range
   */
  public MutualConfig {
    peers = List.copyOf(peers);
    Objects.requireNonNull(convergence, "convergence");
    Objects.requireNonNull(rounds, "rounds");
    Objects.requireNonNull(pace, "pace");
    if (peers.isEmpty() || peers.size() > MAX_PEERS) {
      throw new IllegalArgumentException("1 to " + MAX_PEERS + " peers: " + peers.size());
    }
    if (new HashSet<>(peers).size() < peers.size()) {
      throw new IllegalArgumentException("a peer is named twice: " + peers);
    }
    if (liars < 0 || liars > peers.size() / 2) {
      throw new IllegalArgumentException("liars is out of range: " + liars);
    }
    if (pace.slewNanos() > rounds.intervalNanos() / 4) {
      throw new IllegalArgumentException("slewNanos is out of range: " + pace.slewNanos());
    }
  }

  /**
   * A group that bears liars, by {@link WelchLynch}: the defaults of rounds and pace.
   *
   * @param peers all others of the group
   * @param liars how many of them may be false
   * @param interval from round to round
   * @return the configuration
   * @throws IllegalArgumentException if something is out of its range
   */
  public static MutualConfig tolerant(List<PeerId> peers, int liars, Duration interval) {
    return of(peers, liars, new WelchLynch(liars), interval);
  }

  /**
   * A group of which nobody lies, by {@link LundeliusLynch}: the defaults of rounds and pace.
   *
   * @param peers all others of the group
   * @param interval from round to round
   * @return the configuration
   * @throws IllegalArgumentException if something is out of its range
   */
  public static MutualConfig averaging(List<PeerId> peers, Duration interval) {
    return of(peers, 0, new LundeliusLynch(), interval);
  }

  /**
   * A node that keeps near its neighbours in a network, by {@link Gradient}: the defaults of rounds
   * and pace.
   *
   * @param neighbours whom it is linked to
   * @param gradient the levels and rates of all nodes
   * @param interval from round to round
   * @return the configuration
   * @throws IllegalArgumentException if something is out of its range
   */
  public static MutualConfig gradient(
      List<PeerId> neighbours, Gradient gradient, Duration interval) {
    return of(neighbours, 0, gradient, interval);
  }

  /**
   * The same with other rounds.
   *
   * @param other the rounds
   * @return the configuration
   */
  public MutualConfig with(RoundConfig other) {
    return new MutualConfig(peers, liars, convergence, other, pace);
  }

  /**
   * The same with another pace.
   *
   * @param other the pace
   * @return the configuration
   */
  public MutualConfig with(PaceConfig other) {
    return new MutualConfig(peers, liars, convergence, rounds, other);
  }

  /**
   * Whether there are clocks enough for as many liars: {@code 3f + 1}.
   *
   * @return false if the node claims no bound
   */
  public boolean isTolerant() {
    return peers.size() >= 3 * liars;
  }

  private static MutualConfig of(
      List<PeerId> peers, int liars, Convergence convergence, Duration interval) {
    PaceConfig pace = PaceConfig.defaults();
    return new MutualConfig(
        peers,
        liars,
        convergence,
        RoundConfig.every(interval),
        new PaceConfig(pace.driftBoundPpb(), pace.maxSteerPpb(), interval.toNanos() / 4));
  }
}
