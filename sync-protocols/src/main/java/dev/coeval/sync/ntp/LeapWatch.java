package dev.coeval.sync.ntp;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.measure.Measurement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which leap second comes, and which one has just been. */
final class LeapWatch {

  /** Servers are not exact about when they step: so near to a leap second no stamp is believed. */
  private static final long NEAR_NANOS = Duration.ofSeconds(5).toNanos();

  /** Servers may go on announcing one that has been; for so long nobody is believed. */
  private static final long QUIET_NANOS = Duration.ofDays(1).toNanos();

  private Optional<LeapSecond> pending = Optional.empty();
  private @Nullable LeapSecond last;

  Optional<LeapSecond> pending() {
    return pending;
  }

  /** Takes in what was voted; true if another leap second comes than was thought. */
  boolean vote(LeapVotes votes, long epochNanos) {
    Optional<LeapSecond> next = votes.leap().filter(leap -> isNew(leap, epochNanos));
    if (next.equals(pending)) {
      return false;
    }
    pending = next;
    return true;
  }

  /** The leap second that is over at this time and was not yet; nothing is pending then. */
  Optional<LeapSecond> passed(long epochNanos) {
    Optional<LeapSecond> passed = pending.filter(leap -> epochNanos >= leap.unbrokenNanos());
    if (passed.isPresent()) {
      last = passed.get();
      pending = Optional.empty();
    }
    return passed;
  }

  /** Whether a stamp of this exchange may be of either side of a leap second. */
  boolean isNear(Measurement measurement) {
    return isNear(measurement.peerReceivedEpochNanos()) || isNear(measurement.peerSentEpochNanos());
  }

  /** Whether a leap second comes within a day, or was within the last. */
  boolean isSmearing(long epochNanos) {
    return pending.filter(leap -> leap.isNear(epochNanos, QUIET_NANOS)).isPresent()
        || isQuiet(epochNanos);
  }

  private boolean isNear(long epochNanos) {
    LeapSecond before = last;
    return (before != null && before.isNear(epochNanos, NEAR_NANOS))
        || pending.filter(leap -> leap.isNear(epochNanos, NEAR_NANOS)).isPresent();
  }

  private boolean isNew(LeapSecond leap, long epochNanos) {
    return !leap.equals(last) && !isQuiet(epochNanos);
  }

  private boolean isQuiet(long epochNanos) {
    LeapSecond before = last;
    return before != null && before.isNear(epochNanos, QUIET_NANOS);
  }
}
