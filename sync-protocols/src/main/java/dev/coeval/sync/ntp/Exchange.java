package dev.coeval.sync.ntp;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * The requests to one server, at most one of them open, and which datagrams answer it.
 *
 * <p>The transmit timestamp of a request is a random number and nothing else: it says nothing of
 * the local clock, and who cannot see the request cannot make up a reply to it. The reply must
 * bring it back in all 64 bits. All other fields say nothing either.
 *
 * <p>Whatever is not the reply leaves the open request as it is: neither a late reply nor a forged
 * one costs the next exchange anything.
 */
final class Exchange {

  /** As many spent nonces are known again, so that a late reply is told from a forged one. */
  private static final int REMEMBERED = 8;

  /** 2³² s: what a request says that does not want to say how fine its clock is. */
  private static final byte NO_PRECISION = 0x20;

  private final PeerId peer;
  private final RandomGenerator nonces;
  private final long[] spent = new long[REMEMBERED];
  private int spentCount;
  private long sequence;
  private long nonce; // NONE while no request is open
  private long sentTick;

  Exchange(PeerId peer, RandomGenerator nonces) {
    this.peer = peer;
    this.nonces = nonces;
  }

  PeerId peer() {
    return peer;
  }

  /** A new request, which is then the open one. */
  ByteBuffer open(long newSequence, long tick) {
    close();
    do {
      nonce = nonces.nextLong();
    } while (nonce == NtpTimestamp.NONE);
    sequence = newSequence;
    sentTick = tick;
    ByteBuffer request = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    request.put(
        0, NtpCodec.firstByte(NtpPacket.LEAP_NONE, NtpPacket.VERSION, NtpPacket.MODE_CLIENT));
    request.put(NtpCodec.PRECISION, NO_PRECISION);
    request.putLong(NtpCodec.TRANSMIT, nonce);
    return request;
  }

  /** The open request has left at this tick, which is a better T1. */
  void sent(long sentSequence, long tick) {
    if (isOpen() && sentSequence == sequence) {
      sentTick = tick;
    }
  }

  boolean isOpen() {
    return nonce != NtpTimestamp.NONE;
  }

  void close() {
    if (isOpen()) {
      spent[spentCount++ % REMEMBERED] = nonce;
      nonce = NtpTimestamp.NONE;
    }
  }

  /** Takes a datagram from the server; if it answers the open request, that is no longer open. */
  Reply accept(ClockReading received, ByteBuffer payload, ReplyCheck check) {
    Rejection form = NtpCodec.check(payload);
    if (form != null) {
      return new Reply.Stray(form);
    }
    NtpPacket packet = NtpCodec.decode(payload);
    if (packet.kind().version() != NtpPacket.VERSION) {
      return new Reply.Stray(Rejection.UNKNOWN_VERSION);
    }
    if (packet.kind().mode() != NtpPacket.MODE_SERVER) {
      return new Reply.Stray(Rejection.UNEXPECTED_TYPE);
    }
    long origin = packet.stamps().origin();
    if (!isOpen() || isSpent(origin)) {
      return new Reply.Stray(Rejection.UNREQUESTED);
    }
    if (origin != nonce) {
      return new Reply.Stray(Rejection.WRONG_NONCE);
    }
    close();
    return check.judge(peer, sentTick, received, packet);
  }

  private boolean isSpent(long origin) {
    for (long known : spent) {
      if (known == origin && known != NtpTimestamp.NONE) {
        return true;
      }
    }
    return false;
  }
}
