package dev.coeval.examples.network;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.runtime.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Hosts and ports as they stand on the command line. */
public final class Hosts {

  /** Where {@code coeval serve} listens, so that no privilege is needed. */
  public static final int COEVAL_PORT = 12_300;

  /** NTP's own port. */
  public static final int NTP_PORT = 123;

  private static final int MAX_PORT = 65_535;

  private Hosts() {}

  /**
   * Looks up all of them.
   *
   * @param names as they were typed, {@code HOST[:PORT]}
   * @param defaultPort where no port is given
   * @param limit how many there may be
   * @return their addresses
   * @throws CommandFailedException if one is no host, does not resolve, or is named twice
   */
  public static List<PeerId> resolve(List<String> names, int defaultPort, int limit) {
    if (names.size() > limit) {
      throw CommandFailedException.usage("more than " + limit + " hosts");
    }
    List<PeerId> peers = new ArrayList<>();
    for (String name : names) {
      PeerId peer = resolve(name, defaultPort);
      if (peers.contains(peer)) {
        throw CommandFailedException.usage(name + " names " + peer + ", which is there already");
      }
      peers.add(peer);
    }
    return peers;
  }

  /**
   * Looks up a host.
   *
   * @param name as it was typed, {@code HOST[:PORT]}
   * @param defaultPort where no port is given
   * @return its address
   * @throws CommandFailedException if it is no host or does not resolve
   */
  public static PeerId resolve(String name, int defaultPort) {
    try {
      return HostPort.parse(name, defaultPort).resolve();
    } catch (IllegalArgumentException | UnknownHostException e) {
      throw CommandFailedException.usage(String.valueOf(e.getMessage()));
    }
  }

  /**
   * A place to listen at, for people.
   *
   * @param bound the address of a socket
   * @return a text
   */
  public static String shown(InetSocketAddress bound) {
    return bound.getAddress().isAnyLocalAddress()
        ? "port " + bound.getPort() + " of all addresses"
        : PeerId.of(bound).toString();
  }

  /**
   * Where to listen.
   *
   * @param address an address of this host, as it was typed
   * @param port 0 for any free one
   * @return where to
   * @throws CommandFailedException if there is no such address, or no such port
   */
  public static InetSocketAddress bind(String address, int port) {
    if (port < 0 || port > MAX_PORT) {
      throw CommandFailedException.usage("--port is not in 0 to 65535: " + port);
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      throw CommandFailedException.usage(
          "--bind does not resolve: '" + address + "': give an address of this host");
    }
  }
}
