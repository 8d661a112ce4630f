package dev.coeval.sync.ntp.server;

import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A reply with the time, in the basic or the interleaved mode (RFC 9769 section 2).
 *
 * <pre>
 *   client                         origin      receive   transmit
 *     |-- 1 --------------------->   0           0          a
 *     |<------------------ basic --  a          T2         T3
 *     |-- 2 --------------------->  T2           b          c
 *     |<------------------ basic --  c         T2'        T3'     T2' is kept, T3' when it has left
 *     |-- 3 --------------------->  T2'          d          e
 *     |<------------ interleaved --  d        T2''        T3'     better than what reply 2 said
 * </pre>
 *
 * <p><b>Who is meant.</b> A client of the basic mode says in the origin timestamp the T3 of the
 * last reply, one of the interleaved mode its T2. So that one is not taken for the other, the
 * lowest bit of every T2 is 1 and that of every T3 is 0 (chrony does so too), and a pair is kept
 * only for a request whose origin has that bit: those who never ask for the mode cost no memory.
 *
 * <p><b>The bound.</b> In an interleaved reply T3 is an old one. If this clock has been corrected
 * since, its error now says nothing about the error of then; so that is kept beside the stamps, and
 * the reply says the larger of both. Of one thread.
 */
final class TimeReply {

  /** The lowest bit of a T2. */
  private static final long RECEIVE_MARK = 1;

  /** A reply leaves within 1 s, or its stamp is not believed. */
  private static final long MAX_WAIT_NANOS = 1_000_000_000L;

  /** Two stamps are rounded to 233 ps, and their lowest bits set. */
  private static final long ROUNDING_NANOS = 2;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int FRACTION_BITS = 32;

  private final Supplier<ServedTime> clock;
  private final @Nullable InterleavedMemory memory;
  private final StampPair named = new StampPair();
  private final StampPair stamps = new StampPair();
  private long keptFor;
  private boolean isKept;
  private boolean isInterleaved;
  private boolean isSynchronized;

  TimeReply(Supplier<ServedTime> clock, @Nullable InterleavedMemory memory) {
    this.clock = clock;
    this.memory = memory;
  }

  /** Whether the last reply was in the interleaved mode. */
  boolean isInterleaved() {
    return isInterleaved;
  }

  /** Whether the last reply said that there is a time. */
  boolean isSynchronized() {
    return isSynchronized;
  }

  /** No better stamp is expected for the last reply. */
  void forget() {
    isKept = false;
  }

  /**
   * Puts the header of a reply at its buffer's position, which stays.
   *
   * @param request the request, from its position on
   * @param client the hash of its address; of no matter without memory
   * @param ticks read as late as can be
   */
  void put(
      ByteBuffer request, ByteBuffer reply, long receivedTick, long client, LongSupplier ticks) {
    int asked = request.position();
    int at = reply.position();
    boolean isWanted = isWanted(request, asked);
    isInterleaved = isWanted && find(client, NtpCodec.getLong(request, asked + NtpCodec.ORIGIN));
    int echoed = isInterleaved ? NtpCodec.RECEIVE : NtpCodec.TRANSMIT;
    NtpCodec.putLong(reply, at + NtpCodec.ORIGIN, NtpCodec.getLong(request, asked + echoed));
    reply.put(at + NtpCodec.POLL, request.get(asked + NtpCodec.POLL));
    ServedTime time = clock.get();
    stamps.receive = NtpTimestamp.ofEpochNanos(time.epochNanosAt(receivedTick));
    stamps.errorNanos = time.maxErrorNanosAt(receivedTick);
    stamps.transmitTick = ticks.getAsLong(); // as late as can be
    stamps.transmit = NtpTimestamp.ofEpochNanos(time.epochNanosAt(stamps.transmitTick));
    stamps.errorNanos = Math.max(stamps.errorNanos, time.maxErrorNanosAt(stamps.transmitTick));
    finish(request.get(asked), reply, at, time);
    if (isWanted && isSynchronized) {
      keep(client);
    }
    NtpCodec.putLong(reply, at + NtpCodec.RECEIVE, stamps.receive);
    NtpCodec.putLong(
        reply, at + NtpCodec.TRANSMIT, isInterleaved ? named.transmit : stamps.transmit);
  }

  /**
   * The last reply has left: its T3 becomes known better, if its pair was kept. Both ends of the
   * wait are read off one line, so that a clock that was stepped meanwhile does not step T3.
   */
  void sent(ByteBuffer reply, ClockReading sent) {
    if (!isKept || memory == null || reply.remaining() < NtpCodec.HEADER_LENGTH) {
      return;
    }
    isKept = false;
    long left = sent.tickNanos() + sent.spanNanos() / 2;
    long waited = left - stamps.transmitTick;
    if (waited < 0
        || waited > MAX_WAIT_NANOS
        || NtpCodec.getLong(reply, reply.position() + NtpCodec.RECEIVE) != stamps.receive) {
      return;
    }
    ServedTime time = clock.get();
    long error = time.maxErrorNanosAt(left);
    if (error == Long.MAX_VALUE) {
      return;
    }
    long gained = time.epochNanosAt(left) - time.epochNanosAt(stamps.transmitTick);
    // The line's rate is off by no more than the bound grows, but for what its slew hides or adds.
    stamps.errorNanos +=
        Math.abs(error - time.maxErrorNanosAt(stamps.transmitTick))
            + 2 * Math.abs(gained - waited)
            + sent.spanNanos() / 2
            + ROUNDING_NANOS;
    stamps.transmit =
        (stamps.transmit + (gained << FRACTION_BITS) / NANOS_PER_SECOND) & ~RECEIVE_MARK;
    stamps.transmitTick = left;
    memory.refine(keptFor, stamps);
  }

  /** Puts the quality, with the older error of the two if T3 is an old one. */
  private void finish(int asked, ByteBuffer reply, int at, ServedTime time) {
    if (memory != null) {
      stamps.receive |= RECEIVE_MARK;
      stamps.transmit &= ~RECEIVE_MARK;
      stamps.errorNanos = shifted(stamps.errorNanos);
    }
    long own = stamps.errorNanos;
    if (isInterleaved) {
      stamps.errorNanos = Math.max(own, named.errorNanos);
    }
    int kind = NtpCodec.firstByte(0, NtpCodec.version(asked), NtpPacket.MODE_SERVER);
    isSynchronized = ReplyHeader.putQuality(reply, at, kind, time, stamps);
    stamps.errorNanos = own;
  }

  private boolean isWanted(ByteBuffer request, int asked) {
    return memory != null
        && NtpCodec.version(request.get(asked)) >= NtpPacket.VERSION
        && (NtpCodec.getLong(request, asked + NtpCodec.ORIGIN) & RECEIVE_MARK) != 0
        && NtpCodec.getLong(request, asked + NtpCodec.RECEIVE)
            != NtpCodec.getLong(request, asked + NtpCodec.TRANSMIT);
  }

  private boolean find(long client, long receive) {
    return memory != null && memory.find(client, receive, named);
  }

  private void keep(long client) {
    if (memory != null) {
      isKept = memory.save(client, stamps);
      keptFor = client;
    }
  }

  private static long shifted(long errorNanos) {
    return errorNanos > Long.MAX_VALUE - InterleavedMemory.MAX_SHIFT_NANOS
        ? errorNanos
        : errorNanos + InterleavedMemory.MAX_SHIFT_NANOS;
  }
}
