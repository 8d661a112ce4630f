package dev.coeval.sync.machine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * Who a datagram comes from or goes to: an address and a port, as a value. Nothing is resolved.
 *
 * @param address the address
 * @param port the port, 0 to 65535
 */
public record PeerId(InetAddress address, int port) {
  private static final int MAX_PORT = 65_535;

  /**
   * Checks the range of the port.
   *
   * @param address as above
   * @param port as above
   * @throws IllegalArgumentException if the port is out of its range
   */
  public PeerId {
    Objects.requireNonNull(address, "address");
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port is out of range: " + port);
    }
  }

  /**
   * The peer at a socket address.
   *
   * @param address a resolved address
   * @return the peer
   * @throws IllegalArgumentException if the address is not resolved
   */
  public static PeerId of(InetSocketAddress address) {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("not resolved: " + address.getHostString());
    }
    return new PeerId(address.getAddress(), address.getPort());
  }

  /**
   * A made-up peer for simulations: the n-th address of 10.0.0.0/8, port 123.
   *
   * @param number 0 to 2²⁴ - 1
   * @return the peer
   * @throws IllegalArgumentException if the number is out of range
   */
  public static PeerId simulated(int number) {
    if (number < 0 || number >= 1 << 24) {
      throw new IllegalArgumentException("number is out of range: " + number);
    }
    byte[] address = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    try {
      return new PeerId(InetAddress.getByAddress(address), 123);
    } catch (UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  /**
   * As a socket address.
   *
   * @return the resolved socket address
   */
  public InetSocketAddress toSocketAddress() {
    return new InetSocketAddress(address, port);
  }

  /**
   * As {@code 192.0.2.1:123} or {@code [2001:db8::1]:123}.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    String host = address.getHostAddress();
    return address instanceof Inet6Address ? "[" + host + "]:" + port : host + ":" + port;
  }
}
