package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to connect to a peer, and the connection if it succeeds. Its thread connects and
 * reads, and says what happened; whoever owns it sends.
 */
final class TcpConnection {

  /** A peer that needs longer to accept is no use to a clock. */
  private static final long CONNECT_MILLIS = 3_000;

  /** The server decides when a silent connection ends: a client waits for about 290 years. */
  private static final long IDLE_NANOS = Long.MAX_VALUE / 2;

  private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

  /** What a connection tells its owner, on its own thread. */
  interface Events {
    /** It is connected: frames may be sent. */
    void onConnected(TcpConnection connection);

    /** A frame is there; the payload is not valid after the call. */
    void onFrame(TcpConnection connection, ClockReading received, ByteBuffer payload);

    /** It is over: the last event. */
    void onEnd(TcpConnection connection, String reason);
  }

  final PeerId peer;
  private final ClockReader clock;
  private final Events events;
  private final Thread thread;
  private @Nullable FrameChannel channel;
  private boolean closed;

  TcpConnection(PeerId peer, ClockReader clock, Events events) {
    this.peer = peer;
    this.clock = clock;
    this.events = events;
    this.thread = new Thread(this::run, "coeval-tcp-client-" + peer);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** The connected channel, to send with; only after {@link Events#onConnected}. */
  synchronized FrameChannel channel() {
    FrameChannel connected = channel;
    if (connected == null) {
      throw new IllegalStateException("not connected: " + peer);
    }
    return connected;
  }

  /** Closes it, from any thread; its thread ends soon. */
  synchronized void close() {
    closed = true;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.debug("closing the connection to {}: {}", peer, e.toString());
      }
    }
  }

  void join() {
    LoopRunner.join(thread);
  }

  private void run() {
    String reason;
    try {
      FrameChannel opened = open();
      opened.connect(peer.toSocketAddress(), CONNECT_MILLIS);
      events.onConnected(this);
      reason = read(opened);
    } catch (IOException | UnsupportedAddressTypeException e) {
      reason = NetworkErrors.unreachable(e);
    }
    close();
    events.onEnd(this, reason);
  }

  private synchronized FrameChannel open() throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    FrameChannel opened = FrameChannel.over(SocketChannel.open(), clock);
    channel = opened;
    return opened;
  }

  private String read(FrameChannel opened) throws IOException {
    while (true) {
      switch (opened.next(IDLE_NANOS, TcpServerConfig.DEFAULT_FRAME_NANOS)) {
        case FRAME -> events.onFrame(this, opened.received(), opened.payload());
        case END -> {
          return "the peer closed the connection";
        }
        case TIMED_OUT -> {
          return "the peer did not finish a frame in time";
        }
        case TOO_LONG, MALFORMED -> {
          return "the peer does not speak this framing";
        }
      }
    }
  }
}
