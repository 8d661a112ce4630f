package dev.coeval.sync.order.snapshot;

import dev.coeval.logical.ActorNames;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.order.link.LinkConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * A process's view of its system: the same names and the same algorithm at all processes, and
 * unchanged as long as their checkpoints are used.
 *
 * @param self this process's name
 * @param others the other processes: name to address; at most {@value #MAX_OTHERS}, each address
 *     once
 * @param algorithm how snapshots are taken
 * @param timeoutNanos a snapshot that this process began is given up after so long, in nanoseconds
 *     of the local ticks, which begin anew when it is restarted; positive
 * @param timing when messages are sent again, and when a process counts as silent
 */
public record SnapshotConfig(
    String self,
    Map<String, PeerId> others,
    SnapshotAlgorithm algorithm,
    long timeoutNanos,
    LinkConfig.Timing timing) {

  /** Each snapshot sends a marker on every channel, and messages carry a colour of 9 bytes each. */
  public static final int MAX_OTHERS = 31;

  /**
   * Copies the map and checks it all.
   *
   * @param self as above
   * @param others as above
   * @param algorithm as above
   * @param timeoutNanos as above; at most a day
   * @param timing as above
   * @throws IllegalArgumentException if a name is none (see {@link ActorNames}) or named twice, an
   *     address occurs twice, there are too many processes, or the timeout is out of its range
   */
  public SnapshotConfig {
    others = Collections.unmodifiableMap(new TreeMap<>(Map.copyOf(others)));
    Objects.requireNonNull(algorithm, "algorithm");
    Objects.requireNonNull(timing, "timing");
    ActorNames.require(self);
    others.keySet().forEach(ActorNames::require);
    if (others.containsKey(self)) {
      throw new IllegalArgumentException("one's own name among the others: " + self);
    }
    if (others.size() > MAX_OTHERS || new HashSet<>(others.values()).size() < others.size()) {
      throw new IllegalArgumentException("too many others, or two of one address: " + others);
    }
    if (timeoutNanos <= 0 || timeoutNanos > Duration.ofDays(1).toNanos()) {
      throw new IllegalArgumentException("timeoutNanos is out of range: " + timeoutNanos);
    }
  }

  /**
   * A process whose snapshots are given up after 30 seconds, with the times of {@link
   * LinkConfig.Timing#defaults}.
   *
   * @param self this process's name
   * @param others the other processes
   * @param algorithm how snapshots are taken
   * @return the configuration
   * @throws IllegalArgumentException if names or addresses are not as stated above
   */
  public static SnapshotConfig of(
      String self, Map<String, PeerId> others, SnapshotAlgorithm algorithm) {
    long timeout = Duration.ofSeconds(30).toNanos();
    return new SnapshotConfig(self, others, algorithm, timeout, LinkConfig.Timing.defaults());
  }

  /**
   * The same with another timeout.
   *
   * @param timeout after how long a snapshot is given up
   * @return the configuration
   * @throws IllegalArgumentException if it is out of its range
   */
  public SnapshotConfig withTimeout(Duration timeout) {
    return new SnapshotConfig(self, others, algorithm, timeout.toNanos(), timing);
  }

  /**
   * The same with other times.
   *
   * @param other the times
   * @return the configuration
   */
  public SnapshotConfig with(LinkConfig.Timing other) {
    return new SnapshotConfig(self, others, algorithm, timeoutNanos, other);
  }

  /** All names, sorted. */
  List<String> names() {
    TreeSet<String> names = new TreeSet<>(others.keySet());
    names.add(self);
    return List.copyOf(names);
  }

  /** Tells systems of other names or another algorithm apart. */
  int fingerprint() {
    CRC32 crc = new CRC32();
    crc.update(algorithm.code());
    for (String name : names()) {
      crc.update(name.getBytes(StandardCharsets.UTF_8));
      crc.update(0);
    }
    return (int) crc.getValue();
  }
}
