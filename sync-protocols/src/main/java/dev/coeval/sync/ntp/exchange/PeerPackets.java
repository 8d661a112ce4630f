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
  NtpPacket basic(@Nullable Heard heard, Outbox outbox, long nowTick) {
    ServedTime time = served.get();
    SystemVariables variables = time.variablesAt(nowTick);
    long transmit = blurred(time.epochNanosAt(nowTick), variables.precision());
    long origin = heard == null ? NtpTimestamp.NONE : heard.transmit();
    NtpPacket.Stamps stamps = stamps(origin, receive(time, heard, outbox), transmit, outbox);
    return packet(variables, stamps);
  }

  /** Origin: the remote's receive timestamp; transmit: when the packet before had left. */
  NtpPacket interleaved(Heard heard, Sent before, Outbox outbox, long nowTick) {
    ServedTime time = served.get();
    SystemVariables variables = time.variablesAt(nowTick);
    long corrected = Math.abs(time.epochNanosAt(saidTick) - saidEpochNanos);
    long dispersion =
        Math.min(variables.rootDispersionNanos(), SystemVariables.MAX_DISPERSION_NANOS)
            + Math.min(corrected, SystemVariables.MAX_DISPERSION_NANOS);
    long transmit = NtpTimestamp.ofEpochNanos(time.epochNanosAt(before.tick()));
    long receive = receive(time, heard, outbox);
    NtpPacket.Stamps stamps = stamps(heard.receive(), receive, transmit, outbox);
    return packet(variables.withRootDispersionNanos(dispersion), stamps);
  }

  /** When the remote's packet arrived, or so little later that each of ours says another time. */
  private long receive(ServedTime time, @Nullable Heard heard, Outbox outbox) {
    if (heard == null) {
      return NtpTimestamp.NONE;
    }
    saidTick = heard.tick();
    saidEpochNanos = time.epochNanosAt(saidTick);
    long receive = NtpTimestamp.ofEpochNanos(saidEpochNanos);
    while (outbox.hasReceive(receive) || receive == NtpTimestamp.NONE) {
      receive++;
    }
    return receive;
  }

  /** The bits that the clock does not know are random. */
  private long blurred(long epochNanos, int precision) {
    int known = Math.max(0, Math.min(-precision, Integer.SIZE));
    long unknown = (1L << (Integer.SIZE - known)) - 1;
    return (NtpTimestamp.ofEpochNanos(epochNanos) & ~unknown) | (random.nextLong() & unknown);
  }

  /** No packet may answer itself, nor look like another. */
  private static NtpPacket.Stamps stamps(long origin, long receive, long transmit, Outbox outbox) {
    long distinct = transmit;
    while (distinct == NtpTimestamp.NONE
        || distinct == origin
        || distinct == receive
        || outbox.isOwn(distinct)) {
      distinct++;
    }
    return new NtpPacket.Stamps(origin, receive, distinct);
  }

  private NtpPacket packet(SystemVariables variables, NtpPacket.Stamps stamps) {
    return new NtpPacket(
        new NtpPacket.Kind(variables.leap(), version, mode),
        new NtpPacket.Quality(
            variables.wireStratum(),
            pollExponent,
            variables.precision(),
            NtpShort.ofNanos(variables.rootDelayNanos()),
            NtpShort.ofNanos(variables.rootDispersionNanos())),
        new NtpPacket.Reference(variables.referenceId(), variables.wireReference()),
        stamps);
  }
}
