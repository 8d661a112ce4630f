package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.snapshot.Content.Application;
import dev.coeval.sync.order.snapshot.Content.GivenUp;
import dev.coeval.sync.order.snapshot.Content.Marked;
import dev.coeval.sync.order.snapshot.Content.Piece;
import dev.coeval.sync.order.snapshot.SnapshotAborted.Reason;
import dev.coeval.sync.wire.Decoded;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Contents to bytes and back; the bytes are drawn in this package's description. Total. */
final class ContentCodec {

  /** A piece fits a datagram, whatever stands before it. */
  static final int PIECE_BYTES = 600;

  /** More pieces no part has. */
  static final int MAX_PIECES = 160;

  private static final int APPLICATION = 1;
  private static final int MARKED = 2;
  private static final int PIECE = 3;
  private static final int GIVEN_UP = 4;
  private static final int MOST_BYTES = 1_024;

  /** All names, sorted: a name is its place. */
  private final List<String> names;

  ContentCodec(List<String> names) {
    this.names = names;
  }

  byte[] encode(Content content) {
    ByteBuffer out = ByteBuffer.allocate(MOST_BYTES);
    if (content instanceof Application application) {
      out.put((byte) APPLICATION).put((byte) application.colour().size());
      application.colour().forEach((name, number) -> putId(out, name, number));
      out.put(application.message().duplicate());
    } else if (content instanceof Marked marked) {
      putId(out.put((byte) MARKED), marked.marker().id());
      out.putLong(marked.marker().sentBefore());
    } else if (content instanceof Piece piece) {
      putId(out.put((byte) PIECE), piece.id());
      out.putShort((short) piece.index()).putShort((short) piece.count()).put(piece.bytes());
    } else if (content instanceof GivenUp givenUp) {
      putId(out.put((byte) GIVEN_UP), givenUp.id());
      out.put((byte) givenUp.reason().code());
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  Decoded<Content> decode(ByteBuffer bytes) {
    ByteBuffer in = bytes.slice();
    try {
      return switch (in.get()) {
        case APPLICATION -> application(in);
        case MARKED -> marked(in);
        case PIECE -> piece(in);
        case GIVEN_UP -> givenUp(in);
        default -> Decoded.refused(Rejection.UNEXPECTED_TYPE);
      };
    } catch (BufferUnderflowException tooShort) {
      return Decoded.refused(Rejection.TOO_SHORT);
    } catch (IllegalArgumentException malformed) {
      return Decoded.refused(Rejection.MALFORMED);
    }
  }

  private Decoded<Content> application(ByteBuffer in) {
    int count = in.get();
    SortedMap<String, Long> colour = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      SnapshotId id = id(in);
      if (!colour.isEmpty() && id.initiator().compareTo(colour.lastKey()) <= 0) {
        return Decoded.refused(Rejection.MALFORMED);
      }
      colour.put(id.initiator(), id.number());
    }
    if (count < 0 || in.remaining() > SnapshotNode.MAX_MESSAGE_BYTES) {
      return Decoded.refused(Rejection.MALFORMED);
    }
    return Decoded.of(new Application(Collections.unmodifiableSortedMap(colour), rest(in)));
  }

  private Decoded<Content> marked(ByteBuffer in) {
    Marker marker = new Marker(id(in), in.getLong());
    boolean good = marker.sentBefore() >= 0;
    return end(in, good, new Marked(marker));
  }

  private Decoded<Content> piece(ByteBuffer in) {
    SnapshotId id = id(in);
    int index = in.getShort();
    int count = in.getShort();
    int length = in.remaining();
    boolean good = index >= 0 && index < count && count <= MAX_PIECES && length <= PIECE_BYTES;
    return good
        ? Decoded.of(new Piece(id, index, count, rest(in)))
        : Decoded.refused(Rejection.MALFORMED);
  }

  private Decoded<Content> givenUp(ByteBuffer in) {
    SnapshotId id = id(in);
    int code = in.get();
    for (Reason reason : Reason.values()) {
      if (reason.code() == code) {
        return end(in, true, new GivenUp(id, reason));
      }
    }
    return Decoded.refused(Rejection.MALFORMED);
  }

  private static Decoded<Content> end(ByteBuffer in, boolean good, Content content) {
    if (in.hasRemaining()) {
      return Decoded.refused(Rejection.TOO_LONG);
    }
    return good ? Decoded.of(content) : Decoded.refused(Rejection.MALFORMED);
  }

  private void putId(ByteBuffer out, SnapshotId id) {
    putId(out, id.initiator(), id.number());
  }

  private void putId(ByteBuffer out, String initiator, long number) {
    out.put((byte) names.indexOf(initiator)).putLong(number);
  }

  /** Throws IllegalArgumentException if it is none. */
  private SnapshotId id(ByteBuffer in) {
    int index = in.get();
    if (index < 0 || index >= names.size()) {
      throw new IllegalArgumentException("nobody has the place " + index);
    }
    return new SnapshotId(names.get(index), in.getLong());
  }

  /** A copy: the datagram is not valid for long. */
  private static ByteBuffer rest(ByteBuffer in) {
    return ByteBuffer.allocate(in.remaining()).put(in).flip();
  }
}
