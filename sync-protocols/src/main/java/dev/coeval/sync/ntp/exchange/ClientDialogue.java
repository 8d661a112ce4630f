package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a client, and which datagrams answer them (RFC 5905 section 8; RFC 9769 section
 * 2).
 *
 * <p><b>Problem.</b> Whoever writes a datagram with a server's address can claim to be that server;
 * and a reply that is late looks like one that is not.
 *
 * <p><b>Idea.</b> The transmit timestamp of a request is a random number and nothing else: it says
 * nothing of the local clock, and who cannot see the request cannot make up a reply to it. The
 * reply must bring it back in all 64 bits. The other fields say nothing either.
 *
 * <p><b>Interleaved.</b> A server knows when a reply really left only afterwards, so it says so in
 * the next one. To ask for it, a request names the last reply by its receive timestamp, and carries
 * a second random number as its own:
 *
 * <pre>
 *   client                                                     server
 *  T1 |  origin 0, receive 0, transmit x                         |
 *     |---------------------------------------------------------&gt;| T2
 *  T4 |&lt;---------------------------------------------------------| T3
 *     |  origin x, receive T2, transmit about T3                 |
 *     |                                                          |
 *     |  origin T2, receive y, transmit z                        |
 *     |---------------------------------------------------------&gt;| T6
 *     |&lt;---------------------------------------------------------|
 *     |  origin y, receive T6, transmit T3  gives T1 T2 T3 T4    |
 *     |  origin z, receive T6, transmit T7  a basic reply        |
 * </pre>
 *
 * <p>All four stamps are of one exchange, the one before, so half its delay bounds the error as
 * ever, drift is counted for that exchange alone, and a reply that was lost can mix nothing up: the
 * request names the reply whose departure it asks for. After {@link #MAX_ASKED} requests in a row
 * without a reply, the next are basic ones, until there is one.
 *
 * <p><b>Attacks.</b> Off the path, 64 bits are not guessed. On it, packets can be delayed, which
 * widens the bound and does not make it false. Whatever is not the reply, or not sealed as agreed,
 * leaves the open request as it is; so neither a late reply nor a forged one costs anything. A
 * reply is taken once.
 */
public final class ClientDialogue implements Dialogue {

  /** So many requests may name the same reply: a server forgets it, and it grows old. */
  public static final int MAX_ASKED = 4;

  /** 2³² s: what a request says that does not want to say how fine its clock is. */
  private static final int NO_PRECISION = 32;

  private final DialogueConfig config;
  private final Envelope envelope;
  private final Nonces nonces;
  private long sequence;
  private long transmit; // NONE while no request is open
  private long receive; // NONE while none that is interleaved is open
  private long sentTick;
  private int asked; // requests since the last reply
  private @Nullable FourStamps last;

  /**
   * A dialogue that has not begun.
   *
   * @param config with whom, and how
   * @param random makes the random numbers of requests; a {@link java.security.SecureRandom} on a
   *     real network
   */
  public ClientDialogue(DialogueConfig config, RandomGenerator random) {
    this.config = config;
    this.envelope = new Envelope(config, NtpPacket.MODE_SERVER);
    this.nonces = new Nonces(random);
  }

  @Override
  public PeerId peer() {
    return config.peer();
  }

  @Override
  public ByteBuffer next(long newSequence, ClockReading now) {
    close();
    transmit = nonces.next();
    FourStamps named = asked < MAX_ASKED ? last : null;
    asked = Math.min(asked + 1, MAX_ASKED);
    receive = named == null ? NtpTimestamp.NONE : nonces.next();
    sequence = newSequence;
    sentTick = now.tickNanos();
    long origin = named == null ? NtpTimestamp.NONE : named.peerReceived();
    int version = config.wire().version();
    return envelope.seal(
        new NtpPacket(
            new NtpPacket.Kind(NtpPacket.LEAP_NONE, version, NtpPacket.MODE_CLIENT),
            new NtpPacket.Quality(NtpPacket.STRATUM_UNSPECIFIED, 0, NO_PRECISION, 0, 0),
            new NtpPacket.Reference(0, NtpTimestamp.NONE),
            new NtpPacket.Stamps(origin, receive, transmit)));
  }

  @Override
  public void sent(long sentSequence, ClockReading sent) {
    if (isOpen() && sentSequence == sequence) {
      sentTick = sent.tickNanos();
    }
  }

  @Override
  public boolean isOpen() {
    return transmit != NtpTimestamp.NONE;
  }

  @Override
  public void close() {
    nonces.spend(transmit);
    nonces.spend(receive);
    transmit = NtpTimestamp.NONE;
    receive = NtpTimestamp.NONE;
  }

  @Override
  public void forget() {
    close();
    last = null;
    asked = 0;
  }

  @Override
  public Reply accept(ClockReading received, ByteBuffer datagram) {
    Decoded<NtpPacket> opened = envelope.open(datagram);
    return opened instanceof Decoded.Value<NtpPacket> good
        ? match(received, good.value())
        : new Reply.Stray(((Decoded.Refused<NtpPacket>) opened).reason());
  }

  private Reply match(ClockReading received, NtpPacket packet) {
    if (packet.kind().version() != config.wire().version()) {
      return new Reply.Stray(Rejection.UNKNOWN_VERSION);
    }
    long origin = packet.stamps().origin();
    if (!isOpen() || nonces.isSpent(origin)) {
      return new Reply.Stray(Rejection.UNREQUESTED);
    }
    boolean isInterleaved = origin == receive && receive != NtpTimestamp.NONE;
    if (!isInterleaved && origin != transmit) {
      return new Reply.Stray(Rejection.WRONG_NONCE);
    }
    close();
    asked = 0;
    return judge(received, packet, isInterleaved ? last : null);
  }

  /** Judges the reply to the open request; it is about the exchange before, if there is one. */
  private Reply judge(ClockReading received, NtpPacket packet, @Nullable FourStamps before) {
    last = null;
    Rejection header = ReplyCheck.judgeHeader(packet);
    if (header != null) {
      return new Reply.Refused(header, packet);
    }
    FourStamps own = FourStamps.of(sentTick, packet, received.tickNanos());
    boolean isLate = before != null && !NtpTimestamp.isBefore(own.peerSent(), own.peerReceived());
    if (isLate) {
      return new Reply.Refused(Rejection.BAD_STAMPS, packet);
    }
    FourStamps stamps = before == null ? own : before.improved(packet);
    Decoded<Measurement> judged = config.check().judge(peer(), stamps, received.wallEpochNanos());
    if (judged instanceof Decoded.Value<Measurement> good) {
      last = config.wire().isInterleaved() ? own : null;
      return new Reply.Good(good.value(), packet, before != null);
    }
    return new Reply.Refused(((Decoded.Refused<Measurement>) judged).reason(), packet);
  }
}
