package dev.coeval.sync.runtime;

import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Datagrams over a TCP connection: each is a frame, two bytes with its length, most significant
 * first, and then 1 to {@link #MAX_FRAME_BYTES} bytes.
 *
 * <p>The channel does not block, so that a peer that does not read cannot hold a sender, and every
 * wait has an end, so that one that sends byte by byte cannot hold a reader.
 *
 * <p>One thread reads; one, the same or another, writes; any may close.
 */
final class FrameChannel implements AutoCloseable {

  /** The same as over UDP, as the same machines run over both. */
  static final int MAX_FRAME_BYTES = UdpRuntime.MAX_DATAGRAM_BYTES;

  private static final int LENGTH_BYTES = 2;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  /** How a wait for a frame ended. */
  enum Outcome {
    FRAME,
    END,
    TIMED_OUT,
    TOO_LONG,
    MALFORMED
  }

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final ClockReader clock;
  private final ByteBuffer in = ByteBuffer.allocateDirect(LENGTH_BYTES + MAX_FRAME_BYTES);
  private final ByteBuffer payload = in.asReadOnlyBuffer();
  private final ByteBuffer out = ByteBuffer.allocateDirect(LENGTH_BYTES + MAX_FRAME_BYTES);
  private final ByteBuffer body = out.slice(LENGTH_BYTES, MAX_FRAME_BYTES);
  private @Nullable ClockReading firstByte;
  private @Nullable ClockReading lastRead;
  private int consumed;

  private FrameChannel(SocketChannel channel, SelectionKey key, ClockReader clock) {
    this.channel = channel;
    this.key = key;
    this.selector = key.selector();
    this.clock = clock;
  }

  /** Takes over a channel, connected or not; it is closed if this fails. */
  static FrameChannel over(SocketChannel channel, ClockReader clock) throws IOException {
    Selector selector = null;
    boolean done = false;
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      selector = Selector.open();
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      done = true;
      return new FrameChannel(channel, key, clock);
    } finally {
      if (!done) {
        channel.close();
        if (selector != null) {
          selector.close();
        }
      }
    }
  }

  /**
   * Connects.
   *
   * @throws IOException if the peer refuses, is unreachable or does not answer in time
   */
  void connect(InetSocketAddress to, long timeoutMillis) throws IOException {
    try {
      key.interestOps(SelectionKey.OP_CONNECT);
      if (!channel.connect(to)) {
        selector.select(ready -> {}, timeoutMillis);
        if (!channel.finishConnect()) {
          throw new SocketTimeoutException("connecting timed out");
        }
      }
      key.interestOps(SelectionKey.OP_READ);
    } catch (ClosedSelectorException | CancelledKeyException e) {
      throw closed(e);
    }
  }

  /**
   * Waits for the next frame. The one before is gone from then on.
   *
   * @param idleNanos how long its first byte may take
   * @param frameNanos how long the rest may take from then on
   */
  Outcome next(long idleNanos, long frameNanos) throws IOException {
    try {
      return await(idleNanos, frameNanos);
    } catch (ClosedChannelException | ClosedSelectorException e) {
      return Outcome.END;
    }
  }

  /** When the first byte of the current frame was there. */
  ClockReading received() {
    ClockReading stamp = firstByte;
    if (stamp == null) {
      throw new IllegalStateException("there is no frame");
    }
    return stamp;
  }

  /** The current frame, read-only. */
  ByteBuffer payload() {
    return payload;
  }

  /** Where the bytes of a frame to be sent go, from 0 on. */
  ByteBuffer body() {
    return body;
  }

  /**
   * Sends the first bytes of {@link #body()} as a frame, in one write.
   *
   * @return false if the peer has not read for so long that there is no room; then the connection
   *     is of no more use
   */
  boolean send(int length) throws IOException {
    out.clear().limit(LENGTH_BYTES + length);
    out.putShort(0, (short) length);
    return channel.write(out) == LENGTH_BYTES + length;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    selector.close(); // wakes who waits, and lets go of the socket
  }

  private static ClosedChannelException closed(RuntimeException cause) {
    ClosedChannelException closed = new ClosedChannelException();
    closed.initCause(cause);
    return closed;
  }

  private Outcome await(long idleNanos, long frameNanos) throws IOException {
    consume();
    long begin = clock.tickNanos();
    while (true) {
      Outcome outcome = parse();
      if (outcome != null) {
        return outcome;
      }
      int count = channel.read(in);
      if (count < 0) {
        return in.position() == 0 ? Outcome.END : Outcome.MALFORMED;
      }
      if (count > 0) {
        lastRead = clock.read();
        firstByte = firstByte == null ? lastRead : firstByte;
        continue;
      }
      long until = firstByte == null ? begin + idleNanos : firstByte.tickNanos() + frameNanos;
      long left = until - clock.tickNanos();
      if (left <= 0) {
        return Outcome.TIMED_OUT;
      }
      selector.select(ready -> {}, (left + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
    }
  }

  /** Whether the buffer begins with a frame, or cannot. */
  private @Nullable Outcome parse() {
    if (in.position() < LENGTH_BYTES) {
      return null;
    }
    int length = in.getShort(0) & 0xFFFF;
    if (length == 0) {
      return Outcome.MALFORMED;
    }
    if (length > MAX_FRAME_BYTES) {
      return Outcome.TOO_LONG;
    }
    if (in.position() < LENGTH_BYTES + length) {
      return null;
    }
    consumed = LENGTH_BYTES + length;
    payload.limit(consumed).position(LENGTH_BYTES);
    return Outcome.FRAME;
  }

  /** Whatever is left of a read once a frame is gone is of the last read, so it has its stamp. */
  private void consume() {
    if (consumed > 0) {
      in.flip().position(consumed);
      in.compact();
      consumed = 0;
      firstByte = in.position() == 0 ? null : lastRead;
    }
  }
}
