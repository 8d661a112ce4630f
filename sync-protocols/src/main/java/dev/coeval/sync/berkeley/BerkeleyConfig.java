package dev.coeval.sync.berkeley;

import dev.coeval.sync.machine.PeerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * How a node takes part in a group.
 *
 * @param members whom to coordinate, without this node itself; empty for a node that waits until a
 *     coordinator polls it. At most {@value #MAX_MEMBERS}, each once
 * @param rounds how often clocks are read
 * @param agreement which clocks make the group's time
 * @param pace how fast this node's clock can go
 */
public record BerkeleyConfig(
    List<PeerId> members, RoundConfig rounds, AgreementConfig agreement, PaceConfig pace) {

  /**
   * A coordinator asks each member in each round, and a candidate asks them all at once: with more,
   * the bursts and the time of a round grow beyond what one thread should answer for.
   */
  public static final int MAX_MEMBERS = 64;

  /**
   * Copies and checks the list.
   *
   * @param members as above
   * @param rounds as above
   * @param agreement as above
   * @param pace as above
   * @throws IllegalArgumentException if there are too many members, or one is named twice
   */
  public BerkeleyConfig {
    members = List.copyOf(members);
    Objects.requireNonNull(rounds, "rounds");
    Objects.requireNonNull(agreement, "agreement");
    Objects.requireNonNull(pace, "pace");
    if (members.size() > MAX_MEMBERS) {
      throw new IllegalArgumentException("more than " + MAX_MEMBERS + " members");
    }
    if (new HashSet<>(members).size() < members.size()) {
      throw new IllegalArgumentException("a member is named twice: " + members);
    }
  }

  /**
   * A coordinator: a round each second, and the defaults of its parts.
   *
   * @param members whom to coordinate; at least one
   * @return the configuration
   * @throws IllegalArgumentException if there is no member, or the list is not as stated above
   */
  public static BerkeleyConfig coordinator(List<PeerId> members) {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a coordinator needs members");
    }
    return defaults(members);
  }

  /**
   * A node that joins: it waits for a coordinator, whose rounds it expects each second at the most.
   *
   * @return the configuration
   */
  public static BerkeleyConfig member() {
    return defaults(List.of());
  }

  /**
   * The same with other rounds. Where these are longer, corrections are spread over half of one, if
   * they are not over a longer time already: what clocks part in a round could not be taken back
   * otherwise.
   *
   * @param other the rounds
   * @return the configuration
   */
  public BerkeleyConfig with(RoundConfig other) {
    long slew = Math.max(pace.slewNanos(), other.intervalNanos() / 2);
    PaceConfig spread = new PaceConfig(pace.driftBoundPpb(), pace.maxSteerPpb(), slew);
    return new BerkeleyConfig(members, other, agreement, spread);
  }

  /**
   * The same with another agreement.
   *
   * @param other the agreement
   * @return the configuration
   */
  public BerkeleyConfig with(AgreementConfig other) {
    return new BerkeleyConfig(members, rounds, other, pace);
  }

  /**
   * The same with another pace.
   *
   * @param other the pace
   * @return the configuration
   */
  public BerkeleyConfig with(PaceConfig other) {
    return new BerkeleyConfig(members, rounds, agreement, other);
  }

  private static BerkeleyConfig defaults(List<PeerId> members) {
    return new BerkeleyConfig(
        members,
        RoundConfig.every(Duration.ofSeconds(1)),
        AgreementConfig.defaults(),
        PaceConfig.defaults());
  }
}
