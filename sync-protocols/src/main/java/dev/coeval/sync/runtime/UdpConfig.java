package dev.coeval.sync.runtime;

import java.net.InetSocketAddress;
import java.util.List;
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
 * @param freshPorts true if each request of a machine leaves from a new port, where only whom it
 *     asks can answer (RFC 9109), and where a closed port of the peer is noticed; false if every
 *     datagram must leave from the bound port, as a firewall may demand
 * @param socketBufferBytes the size asked for the kernel's buffers of this socket, each way
 * @param reusePort true if other sockets of the same user may be bound to the same port; the kernel
 *     then gives each peer's datagrams to one of them ({@code SO_REUSEPORT})
 * @param eachAddress true if, bound to the wildcard address, there shall be a socket for each
 *     address that the host has now, so that a reply leaves from the address that was asked;
 *     implies {@code reusePort}
 * @param broadcast true if datagrams may be sent to broadcast addresses. To receive them, bind to
 *     the wildcard address
 * @param groups the multicast groups that are listened to
 */
public record UdpConfig(
    InetSocketAddress bind,
    long spinNanos,
    boolean alwaysSpin,
    boolean freshPorts,
    int socketBufferBytes,
    boolean reusePort,
    boolean eachAddress,
    boolean broadcast,
    List<MulticastGroup> groups) {

  /** One second: a longer wait is no exchange any more, and would burn a core for nothing. */
  public static final long MAX_SPIN_NANOS = 1_000_000_000L;

  /** Holds some hundred small datagrams; Linux counts about 800 bytes for each. */
  public static final int DEFAULT_SOCKET_BUFFER_BYTES = 256 * 1024;

  /** More only makes datagrams wait, and a datagram that waited tells a false time. */
  public static final int MAX_SOCKET_BUFFER_BYTES = 16 * 1024 * 1024;

  /** Linux lets a socket join 20 groups unless it is told otherwise. */
  public static final int MAX_GROUPS = 20;

  private static final int MIN_SOCKET_BUFFER_BYTES = 4 * 1024;

  /**
   * Checks the ranges.
   *
   * @param bind as above
   * @param spinNanos as above; 0 to {@link #MAX_SPIN_NANOS}
   * @param alwaysSpin as above
   * @param freshPorts as above
   * @param socketBufferBytes as above; 4096 to {@link #MAX_SOCKET_BUFFER_BYTES}
   * @param reusePort as above
   * @param eachAddress as above
   * @param broadcast as above
   * @param groups as above; at most {@link #MAX_GROUPS}
   * @throws IllegalArgumentException if one is out of its range
   */
  public UdpConfig {
    Objects.requireNonNull(bind, "bind");
    groups = List.copyOf(groups);
    if (spinNanos < 0 || spinNanos > MAX_SPIN_NANOS) {
      throw new IllegalArgumentException("spinNanos is out of range: " + spinNanos);
    }
    if (socketBufferBytes < MIN_SOCKET_BUFFER_BYTES
        || socketBufferBytes > MAX_SOCKET_BUFFER_BYTES) {
      throw new IllegalArgumentException("socketBufferBytes is out of range: " + socketBufferBytes);
    }
    if (groups.size() > MAX_GROUPS) {
      throw new IllegalArgumentException("more than " + MAX_GROUPS + " groups");
    }
  }

  /**
   * For a client: any free port of all interfaces, a fresh port for each request, no spinning.
   *
   * @return the configuration
   */
  public static UdpConfig ephemeral() {
    return bound(new InetSocketAddress(0));
  }

  /**
   * At a given place: a fresh port for each request, no spinning, no other sockets there, neither
   * broadcasts nor groups.
   *
   * @param bind the local address and port
   * @return the configuration
   */
  public static UdpConfig bound(InetSocketAddress bind) {
    return new UdpConfig(
        bind, 0, false, true, DEFAULT_SOCKET_BUFFER_BYTES, false, false, false, List.of());
  }

  /**
   * With another time of polling for a reply.
   *
   * @param nanos as {@code spinNanos} above
   * @return a changed copy
   */
  public UdpConfig withSpinNanos(long nanos) {
    return new UdpConfig(
        bind,
        nanos,
        alwaysSpin,
        freshPorts,
        socketBufferBytes,
        reusePort,
        eachAddress,
        broadcast,
        groups);
  }

  /**
   * With or without polling all the time.
   *
   * @param always as {@code alwaysSpin} above
   * @return a changed copy
   */
  public UdpConfig withAlwaysSpin(boolean always) {
    return new UdpConfig(
        bind,
        spinNanos,
        always,
        freshPorts,
        socketBufferBytes,
        reusePort,
        eachAddress,
        broadcast,
        groups);
  }

  /**
   * With or without a fresh port for each request.
   *
   * @param fresh as {@code freshPorts} above
   * @return a changed copy
   */
  public UdpConfig withFreshPorts(boolean fresh) {
    return new UdpConfig(
        bind,
        spinNanos,
        alwaysSpin,
        fresh,
        socketBufferBytes,
        reusePort,
        eachAddress,
        broadcast,
        groups);
  }

  /**
   * With kernel buffers of another size.
   *
   * @param bytes as {@code socketBufferBytes} above
   * @return a changed copy
   */
  public UdpConfig withSocketBufferBytes(int bytes) {
    return new UdpConfig(
        bind, spinNanos, alwaysSpin, freshPorts, bytes, reusePort, eachAddress, broadcast, groups);
  }

  /**
   * With or without other sockets at the same port.
   *
   * @param reuse as {@code reusePort} above
   * @return a changed copy
   */
  public UdpConfig withReusePort(boolean reuse) {
    return new UdpConfig(
        bind,
        spinNanos,
        alwaysSpin,
        freshPorts,
        socketBufferBytes,
        reuse,
        eachAddress,
        broadcast,
        groups);
  }

  /**
   * With or without a socket for each address.
   *
   * @param each as {@code eachAddress} above
   * @return a changed copy
   */
  public UdpConfig withEachAddress(boolean each) {
    return new UdpConfig(
        bind,
        spinNanos,
        alwaysSpin,
        freshPorts,
        socketBufferBytes,
        reusePort,
        each,
        broadcast,
        groups);
  }

  /**
   * With or without the right to send to broadcast addresses.
   *
   * @param allowed as {@code broadcast} above
   * @return a changed copy
   */
  public UdpConfig withBroadcast(boolean allowed) {
    return new UdpConfig(
        bind,
        spinNanos,
        alwaysSpin,
        freshPorts,
        socketBufferBytes,
        reusePort,
        eachAddress,
        allowed,
        groups);
  }

  /**
   * Listening to multicast groups.
   *
   * @param joined as {@code groups} above
   * @return a changed copy
   */
  public UdpConfig withGroups(List<MulticastGroup> joined) {
    return new UdpConfig(
        bind,
        spinNanos,
        alwaysSpin,
        freshPorts,
        socketBufferBytes,
        reusePort,
        eachAddress,
        broadcast,
        joined);
  }

  /** At another place. */
  UdpConfig withBind(InetSocketAddress place) {
    return new UdpConfig(
        place,
        spinNanos,
        alwaysSpin,
        freshPorts,
        socketBufferBytes,
        reusePort,
        eachAddress,
        broadcast,
        groups);
  }
}
