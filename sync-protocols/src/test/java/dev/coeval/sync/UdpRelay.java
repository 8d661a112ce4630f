package dev.coeval.sync;

import dev.coeval.sync.machine.PeerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network of its own on loopback, that can be cut. Each host has a face, the one address by which
 * the others know it: what they send there reaches the host, and comes from their own face.
 *
 * <pre>
 *   host 1 ----&gt; face 2  ~~ cut? ~~  face 1 ----&gt; host 2
 * </pre>
 *
 * <p>Each way between two hosts can be cut by itself. A datagram from anybody who has no face, or
 * for a host that does not stand yet, is dropped. Thread-safe.
 */
final class UdpRelay implements AutoCloseable {
  private static final int MAX_FACES = 16;
  private static final int MAX_DATAGRAM_BYTES = 2_048;
  private static final int MAX_PER_PASS = 64;
  private static final long CLOSING_MILLIS = 5_000;

  private final Selector selector;
  private final List<DatagramChannel> faces = new ArrayList<>();
  private final List<PeerId> addresses = new ArrayList<>();
  private final Map<Integer, InetSocketAddress> hosts = new ConcurrentHashMap<>();
  private final Map<PeerId, Integer> facesByHost = new ConcurrentHashMap<>();
  private final Set<Way> cut = ConcurrentHashMap.newKeySet();
  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
  private final Thread thread;

  private record Way(int from, int to) {}

  private UdpRelay(int count) throws IOException {
    selector = Selector.open();
    for (int face = 0; face < count; face++) {
      DatagramChannel channel = DatagramChannel.open();
      faces.add(channel);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, face);
      addresses.add(PeerId.of((InetSocketAddress) channel.getLocalAddress()));
    }
    thread = new Thread(this::run, "udp-relay");
    thread.setDaemon(true);
    thread.start();
  }

  /** A network with so many faces, 1 to 16, behind which nobody stands yet. */
  static UdpRelay open(int faces) {
    if (faces < 1 || faces > MAX_FACES) {
      throw new IllegalArgumentException("faces is out of range: " + faces);
    }
    try {
      return new UdpRelay(faces);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address by which the others know a host. */
  PeerId face(int face) {
    return addresses.get(face);
  }

  /** From now on a host stands behind a face. */
  void stand(int face, PeerId host) {
    hosts.put(face, host.toSocketAddress());
    facesByHost.put(host, face);
  }

  /** What one host sends to another is dropped from now on. */
  void cut(int from, int to) {
    cut.add(new Way(from, to));
  }

  /** Nothing gets from one part to the other any more, nor back. */
  void divide(List<Integer> part, List<Integer> other) {
    for (int one : part) {
      for (int two : other) {
        cut(one, two);
        cut(two, one);
      }
    }
  }

  /** All ways are open again. */
  void heal() {
    cut.clear();
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(key -> drain((int) key.attachment()));
      }
    } catch (ClosedSelectorException e) {
      return; // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void drain(int face) {
    try {
      for (int i = 0; i < MAX_PER_PASS; i++) {
        buffer.clear();
        InetSocketAddress from = (InetSocketAddress) faces.get(face).receive(buffer);
        if (from == null) {
          return;
        }
        buffer.flip();
        pass(facesByHost.get(PeerId.of(from)), face);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void pass(Integer from, int to) {
    InetSocketAddress host = hosts.get(to);
    if (from == null || host == null || cut.contains(new Way(from, to))) {
      return;
    }
    try {
      faces.get(from).send(buffer, host);
    } catch (IOException e) {
      return; // a network may lose what it is given
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
      thread.join(CLOSING_MILLIS);
      for (DatagramChannel face : faces) {
        face.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
