package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Responder;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests over TCP: a thread a connection, each request and reply a frame of two length
 * bytes, most significant first, and as many bytes.
 *
 * <p>The receive stamp of a request is taken when its first byte is there. The responder is called
 * from one thread at a time. A connection that is idle for too long, too slow with a frame, does
 * not read its replies or breaks the framing is closed and counted; one beyond the limit is closed
 * at once. Requests without a reply are just that.
 *
 * <p>What the responder throws is a programmer's error: it is logged once, kept ({@link
 * #failure()}), and ends the server.
 *
 * <p>Thread-safe.
 */
public final class TcpServer implements AutoCloseable {

  /** After a failed accept (no more file descriptors, say) the next is tried so much later. */
  private static final long ACCEPT_RETRY_NANOS = 10_000_000L;

  private static final Logger LOG = LoggerFactory.getLogger(TcpServer.class);

  private final TcpServerConfig config;
  private final ReplyGuard guard;
  private final ClockReader clock;
  private final ServerSocketChannel listening;
  private final InetSocketAddress localAddress;
  private final TrafficCounts traffic = new TrafficCounts();
  private final Map<FrameChannel, Thread> connections = new ConcurrentHashMap<>();
  private final Thread acceptor;
  private final AtomicBoolean hasFailed = new AtomicBoolean();
  private volatile boolean closing;
  private volatile @Nullable Throwable failure;

  private TcpServer(TcpServerConfig config, Responder responder, ClockReader clock)
      throws IOException {
    this.config = config;
    this.clock = clock;
    this.guard = new ReplyGuard(responder, clock);
    this.listening = listen(config);
    this.localAddress = (InetSocketAddress) listening.getLocalAddress();
    this.acceptor = new Thread(this::accept, "coeval-tcp-" + localAddress.getPort());
    acceptor.setDaemon(true);
  }

  /**
   * Opens and binds the socket, and begins to answer.
   *
   * @param config where and how
   * @param responder answers; from now on this server's alone
   * @param clock the local clocks: all stamps and times are on its ticks
   * @return the running server
   * @throws RuntimeStartException if the port is in use or privileged, or the address is not local
   */
  public static TcpServer start(TcpServerConfig config, Responder responder, ClockReader clock) {
    Objects.requireNonNull(responder, "responder");
    Objects.requireNonNull(clock, "clock");
    TcpServer server;
    try {
      server = new TcpServer(config, responder, clock);
    } catch (IOException | UnsupportedAddressTypeException e) {
      throw NetworkErrors.notBound("TCP", config.bind(), e);
    }
    server.acceptor.start();
    return server;
  }

  /**
   * Where the socket is bound.
   *
   * @return the address, with the port that was chosen if 0 was asked for
   */
  public InetSocketAddress localAddress() {
    return localAddress;
  }

  /**
   * What came and went.
   *
   * @return live counters
   */
  public TrafficCounts traffic() {
    return traffic;
  }

  /**
   * How many connections there are now.
   *
   * @return at most {@link TcpServerConfig#maxConnections()}
   */
  public int connectionCount() {
    return connections.size();
  }

  /**
   * What ended this server, if it was not a close.
   *
   * @return what the responder threw
   */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Closes all connections, frees the port and waits for the threads. Does nothing the second time.
   */
  @Override
  public void close() {
    closing = true;
    closeSockets();
    for (Thread thread : connections.values()) {
      join(thread);
    }
    join(acceptor);
  }

  private static void join(Thread thread) {
    if (!thread.equals(Thread.currentThread())) {
      LoopRunner.join(thread);
    }
  }

  private void closeSockets() {
    try {
      listening.close();
      for (FrameChannel connection : connections.keySet()) {
        connection.close();
      }
    } catch (IOException e) {
      LOG.warn("closing the sockets of {}: {}", localAddress, e.toString());
    }
  }

  private static ServerSocketChannel listen(TcpServerConfig config) throws IOException {
    if (config.bind().isUnresolved()) {
      throw new UnknownHostException(config.bind().getHostString());
    }
    ServerSocketChannel channel = ServerSocketChannel.open();
    boolean bound = false;
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true); // restart at once
      channel.bind(config.bind());
      bound = true;
      return channel;
    } finally {
      if (!bound) {
        channel.close();
      }
    }
  }

  private void accept() {
    while (!closing) {
      try {
        admit(listening.accept());
      } catch (ClosedChannelException e) {
        break;
      } catch (IOException e) {
        traffic.add(Traffic.RECEIVE_FAILED);
        ClockReader.system().pause(ACCEPT_RETRY_NANOS);
      }
    }
  }

  private void admit(SocketChannel accepted) throws IOException {
    if (connections.size() >= config.maxConnections()) {
      traffic.add(Traffic.CONNECTION_REFUSED);
      accepted.close();
      return;
    }
    PeerId peer = PeerId.of((InetSocketAddress) accepted.getRemoteAddress());
    FrameChannel connection = FrameChannel.over(accepted, clock);
    Thread thread = new Thread(() -> run(connection, peer), acceptor.getName() + "-" + peer);
    thread.setDaemon(true);
    connections.put(connection, thread);
    thread.start();
    if (closing) { // it came while the others were being closed
      connection.close();
    }
  }

  private void run(FrameChannel connection, PeerId peer) {
    try (connection) {
      serve(connection, peer);
    } catch (IOException e) {
      traffic.add(Traffic.RECEIVE_FAILED);
    } catch (RuntimeException | Error e) {
      fail(e);
    } finally {
      connections.remove(connection);
    }
  }

  private void serve(FrameChannel connection, PeerId peer) throws IOException {
    while (!closing) {
      FrameChannel.Outcome outcome = connection.next(config.idleNanos(), config.frameNanos());
      switch (outcome) {
        case FRAME -> {
          traffic.add(Traffic.RECEIVED);
          if (!answer(connection, peer)) {
            return;
          }
        }
        case TIMED_OUT -> traffic.add(Traffic.CONNECTION_TIMED_OUT);
        case TOO_LONG -> traffic.add(Traffic.TOO_LONG);
        case MALFORMED -> traffic.add(Traffic.FRAME_MALFORMED);
        case END -> {}
      }
      if (outcome != FrameChannel.Outcome.FRAME) {
        return;
      }
    }
  }

  /** Answers the current frame; false if the connection is of no more use. */
  private boolean answer(FrameChannel connection, PeerId peer) throws IOException {
    int length;
    synchronized (guard) {
      length = guard.respond(connection.received(), peer, connection.payload(), connection.body());
    }
    if (length > connection.payload().remaining()) {
      traffic.add(Traffic.REPLY_TOO_LARGE);
    } else if (length > 0) {
      boolean sent = connection.send(length);
      traffic.add(sent ? Traffic.REPLIED : Traffic.SEND_FAILED);
      return sent;
    }
    return true;
  }

  private void fail(Throwable cause) {
    closing = true;
    if (hasFailed.compareAndSet(false, true)) {
      closeSockets();
      LOG.error("TCP server at {} ends: {}", localAddress, cause.toString(), cause);
      failure = cause;
    }
  }
}
