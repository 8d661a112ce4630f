package dev.coeval.sync.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * The port where a {@link UdpRuntime} is reached: one socket, or one for each address of the host
 * besides, so that a reply leaves from the address that was asked.
 */
final class BoundPort implements AutoCloseable {

  /** A host with more addresses than this is served at the first ones and the wildcard. */
  static final int MAX_ADDRESSES = 256;

  private final UdpConfig config;
  private final DatagramChannel main;
  private final List<DatagramChannel> channels = new ArrayList<>();
  private final InetSocketAddress localAddress;

  private BoundPort(UdpConfig config) throws IOException {
    this.config = config;
    if (config.bind().isUnresolved()) {
      throw new UnknownHostException(config.bind().getHostString());
    }
    main = bind(config.bind());
    localAddress = (InetSocketAddress) main.getLocalAddress();
    channels.add(main);
  }

  static BoundPort open(UdpConfig config, Selector selector) throws IOException {
    BoundPort port = new BoundPort(config);
    boolean complete = false;
    try {
      for (MulticastGroup group : config.groups()) {
        port.main.join(group.address(), interfaceOf(group));
      }
      if (config.eachAddress() && config.bind().getAddress().isAnyLocalAddress()) {
        port.bindEachAddress();
      }
      for (DatagramChannel channel : port.channels) {
        channel.register(selector, SelectionKey.OP_READ);
      }
      complete = true;
      return port;
    } finally {
      if (!complete) {
        port.close();
      }
    }
  }

  /** Where it is bound, with the port that was chosen. */
  InetSocketAddress localAddress() {
    return localAddress;
  }

  /** The socket that machines send from. */
  DatagramChannel main() {
    return main;
  }

  /** All sockets. */
  List<DatagramChannel> channels() {
    return channels;
  }

  @Override
  public void close() throws IOException {
    for (DatagramChannel channel : channels) {
      channel.close();
    }
  }

  private void bindEachAddress() throws IOException {
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : each.inetAddresses().toList()) {
        if (each.isUp() && channels.size() <= MAX_ADDRESSES) {
          channels.add(bind(new InetSocketAddress(address, localAddress.getPort())));
        }
      }
    }
  }

  private DatagramChannel bind(InetSocketAddress address) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    boolean bound = false;
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, config.socketBufferBytes());
      channel.setOption(StandardSocketOptions.SO_SNDBUF, config.socketBufferBytes());
      if (config.broadcast()) {
        channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
      }
      // Not SO_REUSEADDR, by which another user's process could take our datagrams on Linux.
      if (config.reusePort() || config.eachAddress()) {
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      }
      channel.bind(address);
      channel.configureBlocking(false);
      bound = true;
      return channel;
    } finally {
      if (!bound) {
        channel.close();
      }
    }
  }

  private static NetworkInterface interfaceOf(MulticastGroup group) throws SocketException {
    NetworkInterface found = NetworkInterface.getByName(group.interfaceName());
    if (found == null) {
      throw new SocketException("this host has no interface " + group.interfaceName());
    }
    return found;
  }
}
