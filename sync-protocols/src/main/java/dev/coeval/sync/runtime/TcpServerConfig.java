package dev.coeval.sync.runtime;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * How a {@link TcpServer} is set up.
 *
 * @param bind the local address and port; port 0 for any free port
 * @param maxConnections how many connections, and so threads, there may be at once
 * @param idleNanos for how long a connection may be silent between two frames, in ticks
 * @param frameNanos how long a frame may take from its first byte to its last, in ticks
 */
public record TcpServerConfig(
    InetSocketAddress bind, int maxConnections, long idleNanos, long frameNanos) {

  /** Each costs a thread: enough for a group of computers, too few to starve one of memory. */
  public static final int DEFAULT_CONNECTIONS = 64;

  /** More threads than this would spend their time on being switched. */
  public static final int MAX_CONNECTIONS = 4_096;

  /** Longer than usual poll intervals of a group that is watched closely. */
  public static final long DEFAULT_IDLE_NANOS = 120_000_000_000L;

  /** A frame fits in one or two segments: who needs longer is stuck, or means ill. */
  public static final long DEFAULT_FRAME_NANOS = 2_000_000_000L;

  /**
   * Checks the ranges.
   *
   * @param bind as above
   * @param maxConnections as above; 1 to {@link #MAX_CONNECTIONS}
   * @param idleNanos as above; positive
   * @param frameNanos as above; positive
   * @throws IllegalArgumentException if one is out of its range
   */
  public TcpServerConfig {
    Objects.requireNonNull(bind, "bind");
    if (maxConnections < 1 || maxConnections > MAX_CONNECTIONS) {
      throw new IllegalArgumentException("maxConnections is out of range: " + maxConnections);
    }
    if (idleNanos <= 0 || frameNanos <= 0) {
      throw new IllegalArgumentException(
          "times must be positive: idleNanos " + idleNanos + ", frameNanos " + frameNanos);
    }
  }

  /**
   * At a given place, with the defaults above.
   *
   * @param bind the local address and port
   * @return the configuration
   */
  public static TcpServerConfig bound(InetSocketAddress bind) {
    return new TcpServerConfig(bind, DEFAULT_CONNECTIONS, DEFAULT_IDLE_NANOS, DEFAULT_FRAME_NANOS);
  }

  /**
   * With another number of connections.
   *
   * @param count as {@code maxConnections} above
   * @return a changed copy
   */
  public TcpServerConfig withMaxConnections(int count) {
    return new TcpServerConfig(bind, count, idleNanos, frameNanos);
  }

  /**
   * With other times.
   *
   * @param idle as {@code idleNanos} above
   * @param frame as {@code frameNanos} above
   * @return a changed copy
   */
  public TcpServerConfig withTimeouts(long idle, long frame) {
    return new TcpServerConfig(bind, maxConnections, idle, frame);
  }
}
