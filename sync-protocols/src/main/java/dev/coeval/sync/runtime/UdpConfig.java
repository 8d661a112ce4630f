package dev.coeval.sync.runtime;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * How a {@link UdpRuntime} is set up.
 *
 * @param bind the local address and port; the wildcard address for all interfaces, port 0 for any
 *     free port
 * @param spinNanos for how long the thread polls for the reply after a machine has sent something,
 *     in ticks, before it waits in the kernel; 0 for not at all. It costs one core for that long,
 *     and spares the time in which the kernel wakes a thread, which is the largest error on a quiet
 *     network
 * @param alwaysSpin true to poll all the time: one core for a server whose receive stamps matter
 * @param companions true if a silent peer may be sent to from another port, which is how a closed
 *     port of the peer is noticed; false if every datagram must leave from the bound port
 * @param socketBufferBytes the size asked for the kernel's buffers of this socket, each way
 */
public record UdpConfig(
    InetSocketAddress bind,
    long spinNanos,
    boolean alwaysSpin,
    boolean companions,
    int socketBufferBytes) {

  /** One second: a longer wait is no exchange any more, and would burn a core for nothing. */
  public static final long MAX_SPIN_NANOS = 1_000_000_000L;

  /** Holds some hundred small datagrams; Linux counts about 800 bytes for each. */
  public static final int DEFAULT_SOCKET_BUFFER_BYTES = 256 * 1024;

  /** More only makes datagrams wait, and a datagram that waited tells a false time. */
  public static final int MAX_SOCKET_BUFFER_BYTES = 16 * 1024 * 1024;

  private static final int MIN_SOCKET_BUFFER_BYTES = 4 * 1024;

  /**
   * Checks the ranges.
   *
   * @param bind as above
   * @param spinNanos as above; 0 to {@link #MAX_SPIN_NANOS}
   * @param alwaysSpin as above
   * @param companions as above
   * @param socketBufferBytes as above; 4096 to {@link #MAX_SOCKET_BUFFER_BYTES}
   * @throws IllegalArgumentException if one is out of its range
   */
  public UdpConfig {
    Objects.requireNonNull(bind, "bind");
    if (spinNanos < 0 || spinNanos > MAX_SPIN_NANOS) {
      throw new IllegalArgumentException("spinNanos is out of range: " + spinNanos);
    }
    if (socketBufferBytes < MIN_SOCKET_BUFFER_BYTES
        || socketBufferBytes > MAX_SOCKET_BUFFER_BYTES) {
      throw new IllegalArgumentException("socketBufferBytes is out of range: " + socketBufferBytes);
    }
  }

  /**
   * For a client: any free port of all interfaces, companions, no spinning.
   *
   * @return the configuration
   */
  public static UdpConfig ephemeral() {
    return bound(new InetSocketAddress(0));
  }

  /**
   * At a given place: companions, no spinning.
   *
   * @param bind the local address and port
   * @return the configuration
   */
  public static UdpConfig bound(InetSocketAddress bind) {
    return new UdpConfig(bind, 0, false, true, DEFAULT_SOCKET_BUFFER_BYTES);
  }

  /**
   * With another time of polling for a reply.
   *
   * @param nanos as {@code spinNanos} above
   * @return a changed copy
   */
  public UdpConfig withSpinNanos(long nanos) {
    return new UdpConfig(bind, nanos, alwaysSpin, companions, socketBufferBytes);
  }

  /**
   * With or without polling all the time.
   *
   * @param always as {@code alwaysSpin} above
   * @return a changed copy
   */
  public UdpConfig withAlwaysSpin(boolean always) {
    return new UdpConfig(bind, spinNanos, always, companions, socketBufferBytes);
  }

  /**
   * With or without companions.
   *
   * @param use as {@code companions} above
   * @return a changed copy
   */
  public UdpConfig withCompanions(boolean use) {
    return new UdpConfig(bind, spinNanos, alwaysSpin, use, socketBufferBytes);
  }

  /**
   * With kernel buffers of another size.
   *
   * @param bytes as {@code socketBufferBytes} above
   * @return a changed copy
   */
  public UdpConfig withSocketBufferBytes(int bytes) {
    return new UdpConfig(bind, spinNanos, alwaysSpin, companions, bytes);
  }
}
