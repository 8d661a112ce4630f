package dev.coeval.sync.order.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The algorithm of Lai and Yang with Mattern's counting: messages carry the colour of their sender,
 * so channels need not be FIFO.
 *
 * <p><b>Problem.</b> As for Chandy and Lamport's, where messages overtake each other, and so would
 * overtake a marker.
 *
 * <p><b>Idea.</b> A process is white, and red once it has recorded its state; it paints its
 * messages so. Who is white and receives a red message records its state first. The state of a
 * channel is the white messages that a red process receives; how many there will be is known, as
 * the sender says how many it has sent.
 *
 * <ol>
 *   <li>Whoever begins records its state, turns red, and tells each other process how many messages
 *       it has sent to it so far.
 *   <li>On a red message, or such a count, who is white does the same, before the application sees
 *       the message.
 *   <li>A channel is complete when as many messages came as were counted.
 * </ol>
 *
 * <p>For several snapshots, of several initiators, a colour is a number for each initiator: its
 * latest snapshot that the sender has heard of.
 *
 * <p><b>Known attack.</b> As for Chandy and Lamport's: processes trust each other.
 *
 * <p>Sources: T. H. Lai, T. H. Yang, "On distributed snapshots", Information Processing Letters
 * 25(3), 1987; F. Mattern, "Efficient algorithms for distributed snapshots and global virtual time
 * approximation", Journal of Parallel and Distributed Computing 18(4), 1993.
 */
final class LaiYangRecorder extends Recorder {

  /** How many messages were sent to each process, and have arrived of each. */
  final SortedMap<String, Long> sent = new TreeMap<>();

  final SortedMap<String, Long> arrived = new TreeMap<>();

  LaiYangRecorder(Collection<String> others) {
    super(others);
  }

  private LaiYangRecorder(LaiYangRecorder like) {
    super(like);
    sent.putAll(like.sent);
    arrived.putAll(like.arrived);
  }

  @Override
  LaiYangRecorder copy() {
    return new LaiYangRecorder(this);
  }

  @Override
  SortedMap<String, Long> sending(String to) {
    sent.merge(to, 1L, Math::addExact);
    return new TreeMap<>(seen);
  }

  @Override
  void onMessage(
      String from, SortedMap<String, Long> colour, byte[] message, Supplier<byte[]> state) {
    colour.forEach(
        (initiator, number) -> {
          SnapshotId id = new SnapshotId(initiator, number);
          if (isNew(id)) {
            begin(id, state);
          }
        });
    arrived.merge(from, 1L, Math::addExact);
    for (Recording recording : new ArrayList<>(active.values())) {
      boolean white = colour.getOrDefault(recording.id.initiator(), 0L) < recording.id.number();
      Recording.Channel channel = recording.channel(from);
      if (white && !channel.closed) {
        channel.messages.add(message);
        closeIfDone(channel);
        completeIfDone(recording);
      }
    }
  }

  @Override
  long sent(String to) {
    return sent.getOrDefault(to, 0L);
  }

  @Override
  long arrived(String from) {
    return arrived.getOrDefault(from, 0L);
  }

  @Override
  void closeIfDone(Recording.Channel channel) {
    if (channel.sentBefore != Recording.UNKNOWN) {
      channel.closed = channel.arrivedBefore + channel.messages.size() >= channel.sentBefore;
    }
  }

  @Override
  public String toString() {
    return super.toString() + sent + arrived;
  }
}
