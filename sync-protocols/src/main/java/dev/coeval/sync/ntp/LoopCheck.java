package dev.coeval.sync.ntp;

import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whether a source takes its time from here (RFC 5905 section 14 and appendix A.5.5.3).
 *
 * <p><b>Problem.</b> A node that follows its own follower hears its own error agree with itself.
 *
 * <p><b>Idea.</b> A source below stratum 1 says whom it follows, by the reference identifier of its
 * address: if that is an address of this node, the two would go in a circle. And a packet that says
 * of its time exactly what this node says, reference time to the last bit, comes from this node
 * itself, by whatever way. The second also holds where an address is translated on the way, so that
 * this node does not know the one it is known by; its reference times carry random bits for that.
 *
 * <p><b>Known attack.</b> A source on the path can always hide whom it follows. Longer circles are
 * not seen here; they end at stratum 16, as each node adds one.
 */
final class LoopCheck {
  private final Set<Integer> ownIds;
  private final Supplier<ServedTime> served;

  LoopCheck(Collection<InetAddress> addresses, Supplier<ServedTime> served) {
    this.ownIds =
        addresses.stream()
            .filter(address -> !address.isLoopbackAddress())
            .map(ReferenceIds::of)
            .collect(Collectors.toUnmodifiableSet());
    this.served = served;
  }

  Set<Integer> ownIds() {
    return ownIds;
  }

  boolean isLoop(NtpPacket packet) {
    int stratum = packet.quality().stratum();
    return (stratum > 1 && ownIds.contains(packet.reference().id())) || isOurs(packet);
  }

  private boolean isOurs(NtpPacket packet) {
    SystemVariables ours = served.get().variables();
    return ours.isSynchronized()
        && ours.referenceEpochNanos() != SystemVariables.NEVER
        && packet.reference().timestamp() == ours.wireReference()
        && packet.reference().id() == ours.referenceId()
        && packet.quality().stratum() == ours.wireStratum()
        && packet.quality().rootDelay() == NtpShort.ofNanos(ours.rootDelayNanos());
  }
}
