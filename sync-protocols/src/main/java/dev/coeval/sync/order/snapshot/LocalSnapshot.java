package dev.coeval.sync.order.snapshot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one process recorded: its state, and the messages that were on their way to it.
 *
 * <p>Immutable and thread-safe: bytes are copied in and out.
 */
public final class LocalSnapshot {
  private final SnapshotId id;
  private final byte[] state;
  private final SortedMap<String, List<byte[]>> channels;

  LocalSnapshot(SnapshotId id, byte[] state, SortedMap<String, List<byte[]>> channels) {
    this.id = id;
    this.state = state.clone();
    SortedMap<String, List<byte[]>> copy = new TreeMap<>();
    channels.forEach((from, messages) -> copy.put(from, List.copyOf(messages)));
    this.channels = Collections.unmodifiableSortedMap(copy);
  }

  /**
   * Of which snapshot this is a part.
   *
   * @return its id
   */
  public SnapshotId id() {
    return id;
  }

  /**
   * The state that the application had.
   *
   * @return a copy of what {@link SnapshotApplication#state} gave
   */
  public byte[] state() {
    return state.clone();
  }

  /**
   * The messages that a process had sent before it recorded its own state, and that had not arrived
   * here when this one recorded its.
   *
   * @param from the sender
   * @return copies, in the order of their arrival; empty if there were none
   */
  public List<byte[]> channel(String from) {
    List<byte[]> copies = new ArrayList<>();
    channels.getOrDefault(from, List.of()).forEach(message -> copies.add(message.clone()));
    return copies;
  }

  /** From whom messages were on their way, perhaps none; not to be changed, as are its bytes. */
  SortedMap<String, List<byte[]>> channels() {
    return channels;
  }

  /** The bytes of state and messages. */
  int size() {
    int size = state.length;
    for (List<byte[]> messages : channels.values()) {
      size += messages.stream().mapToInt(message -> message.length).sum();
    }
    return size;
  }

  /**
   * The sizes of its parts.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(id + ": state of " + state.length + " bytes");
    channels.forEach(
        (from, messages) -> {
          if (!messages.isEmpty()) {
            text.append(", ").append(messages.size()).append(" messages from ").append(from);
          }
        });
    return text.toString();
  }
}
