package dev.coeval.bench.skew;

import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/**
 * Request and reply over UDP on loopback and nothing else: two threads of one clock, so that the
 * true offset is 0, and whatever an exchange measures is its error.
 */
final class BareExchanges implements AutoCloseable {
  private static final long PATIENCE_NANOS = 100_000_000L;

  private final ClockReader reader;
  private final DatagramChannel server;
  private final DatagramChannel client;
  private final Thread thread;
  private final ByteBuffer buffer = ByteBuffer.allocate(2 * Long.BYTES);

  /** Opens both ends. */
  BareExchanges(ClockReader reader, Waiting waiting) throws IOException {
    this.reader = reader;
    this.server = open();
    this.client = open().connect(server.getLocalAddress());
    client.configureBlocking(waiting == Waiting.BLOCKING);
    server.configureBlocking(waiting == Waiting.BLOCKING);
    this.thread = new Thread(this::serve, "bare-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** The offset that an exchange measured, and its round trip, in nanoseconds. */
  record Exchange(long offsetNanos, long roundTripNanos) {}

  /** One exchange; null if it was lost, which is noticed only when spinning. */
  @Nullable Exchange next() throws IOException {
    long sent = reader.tickNanos();
    client.write(buffer.clear().putLong(0, sent));
    while (reader.tickNanos() - sent < PATIENCE_NANOS) {
      int length = client.read(buffer.clear());
      long received = reader.tickNanos();
      if (length > 0 && buffer.getLong(0) == sent) { // not the reply to one that was given up
        long there = buffer.getLong(Long.BYTES);
        return new Exchange(there - sent - (received - sent) / 2, received - sent);
      }
      Thread.onSpinWait();
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    server.close();
    client.close();
  }

  private void serve() {
    ByteBuffer request = ByteBuffer.allocate(2 * Long.BYTES);
    try {
      while (server.isOpen()) {
        SocketAddress from = server.receive(request.clear());
        if (from != null) {
          request.putLong(Long.BYTES, reader.tickNanos());
          server.send(request.clear(), from);
        } else {
          Thread.onSpinWait();
        }
      }
    } catch (ClosedChannelException e) {
      return; // the end
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DatagramChannel open() throws IOException {
    return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }
}
