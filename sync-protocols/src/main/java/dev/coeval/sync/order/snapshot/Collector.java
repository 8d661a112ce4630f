package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.order.snapshot.Content.Piece;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts together, at the initiator, what the processes recorded. */
final class Collector {
  final SortedMap<String, LocalSnapshot> parts = new TreeMap<>();

  /** Pieces of parts of which some are missing. */
  final SortedMap<String, @Nullable Piece[]> pieces = new TreeMap<>();

  private final SortedSet<String> names;
  private final PartCodec codec;
  @Nullable SnapshotId id;

  Collector(List<String> names) {
    this.names = new TreeSet<>(names);
    this.codec = new PartCodec(names);
  }

  void begin(SnapshotId begun) {
    clear();
    id = begun;
  }

  void clear() {
    id = null;
    parts.clear();
    pieces.clear();
  }

  PartCodec codec() {
    return codec;
  }

  boolean isCollecting(SnapshotId other) {
    return other.equals(id);
  }

  void put(String name, LocalSnapshot part) {
    parts.put(name, part);
  }

  /** Takes a piece of the snapshot that is being collected; false if it makes no sense. */
  boolean put(String from, Piece piece) {
    @Nullable Piece[] all = pieces.computeIfAbsent(from, each -> new Piece[piece.count()]);
    if (parts.containsKey(from) || all.length != piece.count() || all[piece.index()] != null) {
      return false;
    }
    all[piece.index()] = piece;
    if (Arrays.stream(all).allMatch(each -> each != null)) {
      pieces.remove(from);
      var part = codec.decode(piece.id(), joined(all));
      part.ifPresent(each -> parts.put(from, each));
      return part.isPresent();
    }
    return true;
  }

  SortedSet<String> missing() {
    SortedSet<String> missing = new TreeSet<>(names);
    missing.removeAll(parts.keySet());
    return missing;
  }

  private static byte[] joined(@Nullable Piece[] all) {
    Collection<@Nullable Piece> pieces = Arrays.asList(all);
    int size = 0;
    for (Piece piece : pieces) {
      size += piece == null ? 0 : piece.piece().remaining();
    }
    byte[] joined = new byte[size];
    int at = 0;
    for (Piece piece : pieces) {
      if (piece != null) {
        int length = piece.piece().remaining();
        System.arraycopy(piece.bytes(), 0, joined, at, length);
        at += length;
      }
    }
    return joined;
  }
}
