package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.packet.NtpPacket;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sources that smear leap seconds apart from those that do not.
 *
 * <p><b>Problem.</b> Around a leap second the two kinds are up to a second apart, and both are
 * right in their own way; their mean is not.
 *
 * <p><b>Idea.</b> Only one kind is followed: the one of which more sources answer, and those that
 * do not smear if as many do. A source that says nothing of a leap second of which others say that
 * it comes is taken for one that smears, until the day after. Whoever is left out is named.
 */
final class SmearWatch {
  private final Set<PeerId> suspects = new HashSet<>();

  /** Whether the kind that smears is followed. */
  static boolean isSmearFollowed(Collection<Association> all) {
    return all.stream().filter(a -> isOf(a, true)).count()
        > all.stream().filter(a -> isOf(a, false)).count();
  }

  /** Whether a source that has answered so must be left out. */
  boolean isOfOtherKind(Association association, Collection<Association> all, LeapWatch leaps) {
    return association.config().label().isSmeared() != isSmearFollowed(all)
        || isSuspect(association, all, leaps);
  }

  /** No leap second is near any more: nobody is suspected. */
  void forget() {
    suspects.clear();
  }

  private boolean isSuspect(Association association, Collection<Association> all, LeapWatch leaps) {
    if (association.config().label().isSmeared() || leaps.pending().isEmpty()) {
      return suspects.contains(association.peer());
    }
    boolean isSilent = !announces(association.lastPacket());
    boolean isAnnounced =
        all.stream().anyMatch(each -> each.isReachable() && announces(each.lastPacket()));
    if (isSilent && isAnnounced) {
      suspects.add(association.peer());
    } else {
      suspects.remove(association.peer());
    }
    return isSilent && isAnnounced;
  }

  private static boolean announces(@Nullable NtpPacket packet) {
    return packet != null
        && (packet.kind().leap() == LeapVotes.INSERT || packet.kind().leap() == LeapVotes.DELETE);
  }

  private static boolean isOf(Association association, boolean isSmeared) {
    return association.isReachable() && association.config().label().isSmeared() == isSmeared;
  }
}
