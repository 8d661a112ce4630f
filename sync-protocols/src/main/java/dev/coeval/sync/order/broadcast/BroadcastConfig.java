package dev.coeval.sync.order.broadcast;

import dev.coeval.logical.ActorNames;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.order.link.LinkConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a node takes part in a group.
 *
 * @param name what the node is called; each start of it is another actor, of this name, a dot and
 *     eight hexadecimal digits. 1 to {@value #MAX_NAME_BYTES} bytes of UTF-8
 * @param contacts members to join through, tried in turn; empty for the node that begins the group
 * @param windowMessages how many own messages may not yet be delivered everywhere, 1 to {@value
 *     #MAX_WINDOW_MESSAGES}
 * @param reportNanos the pause between two reports of what is delivered, when something was; 1 ms
 *     to 10 s
 * @param links the times of the links between members
 */
public record BroadcastConfig(
    String name,
    List<PeerId> contacts,
    int windowMessages,
    long reportNanos,
    LinkConfig.Timing links) {

  /** Every message names all members, and has to fit into one datagram. */
  public static final int MAX_MEMBERS = 16;

  /** The same reason. */
  public static final int MAX_NAME_BYTES = Names.MAX_NAME_BYTES;

  /** Each member keeps so many of each other: with messages of a kilobyte, 8 MB at most. */
  public static final int MAX_WINDOW_MESSAGES = 512;

  private static final long MIN_REPORT_NANOS = Duration.ofMillis(1).toNanos();
  private static final long MAX_REPORT_NANOS = Duration.ofSeconds(10).toNanos();

  /**
   * Checks the ranges that the components state.
   *
   * @param name as above
   * @param contacts as above
   * @param windowMessages as above
   * @param reportNanos as above
   * @param links as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public BroadcastConfig {
    Objects.requireNonNull(links, "links");
    contacts = List.copyOf(contacts);
    ActorNames.require(name);
    int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (nameBytes > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("a name of %d bytes: %s".formatted(nameBytes, name));
    }
    if (windowMessages < 1 || windowMessages > MAX_WINDOW_MESSAGES) {
      throw new IllegalArgumentException("windowMessages is out of range: " + windowMessages);
    }
    if (reportNanos < MIN_REPORT_NANOS || reportNanos > MAX_REPORT_NANOS) {
      throw new IllegalArgumentException("reportNanos is out of range: " + reportNanos);
    }
  }

  /**
   * The node that begins a group: 256 messages, reports every 50 ms, links as usual.
   *
   * @param name what it is called
   * @return the configuration
   * @throws IllegalArgumentException if the name is out of its range
   */
  public static BroadcastConfig founding(String name) {
    return joining(name, List.of());
  }

  /**
   * A node that joins a group: 256 messages, reports every 50 ms, links as usual.
   *
   * @param name what it is called
   * @param contacts members, at least one of which is there
   * @return the configuration
   * @throws IllegalArgumentException if the name is out of its range
   */
  public static BroadcastConfig joining(String name, List<PeerId> contacts) {
    return new BroadcastConfig(
        name, contacts, 256, Duration.ofMillis(50).toNanos(), LinkConfig.Timing.defaults());
  }

  /**
   * The same with another window.
   *
   * @param messages how many own messages may not yet be delivered everywhere
   * @return the configuration
   * @throws IllegalArgumentException if it is out of its range
   */
  public BroadcastConfig withWindow(int messages) {
    return new BroadcastConfig(name, contacts, messages, reportNanos, links);
  }

  /**
   * The same with other times of the links.
   *
   * @param timing the times
   * @return the configuration
   */
  public BroadcastConfig with(LinkConfig.Timing timing) {
    return new BroadcastConfig(name, contacts, windowMessages, reportNanos, timing);
  }
}
