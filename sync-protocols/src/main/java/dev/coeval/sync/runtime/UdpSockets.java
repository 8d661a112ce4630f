package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.runtime.FreshPorts.FreshPort;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of one {@link UdpRuntime}: the bound ones, and those of single requests. Takes
 * datagrams in and lets them out; what they mean is the engine's. Of one thread, but for {@link
 * #wakeup()}.
 */
final class UdpSockets {

  /** So many errors in a row, without a datagram between them, and the socket is given up. */
  private static final int MAX_ERRORS_IN_A_ROW = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(UdpSockets.class);

  private final UdpConfig config;
  private final ClockReader clock;
  private final TrafficCounts traffic;
  private final Selector selector;
  private final BoundPort port;
  private final FreshPorts freshPorts;
  // One byte more than may come, so that what is longer is known from what just fits.
  private final ByteBuffer inbox = ByteBuffer.allocateDirect(UdpRuntime.MAX_DATAGRAM_BYTES + 1);
  private final ByteBuffer payload = inbox.asReadOnlyBuffer();
  private final ByteBuffer reply = ByteBuffer.allocateDirect(UdpRuntime.MAX_DATAGRAM_BYTES);
  private final ByteBuffer replied = reply.asReadOnlyBuffer();
  private @Nullable Engine engine;
  private @Nullable InetSocketAddress lastSource;
  private @Nullable PeerId lastPeer;
  private int errorsInARow;
  private int awaitedReplies;
  private long spinUntilTickNanos;

  UdpSockets(UdpConfig config, ClockReader clock, TrafficCounts traffic) throws IOException {
    this.config = config;
    this.clock = clock;
    this.traffic = traffic;
    selector = Selector.open();
    boolean bound = false;
    try {
      port = BoundPort.open(config, selector);
      bound = true;
    } finally {
      if (!bound) {
        selector.close();
      }
    }
    freshPorts = new FreshPorts(port.localAddress().getAddress(), selector);
  }

  void attach(Engine owner) {
    engine = owner;
  }

  InetSocketAddress localAddress() {
    return port.localAddress();
  }

  boolean isSpinning() {
    if (config.alwaysSpin()) {
      return true;
    }
    if (awaitedReplies > 0 && clock.tickNanos() - spinUntilTickNanos >= 0) {
      awaitedReplies = 0;
    }
    return awaitedReplies > 0;
  }

  void await(long millis) throws IOException {
    selector.select(key -> {}, millis);
  }

  void wakeup() {
    selector.wakeup();
  }

  /** Sends a machine's datagram. Nothing is thrown for what the network does. */
  void send(Action.Send send) {
    Engine owner = owner();
    PeerId to = send.to();
    try {
      boolean isRequest = config.freshPorts() && owner.isRequest(send);
      DatagramChannel out =
          isRequest ? freshPorts.open(to, clock.tickNanos()).channel : port.main();
      int length = send.payload().remaining();
      ClockReading before = clock.read();
      int sent = out.send(send.payload(), to.toSocketAddress());
      long after = clock.tickNanos();
      if (sent < length) {
        traffic.add(Traffic.SEND_FAILED);
        owner.unreachable(to, "the send buffer of this host is full");
        return;
      }
      traffic.add(Traffic.SENT);
      awaitReply(after);
      long tick = before.tickNanos();
      owner.sent(new ClockReading(tick, before.wallEpochNanos(), after - tick), send.id());
    } catch (IOException | IllegalArgumentException e) {
      traffic.add(Traffic.SEND_FAILED);
      owner.unreachable(to, NetworkErrors.unreachable(e));
    }
  }

  /** Takes what has arrived, no more than so many a socket; returns how many. */
  int receive(int most) throws IOException {
    int taken = 0;
    for (DatagramChannel channel : port.channels()) {
      taken += drain(channel, null, most);
    }
    if (!freshPorts.isEmpty()) {
      for (FreshPort ready : freshPorts.ready()) {
        taken += drain(ready.channel, ready, most);
      }
      freshPorts.closeExpired(clock.tickNanos());
    }
    return taken;
  }

  void close() {
    try {
      freshPorts.close();
      port.close();
      selector.close();
    } catch (IOException e) {
      LOG.warn("closing the sockets of {}: {}", localAddress(), e.toString());
    }
  }

  private int drain(DatagramChannel channel, @Nullable FreshPort fresh, int most)
      throws IOException {
    int taken = 0;
    while (taken < most && channel.isOpen()) {
      inbox.clear();
      InetSocketAddress source;
      try {
        source = (InetSocketAddress) channel.receive(inbox);
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        onReceiveError(fresh, e);
        return taken + 1;
      }
      if (source == null) {
        break;
      }
      handle(channel, fresh, clock.read(), source);
      taken++;
    }
    return taken;
  }

  private void handle(
      DatagramChannel channel,
      @Nullable FreshPort fresh,
      ClockReading received,
      InetSocketAddress source)
      throws IOException {
    errorsInARow = 0;
    if (inbox.position() > UdpRuntime.MAX_DATAGRAM_BYTES) {
      traffic.add(Traffic.TOO_LONG);
      return;
    }
    traffic.add(Traffic.RECEIVED);
    PeerId from = peerAt(source);
    payload.order(ByteOrder.BIG_ENDIAN).limit(inbox.position()).position(0);
    if (fresh != null) {
      FreshPorts.answered(fresh, received.tickNanos());
      awaitedReplies = Math.max(0, awaitedReplies - 1);
      owner().deliver(received, from, payload);
      return;
    }
    int length = owner().respond(received, from, payload, reply);
    if (length == Responder.NOT_MINE) {
      if (config.freshPorts() && owner().isReply(payload)) {
        traffic.add(Traffic.UNASKED);
        return;
      }
      awaitedReplies = Math.max(0, awaitedReplies - 1);
      owner().deliver(received, from, payload);
    } else if (length > payload.remaining()) {
      traffic.add(Traffic.REPLY_TOO_LARGE);
    } else if (length > 0) {
      answer(channel, source, from, length);
    }
  }

  private void answer(DatagramChannel channel, InetSocketAddress to, PeerId peer, int length)
      throws IOException {
    try {
      ClockReading before = clock.read();
      if (channel.send(reply.limit(length).position(0), to) != length) {
        traffic.add(Traffic.SEND_FAILED);
        return;
      }
      long tick = before.tickNanos();
      long span = clock.tickNanos() - tick;
      traffic.add(Traffic.REPLIED);
      owner()
          .replied(
              peer,
              replied.limit(length).position(0),
              new ClockReading(tick, before.wallEpochNanos(), span));
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      traffic.add(Traffic.SEND_FAILED);
    }
  }

  private void onReceiveError(@Nullable FreshPort fresh, IOException error) throws IOException {
    traffic.add(Traffic.RECEIVE_FAILED);
    if (fresh != null) {
      FreshPorts.answered(fresh, clock.tickNanos());
      owner().unreachable(fresh.peer, NetworkErrors.unreachable(error));
    } else if (++errorsInARow > MAX_ERRORS_IN_A_ROW) {
      throw error;
    }
  }

  private void awaitReply(long nowTickNanos) {
    if (config.spinNanos() > 0) {
      awaitedReplies++;
      spinUntilTickNanos = nowTickNanos + config.spinNanos();
    }
  }

  /** The JDK gives the same source again as the same object, so that most are made but once. */
  private PeerId peerAt(InetSocketAddress source) {
    PeerId known = lastPeer;
    if (known == null || !source.equals(lastSource)) {
      known = PeerId.of(source);
      lastSource = source;
      lastPeer = known;
    }
    return known;
  }

  private Engine owner() {
    Engine attached = engine;
    if (attached == null) {
      throw new IllegalStateException("no engine is attached");
    }
    return attached;
  }
}
