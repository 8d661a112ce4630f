package dev.coeval.sync.ntp;

import dev.coeval.scale.LeapSecondTable;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import java.net.InetAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an NTP machine finds on its node.
 *
 * @param keys the symmetric keys that {@link SourceConfig#wire} names
 * @param leaps the leap seconds that are known; empty to believe the sources
 * @param addresses where this node is reached, so that a source that takes its time from here is
 *     known by its reference identifier; loopback addresses say nothing and are left out
 * @param clock the node's clock, which follows what the machine publishes; read once a packet
 * @param reference the time that the node serves, if it is not the time of this machine: a
 *     reference of its own
 */
public record NtpNode(
    NtpKeys keys,
    Optional<LeapSecondTable> leaps,
    Set<InetAddress> addresses,
    Supplier<ClockModel> clock,
    Optional<Supplier<ServedTime>> reference) {

  private static final ClockModel NO_CLOCK =
      ClockModel.unsynchronized(new ClockReading(0, 0, 0), ClockModel.DEFAULT_DRIFT_BOUND_PPB);

  /** No keys, no addresses, nothing to serve: enough for a client that is only a client. */
  public static final NtpNode BARE = of(() -> NO_CLOCK);

  /**
   * Copies the addresses.
   *
   * @param keys as above
   * @param leaps as above
   * @param addresses as above
   * @param clock as above
   * @param reference as above
   */
  public NtpNode {
    Objects.requireNonNull(keys, "keys");
    Objects.requireNonNull(leaps, "leaps");
    addresses = Set.copyOf(addresses);
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(reference, "reference");
  }

  /**
   * A node with a clock.
   *
   * @param clock follows what the machine publishes, as a {@link dev.coeval.time.DisciplinedClock}
   * @return the node
   */
  public static NtpNode of(Supplier<ClockModel> clock) {
    return new NtpNode(NtpKeys.empty(), Optional.empty(), Set.of(), clock, Optional.empty());
  }

  /**
   * With keys.
   *
   * @param other the keys
   * @return a copy
   */
  public NtpNode withKeys(NtpKeys other) {
    return new NtpNode(other, leaps, addresses, clock, reference);
  }

  /**
   * With leap seconds that are known.
   *
   * @param other the table
   * @return a copy
   */
  public NtpNode withLeaps(LeapSecondTable other) {
    return new NtpNode(keys, Optional.of(other), addresses, clock, reference);
  }

  /**
   * With addresses.
   *
   * @param other where this node is reached
   * @return a copy
   */
  public NtpNode withAddresses(Set<InetAddress> other) {
    return new NtpNode(keys, leaps, other, clock, reference);
  }

  /**
   * With a reference of its own, which it serves whatever the sources say.
   *
   * @param other the newest snapshot, whenever asked
   * @return a copy
   */
  public NtpNode withReference(Supplier<ServedTime> other) {
    return new NtpNode(keys, leaps, addresses, clock, Optional.of(other));
  }
}
