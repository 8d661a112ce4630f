package dev.coeval.sync.order.mutex;

import dev.coeval.logical.ActorNames;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.order.link.LinkConfig;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A member's view of its group: the same names and the same algorithm at all members.
 *
 * @param self this member's name; of two requests with equal counters that of the smaller name is
 *     the earlier
 * @param others the other members: name to address; at most {@value #MAX_OTHERS}, each address once
 * @param algorithm how the group agrees
 * @param aboveCounter every token of this member has a greater counter; 0 for a first start. To
 *     keep one member inside at a time it is not needed. But where a resource is guarded by tokens,
 *     and no member is sure to stay up, save the greatest token and give it here after a restart:
 *     the counters that members tell one another are gone when all of them have forgotten
 * @param timing when messages are sent again, and when a member counts as silent
 */
public record MutexConfig(
    String self,
    Map<String, PeerId> others,
    MutexAlgorithm algorithm,
    long aboveCounter,
    LinkConfig.Timing timing) {

  /** Every entry costs two or three messages a member; such a group is better divided. */
  public static final int MAX_OTHERS = 63;

  /**
   * Copies the map and checks it all.
   *
   * @param self as above
   * @param others as above
   * @param algorithm as above
   * @param aboveCounter as above; at most half of the range of a {@code long}
   * @param timing as above
   * @throws IllegalArgumentException if a name is none (see {@link ActorNames}) or named twice, an
   *     address occurs twice, there are too many members, or the counter is out of its range
   */
  public MutexConfig {
    others = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(others)));
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(timing, "timing");
    ActorNames.require(self);
    others.keySet().forEach(ActorNames::require);
    if (others.containsKey(self)) {
      throw new IllegalArgumentException("one's own name among the others: " + others);
    }
    if (others.size() > MAX_OTHERS || new HashSet<>(others.values()).size() < others.size()) {
      throw new IllegalArgumentException("too many others, or two of one address: " + others);
    }
    if (aboveCounter < 0 || aboveCounter > MutexCodec.MAX_COUNTER) {
      throw new IllegalArgumentException("aboveCounter is out of range: " + aboveCounter);
    }
  }

  /**
   * A member that starts for the first time, with the times of {@link LinkConfig.Timing#defaults}.
   *
   * @param self this member's name
   * @param others the other members
   * @param algorithm how the group agrees
   * @return the configuration
   * @throws IllegalArgumentException if names or addresses are not as stated above
   */
  public static MutexConfig of(String self, Map<String, PeerId> others, MutexAlgorithm algorithm) {
    return new MutexConfig(self, others, algorithm, 0, LinkConfig.Timing.defaults());
  }

  /**
   * The same for a member whose tokens must be above a number.
   *
   * @param counter the counter of the greatest token that was saved
   * @return the configuration
   * @throws IllegalArgumentException if it is out of its range
   */
  public MutexConfig above(long counter) {
    return new MutexConfig(self, others, algorithm, counter, timing);
  }

  /**
   * The same with other times.
   *
   * @param other the times
   * @return the configuration
   */
  public MutexConfig with(LinkConfig.Timing other) {
    return new MutexConfig(self, others, algorithm, aboveCounter, other);
  }
}
