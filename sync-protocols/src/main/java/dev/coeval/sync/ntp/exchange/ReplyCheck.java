package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.KissCode;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.wire.Decoded;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a remote says gives time: the tests of RFC 5905 sections 9.2 (figure 22) and A.5.1.1
 * that look at one exchange alone, in nanoseconds. The package tells which number is whose.
 *
 * <p>The era of a timestamp is the one nearest to the local wall clock, which may be 68 years off,
 * or nearest to {@link #EARLIEST_PIVOT}, as no wall clock before that is right.
 *
 * @param maxDistanceNanos a server further from the truth is not used
 * @param driftBoundPpb by how much the local oscillator's rate can be wrong
 */
public record ReplyCheck(long maxDistanceNanos, long driftBoundPpb) {

  /** 2026-01-01T00:00:00Z: this was written later, so it is later wherever it runs. */
  static final long EARLIEST_PIVOT = 1_767_225_600_000_000_000L;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** A timestamp is rounded twice, to 233 ps and to a nanosecond. */
  private static final long ROUNDING_NANOS = 1;

  private static final int MAX_EXPONENT = 30;

  /**
   * Whether a remote that says this of itself can be measured: test 6.
   *
   * @return why not, or null if it can
   */
  static @Nullable Rejection judgeHeader(NtpPacket packet) {
    NtpPacket.Quality quality = packet.quality();
    if (quality.stratum() == NtpPacket.STRATUM_UNSPECIFIED) {
      return withoutStratum(packet);
    }
    boolean isUnsynchronized =
        packet.kind().leap() == NtpPacket.LEAP_UNSYNCHRONIZED
            || quality.stratum() > NtpPacket.MAX_STRATUM;
    return isUnsynchronized ? Rejection.PEER_UNSYNCHRONIZED : null;
  }

  /**
   * Whether an exchange gives time: tests 3, 7 and 11.
   *
   * @param wallEpochNanos what the local wall clock says, to tell the era
   */
  Decoded<Measurement> judge(PeerId peer, FourStamps stamps, long wallEpochNanos) {
    if (stamps.peerReceived() == NtpTimestamp.NONE || stamps.peerSent() == NtpTimestamp.NONE) {
      return Decoded.refused(Rejection.BAD_STAMPS);
    }
    long pivot = pivot(wallEpochNanos);
    Measurement measurement =
        new Measurement(
            peer,
            stamps.sentTick(),
            NtpTimestamp.toEpochNanos(stamps.peerReceived(), pivot),
            NtpTimestamp.toEpochNanos(stamps.peerSent(), pivot),
            stamps.receivedTick(),
            stamps.root());
    Rejection rejection = reject(measurement);
    return rejection == null ? Decoded.of(measurement) : Decoded.refused(rejection);
  }

  /** Tests 3 and 11: stamps that fit together, and a distance that is small enough. */
  @Nullable Rejection reject(Measurement measurement) {
    if (!measurement.isInRange()
        || measurement.peerSentEpochNanos() < measurement.peerReceivedEpochNanos()) {
      return Rejection.BAD_STAMPS;
    }
    long delay = measurement.delayNanos();
    long rootError = measurement.root().errorNanos();
    long tolerance =
        measurement.root().precisionNanos()
            + OffsetBounds.driftNanos(measurement.roundTripNanos(), driftBoundPpb);
    if (measurement.roundTripNanos() < 0 || delay < -tolerance) {
      return Rejection.BAD_STAMPS;
    }
    return rootError + Math.max(0, delay) / 2 > maxDistanceNanos
        ? Rejection.DISTANCE_TOO_LARGE
        : null;
  }

  /** Stratum 0: a kiss code, unless the server merely says that it does not know the time. */
  private static Rejection withoutStratum(NtpPacket packet) {
    int id = packet.reference().id();
    boolean isStarting =
        id == KissCode.INIT.id() || id == KissCode.STEP.id() || packet.reference().text().isEmpty();
    return isStarting ? Rejection.PEER_UNSYNCHRONIZED : KissCode.rejectionOf(id);
  }

  /** The time next to which the era of a timestamp is looked for. */
  static long pivot(long wallEpochNanos) {
    return Math.max(EARLIEST_PIVOT, Math.min(Measurement.MAX_EPOCH_NANOS, wallEpochNanos));
  }

  /** What a packet says of its sender's time. */
  static Measurement.Root root(NtpPacket.Quality quality) {
    return new Measurement.Root(
        NtpShort.toNanos(quality.rootDelay()),
        NtpShort.toNanos(quality.rootDispersion()),
        precisionNanos(quality.precision()) + ROUNDING_NANOS);
  }

  /** 2^exponent seconds, rounded up; held at 2³⁰ s, which no client accepts. */
  static long precisionNanos(int exponent) {
    if (exponent >= 0) {
      return NANOS_PER_SECOND << Math.min(exponent, MAX_EXPONENT);
    }
    int shift = -exponent;
    return shift > MAX_EXPONENT ? 1 : (NANOS_PER_SECOND + (1L << shift) - 1) >> shift;
  }
}
