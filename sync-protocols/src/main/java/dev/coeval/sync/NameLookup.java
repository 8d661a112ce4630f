package dev.coeval.sync;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of a name. May block, and is called on a thread that may wait.
 *
 * <p>Implementations must be thread-safe.
 */
@FunctionalInterface
public interface NameLookup {

  /**
   * The name service of the host. The JVM caches its answers ({@code networkaddress.cache.ttl}).
   */
  NameLookup SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * Looks a name up, now.
   *
   * @param host a name, or an address as text
   * @return its addresses, at least one
   * @throws UnknownHostException if there is none at present
   */
  List<InetAddress> lookup(String host) throws UnknownHostException;
}
