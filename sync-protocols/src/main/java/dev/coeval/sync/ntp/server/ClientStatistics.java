package dev.coeval.sync.ntp.server;

import java.net.InetAddress;

/**
 * What a server knows of one client, since it last had to make room for others.
 *
 * @param address whose requests; anybody can ask in anybody's name
 * @param counts how many
 * @param lastTickNanos when the last one arrived, in local ticks
 * @param intervalNanos how long it is from one request to the next, smoothed over the last dozen; 0
 *     if there was but one
 */
public record ClientStatistics(
    InetAddress address, Counts counts, long lastTickNanos, long intervalNanos) {

  /**
   * How many requests were well-formed and from an address that is not denied silently, and what
   * the rate limit made of them.
   *
   * @param requests all of them
   * @param refused those that got no reply
   * @param kissed those that got a kiss-o'-death RATE
   */
  public record Counts(long requests, long refused, long kissed) {}
}
