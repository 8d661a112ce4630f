package dev.coeval.sync;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;

/** Where this host is reached, so that a server that takes its time from here is recognized. */
final class LocalAddresses {
  private LocalAddresses() {}

  /** All addresses but loopback ones; none if the host does not tell. */
  static Set<InetAddress> all() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress())
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      return Set.of();
    }
  }
}
