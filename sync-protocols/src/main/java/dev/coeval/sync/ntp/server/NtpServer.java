package dev.coeval.sync.ntp.server;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.ntp.packet.KissCode;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.sync.ntp.packet.SystemVariables;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves a node's time to NTP clients: a request of mode 3 gets at most one reply of mode 4, in the
 * request's version (RFC 5905 sections 7.4, 9.2 and 14; RFC 9769 for the interleaved mode).
 *
 * <p><b>Problem.</b> A client believes that the server's time is off by no more than its root
 * distance: a server that says less than the truth makes every bound below it a lie. And whoever
 * can send a datagram can forge its source, fill what a server remembers, and have others pay for
 * its replies.
 *
 * <p><b>Idea.</b> Half the root delay and the root dispersion are together never less than the
 * node's guaranteed bound at T2 and at T3, rounded up. A node without a bound, or with one above
 * {@link #MAX_DISPERSION_NANOS}, says that it is not synchronized: leap indicator 3, stratum 0.
 *
 * <p><b>Steps.</b> A request that is well-formed is asked for, in this order:
 *
 * <ol>
 *   <li>its address ({@link AccessList}): denied in silence, or by a kiss-o'-death DENY;
 *   <li>its rate ({@link RateLimit}): over the limit it gets no reply, or at times a kiss-o'-death
 *       RATE, or at times, at random, a reply all the same;
 *   <li>its code ({@link ServerAuthentication}): if it is not right, silence or a crypto-NAK;
 *   <li>then it gets the time, sealed as it was itself.
 * </ol>
 *
 * <p><b>Attacks.</b> A reply is never larger than its request and answers none but requests, so two
 * servers cannot be set upon each other (modes 2, 4), nor be used to amplify. What has no time to
 * give, a kiss or a crypto-NAK, carries none: its stamps are the client's own. What is kept between
 * requests is of fixed size, and one client cannot name, nor use up, what is kept for another.
 * Extension fields are passed over, and no reply has any (RFC 7822 section 3).
 *
 * <p>Each server is of one thread. Those of several threads that answer for one node are made by
 * {@link #sibling}: they share clients, limits and counts. What is counted may be read by any
 * thread.
 */
public final class NtpServer implements Responder {

  /** RFC 5905 figure 6, MAXDISP: a clock further off than 16 s is not synchronized. */
  public static final long MAX_DISPERSION_NANOS = SystemVariables.MAX_DISPERSION_NANOS;

  private static final int MODE_RESERVED = 0;
  private static final int MODE_CONTROL = 6;
  private static final int NTP_PORT = 123;
  private static final int CRYPTO_NAK_LENGTH = NtpCodec.HEADER_LENGTH + Integer.BYTES;

  private final ServerState shared;
  private final ServerCounts.Cells counts;
  private final Gate gate;
  private final Codes codes;
  private final TimeReply time;
  private final @Nullable ClientKey client;

  /**
   * A server of a clock that is a reference of its own.
   *
   * @param config what it says about itself, and whom it answers
   * @param clock the time that it serves; asked once a request
   */
  public NtpServer(NtpServerConfig config, Supplier<ClockModel> clock) {
    this(new ServerState(config, new ModelTime.Source(config.reference(), clock)));
  }

  private NtpServer(ServerState shared) {
    this.shared = shared;
    this.counts = shared.counts().newCells();
    this.gate = new Gate(shared.config().access(), shared.clients(), shared.newRandom());
    this.codes = new Codes(shared.config().authentication());
    this.time = new TimeReply(shared.clock(), shared.pairs());
    this.client = shared.remembers() ? new ClientKey(shared.hash()) : null;
  }

  /**
   * A server of a node that gets its time from others: it says what the node says of itself, and
   * the configuration's reference counts for nothing.
   *
   * @param config whom it answers
   * @param time the time that it serves, smeared and without a leap indicator if the node smears;
   *     asked once a request
   * @return the server
   */
  public static NtpServer serving(NtpServerConfig config, Supplier<ServedTime> time) {
    return new NtpServer(new ServerState(config, Objects.requireNonNull(time, "time")));
  }

  /**
   * A server for another thread, which shares with this all that is kept of clients, and all
   * counts.
   *
   * @return a new server
   */
  public NtpServer sibling() {
    return new NtpServer(shared);
  }

  /**
   * Answers a request of a client. Packets of the other modes in which hosts exchange time, 1, 2, 4
   * and 5, are not for a server: they are left to whatever else listens on the port.
   */
  @Override
  public int respond(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos) {
    time.forget();
    if (!request.hasRemaining()) {
      return NOT_MINE;
    }
    int first = request.get(request.position()) & 0xFF;
    if (!NtpCodec.isNtp(first) || isForMachines(NtpCodec.mode(first))) {
      return NOT_MINE;
    }
    Rejection rejection = judge(first, from, request);
    return rejection == null
        ? serve(received, from, request, reply, transmitTickNanos)
        : refuse(rejection);
  }

  @Override
  public void onSent(PeerId to, ByteBuffer reply, ClockReading sent) {
    time.sent(reply, sent);
  }

  /**
   * How many requests got no time and no kiss-o'-death, and why. A crypto-NAK is counted here by
   * its reason, and as a {@link ServerEvent}.
   *
   * @return the live counts, of all siblings
   */
  public RejectionCounts rejections() {
    return shared.counts().rejections();
  }

  /**
   * How many requests got a reply of a kind.
   *
   * @param event which kind
   * @return at least 0; of all siblings
   */
  public long count(ServerEvent event) {
    return shared.counts().get(event);
  }

  /**
   * What is known of the clients that asked last, as many as there is memory for.
   *
   * @return a copy, in no order; empty without memory for clients
   */
  public List<ClientStatistics> clients() {
    ClientTable clients = shared.clients();
    return clients == null ? List.of() : clients.snapshot();
  }

  /** Modes 1, 2, 4 and 5. */
  private static boolean isForMachines(int mode) {
    return mode != NtpPacket.MODE_CLIENT && mode != MODE_RESERVED && mode < MODE_CONTROL;
  }

  private static @Nullable Rejection judge(int first, PeerId from, ByteBuffer request) {
    if (NtpCodec.version(first) > NtpPacket.VERSION) {
      return Rejection.UNKNOWN_VERSION;
    }
    if (NtpCodec.mode(first) != NtpPacket.MODE_CLIENT && !isFirstVersion(first, from)) {
      return Rejection.UNEXPECTED_TYPE;
    }
    return NtpCodec.check(request);
  }

  /** Version 1 had no modes: a client is who does not ask from the server's port (RFC 1059). */
  private static boolean isFirstVersion(int first, PeerId from) {
    return NtpCodec.version(first) == 1
        && NtpCodec.mode(first) == MODE_RESERVED
        && from.port() != NTP_PORT;
  }

  private int serve(
      ClockReading received,
      PeerId from,
      ByteBuffer request,
      ByteBuffer reply,
      LongSupplier transmitTickNanos) {
    if (client != null) {
      client.set(from.address());
    }
    Verdict verdict = gate.admit(received.tickNanos(), from, client);
    if (verdict == Verdict.DENY || verdict == Verdict.DROP) {
      return refuse(verdict == Verdict.DENY ? Rejection.ACCESS_DENIED : Rejection.RATE_LIMITED);
    }
    Rejection rejection = codes.judge(request);
    if (rejection != null) {
      return refuseCode(rejection, request, reply);
    }
    int start = reply.position();
    if (verdict == Verdict.KISS || verdict == Verdict.KISS_DENY) {
      kiss(verdict, request, reply);
    } else {
      long hash = client == null ? 0 : client.hash();
      time.put(request, reply, received.tickNanos(), hash, transmitTickNanos);
      countTime(verdict);
    }
    return finish(reply, start);
  }

  private int refuse(Rejection reason) {
    rejections().add(reason);
    return SILENT;
  }

  private int refuseCode(Rejection reason, ByteBuffer request, ByteBuffer reply) {
    rejections().add(reason);
    if (!codes.isNakDue(reason) || request.remaining() < CRYPTO_NAK_LENGTH) {
      return SILENT;
    }
    counts.add(ServerEvent.CRYPTO_NAK);
    int at = reply.position();
    int poll = request.get(request.position() + NtpCodec.POLL);
    ReplyHeader.putKiss(request, reply, at, KissCode.CRYP, poll);
    NtpCodec.putInt(reply, at + NtpCodec.HEADER_LENGTH, 0);
    reply.position(at + CRYPTO_NAK_LENGTH);
    return CRYPTO_NAK_LENGTH;
  }

  private void kiss(Verdict verdict, ByteBuffer request, ByteBuffer reply) {
    int at = reply.position();
    int poll = request.get(request.position() + NtpCodec.POLL);
    if (verdict == Verdict.KISS) {
      counts.add(ServerEvent.KISSED_RATE);
      int interval = Math.max(poll, shared.config().rateLimit().intervalExponent());
      ReplyHeader.putKiss(request, reply, at, KissCode.RATE, interval);
    } else {
      counts.add(ServerEvent.KISSED_DENY);
      ReplyHeader.putKiss(request, reply, at, KissCode.DENY, poll);
    }
  }

  private void countTime(Verdict verdict) {
    counts.add(ServerEvent.REPLIED);
    if (!time.isSynchronized()) {
      counts.add(ServerEvent.UNSYNCHRONIZED);
    }
    if (time.isInterleaved()) {
      counts.add(ServerEvent.INTERLEAVED);
    }
    if (verdict == Verdict.LEAK) {
      counts.add(ServerEvent.LEAKED);
    }
  }

  private int finish(ByteBuffer reply, int start) {
    reply.position(start + NtpCodec.HEADER_LENGTH);
    if (codes.isAuthenticated()) {
      codes.seal(reply, start);
      counts.add(ServerEvent.AUTHENTICATED);
    }
    return reply.position() - start;
  }
}
