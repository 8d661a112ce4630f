package dev.coeval.sync.order.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * One process's part in snapshots: messages and markers pass through, recorded states come out.
 * What both algorithms share is here: several snapshots at once, one of each initiator at most. A
 * later one of the same initiator ends the earlier.
 */
abstract class Recorder {

  /** A marker to a process. */
  record Outgoing(String to, Marker marker) {}

  final SortedSet<String> others;

  /** By initiator, the greatest number that was heard of; recorded, given up or complete. */
  final SortedMap<String, Long> seen = new TreeMap<>();

  /** By initiator, what is being recorded. */
  final SortedMap<String, Recording> active = new TreeMap<>();

  private final List<Outgoing> outgoing = new ArrayList<>();
  private final List<LocalSnapshot> complete = new ArrayList<>();

  Recorder(Collection<String> others) {
    this.others = new TreeSet<>(others);
  }

  /** The same state once more, for whoever wants to try two ways on. */
  Recorder(Recorder like) {
    this(like.others);
    seen.putAll(like.seen);
    like.active.forEach((initiator, recording) -> active.put(initiator, recording.copy()));
    outgoing.addAll(like.outgoing);
    complete.addAll(like.complete);
  }

  abstract Recorder copy();

  /** A message is about to be sent: its colour, as far as it has one. */
  abstract SortedMap<String, Long> sending(String to);

  /** A message has arrived, and is not yet with the application. */
  abstract void onMessage(
      String from, SortedMap<String, Long> colour, byte[] message, Supplier<byte[]> state);

  /** How many messages were sent to a process so far; 0 where nobody asks. */
  abstract long sent(String to);

  /** How many messages of a process have arrived so far; 0 where nobody asks. */
  abstract long arrived(String from);

  /** A channel's marker has come. */
  abstract void closeIfDone(Recording.Channel channel);

  /** Begins a snapshot that is new. */
  final void begin(SnapshotId id, Supplier<byte[]> state) {
    seen.put(id.initiator(), id.number());
    Recording recording = new Recording(id, state.get());
    others.forEach(from -> recording.channels.put(from, new Recording.Channel(arrived(from))));
    active.put(id.initiator(), recording);
    others.forEach(to -> outgoing.add(new Outgoing(to, new Marker(id, sent(to)))));
    completeIfDone(recording);
  }

  final boolean isNew(SnapshotId id) {
    return id.number() > seen.getOrDefault(id.initiator(), 0L);
  }

  final boolean isActive(SnapshotId id) {
    Recording recording = active.get(id.initiator());
    return recording != null && recording.id.equals(id);
  }

  final void onMarker(String from, Marker marker, Supplier<byte[]> state) {
    if (isNew(marker.id())) {
      begin(marker.id(), state);
    }
    Recording recording = active.get(marker.id().initiator());
    if (recording != null && recording.id.equals(marker.id())) {
      Recording.Channel channel = recording.channel(from);
      channel.sentBefore = marker.sentBefore();
      closeIfDone(channel);
      completeIfDone(recording);
    }
  }

  /** No part of this one, now or later. */
  final void abandon(SnapshotId id) {
    if (isActive(id)) {
      active.remove(id.initiator());
    }
    seen.merge(id.initiator(), id.number(), Math::max);
  }

  final void completeIfDone(Recording recording) {
    if (recording.isComplete()) {
      active.remove(recording.id.initiator());
      complete.add(recording.toSnapshot());
    }
  }

  final List<Outgoing> takeOutgoing() {
    List<Outgoing> taken = List.copyOf(outgoing);
    outgoing.clear();
    return taken;
  }

  final List<LocalSnapshot> takeComplete() {
    List<LocalSnapshot> taken = List.copyOf(complete);
    complete.clear();
    return taken;
  }

  static SortedMap<String, Long> colourless() {
    return Collections.emptySortedMap();
  }

  /** The whole state as text: equal texts are equal states. */
  @Override
  public String toString() {
    return seen + "" + active;
  }
}
