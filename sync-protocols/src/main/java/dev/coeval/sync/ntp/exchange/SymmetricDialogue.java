package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The packets of two peers that tell each other the time (RFC 5905 section 8, modes 1 and 2; RFC
 * 9769 section 3).
 *
 * <p><b>Problem.</b> Each packet is an answer to the other's last one, and a question at the same
 * time. Each peer sends when it likes, so packets cross, and one of them may send several times
 * before the other does. When one packet is lost, the next one answers something that the other
 * does not wait for any more; and if both then held to what they knew, they would never agree
 * again. But whoever lets any packet change what it knows lets anybody do that: one replayed packet
 * a poll kept two peers of earlier implementations apart (CVE-2015-1799).
 *
 * <p><b>Steps.</b>
 *
 * <ol>
 *   <li>What we send brings back the stamps of the last packet that <em>answered</em> one of ours.
 *   <li>A packet answers if its origin timestamp is the transmit timestamp of one of our last
 *       {@link Outbox#CAPACITY} packets that no answer has come to, nor to a later one (TEST2).
 *       That gives the four stamps of a whole exchange. In the interleaved mode the origin is the
 *       receive timestamp of our packet, of which no two have the same, and the transmit timestamp
 *       tells when the remote's packet before had left: that gives the four stamps of the exchange
 *       before.
 *   <li>More packets of the remote before our next one only make its stamps newer, never older.
 *   <li>Another packet, if it is authentic and newer than the last answer, is kept apart. Its
 *       stamps are brought back only when the remote has not answered as many of ours as the two
 *       poll intervals explain: so the dialogue begins, and so it finds together again.
 *   <li>After {@link Outbox#CAPACITY} packets of ours without an answer, the last answer counts no
 *       longer; the remote's clock may have been set back.
 * </ol>
 *
 * <p><b>Interleaved.</b> We say when our last packet had left only if it was the only one since the
 * answer before the last one, so that the remote cannot take it for another's.
 *
 * <p><b>Our time.</b> All stamps of a packet are of one snapshot of our time, so T2 and T3 agree,
 * whatever it was corrected by meanwhile; in the interleaved mode T3 follows a packet later, and
 * what the time was corrected by is added to what we say our error is. The bits below the clock's
 * precision are random, so that a packet is not easily guessed.
 *
 * <p><b>Attacks.</b> Replay: no packet of ours is answered twice. Reflection: a packet that carries
 * one of our own transmit timestamps is refused. Who cannot write for the remote, but forges its
 * address, can delay the start of a dialogue without a key, not disturb one that runs.
 */
public final class SymmetricDialogue implements Dialogue {

  private final DialogueConfig config;
  private final Envelope envelope;
  private final PeerPackets packets;
  private final Outbox outbox = new Outbox();
  private @Nullable Heard answer; // the last packet that answered one of ours
  private @Nullable Heard stranger; // the newest other one since
  private @Nullable FourStamps last;
  private boolean isStrangerFresh;
  private boolean isClosed;
  private int pollExponent;
  private int remotePollExponent;
  private int sends; // since the last answer
  private int sendsBefore; // between that and the one before

  /**
   * A dialogue that has not begun.
   *
   * @param config with whom, and how
   * @param mode ours: {@link NtpPacket#MODE_SYMMETRIC_ACTIVE} or {@link
   *     NtpPacket#MODE_SYMMETRIC_PASSIVE}
   * @param served our own time, one snapshot a packet
   * @param random makes the bits below the precision
   * @throws IllegalArgumentException if it is another mode
   */
  public SymmetricDialogue(
      DialogueConfig config, int mode, Supplier<ServedTime> served, RandomGenerator random) {
    this.config = config;
    this.envelope = new Envelope(config, modesTo(mode));
    this.packets = new PeerPackets(config.wire().version(), mode, served, random);
  }

  private static int[] modesTo(int mode) {
    return switch (mode) {
      case NtpPacket.MODE_SYMMETRIC_ACTIVE ->
          new int[] {NtpPacket.MODE_SYMMETRIC_ACTIVE, NtpPacket.MODE_SYMMETRIC_PASSIVE};
      case NtpPacket.MODE_SYMMETRIC_PASSIVE -> new int[] {NtpPacket.MODE_SYMMETRIC_ACTIVE};
      default -> throw new IllegalArgumentException("not a symmetric mode: " + mode);
    };
  }

  @Override
  public PeerId peer() {
    return config.peer();
  }

  @Override
  public void pollEvery(int exponent) {
    pollExponent = exponent;
    packets.pollEvery(exponent);
  }

  @Override
  public ByteBuffer next(long sequence, ClockReading now) {
    if (sends == Outbox.CAPACITY) {
      answer = null;
    }
    Sent before = outbox.newest();
    Heard heard = broughtBack();
    isStrangerFresh = false;
    isClosed = false;
    boolean isAlone = before != null && sends == 0 && sendsBefore == 1;
    NtpPacket packet =
        config.wire().isInterleaved() && isAlone && heard != null && before != null
            ? packets.interleaved(heard, before, outbox, now.tickNanos())
            : packets.basic(heard, outbox, now.tickNanos());
    NtpPacket.Stamps stamps = packet.stamps();
    outbox.add(new Sent(sequence, stamps.receive(), stamps.transmit(), now.tickNanos()));
    sends = Math.min(sends + 1, Outbox.CAPACITY);
    return envelope.seal(packet);
  }

  /** The packet whose stamps the next one of ours brings back. */
  private @Nullable Heard broughtBack() {
    boolean isLost = answer == null || sends >= expectedSends();
    if (isLost && stranger != null) {
      last = null;
      return stranger;
    }
    return answer;
  }

  /** How many packets of ours the remote may well leave without an answer. */
  private int expectedSends() {
    int longer = Math.max(0, remotePollExponent - pollExponent);
    return longer >= Integer.SIZE - Integer.numberOfLeadingZeros(Outbox.CAPACITY) - 1
        ? Outbox.CAPACITY
        : 1 << longer;
  }

  @Override
  public void sent(long sequence, ClockReading sent) {
    outbox.stamp(sequence, sent.tickNanos());
  }

  @Override
  public boolean isOpen() {
    return !isClosed && outbox.isWaiting();
  }

  /** Waits no longer; an answer that comes later is used all the same, as peers answer at will. */
  @Override
  public void close() {
    isClosed = true;
  }

  @Override
  public void forget() {
    close();
    outbox.clear();
    answer = null;
    stranger = null;
    last = null;
    sends = 0;
    sendsBefore = 0;
  }

  @Override
  public Reply accept(ClockReading received, ByteBuffer datagram) {
    Decoded<NtpPacket> opened = envelope.open(datagram);
    return opened instanceof Decoded.Value<NtpPacket> good
        ? match(received, good.value())
        : new Reply.Stray(((Decoded.Refused<NtpPacket>) opened).reason());
  }

  private Reply match(ClockReading received, NtpPacket packet) {
    NtpPacket.Stamps stamps = packet.stamps();
    if (stamps.transmit() == NtpTimestamp.NONE) {
      return new Reply.Stray(Rejection.BAD_STAMPS);
    }
    if (outbox.isOwn(stamps.transmit())) {
      return new Reply.Stray(Rejection.LOOP);
    }
    if (answer != null && answer.transmit() == stamps.transmit()) {
      return new Reply.Stray(Rejection.DUPLICATE);
    }
    boolean isFirst = stamps.origin() == NtpTimestamp.NONE || stamps.receive() == NtpTimestamp.NONE;
    Sent basic = isFirst ? null : outbox.waitingFor(stamps.origin());
    if (basic != null) {
      return answered(received, packet, basic, false);
    }
    boolean mayInterleave = !isFirst && config.wire().isInterleaved();
    Sent interleaved = mayInterleave ? outbox.waitingInterleavedFor(stamps.origin()) : null;
    if (interleaved != null) {
      return answered(received, packet, interleaved, true);
    }
    boolean isMore = !isFirst && outbox.isAnsweredNewest(stamps.origin());
    keep(heard(received, packet), isMore);
    return new Reply.Stray(isFirst || isMore ? Rejection.UNREQUESTED : Rejection.WRONG_NONCE);
  }

  /** Of the packets that answer nothing, the newest may be needed to find together again. */
  private void keep(Heard heard, boolean isMore) {
    boolean isNewer = answer == null || NtpTimestamp.isBefore(answer.transmit(), heard.transmit());
    if (isNewer && isMore) {
      answer = heard;
      last = null;
    } else if (isNewer
        && (!isStrangerFresh
            || stranger == null
            || NtpTimestamp.isBefore(stranger.transmit(), heard.transmit()))) {
      stranger = heard;
      isStrangerFresh = true;
    }
  }

  private Reply answered(
      ClockReading received, NtpPacket packet, Sent sent, boolean isInterleaved) {
    FourStamps before = last;
    outbox.answered(sent);
    answer = heard(received, packet);
    stranger = null;
    last = null;
    sendsBefore = sends;
    sends = outbox.waiting();
    remotePollExponent = packet.quality().poll();
    Rejection header = ReplyCheck.judgeHeader(packet);
    if (header != null) {
      return new Reply.Refused(header, packet);
    }
    FourStamps own = FourStamps.of(sent.tick(), packet, received.tickNanos());
    if (isInterleaved && before == null) {
      last = own;
      return new Reply.Heard(packet);
    }
    if (isInterleaved && !NtpTimestamp.isBefore(own.peerSent(), own.peerReceived())) {
      return new Reply.Refused(Rejection.BAD_STAMPS, packet);
    }
    FourStamps stamps = isInterleaved && before != null ? before.improved(packet) : own;
    Decoded<Measurement> judged = config.check().judge(peer(), stamps, received.wallEpochNanos());
    if (judged instanceof Decoded.Value<Measurement> good) {
      last = own;
      return new Reply.Good(good.value(), packet, isInterleaved);
    }
    return new Reply.Refused(((Decoded.Refused<Measurement>) judged).reason(), packet);
  }

  private static Heard heard(ClockReading received, NtpPacket packet) {
    NtpPacket.Stamps stamps = packet.stamps();
    return new Heard(stamps.transmit(), stamps.receive(), received.tickNanos());
  }
}
