package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.PeerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A port of its own for each request (RFC 9109).
 *
 * <p><b>Problem.</b> Whoever wants to forge a reply must know where it goes to. A port that stays,
 * let alone a well-known one, is known.
 *
 * <p><b>Idea.</b> Each request leaves from a new socket, whose port the operating system chooses at
 * random, and which is connected to whom is asked: the kernel lets in nothing from anybody else,
 * and tells of a closed port there, which a socket that hears everybody does not learn.
 *
 * <p><b>Attack.</b> Whoever hits the port by chance and forges the address could close it before
 * the true reply comes, if the first datagram closed it. So an answered port stays open for a
 * moment: {@link #ANSWERED_NANOS}.
 *
 * <p>Bounded: {@link #MAX_OPEN} ports, {@link #MAX_PER_PEER} of them for one peer, {@link
 * #UNANSWERED_NANOS} each. Of one thread.
 */
final class FreshPorts {

  /**
   * More requests than this are not under way at once; the port that would close next gives way.
   */
  static final int MAX_OPEN = 64;

  /** Whoever asks a silent peer often takes no ports away from the others. */
  static final int MAX_PER_PEER = 4;

  /** A reply that takes longer is useless. */
  static final long UNANSWERED_NANOS = 10_000_000_000L;

  /** For how long after the first datagram others are taken: a forged one shall not be the last. */
  static final long ANSWERED_NANOS = 500_000_000L;

  private final InetAddress localAddress;
  private final Selector selector;
  private final List<FreshPort> open = new ArrayList<>(); // in the order of the requests
  private final List<FreshPort> ready = new ArrayList<>();

  FreshPorts(InetAddress localAddress, Selector selector) {
    this.localAddress = localAddress;
    this.selector = selector;
  }

  /**
   * Opens a port for a request.
   *
   * @throws IOException if the operating system has no port left, or knows no way to the peer
   */
  FreshPort open(PeerId peer, long nowTickNanos) throws IOException {
    makeRoom(peer);
    FreshPort port = new FreshPort(peer, connect(peer), nowTickNanos + UNANSWERED_NANOS);
    port.channel.register(selector, SelectionKey.OP_READ, port);
    open.add(port);
    return port;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Those that something has arrived at; the list is valid until the next call. */
  List<FreshPort> ready() throws IOException {
    ready.clear();
    selector.selectNow(
        key -> {
          if (key.attachment() instanceof FreshPort port) {
            ready.add(port);
          }
        });
    return ready;
  }

  /** Something has arrived at a port. */
  static void answered(FreshPort port, long nowTickNanos) {
    long soon = nowTickNanos + ANSWERED_NANOS;
    if (soon - port.closeTickNanos < 0) {
      port.closeTickNanos = soon;
    }
  }

  /** Closes those whose time is over. */
  void closeExpired(long nowTickNanos) throws IOException {
    boolean hasClosed = false;
    for (Iterator<FreshPort> each = open.iterator(); each.hasNext(); ) {
      FreshPort port = each.next();
      if (nowTickNanos - port.closeTickNanos >= 0) {
        each.remove();
        port.channel.close();
        hasClosed = true;
      }
    }
    if (hasClosed) {
      selector.selectNow(key -> {}); // lets go of the sockets of closed channels
    }
  }

  void close() throws IOException {
    for (FreshPort port : open) {
      port.channel.close();
    }
    open.clear();
  }

  private void makeRoom(PeerId peer) throws IOException {
    FreshPort next = null;
    FreshPort oldest = null;
    int same = 0;
    for (FreshPort port : open) {
      if (next == null || port.closeTickNanos - next.closeTickNanos < 0) {
        next = port;
      }
      if (port.peer.equals(peer)) {
        oldest = oldest == null ? port : oldest;
        same++;
      }
    }
    FreshPort goes = same >= MAX_PER_PEER ? oldest : open.size() >= MAX_OPEN ? next : null;
    if (goes != null) {
      goes.channel.close();
      open.remove(goes);
      selector.selectNow(key -> {});
    }
  }

  private DatagramChannel connect(PeerId peer) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    boolean connected = false;
    try {
      channel.configureBlocking(false);
      if (!localAddress.isAnyLocalAddress()) {
        channel.bind(new InetSocketAddress(localAddress, 0));
      }
      channel.connect(peer.toSocketAddress());
      connected = true;
      return channel;
    } finally {
      if (!connected) {
        channel.close();
      }
    }
  }

  /** One port, connected to whom its request goes to. */
  static final class FreshPort {
    final PeerId peer;
    final DatagramChannel channel;
    private long closeTickNanos;

    FreshPort(PeerId peer, DatagramChannel channel, long closeTickNanos) {
      this.peer = peer;
      this.channel = channel;
      this.closeTickNanos = closeTickNanos;
    }
  }
}
