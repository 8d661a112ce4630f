package dev.coeval.sync.berkeley;

import dev.coeval.sync.berkeley.Message.Correction;
import dev.coeval.sync.berkeley.Message.Difference;
import dev.coeval.sync.berkeley.Message.Elect;
import dev.coeval.sync.berkeley.Message.Entry;
import dev.coeval.sync.berkeley.Message.Poll;
import dev.coeval.sync.berkeley.Message.Refusal;
import dev.coeval.sync.berkeley.Message.Reply;
import dev.coeval.sync.berkeley.Message.Stamps;
import dev.coeval.sync.berkeley.Message.Vote;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Frame;
import dev.coeval.sync.wire.FrameCodec;
import dev.coeval.sync.wire.FrameFormat;
import dev.coeval.sync.wire.FrameHeader;
import dev.coeval.sync.wire.FrameType;
import dev.coeval.sync.wire.Keyring;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of {@link Message}s; this package's description draws them. Whatever comes in, decoding
 * gives a message within its ranges, or a reason. Not thread-safe, as {@link FrameCodec}.
 */
final class BerkeleyCodec {
  static final String MAGIC = "BERK";
  static final int VERSION = 1;

  static final int POLL = 1;
  static final int REPLY = 2;
  static final int REFUSAL = 3;
  static final int CORRECTION = 4;
  static final int ELECT = 5;
  static final int VOTE = 6;

  /** In a reply: the member's clock has settled. */
  static final int SETTLED = 0x0002;

  /** In a correction: the limits and the pace are meant. */
  static final int BOUNDED = 0x0002;

  /** In a vote: agreed. */
  static final int GRANTED = 0x0002;

  /** Times beyond are of no use, and sums of two could overflow. */
  static final long MAX_EPOCH_NANOS = Measurement.MAX_EPOCH_NANOS;

  /** Differences of clocks beyond, 73 years, are no reading, and sums could overflow. */
  static final long MAX_DIFFERENCE_NANOS = 1L << 61;

  /**
   * More than any configuration allows; ageing at the sum of two stays far from no bound at all.
   */
  static final long MAX_PACE_PPB = 200_000_000L;

  private static final int TERM_BYTES = 16;
  private static final int POLL_BYTES = TERM_BYTES + 40;
  private static final int REPLY_BYTES = TERM_BYTES + 40; // never longer than the poll
  private static final int CORRECTION_BYTES = TERM_BYTES + 56;
  private static final int ADDRESS_BYTES = 16;

  static final FrameFormat FORMAT =
      FrameFormat.of(
          MAGIC,
          VERSION,
          List.of(
              new FrameType(POLL, POLL_BYTES, 0),
              new FrameType(REPLY, REPLY_BYTES, SETTLED),
              new FrameType(REFUSAL, TERM_BYTES, 0),
              new FrameType(CORRECTION, CORRECTION_BYTES, BOUNDED),
              new FrameType(ELECT, TERM_BYTES, 0),
              new FrameType(VOTE, TERM_BYTES, GRANTED)));

  private final FrameCodec frames;

  BerkeleyCodec(Keyring keyring) {
    this.frames = new FrameCodec(FORMAT, keyring);
  }

  /** A message, the nonce that it came under, and the key that it was authenticated with. */
  record Received(Message message, long nonce, int keyId) {}

  ByteBuffer encode(Message message, long nonce, int keyId) {
    FrameHeader header = new FrameHeader(typeOf(message), flagsOf(message), nonce, keyId);
    ByteBuffer out =
        ByteBuffer.allocate(FORMAT.lengthOf(header.type(), keyId != FrameHeader.NO_KEY));
    frames.encode(out, header, body -> write(message, body));
    return out.flip();
  }

  Decoded<Received> decode(ByteBuffer datagram) {
    return frames
        .decode(datagram)
        .then(
            frame ->
                read(frame)
                    .map(BerkeleyCodec::checked)
                    .orElseGet(() -> Decoded.refused(Rejection.MALFORMED))
                    .then(message -> received(message, frame.header())));
  }

  private static Decoded<Received> received(Message message, FrameHeader header) {
    return Decoded.of(new Received(message, header.nonce(), header.keyId()));
  }

  private static int typeOf(Message message) {
    if (message instanceof Poll) {
      return POLL;
    } else if (message instanceof Reply) {
      return REPLY;
    } else if (message instanceof Refusal) {
      return REFUSAL;
    } else if (message instanceof Correction) {
      return CORRECTION;
    }
    return message instanceof Elect ? ELECT : VOTE;
  }

  private static int flagsOf(Message message) {
    if (message instanceof Reply reply) {
      return reply.settled() ? SETTLED : 0;
    } else if (message instanceof Correction correction) {
      return correction.difference().isBounded() ? BOUNDED : 0;
    }
    return message instanceof Vote vote && vote.granted() ? GRANTED : 0;
  }

  private static void write(Message message, ByteBuffer out) {
    out.putLong(message.term().number()).putLong(message.term().coordinatorId());
    if (message instanceof Poll poll) {
      out.putLong(poll.round()).putLong(poll.intervalNanos());
      write(poll.entry(), out);
    } else if (message instanceof Reply reply) {
      out.putLong(reply.round()).putLong(reply.memberId());
      out.putLong(reply.stamps().receivedEpochNanos()).putLong(reply.stamps().sentEpochNanos());
      out.putLong(reply.paceBoundPpb());
    } else if (message instanceof Correction correction) {
      Difference difference = correction.difference();
      out.putLong(correction.round()).putLong(correction.readingEpochNanos());
      out.putLong(difference.nanos());
      out.putLong(difference.belowNanos()).putLong(difference.aboveNanos());
      out.putLong(difference.likelyErrorNanos());
      out.putLong(difference.isBounded() ? difference.groupPacePpb() : 0);
    }
  }

  private static void write(Entry entry, ByteBuffer out) {
    out.putShort((short) entry.size()).putShort((short) entry.index());
    out.putShort((short) entry.receiverIndex()).putShort((short) entry.address().port());
    byte[] address = entry.address().address().getAddress();
    if (address.length == ADDRESS_BYTES) {
      out.put(address);
    } else { // ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2)
      out.putLong(0).putInt(0xFFFF).put(address);
    }
  }

  /** Reads a body whose length is right; empty if a field cannot even be represented. */
  private static Optional<Message> read(Frame frame) {
    ByteBuffer in = frame.body().duplicate();
    long number = in.getLong();
    if (number < 0 || number > Term.MAX_NUMBER) {
      return Optional.empty();
    }
    Term term = new Term(number, in.getLong());
    boolean flag = frame.header().flags() != 0;
    return switch (frame.header().type()) {
      case POLL -> readPoll(term, in);
      case REPLY -> Optional.of(readReply(term, in, flag));
      case REFUSAL -> Optional.of(new Refusal(term));
      case CORRECTION -> Optional.of(readCorrection(term, in, flag));
      case ELECT -> Optional.of(new Elect(term));
      default -> Optional.of(new Vote(term, flag));
    };
  }

  private static Optional<Message> readPoll(Term term, ByteBuffer in) {
    long round = in.getLong();
    long interval = in.getLong();
    int size = in.getShort() & 0xFFFF;
    int index = in.getShort() & 0xFFFF;
    int receiverIndex = in.getShort() & 0xFFFF;
    int port = in.getShort() & 0xFFFF;
    return readAddress(in)
        .map(address -> new Entry(size, index, receiverIndex, new PeerId(address, port)))
        .map(entry -> new Poll(term, round, interval, entry));
  }

  private static Optional<InetAddress> readAddress(ByteBuffer in) {
    byte[] bytes = new byte[ADDRESS_BYTES];
    in.get(bytes);
    try {
      return Optional.of(InetAddress.getByAddress(bytes)); // a mapped one becomes IPv4
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Reply readReply(Term term, ByteBuffer in, boolean settled) {
    long round = in.getLong();
    long memberId = in.getLong();
    Stamps stamps = new Stamps(in.getLong(), in.getLong());
    return new Reply(term, round, memberId, stamps, in.getLong(), settled);
  }

  private static Correction readCorrection(Term term, ByteBuffer in, boolean bounded) {
    long round = in.getLong();
    long reading = in.getLong();
    Difference difference =
        new Difference(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    return new Correction(term, round, reading, bounded ? difference : difference.unbounded());
  }

  private static Decoded<Message> checked(Message message) {
    boolean good;
    if (message instanceof Poll poll) {
      good = isGood(poll);
    } else if (message instanceof Reply reply) {
      good = isGood(reply);
    } else if (message instanceof Correction correction) {
      good = isGood(correction);
    } else {
      good = message instanceof Vote || message.term().number() > 0;
    }
    return good ? Decoded.of(message) : Decoded.refused(Rejection.MALFORMED);
  }

  private static boolean isGood(Poll poll) {
    Entry entry = poll.entry();
    InetAddress address = entry.address().address();
    return poll.term().number() > 0
        && poll.round() > 0
        && poll.intervalNanos() >= RoundConfig.MIN_INTERVAL_NANOS
        && poll.intervalNanos() <= RoundConfig.MAX_INTERVAL_NANOS
        && entry.size() <= BerkeleyConfig.MAX_MEMBERS
        && entry.index() < entry.size()
        && entry.receiverIndex() < entry.size()
        && entry.address().port() != 0
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress();
  }

  private static boolean isGood(Reply reply) {
    Stamps stamps = reply.stamps();
    return reply.term().number() > 0
        && reply.round() > 0
        && isTime(stamps.receivedEpochNanos())
        && isTime(stamps.sentEpochNanos())
        && isWithin(reply.paceBoundPpb(), 0, MAX_PACE_PPB);
  }

  private static boolean isGood(Correction correction) {
    Difference difference = correction.difference();
    long max = MAX_DIFFERENCE_NANOS;
    return correction.term().number() > 0
        && correction.round() > 0
        && isTime(correction.readingEpochNanos())
        && isWithin(difference.nanos(), -max, max)
        && isWithin(difference.belowNanos(), -max, max)
        && isWithin(difference.aboveNanos(), -max, max)
        && difference.belowNanos() + difference.aboveNanos() >= 0
        && isWithin(difference.likelyErrorNanos(), 0, max)
        && isWithin(difference.groupPacePpb(), Difference.UNBOUNDED_PACE, MAX_PACE_PPB)
        && Math.abs((double) correction.readingEpochNanos() - difference.nanos())
            <= MAX_EPOCH_NANOS;
  }

  private static boolean isTime(long epochNanos) {
    return isWithin(epochNanos, -MAX_EPOCH_NANOS, MAX_EPOCH_NANOS);
  }

  private static boolean isWithin(long value, long min, long max) {
    return min <= value && value <= max;
  }
}
