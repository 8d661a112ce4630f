package dev.coeval.bench.peers;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** For programs that cannot choose a free port themselves. */
final class Ports {
  private Ports() {}

  /** One that was free a moment ago. */
  static int freeUdpPort() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (DatagramSocket socket = new DatagramSocket(any)) {
      return socket.getLocalPort();
    }
  }
}
