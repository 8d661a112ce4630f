package dev.coeval.sync.order.broadcast;

import dev.coeval.causal.BroadcastStamp;
import dev.coeval.causal.BroadcastStampCodec;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.broadcast.Content.Join;
import dev.coeval.sync.order.broadcast.Content.Leave;
import dev.coeval.sync.order.broadcast.Content.Payload;
import dev.coeval.sync.order.broadcast.GroupMessage.Ask;
import dev.coeval.sync.order.broadcast.GroupMessage.Entry;
import dev.coeval.sync.order.broadcast.GroupMessage.Pull;
import dev.coeval.sync.order.broadcast.GroupMessage.Refusal;
import dev.coeval.sync.order.broadcast.GroupMessage.Report;
import dev.coeval.sync.order.broadcast.GroupMessage.Spread;
import dev.coeval.sync.order.broadcast.GroupMessage.Stance;
import dev.coeval.sync.order.broadcast.GroupMessage.Welcome;
import dev.coeval.sync.order.link.Links;
import dev.coeval.sync.wire.Decoded;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Group messages to bytes and back. Decoding is total. Stateless. */
final class GroupCodec {
  static final int SPREAD = 1;
  static final int REPORT = 2;
  static final int PULL = 3;
  static final int ASK = 4;
  static final int WELCOME = 5;
  static final int REFUSAL = 6;
  static final int STANCE = 7;

  static final int PAYLOAD = 0;
  static final int JOIN = 1;
  static final int LEAVE = 2;

  /** So many entries fit into a message, however long their names and addresses are. */
  private static final int ENTRIES = 12;

  private static final int HAS_PEER = 1;
  private static final int IS_RETIRED = 2;
  private static final int IS_LAST = 1;
  private static final int IS_FILLED = 1;

  private GroupCodec() {}

  /** A broadcast with its bytes; empty if it is longer than a link's message. */
  static Optional<Cast> cast(BroadcastStamp stamp, long counter, Content content) {
    ByteBuffer out = ByteBuffer.allocate(4 * Links.MAX_MESSAGE_BYTES);
    if (BroadcastStampCodec.encodedLength(stamp) > Links.MAX_MESSAGE_BYTES
        || (content instanceof Payload payload
            && payload.bytes().remaining() > Links.MAX_MESSAGE_BYTES)) {
      return Optional.empty();
    }
    Names.putNumber(out.put((byte) SPREAD), counter);
    BroadcastStampCodec.encode(stamp, out);
    put(out, content);
    return out.position() > Links.MAX_MESSAGE_BYTES
        ? Optional.empty()
        : Optional.of(new Cast(stamp, counter, content, out.flip().asReadOnlyBuffer()));
  }

  static ByteBuffer encode(GroupMessage message) {
    if (message instanceof Spread spread) {
      return spread.cast().bytes().duplicate();
    }
    ByteBuffer out = ByteBuffer.allocate(Links.MAX_MESSAGE_BYTES);
    if (message instanceof Report report) {
      out.put((byte) REPORT);
      Names.put(out, report.actor());
      Names.putNumber(out, report.counter());
      Names.putCounts(out, report.delivered().toMap());
    } else if (message instanceof Pull pull) {
      Names.put(out.put((byte) PULL), pull.actor());
      Names.putNumber(out, pull.after());
    } else if (message instanceof Ask ask) {
      Names.put(out.put((byte) ASK), ask.actor());
    } else if (message instanceof Welcome welcome) {
      put(out.put((byte) WELCOME), welcome);
    } else if (message instanceof Refusal refusal) {
      Names.put(out.put((byte) REFUSAL), refusal.actor());
    } else if (message instanceof Stance stance) {
      put(out.put((byte) STANCE), stance);
    }
    return out.flip();
  }

  /** As few parts as hold all entries. */
  static List<Welcome> welcome(String actor, long counter, List<Entry> entries) {
    List<Welcome> parts = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += ENTRIES) {
      int to = Math.min(entries.size(), from + ENTRIES);
      parts.add(new Welcome(actor, counter, to == entries.size(), entries.subList(from, to)));
    }
    return parts;
  }

  /** Whether it can be encoded: always, in a group of as many members as there may be. */
  static boolean fits(Stance stance) {
    int names = 1 + stance.view().size() + stance.frozen().size() + stance.finals().size();
    return 8 + names * Names.MAX_COUNT_BYTES <= Links.MAX_MESSAGE_BYTES;
  }

  static Decoded<GroupMessage> decode(ByteBuffer message) {
    try {
      ByteBuffer in = message.slice();
      GroupMessage read = read(in.get(), in);
      return in.hasRemaining() ? Decoded.refused(Rejection.TOO_LONG) : Decoded.of(read);
    } catch (BufferUnderflowException e) {
      return Decoded.refused(Rejection.TOO_SHORT);
    } catch (UnknownTypeException e) {
      return Decoded.refused(Rejection.UNEXPECTED_TYPE);
    } catch (IllegalArgumentException e) { // of a stamp, a name or a number that cannot be
      return Decoded.refused(Rejection.MALFORMED);
    }
  }

  private static GroupMessage read(byte type, ByteBuffer in) {
    return switch (type) {
      case SPREAD -> spread(in);
      case REPORT ->
          new Report(Names.get(in), Names.number(in), VectorTimestamp.of(Names.counts(in)));
      case PULL -> new Pull(Names.get(in), Names.number(in));
      case ASK -> new Ask(Names.get(in));
      case WELCOME -> welcome(in);
      case STANCE -> stance(in);
      case REFUSAL -> new Refusal(Names.get(in));
      default -> throw new UnknownTypeException();
    };
  }

  private static Spread spread(ByteBuffer in) {
    ByteBuffer whole = in.duplicate().position(0);
    long counter = Names.number(in);
    BroadcastStamp stamp = BroadcastStampCodec.decode(in);
    stamp.vector().toMap().keySet().forEach(Names::require);
    Content content = content(in.get(), in);
    return new Spread(new Cast(stamp, counter, content, whole.asReadOnlyBuffer()));
  }

  private static Content content(byte type, ByteBuffer in) {
    return switch (type) {
      case PAYLOAD -> {
        ByteBuffer bytes = in.slice().asReadOnlyBuffer();
        in.position(in.limit());
        yield new Payload(bytes);
      }
      case JOIN -> new Join(Names.get(in), Names.peer(in));
      case LEAVE -> new Leave();
      default -> throw new UnknownTypeException();
    };
  }

  private static void put(ByteBuffer out, Content content) {
    if (content instanceof Payload payload) {
      out.put((byte) PAYLOAD).put(payload.bytes().duplicate());
    } else if (content instanceof Join join) {
      Names.put(out.put((byte) JOIN), join.actor());
      Names.put(out, join.peer());
    } else if (content instanceof Leave) {
      out.put((byte) LEAVE);
    }
  }

  private static void put(ByteBuffer out, Welcome welcome) {
    Names.put(out, welcome.actor());
    Names.putNumber(out, welcome.counter());
    out.put((byte) (welcome.isLast() ? IS_LAST : 0));
    for (Entry entry : welcome.entries()) {
      Names.put(out, entry.actor());
      Names.putNumber(out, entry.delivered());
      Names.putNumber(out, entry.last());
      PeerId peer = entry.peer();
      out.put((byte) ((peer == null ? 0 : HAS_PEER) | (entry.isRetired() ? IS_RETIRED : 0)));
      if (peer != null) {
        Names.put(out, peer);
      }
    }
  }

  private static void put(ByteBuffer out, Stance stance) {
    Names.put(out, stance.actor());
    out.put((byte) (stance.filled() ? IS_FILLED : 0));
    Map<String, Long> view = new TreeMap<>();
    stance.view().forEach(actor -> view.put(actor, 0L));
    Names.putCounts(out, view);
    Names.putCounts(out, new TreeMap<>(stance.frozen()));
    Names.putCounts(out, new TreeMap<>(stance.finals()));
  }

  private static Stance stance(ByteBuffer in) {
    String actor = Names.get(in);
    boolean filled = flags(in, IS_FILLED) != 0;
    Set<String> view = Set.copyOf(Names.counts(in).keySet());
    return new Stance(actor, filled, view, Names.counts(in), Names.counts(in));
  }

  private static Welcome welcome(ByteBuffer in) {
    String actor = Names.get(in);
    long counter = Names.number(in);
    boolean isLast = flags(in, IS_LAST) != 0;
    List<Entry> entries = new ArrayList<>();
    while (in.hasRemaining()) {
      String name = Names.get(in);
      long delivered = Names.number(in);
      long last = Names.number(in);
      int flags = flags(in, HAS_PEER | IS_RETIRED);
      PeerId peer = (flags & HAS_PEER) == 0 ? null : Names.peer(in);
      entries.add(new Entry(name, delivered, last, (flags & IS_RETIRED) != 0, peer));
    }
    return new Welcome(actor, counter, isLast, List.copyOf(entries));
  }

  private static int flags(ByteBuffer in, int known) {
    int flags = in.get();
    if ((flags & ~known) != 0) {
      throw new IllegalArgumentException("flags: " + flags);
    }
    return flags;
  }

  /** A type that does not exist. */
  private static final class UnknownTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownTypeException() {
      super("unknown type", null, false, false);
    }
  }
}
