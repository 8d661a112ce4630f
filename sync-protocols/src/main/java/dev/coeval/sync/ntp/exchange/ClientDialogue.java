package dev.coeval.sync.ntp.exchange;

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
public final class ClientDialogue implements Dialogue {

  /** As many spent nonces are known again, so that a late reply is told from a forged one. */
  private static final int REMEMBERED = 8;

  /** 2³² s: what a request says that does not want to say how fine its clock is. */
  private static final byte NO_PRECISION = 0x20;

  private final DialogueConfig config;
  private final RandomGenerator nonces;
  private final long[] spent = new long[REMEMBERED];
  private int spentCount;
  private long sequence;
  private long nonce; // NONE while no request is open
  private long sentTick;

  /**
   * A dialogue that has not begun.
   *
   * @param config with whom, and how
   * @param nonces makes the random numbers of requests; a {@link java.security.SecureRandom} on a
   *     real network
   */
  public ClientDialogue(DialogueConfig config, RandomGenerator nonces) {
    this.config = config;
    this.nonces = nonces;
  }

  @Override
  public PeerId peer() {
    return config.peer();
  }

  @Override
  public ByteBuffer next(long newSequence, ClockReading now) {
    close();
    do {
      nonce = nonces.nextLong();
    } while (nonce == NtpTimestamp.NONE);
    sequence = newSequence;
    sentTick = now.tickNanos();
    ByteBuffer request = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH);
    request.put(
        0, NtpCodec.firstByte(NtpPacket.LEAP_NONE, config.wire().version(), NtpPacket.MODE_CLIENT));
    request.put(NtpCodec.PRECISION, NO_PRECISION);
    request.putLong(NtpCodec.TRANSMIT, nonce);
    return request;
  }

  @Override
  public void sent(long sentSequence, ClockReading sent) {
    if (isOpen() && sentSequence == sequence) {
      sentTick = sent.tickNanos();
    }
  }

  @Override
  public boolean isOpen() {
    return nonce != NtpTimestamp.NONE;
  }

  @Override
  public void close() {
    if (isOpen()) {
      spent[spentCount++ % REMEMBERED] = nonce;
      nonce = NtpTimestamp.NONE;
    }
  }

  @Override
  public Reply accept(ClockReading received, ByteBuffer payload) {
    Rejection form = NtpCodec.check(payload);
    if (form != null) {
      return new Reply.Stray(form);
    }
    NtpPacket packet = NtpCodec.decode(payload);
    if (packet.kind().version() != config.wire().version()) {
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
    return config.check().judge(config.peer(), sentTick, received, packet);
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
