package dev.coeval.logical.version;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The binary form of a {@link DottedVersionVectorSet} of byte strings: a header byte, the number of
 * servers, and for each, in their order, its name, its count, the number of its values, and each
 * value, newest first, as its length and its bytes.
 *
 * <p>Turn values into bytes first, for instance with the serializer of the store. Every set has
 * exactly one form. Stateless; the buffers are the caller's, and the byte order set on them does
 * not matter.
 */
public final class DottedVersionVectorSetCodec {

  /** The most servers that a form may name: 4,096, far more than ever share one record. */
  public static final int MAX_SERVERS = 1 << 12;

  /**
   * The most bytes of one value: 16 MiB; larger ones belong in a store, with a key as the value.
   */
  public static final int MAX_VALUE_BYTES = 1 << 24;

  /** The longest name of a server in bytes. */
  private static final int MAX_NAME_BYTES = 255;

  /** Name of one byte with its length, count, number of values. */
  private static final int LEAST_SERVER_BYTES = 4;

  private DottedVersionVectorSetCodec() {}

  /**
   * How long the form of a set is.
   *
   * @param set the set
   * @return its length in bytes
   * @throws ArithmeticException if that is more than an {@code int} can say
   */
  public static int encodedLength(DottedVersionVectorSet<Bytes> set) {
    long length = 1L + StampOutput.varintLength(set.servers().size());
    for (Map.Entry<String, Siblings<Bytes>> server : set.servers().entrySet()) {
      Siblings<Bytes> known = server.getValue();
      length += StampOutput.nameLength(server.getKey());
      length += StampOutput.varintLength(known.count());
      length += StampOutput.varintLength(known.values().size());
      for (Bytes value : known.values()) {
        length += (long) StampOutput.varintLength(value.length()) + value.length();
      }
    }
    return Math.toIntExact(length);
  }

  /**
   * Writes a set at the buffer's position and moves the position past it.
   *
   * @param set what to write
   * @param buffer where to write it
   * @throws IllegalArgumentException if the set is over a limit of the form
   * @throws java.nio.BufferOverflowException if fewer than {@link #encodedLength} bytes remain
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(DottedVersionVectorSet<Bytes> set, ByteBuffer buffer) {
    requireAtMost(MAX_SERVERS, set.servers().size(), "servers");
    StampOutput.header(StampKind.DOTTED_VERSION_VECTOR_SET, buffer);
    StampOutput.varint(set.servers().size(), buffer);
    set.servers()
        .forEach(
            (server, known) -> {
              StampOutput.name(server, buffer);
              StampOutput.varint(known.count(), buffer);
              StampOutput.varint(known.values().size(), buffer);
              known.values().forEach(value -> write(value, buffer));
            });
  }

  private static void write(Bytes value, ByteBuffer buffer) {
    requireAtMost(MAX_VALUE_BYTES, value.length(), "bytes in a value");
    StampOutput.varint(value.length(), buffer);
    buffer.put(value.asByteBuffer());
  }

  private static void requireAtMost(int most, int actual, String what) {
    if (actual > most) {
      throw new IllegalArgumentException(actual + " " + what + ", but at most " + most);
    }
  }

  /**
   * Reads a set at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the set
   * @throws StampFormatException if the bytes are not the form of a set; the position is then
   *     unmoved
   */
  public static DottedVersionVectorSet<Bytes> decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, DottedVersionVectorSetCodec::read);
  }

  private static DottedVersionVectorSet<Bytes> read(ByteBuffer buffer) {
    StampInput.header(StampKind.DOTTED_VERSION_VECTOR_SET, buffer);
    int size = StampInput.count(MAX_SERVERS, LEAST_SERVER_BYTES, buffer);
    SortedMap<String, Siblings<Bytes>> servers = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      String server = StampInput.name(MAX_NAME_BYTES, buffer);
      if (!servers.isEmpty() && server.compareTo(servers.lastKey()) <= 0) {
        throw new StampFormatException(Reason.NOT_CANONICAL, "servers that are not in order");
      }
      servers.put(server, readSiblings(buffer));
    }
    return new DottedVersionVectorSet<>(servers);
  }

  private static Siblings<Bytes> readSiblings(ByteBuffer buffer) {
    long count = StampInput.varint(buffer);
    if (count == 0) {
      throw new StampFormatException(Reason.NOT_CANONICAL, "a server without a write");
    }
    int size = StampInput.count(Integer.MAX_VALUE, 1, buffer);
    if (size > count) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, size + " values of " + count + " writes");
    }
    List<Bytes> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(readValue(buffer));
    }
    return new Siblings<>(count, values);
  }

  private static Bytes readValue(ByteBuffer buffer) {
    byte[] value = new byte[StampInput.count(MAX_VALUE_BYTES, 1, buffer)];
    buffer.get(value);
    return Bytes.of(value);
  }
}
