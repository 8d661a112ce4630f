package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.time.ClockReading;
import org.jspecify.annotations.Nullable;

/**
 * Whether a server's reply to an open request gives time: the packet sanity tests of RFC 5905
 * sections 9.2 and A.5.1.1, in nanoseconds.
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

  Reply judge(PeerId peer, long sentTick, ClockReading received, NtpPacket packet) {
    if (packet.quality().stratum() == NtpPacket.STRATUM_UNSPECIFIED) {
      return new Reply.Refused(withoutStratum(packet), packet);
    }
    if (packet.kind().leap() == NtpPacket.LEAP_UNSYNCHRONIZED
        || packet.quality().stratum() > NtpPacket.MAX_STRATUM) {
      return new Reply.Refused(Rejection.PEER_UNSYNCHRONIZED, packet);
    }
    NtpPacket.Stamps stamps = packet.stamps();
    if (stamps.receive() == NtpTimestamp.NONE || stamps.transmit() == NtpTimestamp.NONE) {
      return new Reply.Refused(Rejection.BAD_STAMPS, packet);
    }
    long pivot = pivot(received.wallEpochNanos());
    long peerReceived = NtpTimestamp.toEpochNanos(stamps.receive(), pivot);
    long peerSent = NtpTimestamp.toEpochNanos(stamps.transmit(), pivot);
    Measurement measurement =
        new Measurement(
            peer, sentTick, peerReceived, peerSent, received.tickNanos(), root(packet.quality()));
    Rejection rejection = reject(measurement);
    return rejection == null
        ? new Reply.Good(measurement, packet)
        : new Reply.Refused(rejection, packet);
  }

  private @Nullable Rejection reject(Measurement measurement) {
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
    String code = packet.reference().text();
    if (code.equals("DENY") || code.equals("RSTR")) {
      return Rejection.KISS_DENY;
    }
    if (code.equals("RATE")) {
      return Rejection.KISS_RATE;
    }
    boolean isStarting = code.isEmpty() || code.equals("INIT") || code.equals("STEP");
    return isStarting ? Rejection.PEER_UNSYNCHRONIZED : Rejection.KISS_OTHER;
  }

  private static long pivot(long wallEpochNanos) {
    return Math.max(EARLIEST_PIVOT, Math.min(Measurement.MAX_EPOCH_NANOS, wallEpochNanos));
  }

  private static Measurement.Root root(NtpPacket.Quality quality) {
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
