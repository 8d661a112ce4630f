package dev.coeval.bench.peers;

import dev.coeval.sync.machine.Responder;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The other end, on one thread that never sleeps: the server and the relays in front of it.
 *
 * <p>It costs a core for as long as it is open, and stamps and forwards within microseconds.
 */
final class FarSide implements AutoCloseable {
  private static final int SELECT_EVERY = 4;

  private final ClockReader reader;
  private final UdpRuntime server;
  private final List<Station> stations = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean isClosing;
  private volatile @Nullable Exception failure;

  /** What the thread looks after. */
  interface Station extends AutoCloseable {

    /** Where clients reach it. */
    InetSocketAddress address() throws IOException;

    /** Does what is due, without waiting. */
    void pass() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Serves with a responder, at a free port of loopback. */
  FarSide(ClockReader reader, Responder responder) {
    this.reader = reader;
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.server =
        UdpRuntime.open(
            UdpConfig.bound(anyPort), new Switchboard().add(responder), reader, report -> {});
    this.thread = new Thread(this::spin, "far-side");
    thread.setDaemon(true);
    thread.start();
  }

  InetSocketAddress server() {
    return server.localAddress();
  }

  /** Puts a relay in front of the server. */
  Relay relay(Route route, long seed) throws IOException {
    Relay relay = new Relay(reader, route, server(), seed);
    stations.add(relay);
    return relay;
  }

  /** Looks after something else too. */
  void add(Station station) {
    stations.add(station);
  }

  @Override
  public void close() throws IOException {
    isClosing = true;
    try {
      thread.join();
    } catch (InterruptedException e) { // it ends all the same
      Thread.currentThread().interrupt();
    }
    server.close();
    for (Station station : stations) {
      station.close();
    }
    Exception failed = failure;
    if (failed != null) {
      throw new IOException("the far side failed", failed);
    }
  }

  private void spin() {
    try {
      for (int i = 0; !isClosing; i++) {
        if (i % SELECT_EVERY == 0) {
          server.doWork();
        }
        for (Station station : stations) {
          station.pass();
        }
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      failure = e;
    }
  }
}
