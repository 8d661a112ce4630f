package dev.coeval.bench.peers;

import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/**
 * Holds what goes over TCP connections to a server, each segment for a drawn time.
 *
 * <p>A program sees no lost segment: it sees one that comes late, when the sender's timer has run
 * out and it was sent again, and everything behind it waits. So that is what "lost" does here: 200
 * ms, the least retransmission timeout of Linux, doubled for each further loss.
 */
final class TcpRelay implements FarSide.Station {
  private static final long RETRANSMISSION_NANOS = 200_000_000L;
  private static final int MAX_RETRANSMISSIONS = 6;
  private static final int BUFFER = 4_096;

  private final ClockReader reader;
  private final InetSocketAddress server;
  private final ServerSocketChannel front;
  private final Way.Draws forward;
  private final Way.Draws backward;
  private final List<Pipe> pipes = new ArrayList<>();

  TcpRelay(ClockReader reader, Route route, InetSocketAddress server, long seed)
      throws IOException {
    this.reader = reader;
    this.server = server;
    this.forward = route.forward().draws(seed);
    this.backward = route.backward().draws(seed + 1);
    this.front =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    front.configureBlocking(false);
  }

  @Override
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) front.getLocalAddress();
  }

  @Override
  public void pass() throws IOException {
    SocketChannel client = front.accept();
    if (client != null) {
      SocketChannel upstream = SocketChannel.open(server);
      for (SocketChannel channel : List.of(client, upstream)) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      pipes.add(new Pipe(client, upstream, forward));
      pipes.add(new Pipe(upstream, client, backward));
    }
    for (Iterator<Pipe> each = pipes.iterator(); each.hasNext(); ) {
      if (!each.next().pass()) {
        each.remove();
      }
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    for (Pipe pipe : pipes) {
      pipe.close();
    }
  }

  /** One direction of one connection. */
  private final class Pipe {
    private final SocketChannel from;
    private final SocketChannel to;
    private final Way.Draws way;
    private final Queue<Segment> held = new ArrayDeque<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long lastDue = reader.tickNanos();

    Pipe(SocketChannel from, SocketChannel to, Way.Draws way) {
      this.from = from;
      this.to = to;
      this.way = way;
    }

    /** Whether there is anything left to do. */
    boolean pass() throws IOException {
      try {
        int length = from.read(buffer.clear());
        if (length < 0) {
          close();
          return false;
        }
        if (length > 0) {
          hold();
        }
        while (!held.isEmpty() && held.element().due - reader.tickNanos() <= 0) {
          to.write(held.remove().bytes);
        }
        return true;
      } catch (IOException e) { // one side has gone, so the other goes too
        close();
        return false;
      }
    }

    private void hold() {
      long due = reader.tickNanos() + way.nextNanos();
      long timeout = RETRANSMISSION_NANOS;
      for (int i = 0; i < MAX_RETRANSMISSIONS && way.nextIsLost(); i++) {
        due += timeout;
        timeout *= 2;
      }
      lastDue = Math.max(lastDue, due);
      ByteBuffer bytes = ByteBuffer.allocate(buffer.flip().remaining()).put(buffer).flip();
      held.add(new Segment(bytes, lastDue));
    }

    void close() throws IOException {
      from.close();
      to.close();
    }
  }

  private record Segment(ByteBuffer bytes, long due) {}
}
