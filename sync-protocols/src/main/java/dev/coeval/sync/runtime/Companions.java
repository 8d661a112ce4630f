package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.PeerId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Connected sockets beside the main one, so that a closed port is noticed.
 *
 * <p>The kernel tells a socket of ICMP errors only if it is connected to the peer that they come
 * from. The main socket is not, since it must see who else writes to it. So while a peer is silent,
 * every second datagram to it leaves from a socket of its own, connected to it.
 *
 * <p>Of one thread.
 */
final class Companions {

  /** Sockets are few, and whoever has more silent peers than this has a larger trouble. */
  static final int MAX_OPEN = 16;

  /** How many peers' silence is watched; the one least recently sent to is forgotten first. */
  static final int MAX_PEERS = 1_024;

  /** A socket that nothing was sent from for so long is closed: a reply would be useless. */
  static final long IDLE_NANOS = 10_000_000_000L;

  private final InetAddress localAddress;
  private final Selector selector;
  private final Map<PeerId, Integer> unansweredByPeer = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<PeerId, Companion> open = new LinkedHashMap<>();

  Companions(InetAddress localAddress, Selector selector) {
    this.localAddress = localAddress;
    this.selector = selector;
  }

  /**
   * Counts a datagram to a peer, and says what it leaves from.
   *
   * @return a connected socket, or null for the main one
   * @throws IOException if the operating system knows no way to the peer
   */
  @Nullable DatagramChannel forSend(PeerId peer, long nowTickNanos) throws IOException {
    int unanswered = unansweredByPeer.getOrDefault(peer, 0);
    unansweredByPeer.put(peer, unanswered + 1);
    if (unansweredByPeer.size() > MAX_PEERS) {
      unansweredByPeer.remove(unansweredByPeer.keySet().iterator().next());
    }
    if (unanswered % 2 == 0) {
      return null;
    }
    Companion companion = open.get(peer);
    if (companion == null) {
      if (open.size() >= MAX_OPEN) {
        return null;
      }
      companion = new Companion(peer, connect(peer));
      open.put(peer, companion);
    }
    companion.lastSendTickNanos = nowTickNanos;
    return companion.channel;
  }

  /** A datagram of this peer has arrived, anywhere. */
  void heard(PeerId peer) {
    if (unansweredByPeer.containsKey(peer)) {
      unansweredByPeer.put(peer, 0);
    }
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Those that are open now; sends may open others while the caller goes through them. */
  List<Companion> open() {
    return new ArrayList<>(open.values());
  }

  /** Closes those that nothing was sent from for {@link #IDLE_NANOS}. */
  void closeIdle(long nowTickNanos) throws IOException {
    List<Companion> idle = new ArrayList<>();
    for (Companion companion : open.values()) {
      if (nowTickNanos - companion.lastSendTickNanos > IDLE_NANOS) {
        idle.add(companion);
      }
    }
    for (Companion companion : idle) {
      open.remove(companion.peer);
      companion.channel.close();
    }
    if (!idle.isEmpty()) {
      selector.selectNow(); // lets go of the sockets of closed channels
    }
  }

  void close() throws IOException {
    for (Companion companion : open.values()) {
      companion.channel.close();
    }
    open.clear();
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
      channel.register(selector, SelectionKey.OP_READ);
      connected = true;
      return channel;
    } finally {
      if (!connected) {
        channel.close();
      }
    }
  }

  /** One connected socket. */
  static final class Companion {
    final PeerId peer;
    final DatagramChannel channel;
    private long lastSendTickNanos;

    Companion(PeerId peer, DatagramChannel channel) {
      this.peer = peer;
      this.channel = channel;
    }
  }
}
