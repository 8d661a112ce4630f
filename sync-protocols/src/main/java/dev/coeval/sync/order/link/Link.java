package dev.coeval.sync.order.link;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.link.LinkFrame.Ack;
import dev.coeval.sync.order.link.LinkFrame.Data;
import dev.coeval.sync.order.link.LinkFrame.Hello;
import dev.coeval.sync.order.link.LinkFrame.InSession;
import dev.coeval.sync.order.link.LinkFrame.Receipt;
import dev.coeval.sync.order.link.SendWindow.Unacked;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * This end of one link. What makes a datagram count is that it names both ends' sessions, and that
 * the other's session was proven by the echo of a challenge of ours.
 */
final class Link {

  /** A message is taken for lost once so many after it have arrived (RFC 5681 section 3.2). */
  private static final int OVERTAKERS = 3;

  private final PeerId peer;
  private final LinkConfig config;
  private final Wire wire;
  private final Outbox outbox;
  private final long session;
  private final ResendClock resend;
  private SendWindow sending;
  private ReceiveWindow receiving;
  private long theirSession;
  private long challenge;
  private int helloSends;
  private long helloTick;
  private long heardTick;
  private boolean silent;
  private boolean ackDue;

  /** How a link writes: its endpoint's codec, keys and random numbers. */
  record Wire(LinkCodec codec, int keyId, LongSupplier random) {

    /** Random, and not 0, which stands for none. */
    long fresh() {
      long drawn = random.getAsLong();
      return drawn == 0 ? 1 : drawn;
    }
  }

  /** A link whose other end is not known yet. */
  Link(PeerId peer, LinkConfig config, Wire wire, Outbox outbox, long session) {
    this.peer = peer;
    this.config = config;
    this.wire = wire;
    this.outbox = outbox;
    this.session = session;
    this.resend = new ResendClock(config.timing());
    this.sending = new SendWindow(config.windowMessages());
    this.receiving = new ReceiveWindow(config.order());
  }

  boolean isConnected() {
    return theirSession != 0;
  }

  boolean isSilent() {
    return silent;
  }

  boolean isFull() {
    return sending.isFull();
  }

  int unacknowledged() {
    return sending.size();
  }

  int waiting() {
    return receiving.waiting();
  }

  /** Begins by asking who is there. */
  void open(long tick) {
    heardTick = tick;
    challenge(tick);
  }

  /** Begins with another end that has proven itself already, to a stateless challenge. */
  void openProven(long tick, long provenSession) {
    heardTick = tick;
    helloTick = tick;
    connect(tick, provenSession);
  }

  /** Takes a message, for which there is room. */
  void send(long tick, ByteBuffer message) {
    Unacked added = sending.add(message);
    if (isConnected()) {
      transmit(tick, added);
    }
  }

  void onHello(long tick, Hello hello, int keyId) {
    boolean proven = hello.echo() != 0 && hello.echo() == challenge;
    if (proven) {
      challenge = 0;
      helloSends = 0;
    }
    if (hello.challenge() != 0) { // answered before messages leave: they would be a stranger's
      long ours = proven || hello.session() == theirSession ? 0 : openChallenge(tick);
      write(new Hello(session, ours, hello.challenge()), keyId);
    } else if (!proven) {
      outbox.reject(peer, Rejection.UNREQUESTED);
    }
    if (proven) {
      prove(tick, hello.session());
    }
  }

  void onInSession(long tick, InSession frame) {
    if (frame.session() != theirSession || frame.to() != session) {
      outbox.reject(peer, Rejection.STALE);
      if (tick - helloTick >= config.timing().minResendNanos()) {
        challenge(tick);
      }
    } else if (!sending.isPossible(frame.receipt())) {
      outbox.reject(peer, Rejection.INCONSISTENT);
    } else {
      onReceipt(tick, frame.receipt());
      if (frame instanceof Data data) {
        onData(tick, data);
      }
    }
  }

  /** Does what is due. */
  void onTimer(long tick) {
    for (Unacked each : sending.unacked()) {
      if (isConnected() && tick - each.dueTick >= 0) {
        transmit(tick, each);
      }
    }
    if (tick - helloDueTick() >= 0) {
      challenge(tick);
    }
    if (!silent && tick - heardTick - config.timing().silenceNanos() >= 0) {
      silent = true;
      outbox.say(new LinkEvent.Silent(peer));
    }
  }

  /** Acknowledges what has arrived, if nothing that was sent since has. */
  void flush() {
    if (ackDue) {
      ackDue = false;
      write(new Ack(session, theirSession, receiving.receipt()), wire.keyId());
    }
  }

  /** When {@link #onTimer} has something to do, as nanoseconds from now; may be less than 0. */
  long nanosUntilDue(long tick) {
    long nanos = helloDueTick() - tick;
    if (!silent) {
      nanos = Math.min(nanos, heardTick - tick + config.timing().silenceNanos());
    }
    if (isConnected()) {
      for (Unacked each : sending.unacked()) {
        nanos = Math.min(nanos, each.dueTick - tick);
      }
    }
    return nanos;
  }

  /** A question that is open is asked again; else one is asked when the other end is quiet. */
  private long helloDueTick() {
    return challenge == 0
        ? heardTick + config.timing().probeNanos()
        : helloTick + resend.pauseNanos(Math.max(1, helloSends));
  }

  private void challenge(long tick) {
    long open = openChallenge(tick);
    helloSends++;
    write(new Hello(session, open, 0), wire.keyId());
  }

  private long openChallenge(long tick) {
    if (challenge == 0) {
      challenge = wire.fresh();
      helloSends = 0;
    }
    helloTick = tick;
    return challenge;
  }

  private void prove(long tick, long provenSession) {
    if (theirSession == 0) {
      connect(tick, provenSession);
    } else if (theirSession != provenSession) {
      List<ByteBuffer> unacknowledged = sending.messages();
      sending = new SendWindow(config.windowMessages());
      receiving = new ReceiveWindow(config.order());
      theirSession = provenSession;
      ackDue = false;
      silent = false;
      heardTick = tick;
      outbox.say(new LinkEvent.Restarted(peer, unacknowledged));
    } else {
      heard(tick);
    }
  }

  private void connect(long tick, long provenSession) {
    theirSession = provenSession;
    silent = false;
    heardTick = tick;
    outbox.say(new LinkEvent.Connected(peer));
    sending.unacked().forEach(each -> transmit(tick, each));
  }

  private void onReceipt(long tick, Receipt receipt) {
    List<Unacked> acked = sending.take(receipt);
    if (acked.isEmpty()) {
      return;
    }
    heard(tick);
    for (Unacked each : acked) {
      if (each.sends == 1) {
        resend.measured(tick - each.sentTick);
      }
    }
    long latest = acked.get(acked.size() - 1).number;
    for (Unacked each : sending.unacked()) {
      if (each.sends == 1 && each.number + OVERTAKERS <= latest) {
        transmit(tick, each);
      }
    }
  }

  private void onData(long tick, Data data) {
    List<ByteBuffer> handOn = new ArrayList<>();
    ackDue = true;
    switch (receiving.take(data.number(), data.message(), handOn)) {
      case NEW -> heard(tick);
      case REPEATED -> outbox.reject(peer, Rejection.UNREQUESTED);
      case TOO_FAR -> outbox.reject(peer, Rejection.LIMIT_REACHED);
    }
    handOn.forEach(message -> outbox.say(new LinkEvent.Received(peer, message)));
  }

  /** Something came that no replay could have brought. */
  private void heard(long tick) {
    heardTick = tick;
    if (silent) {
      silent = false;
      outbox.say(new LinkEvent.HeardAgain(peer));
    }
  }

  private void transmit(long tick, Unacked message) {
    if (message.sends == 0) {
      message.sentTick = tick;
    }
    message.sends++;
    message.dueTick = tick + resend.pauseNanos(message.sends);
    ackDue = false;
    write(
        new Data(session, theirSession, receiving.receipt(), message.number, message.message),
        wire.keyId());
  }

  private void write(LinkFrame frame, int keyId) {
    outbox.send(peer, wire.codec().encode(frame, keyId));
  }
}
