package dev.coeval.sync.order.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** One process's part of one snapshot, while messages that belong to it may still come. */
final class Recording {

  /** What is not known yet. */
  static final long UNKNOWN = -1;

  final SnapshotId id;
  final byte[] state;
  final SortedMap<String, Channel> channels = new TreeMap<>();

  /** A channel to this process. */
  static final class Channel {
    final List<byte[]> messages = new ArrayList<>();

    /** How many messages had arrived when the state was recorded. */
    final long arrivedBefore;

    /** How many the sender had sent when it recorded its state. */
    long sentBefore = UNKNOWN;

    boolean closed;

    Channel(long arrivedBefore) {
      this.arrivedBefore = arrivedBefore;
    }

    private Channel copy() {
      Channel copy = new Channel(arrivedBefore);
      copy.messages.addAll(messages);
      copy.sentBefore = sentBefore;
      copy.closed = closed;
      return copy;
    }
  }

  Recording(SnapshotId id, byte[] state) {
    this.id = id;
    this.state = state;
  }

  Recording copy() {
    Recording copy = new Recording(id, state);
    channels.forEach((from, channel) -> copy.channels.put(from, channel.copy()));
    return copy;
  }

  /** The channel from another process. */
  Channel channel(String from) {
    return Objects.requireNonNull(channels.get(from), "every process has a channel");
  }

  boolean isComplete() {
    return channels.values().stream().allMatch(channel -> channel.closed);
  }

  LocalSnapshot toSnapshot() {
    SortedMap<String, List<byte[]>> messages = new TreeMap<>();
    channels.forEach((from, channel) -> messages.put(from, channel.messages));
    return new LocalSnapshot(id, state, messages);
  }

  int size() {
    int size = state.length;
    for (Channel channel : channels.values()) {
      for (byte[] message : channel.messages) {
        size += message.length + Integer.BYTES;
      }
    }
    return size;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(id + new String(state, ISO_8859_1));
    for (Channel channel : channels.values()) {
      text.append(channel.closed ? "]" : "[").append(channel.arrivedBefore);
      text.append('/').append(channel.sentBefore);
      for (byte[] message : channel.messages) {
        text.append(new String(message, ISO_8859_1)).append(',');
      }
    }
    return text.toString();
  }
}
