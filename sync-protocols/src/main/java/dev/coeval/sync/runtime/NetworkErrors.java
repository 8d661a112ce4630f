package dev.coeval.sync.runtime;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;

/** What the operating system says, as people understand it. One line each. */
final class NetworkErrors {
  private NetworkErrors() {}

  /**
   * Why a socket could not be bound, and what to do.
   *
   * @param transport "UDP" or "TCP"
   */
  static RuntimeStartException notBound(
      String transport, InetSocketAddress address, Exception cause) {
    String what = transport + " port " + address.getPort();
    String where = address.isUnresolved() ? address.getHostString() : host(address);
    String said = said(cause);
    String message;
    if (address.isUnresolved()) {
      message = "host does not resolve: " + where + ": give an address of this host";
    } else if (said.contains("in use")) {
      message = what + " is in use at " + where + ": stop who listens there or choose another port";
    } else if (said.contains("permission") || said.contains("not permitted")) {
      message = what + " needs privileges: choose a port above 1023 or run with the right to bind";
    } else if (said.contains("cannot assign") || said.contains("can't assign")) {
      message = where + " is not an address of this host: choose one that is, or 0.0.0.0 for all";
    } else if (cause instanceof UnsupportedAddressTypeException || said.contains("family")) {
      message = "this host does not speak the IP version of " + where + ": choose the other one";
    } else if (said.contains("no interface")) {
      message = said + ": choose the name of one that it has";
    } else {
      message = what + " cannot be opened at " + where + ": " + said;
    }
    return new RuntimeStartException(message, cause);
  }

  /** Why a peer was not reached. */
  static String unreachable(Exception cause) {
    String said = said(cause);
    if (cause instanceof PortUnreachableException) {
      return "port is closed: its host says that nothing listens there (ICMP port unreachable)";
    }
    if (cause instanceof UnsupportedAddressTypeException) {
      return "this host does not speak its IP version";
    }
    if (cause instanceof NoRouteToHostException || said.contains("no route")) {
      return "no route to its host";
    }
    if (said.contains("network is unreachable")) {
      return "no route to its network";
    }
    if (said.contains("permission") || said.contains("not permitted")) {
      return "a firewall or the operating system forbids to send there";
    }
    if (said.contains("too long") || said.contains("too large")) {
      return "the datagram is too long for the way there";
    }
    if (cause instanceof ConnectException) {
      return said.contains("timed out")
          ? "connecting timed out"
          : "connection refused: port closed";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** In small letters, so that it can be searched. */
  private static String said(Exception cause) {
    String message = cause.getMessage();
    String said = message == null ? cause.getClass().getSimpleName() : message;
    return said.toLowerCase(Locale.ROOT);
  }

  private static String host(InetSocketAddress address) {
    return address.getAddress().getHostAddress();
  }
}
