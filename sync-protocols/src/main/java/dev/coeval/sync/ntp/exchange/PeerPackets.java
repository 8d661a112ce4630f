package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the packets of a symmetric peer: our time, and what we have heard. */
final class PeerPackets {

  private final int version;
  private final int mode;
  private final Supplier<ServedTime> served;
  private final RandomGenerator random;
  private int pollExponent;
  private long saidTick;
  private long saidEpochNanos; // for that tick, in the last packet

  PeerPackets(int version, int mode, Supplier<ServedTime> served, RandomGenerator random) {
    this.version = version;
    this.mode = mode;
    this.served = served;
    this.random = random;
  }

  void pollEvery(int exponent) {
    pollExponent = exponent;
  }

  /** Origin: the remote's transmit timestamp; transmit: now, or a moment before. */
  NtpPacket basic(@Nullable Heard heard, @Nullable Sent before, long nowTick) {
    ServedTime time = served.get();
    SystemVariables variables = time.variablesAt(nowTick);
    long transmit = blurred(time.epochNanosAt(nowTick), variables.precision());
    long origin = heard == null ? NtpTimestamp.NONE : heard.transmit();
    return packet(variables, origin, receive(time, heard), transmit, before);
  }

  /** Origin: the remote's receive timestamp; transmit: when the packet before had left. */
  NtpPacket interleaved(Heard heard, Sent before, long nowTick) {
    ServedTime time = served.get();
    SystemVariables variables = time.variablesAt(nowTick);
    long corrected = Math.abs(time.epochNanosAt(saidTick) - saidEpochNanos);
    long dispersion =
        Math.min(variables.rootDispersionNanos(), SystemVariables.MAX_DISPERSION_NANOS)
            + Math.min(corrected, SystemVariables.MAX_DISPERSION_NANOS);
    long transmit = NtpTimestamp.ofEpochNanos(time.epochNanosAt(before.tick()));
    return packet(
        variables.withRootDispersionNanos(dispersion),
        heard.receive(),
        receive(time, heard),
        transmit,
        before);
  }

  private long receive(ServedTime time, @Nullable Heard heard) {
    if (heard == null) {
      return NtpTimestamp.NONE;
    }
    saidTick = heard.tick();
    saidEpochNanos = time.epochNanosAt(saidTick);
    return NtpTimestamp.ofEpochNanos(saidEpochNanos);
  }

  /** The bits that the clock does not know are random. */
  private long blurred(long epochNanos, int precision) {
    int known = Math.max(0, Math.min(-precision, Integer.SIZE));
    long unknown = (1L << (Integer.SIZE - known)) - 1;
    return (NtpTimestamp.ofEpochNanos(epochNanos) & ~unknown) | (random.nextLong() & unknown);
  }

  private NtpPacket packet(
      SystemVariables variables, long origin, long receive, long transmit, @Nullable Sent before) {
    long distinct = transmit;
    while (distinct == NtpTimestamp.NONE
        || distinct == origin
        || distinct == receive
        || (before != null && before.transmit() == distinct)) {
      distinct++; // so that no packet answers itself, nor looks like another
    }
    return new NtpPacket(
        new NtpPacket.Kind(variables.leap(), version, mode),
        new NtpPacket.Quality(
            variables.wireStratum(),
            pollExponent,
            variables.precision(),
            NtpShort.ofNanos(variables.rootDelayNanos()),
            NtpShort.ofNanos(variables.rootDispersionNanos())),
        new NtpPacket.Reference(variables.referenceId(), variables.wireReference()),
        new NtpPacket.Stamps(origin, receive, distinct));
  }
}
