package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one {@link TcpRuntime}. Their threads put events in a queue; everything else
 * is done by the runtime's thread.
 */
final class TcpConnections implements TcpConnection.Events {

  /** Frames that wait for the machines: more would be too old to tell the time. */
  private static final int MAX_QUEUED = 1_024;

  private final ClockReader clock;
  private final TrafficCounts traffic;
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private final Map<PeerId, Link> links = new LinkedHashMap<>(16, 0.75f, true);
  private @Nullable Engine engine;
  private @Nullable Runnable awaited;
  private volatile boolean closed;

  TcpConnections(ClockReader clock, TrafficCounts traffic) {
    this.clock = clock;
    this.traffic = traffic;
  }

  void attach(Engine owner) {
    engine = owner;
  }

  /** Sends a machine's datagram, or connects first. Nothing is thrown for what the network does. */
  void send(Action.Send send) {
    if (send.payload().remaining() > FrameChannel.MAX_FRAME_BYTES
        || !send.payload().hasRemaining()) {
      refuse(send.to(), "a frame has 1 to " + FrameChannel.MAX_FRAME_BYTES + " bytes");
      return;
    }
    Link link = links.computeIfAbsent(send.to(), peer -> new Link());
    if (links.size() > TcpRuntime.MAX_CONNECTIONS) {
      Link eldest = links.remove(links.keySet().iterator().next());
      if (eldest != null) {
        eldest.drop();
      }
    }
    if (link.connection != null && link.isConnected) {
      write(link, send);
    } else if (link.connection != null) {
      waitFor(link, send);
    } else if (clock.tickNanos() < link.notBeforeTickNanos) {
      refuse(send.to(), link.reason);
    } else {
      link.waiting = send;
      link.connection = new TcpConnection(send.to(), clock, this);
      link.connection.start();
    }
  }

  /** Takes what the connections said, no more than so much; returns how much. */
  int handle(int most) {
    int handled = 0;
    Runnable event = awaited == null ? events.poll() : awaited;
    awaited = null;
    while (event != null) {
      event.run();
      handled++;
      event = handled < most ? events.poll() : null;
    }
    return handled;
  }

  void await(long millis) {
    try {
      awaited = events.poll(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("the thread of a runtime was interrupted", e);
    }
  }

  void wakeup() {
    events.add(() -> {}); // whatever ends the wait
  }

  void close() {
    closed = true;
    List<TcpConnection> open = new ArrayList<>();
    for (Link link : links.values()) {
      if (link.connection != null) {
        open.add(link.connection);
      }
    }
    links.clear();
    open.forEach(TcpConnection::close);
    open.forEach(TcpConnection::join);
    events.clear();
  }

  @Override
  public void onConnected(TcpConnection connection) {
    put(() -> connected(connection));
  }

  @Override
  public void onFrame(TcpConnection connection, ClockReading received, ByteBuffer payload) {
    if (events.size() >= MAX_QUEUED) {
      traffic.add(Traffic.QUEUE_FULL);
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    put(() -> frame(connection, received, copy.asReadOnlyBuffer()));
  }

  @Override
  public void onEnd(TcpConnection connection, String reason) {
    put(() -> ended(connection, reason));
  }

  private void put(Runnable event) {
    if (!closed) {
      events.add(event);
    }
  }

  private void connected(TcpConnection connection) {
    Link link = current(connection);
    if (link == null) {
      return;
    }
    link.isConnected = true;
    Action.Send waiting = link.waiting;
    link.waiting = null;
    if (waiting != null) {
      write(link, waiting);
    }
  }

  private void frame(TcpConnection connection, ClockReading received, ByteBuffer payload) {
    Link link = current(connection);
    if (link != null) {
      traffic.add(Traffic.RECEIVED);
      link.unanswered = 0;
      link.backoffNanos = TcpRuntime.MIN_BACKOFF_NANOS;
      link.hasAnswered = true;
      owner().deliver(received, connection.peer, payload);
    }
  }

  private void ended(TcpConnection connection, String reason) {
    Link link = current(connection);
    if (link == null) {
      return;
    }
    boolean isMissed = link.waiting != null || link.unanswered > 0;
    link.end(reason, clock.tickNanos());
    if (isMissed) {
      refuse(connection.peer, reason);
    }
  }

  private void write(Link link, Action.Send send) {
    TcpConnection connection = link.connection;
    if (connection == null) {
      return;
    }
    FrameChannel channel = connection.channel();
    int length = send.payload().remaining();
    channel.body().clear().put(send.payload());
    try {
      ClockReading before = clock.read();
      boolean sent = channel.send(length);
      long spanNanos = clock.tickNanos() - before.tickNanos();
      if (!sent) {
        throw new IOException("the peer does not read");
      }
      traffic.add(Traffic.SENT);
      link.unanswered++;
      owner()
          .sent(
              new ClockReading(before.tickNanos(), before.wallEpochNanos(), spanNanos), send.id());
    } catch (IOException e) {
      connection.close();
      link.end(NetworkErrors.unreachable(e), clock.tickNanos());
      refuse(connection.peer, link.reason);
    }
  }

  private void waitFor(Link link, Action.Send send) {
    if (link.waiting != null) {
      traffic.add(Traffic.SEND_FAILED);
    }
    link.waiting = send;
  }

  private void refuse(PeerId peer, String reason) {
    traffic.add(Traffic.SEND_FAILED);
    owner().unreachable(peer, reason);
  }

  /** The link that a connection is of, unless it has been given up since. */
  private @Nullable Link current(TcpConnection connection) {
    Link link = links.get(connection.peer);
    return link != null && link.connection == connection ? link : null;
  }

  private Engine owner() {
    Engine attached = engine;
    if (attached == null) {
      throw new IllegalStateException("no engine is attached");
    }
    return attached;
  }

  /** What is known of one peer. */
  private static final class Link {
    @Nullable TcpConnection connection;
    boolean isConnected;
    boolean hasAnswered;
    Action.@Nullable Send waiting;
    int unanswered;
    String reason = "";
    long backoffNanos = TcpRuntime.MIN_BACKOFF_NANOS;
    long notBeforeTickNanos = Long.MIN_VALUE;

    void end(String why, long nowTickNanos) {
      drop();
      reason = why;
      notBeforeTickNanos = hasAnswered ? nowTickNanos : nowTickNanos + backoffNanos;
      if (!hasAnswered) {
        backoffNanos = Math.min(2 * backoffNanos, TcpRuntime.MAX_BACKOFF_NANOS);
      }
      hasAnswered = false;
    }

    void drop() {
      if (connection != null) {
        connection.close();
      }
      connection = null;
      isConnected = false;
      waiting = null;
      unanswered = 0;
    }
  }
}
