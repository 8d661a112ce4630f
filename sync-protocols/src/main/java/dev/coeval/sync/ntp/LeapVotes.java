package dev.coeval.sync.ntp;

import dev.coeval.scale.LeapSecond;
import dev.coeval.scale.LeapSecondTable;
import dev.coeval.sync.ntp.packet.NtpPacket;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a leap second comes at the end of the month.
 *
 * <p>A table that has not expired knows. Otherwise the sources that are selected vote, each by the
 * leap indicator of its last packet; more than half of all must announce the same one (RFC 5905
 * leaves the rule open).
 *
 * @param leap the leap second; empty if none comes
 * @param isDivided as many say that one comes as say that none does, or the table says so and
 *     nobody else
 */
record LeapVotes(Optional<LeapSecond> leap, boolean isDivided) {

  /** RFC 5905 figure 9: the last minute of the month has 61 seconds. */
  static final int INSERT = 1;

  /** It has 59. */
  static final int DELETE = 2;

  /** No leap second comes. */
  static final LeapVotes NONE = new LeapVotes(Optional.empty(), false);

  /**
   * Counts.
   *
   * @param table knows better; null if there is none
   * @param indicators the leap indicators of the sources that are selected
   * @param epochNanos the present time
   */
  static LeapVotes count(
      @Nullable LeapSecondTable table, List<Integer> indicators, long epochNanos) {
    LeapVotes votes = count(indicators, epochNanos);
    if (table == null || table.isExpired(epochNanos)) {
      return votes;
    }
    Optional<LeapSecond> known =
        table.nextLeapAfter(epochNanos).filter(leap -> isThisMonth(leap, epochNanos));
    boolean isAlone = known.isPresent() && !indicators.isEmpty() && !known.equals(votes.leap);
    return new LeapVotes(known, isAlone);
  }

  private static LeapVotes count(List<Integer> indicators, long epochNanos) {
    int inserted = 0;
    int deleted = 0;
    for (int indicator : indicators) {
      inserted += indicator == INSERT ? 1 : 0;
      deleted += indicator == DELETE ? 1 : 0;
    }
    int most = Math.max(inserted, deleted);
    if (most == 0) {
      return NONE;
    }
    if (2 * most > indicators.size()) {
      int seconds = inserted > deleted ? 1 : -1;
      return new LeapVotes(Optional.of(LeapSecond.atEndOfMonth(epochNanos, seconds)), false);
    }
    return new LeapVotes(Optional.empty(), 2 * most == indicators.size());
  }

  private static boolean isThisMonth(LeapSecond leap, long epochNanos) {
    return leap.equals(LeapSecond.atEndOfMonth(epochNanos, leap.seconds()));
  }

  /** The leap indicator that says so. */
  int indicator() {
    return leap.map(l -> l.seconds() > 0 ? INSERT : DELETE).orElse(NtpPacket.LEAP_NONE);
  }
}
