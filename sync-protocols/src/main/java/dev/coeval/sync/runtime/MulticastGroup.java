package dev.coeval.sync.runtime;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A multicast group to listen to, on one interface. NTP's are 224.0.1.1 and ff02::101, ff05::101
 * and so on (RFC 5905 section 3.1, RFC 4291).
 *
 * @param address the group's address
 * @param interfaceName the name of the interface, such as {@code eth0}
 */
public record MulticastGroup(InetAddress address, String interfaceName) {

  /**
   * Checks the address.
   *
   * @param address as above
   * @param interfaceName as above
   * @throws IllegalArgumentException if the address is not that of a group
   */
  public MulticastGroup {
    Objects.requireNonNull(interfaceName, "interfaceName");
    if (!address.isMulticastAddress()) {
      throw new IllegalArgumentException("not a multicast address: " + address.getHostAddress());
    }
  }
}
