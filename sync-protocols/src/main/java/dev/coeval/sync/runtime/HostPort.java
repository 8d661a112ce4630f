package dev.coeval.sync.runtime;

import dev.coeval.sync.machine.PeerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * A host and a port as a user types them: {@code HOST}, {@code HOST:PORT}, {@code 192.0.2.1:123},
 * {@code 2001:db8::1}, {@code [2001:db8::1]:123}. Immutable; nothing is resolved until asked.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /** A name has at most 253 characters (RFC 1035 section 2.3.4, as text without the last dot). */
  private static final int MAX_HOST_LENGTH = 253;

  /**
   * Checks the ranges.
   *
   * @param host as above
   * @param port as above
   * @throws IllegalArgumentException if the host is empty, too long or holds blanks, or the port is
   *     out of its range; the message is one line for people
   */
  public HostPort {
    Objects.requireNonNull(host, "host");
    if (host.isEmpty() || host.length() > MAX_HOST_LENGTH || !isPlain(host)) {
      throw new IllegalArgumentException("not a host: '" + shown(host) + "'");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port is not in 1 to 65535: " + port);
    }
  }

  /**
   * Reads what a user typed.
   *
   * @param text as above
   * @param defaultPort the port where the text names none
   * @return the host and the port
   * @throws IllegalArgumentException if it is none of the forms above; the message is one line for
   *     people
   */
  public static HostPort parse(String text, int defaultPort) {
    if (text.startsWith("[")) {
      return parseBracketed(text, defaultPort);
    }
    int colon = text.indexOf(':');
    if (colon < 0 || colon != text.lastIndexOf(':')) { // a name, or an IPv6 address on its own
      return new HostPort(text, defaultPort);
    }
    return new HostPort(text.substring(0, colon), port(text, colon + 1));
  }

  /**
   * Looks the host up, now. May take seconds, if the name service is slow.
   *
   * @return the peer at the first address that the name service gives
   * @throws UnknownHostException if there is none; the message is one line for people
   */
  public PeerId resolve() throws UnknownHostException {
    try {
      return new PeerId(InetAddress.getAllByName(host)[0], port);
    } catch (UnknownHostException e) {
      UnknownHostException clear =
          new UnknownHostException(
              "host does not resolve: '" + host + "': check its name and this host's name service");
      clear.initCause(e);
      throw clear;
    }
  }

  /**
   * As it could have been typed.
   *
   * @return {@code HOST:PORT}, an IPv6 address in brackets
   */
  @Override
  public String toString() {
    return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
  }

  private static HostPort parseBracketed(String text, int defaultPort) {
    int end = text.indexOf(']');
    String host = end < 0 ? "" : text.substring(1, end);
    if (host.indexOf(':') < 0) {
      throw new IllegalArgumentException("not an IPv6 address in brackets: '" + shown(text) + "'");
    }
    if (end == text.length() - 1) {
      return new HostPort(host, defaultPort);
    }
    if (text.charAt(end + 1) != ':') {
      throw new IllegalArgumentException("no ':' after the ']': '" + shown(text) + "'");
    }
    return new HostPort(host, port(text, end + 2));
  }

  private static int port(String text, int start) {
    int port = 0;
    for (int i = start; i < text.length(); i++) {
      char digit = text.charAt(i);
      port = digit >= '0' && digit <= '9' ? port * 10 + digit - '0' : MAX_PORT + 1;
      if (port > MAX_PORT) {
        break;
      }
    }
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "port is not a number in 1 to 65535: '" + shown(text.substring(start)) + "'");
    }
    return port;
  }

  private static boolean isPlain(String host) {
    return host.chars().allMatch(c -> c > ' ' && c != 127 && "[]/,'\"".indexOf(c) < 0);
  }

  /** Fit to print: short, and without what moves a cursor. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= MAX_HOST_LENGTH ? line : line.substring(0, MAX_HOST_LENGTH) + "...";
  }
}
