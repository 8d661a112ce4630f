package dev.coeval.bench.peers;

import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Holds datagrams between clients and a server, each for a drawn time, or drops them; and remembers
 * how long it held which.
 *
 * <p>Every client address has a socket of its own towards the server. A pass takes what has arrived
 * and sends what is due; how precise that is depends on who passes how often. Passes are made by
 * one thread; the record of passages may be read by others.
 */
final class Relay implements FarSide.Station {
  private static final int MAX_DATAGRAM = 2_048;
  private static final int MAX_CLIENTS = 4_096;
  private static final long IDLE_NANOS = 5_000_000_000L;
  private static final long SWEEP_NANOS = 500_000_000L;
  private static final long PATIENCE_NANOS = 50_000_000L;
  private static final int MAX_PASSAGES = 1 << 20;

  private final ClockReader reader;
  private final InetSocketAddress server;
  private final DatagramChannel front;
  private final Way.Draws forward;
  private final Way.Draws backward;
  private final Map<SocketAddress, Client> clients = new HashMap<>();
  private final PriorityQueue<Held> held =
      new PriorityQueue<>((one, other) -> Long.signum(one.due - other.due));
  private final Set<Client> awaited = new LinkedHashSet<>();
  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);
  private final List<Passage> passages = new ArrayList<>();
  private long sweptTickNanos;

  /** A client's address, and the socket that stands for it. */
  private static final class Client {
    final SocketAddress address;
    final DatagramChannel toServer;
    long lastTickNanos;
    long askedTickNanos;

    Client(SocketAddress address, DatagramChannel toServer) {
      this.address = address;
      this.toServer = toServer;
    }
  }

  /** A datagram under way. */
  private record Held(Client client, boolean isForward, ByteBuffer bytes, long arrived, long due) {}

  /** Opens the front, at a free port of loopback. */
  Relay(ClockReader reader, Route route, InetSocketAddress server, long seed) throws IOException {
    this.reader = reader;
    this.server = server;
    this.front = open();
    this.forward = route.forward().draws(seed);
    this.backward = route.backward().draws(seed + 1);
  }

  @Override
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) front.getLocalAddress();
  }

  /** All passages so far, in the order in which they left. */
  List<Passage> passages() {
    synchronized (passages) {
      return List.copyOf(passages);
    }
  }

  @Override
  public void pass() throws IOException {
    takeRequests();
    takeReplies();
    sendDue();
    long now = reader.tickNanos();
    if (now - sweptTickNanos > SWEEP_NANOS) {
      sweptTickNanos = now;
      sweep(now);
    }
  }

  @Override
  public void close() throws IOException {
    front.close();
    for (Client client : clients.values()) {
      client.toServer.close();
    }
  }

  private void takeRequests() throws IOException {
    SocketAddress from = front.receive(buffer.clear());
    if (from == null) {
      return;
    }
    long arrived = reader.tickNanos();
    Client client = clients.get(from);
    if (client == null && clients.size() < MAX_CLIENTS) {
      client = new Client(from, open().connect(server));
      clients.put(from, client);
    }
    if (client != null) {
      client.lastTickNanos = arrived;
      hold(client, true, arrived);
    }
  }

  /** Only of those who were asked something: to look at all sockets would take too long. */
  private void takeReplies() throws IOException {
    for (Iterator<Client> each = awaited.iterator(); each.hasNext(); ) {
      Client client = each.next();
      long now = reader.tickNanos();
      if (isAnswered(client, now) || now - client.askedTickNanos > PATIENCE_NANOS) {
        each.remove();
      }
    }
  }

  private boolean isAnswered(Client client, long now) throws IOException {
    try {
      if (client.toServer.read(buffer.clear()) <= 0) {
        return false;
      }
      hold(client, false, now);
    } catch (PortUnreachableException e) {
      return true; // a server that has gone: as lost as anything
    }
    return true;
  }

  /** Clients ask from a new port each time: those of long ago will not come back. */
  private void sweep(long now) throws IOException {
    for (Iterator<Client> each = clients.values().iterator(); each.hasNext(); ) {
      Client client = each.next();
      if (now - client.lastTickNanos > IDLE_NANOS) {
        client.toServer.close();
        awaited.remove(client);
        each.remove();
      }
    }
  }

  private void hold(Client client, boolean isForward, long arrived) {
    Way.Draws way = isForward ? forward : backward;
    ByteBuffer bytes = ByteBuffer.allocate(buffer.flip().remaining()).put(buffer).flip();
    if (!way.nextIsLost()) {
      held.add(new Held(client, isForward, bytes, arrived, arrived + way.nextNanos()));
    }
  }

  private void sendDue() throws IOException {
    while (!held.isEmpty() && held.peek().due - reader.tickNanos() <= 0) {
      Held next = held.remove();
      long left = reader.tickNanos();
      synchronized (passages) { // before it is sent: whoever has it finds its passage
        if (passages.size() < MAX_PASSAGES) {
          passages.add(new Passage(next.isForward, next.arrived, left));
        }
      }
      if (!next.isForward) {
        front.send(next.bytes, next.client.address);
      } else if (next.client.toServer.isOpen()) {
        next.client.toServer.write(next.bytes);
        next.client.askedTickNanos = left;
        awaited.add(next.client);
      }
    }
  }

  private static DatagramChannel open() throws IOException {
    DatagramChannel channel =
        DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false);
    return channel;
  }
}
