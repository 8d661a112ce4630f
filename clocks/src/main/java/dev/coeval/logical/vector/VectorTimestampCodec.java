package dev.coeval.logical.vector;

import dev.coeval.logical.ActorNames;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;

/**
 * The binary forms of a {@link VectorTimestamp}: one that spells out its actors, and one that gives
 * their numbers in an {@link ActorTable} that both sides have.
 *
 * <pre>
 *   header    1 byte: kind and version
 *   entries   varint: twice the number of entries, plus 1 if counts were pruned
 *   entry     the actor, then its count as a varint; in the order of the names
 *   pruned    only if there are any: their number as a varint, then the actors in order
 *
 *   actor     spelled out: length as a varint, UTF-8 bytes; or its number as a varint
 * </pre>
 *
 * <p>So with numbers and nothing pruned, a stamp takes its counts and ids as varints and at most
 * four bytes more. Every stamp has exactly one form of each kind: equal stamps are equal bytes, and
 * bytes that are accepted are those that writing gives again. What is read is never more than
 * {@link VectorTimestamp#MAX_ACTORS} actors, and nothing is allocated for a count that the bytes
 * there cannot hold.
 *
 * <p>Stateless; the buffers are the caller's, and their byte order does not matter.
 */
public final class VectorTimestampCodec {

  /** The fewest bytes of an entry: a length, a character and a count. */
  private static final int LEAST_NAMED = 3;

  /** The fewest bytes of an entry with a number: that, and a count. */
  private static final int LEAST_NUMBERED = 2;

  private VectorTimestampCodec() {}

  /**
   * How long the form of a stamp is that spells out its actors.
   *
   * @param stamp what would be written
   * @return its length in bytes
   */
  public static int encodedLength(VectorTimestamp stamp) {
    return 1 + bodyLength(stamp);
  }

  /**
   * Writes a stamp that spells out its actors at the buffer's position, and moves that past it.
   *
   * @param stamp what to write
   * @param buffer where to write
   * @throws BufferOverflowException if there is no room for it; the position is then unmoved
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(VectorTimestamp stamp, ByteBuffer buffer) {
    requireRoom(encodedLength(stamp), buffer);
    StampOutput.header(StampKind.VECTOR, buffer);
    encodeBody(stamp, buffer);
  }

  /**
   * Reads a stamp that spells out its actors at the buffer's position, and moves that past it.
   *
   * @param buffer where to read
   * @return the stamp
   * @throws StampFormatException if the bytes are none; the position is then unmoved
   */
  public static VectorTimestamp decode(ByteBuffer buffer) {
    return StampInput.whole(
        buffer,
        bytes -> {
          StampInput.header(StampKind.VECTOR, bytes);
          return decodeBody(bytes);
        });
  }

  /**
   * The form that spells out the actors.
   *
   * @param stamp what to write
   * @return its bytes
   */
  public static byte[] toBytes(VectorTimestamp stamp) {
    ByteBuffer buffer = ByteBuffer.allocate(encodedLength(stamp));
    encode(stamp, buffer);
    return buffer.array();
  }

  /**
   * Reads a stamp that spells out its actors.
   *
   * @param bytes the form of one stamp and nothing else
   * @return the stamp
   * @throws StampFormatException if the bytes are none
   */
  public static VectorTimestamp fromBytes(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    VectorTimestamp stamp = decode(buffer);
    if (buffer.hasRemaining()) {
      throw new StampFormatException(
          Reason.NOT_CANONICAL, buffer.remaining() + " bytes after the stamp");
    }
    return stamp;
  }

  /**
   * How long the form of a stamp is that gives its actors by number.
   *
   * @param stamp what would be written
   * @param table the actors' numbers
   * @return its length in bytes
   * @throws IllegalArgumentException if the table lacks an actor of the stamp
   */
  public static int encodedLength(VectorTimestamp stamp, ActorTable table) {
    ActorTable.Layout layout = table.layoutOf(stamp.actors);
    int length = 1 + headLength(stamp);
    for (int i = 0; i < layout.ids.length; i++) {
      length += StampOutput.varintLength(layout.ids[i]);
      length += StampOutput.varintLength(stamp.counts.at(i));
    }
    for (String actor : stamp.pruned.names) {
      length += StampOutput.varintLength(table.idOf(actor));
    }
    return length;
  }

  /**
   * Writes a stamp that gives its actors by number at the buffer's position, and moves that past
   * it.
   *
   * @param stamp what to write
   * @param table the actors' numbers
   * @param buffer where to write
   * @throws IllegalArgumentException if the table lacks an actor of the stamp
   * @throws BufferOverflowException if there is no room for it; the position is then unmoved
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(VectorTimestamp stamp, ActorTable table, ByteBuffer buffer) {
    ActorTable.Layout layout = table.layoutOf(stamp.actors);
    boolean roomy = NumberedEntries.hasRoom(stamp, buffer);
    if (!roomy) {
      requireRoom(encodedLength(stamp, table), buffer);
    }
    StampOutput.header(StampKind.VECTOR_INTERNED, buffer);
    StampOutput.varint(head(stamp), buffer);
    if (roomy) {
      NumberedEntries.write(layout.ids, stamp.counts, buffer);
    } else {
      for (int i = 0; i < layout.ids.length; i++) {
        StampOutput.varint(layout.ids[i], buffer);
        StampOutput.varint(stamp.counts.at(i), buffer);
      }
    }
    if (!stamp.pruned.isEmpty()) {
      StampOutput.varint(stamp.pruned.size(), buffer);
      for (String actor : stamp.pruned.names) {
        StampOutput.varint(table.idOf(actor), buffer);
      }
    }
  }

  /**
   * Reads a stamp that gives its actors by number at the buffer's position, and moves that past it.
   *
   * @param buffer where to read
   * @param table the actors' numbers; the one of the writer, or a longer one
   * @return the stamp
   * @throws StampFormatException if the bytes are none, or give a number that is not in the table;
   *     the position is then unmoved
   */
  public static VectorTimestamp decode(ByteBuffer buffer, ActorTable table) {
    int start = buffer.position();
    try {
      StampInput.header(StampKind.VECTOR_INTERNED, buffer);
      return decodeNumbered(buffer, table);
    } catch (StampFormatException malformed) {
      buffer.position(start);
      throw malformed;
    }
  }

  private static VectorTimestamp decodeNumbered(ByteBuffer buffer, ActorTable table) {
    long head = StampInput.varint(buffer);
    long[] counts = new long[entries(head, LEAST_NUMBERED, buffer)];
    ActorTable.Layout layout = table.guess();
    if (!NumberedEntries.read(layout.ids, counts, buffer)) {
      layout = readEntries(counts, table, buffer);
    }
    ActorSet pruned = ActorSet.EMPTY;
    if (isPruned(head)) {
      String[] names = new String[prunedCount(counts.length, 1, buffer)];
      for (int i = 0; i < names.length; i++) {
        names[i] = nameOf(StampInput.varint(buffer), table);
      }
      pruned = prunedSet(names, layout.actors);
    }
    return VectorTimestamp.of(layout.actors, Counts.of(counts), pruned);
  }

  private static ActorTable.Layout readEntries(long[] counts, ActorTable table, ByteBuffer buffer) {
    String[] names = new String[counts.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = nameOf(StampInput.varint(buffer), table);
      counts[i] = readCount(buffer);
    }
    requireSorted(names);
    return table.layoutOf(ActorSet.of(names));
  }

  private static String nameOf(long id, ActorTable table) {
    if (id >= table.actors().size()) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "no actor has the number " + id);
    }
    return table.actors().get((int) id);
  }

  /** The length of everything after the header. */
  static int bodyLength(VectorTimestamp stamp) {
    int length = headLength(stamp);
    for (int i = 0; i < stamp.size(); i++) {
      length += StampOutput.nameLength(stamp.actors.names[i]);
      length += StampOutput.varintLength(stamp.counts.at(i));
    }
    for (String actor : stamp.pruned.names) {
      length += StampOutput.nameLength(actor);
    }
    return length;
  }

  /** Writes everything after the header. */
  static void encodeBody(VectorTimestamp stamp, ByteBuffer buffer) {
    StampOutput.varint(head(stamp), buffer);
    for (int i = 0; i < stamp.size(); i++) {
      StampOutput.name(stamp.actors.names[i], buffer);
      StampOutput.varint(stamp.counts.at(i), buffer);
    }
    if (!stamp.pruned.isEmpty()) {
      StampOutput.varint(stamp.pruned.size(), buffer);
      for (String actor : stamp.pruned.names) {
        StampOutput.name(actor, buffer);
      }
    }
  }

  /** Reads everything after the header. */
  static VectorTimestamp decodeBody(ByteBuffer buffer) {
    long head = StampInput.varint(buffer);
    String[] names = new String[entries(head, LEAST_NAMED, buffer)];
    long[] counts = new long[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = StampInput.name(ActorNames.MAX_BYTES, buffer);
      counts[i] = readCount(buffer);
    }
    requireSorted(names);
    ActorSet actors = ActorSet.of(names);
    ActorSet pruned = ActorSet.EMPTY;
    if (isPruned(head)) {
      String[] forgotten = new String[prunedCount(names.length, 2, buffer)];
      for (int i = 0; i < forgotten.length; i++) {
        forgotten[i] = StampInput.name(ActorNames.MAX_BYTES, buffer);
      }
      pruned = prunedSet(forgotten, actors);
    }
    return VectorTimestamp.of(actors, Counts.of(counts), pruned);
  }

  private static long head(VectorTimestamp stamp) {
    return 2L * stamp.size() + (stamp.pruned.isEmpty() ? 0 : 1);
  }

  private static boolean isPruned(long head) {
    return (head & 1) != 0;
  }

  private static int headLength(VectorTimestamp stamp) {
    int ofPruned = stamp.pruned.isEmpty() ? 0 : StampOutput.varintLength(stamp.pruned.size());
    return StampOutput.varintLength(head(stamp)) + ofPruned;
  }

  private static int entries(long head, int bytesEach, ByteBuffer buffer) {
    long entries = head >>> 1;
    if (entries > VectorTimestamp.MAX_ACTORS) {
      throw tooMany(entries);
    }
    StampInput.require((int) entries * bytesEach, buffer);
    return (int) entries;
  }

  private static int prunedCount(int counted, int bytesEach, ByteBuffer buffer) {
    int pruned = StampInput.count(VectorTimestamp.MAX_ACTORS - counted, bytesEach, buffer);
    if (pruned == 0) {
      throw new StampFormatException(Reason.NOT_CANONICAL, "pruned, but of no actor");
    }
    return pruned;
  }

  private static StampFormatException tooMany(long entries) {
    return new StampFormatException(
        Reason.TOO_LARGE, entries + " entries, but at most " + VectorTimestamp.MAX_ACTORS);
  }

  private static long readCount(ByteBuffer buffer) {
    long count = StampInput.varint(buffer);
    if (count == 0) {
      throw new StampFormatException(Reason.NOT_CANONICAL, "an entry of zero");
    }
    return count;
  }

  private static ActorSet prunedSet(String[] names, ActorSet counted) {
    requireSorted(names);
    for (String actor : names) {
      if (counted.contains(actor)) {
        throw new StampFormatException(Reason.NOT_CANONICAL, "both counted and pruned: " + actor);
      }
    }
    return ActorSet.of(names);
  }

  static void requireSorted(String[] names) {
    for (int i = 1; i < names.length; i++) {
      if (names[i - 1].compareTo(names[i]) >= 0) {
        throw new StampFormatException(
            Reason.NOT_CANONICAL, "not in order: " + names[i - 1] + ", " + names[i]);
      }
    }
  }

  private static void requireRoom(int bytes, ByteBuffer buffer) {
    if (buffer.remaining() < bytes) {
      throw new BufferOverflowException();
    }
  }
}
