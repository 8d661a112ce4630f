package dev.coeval.logical.matrix;

import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.bytes.StampInput;
import dev.coeval.logical.bytes.StampKind;
import dev.coeval.logical.bytes.StampOutput;
import dev.coeval.logical.vector.VectorTimestamp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The binary form of a {@link MatrixTimestamp}: a header byte; the number of processes and their
 * names in order, each once; the place of the stamp's own process among them; then a square of
 * counts, row by row, one for each process, zero where nothing is known.
 *
 * <p>Every stamp has exactly one form: a process is named if and only if it is the stamp's own or
 * some count in its row or its column is not zero. Stateless; the buffers are the caller's, and the
 * byte order set on them does not matter.
 */
public final class MatrixTimestampCodec {

  /** The longest name of a process in bytes. */
  private static final int MAX_NAME_BYTES = 255;

  /** A name of one byte with its length. */
  private static final int LEAST_NAME_BYTES = 2;

  private MatrixTimestampCodec() {}

  private static List<String> names(MatrixTimestamp stamp) {
    SortedSet<String> names = new TreeSet<>(stamp.rows().keySet());
    names.add(stamp.actor());
    stamp.rows().values().forEach(row -> names.addAll(row.toMap().keySet()));
    if (names.size() > MatrixTimestamp.MAX_ROWS) {
      throw new IllegalArgumentException(
          names.size() + " processes, but at most " + MatrixTimestamp.MAX_ROWS + " can be written");
    }
    return List.copyOf(names);
  }

  /**
   * How long the form of a stamp is.
   *
   * @param stamp the stamp
   * @return its length in bytes
   * @throws IllegalArgumentException if it names more than {@link MatrixTimestamp#MAX_ROWS}
   *     processes
   */
  public static int encodedLength(MatrixTimestamp stamp) {
    List<String> names = names(stamp);
    int length = 1 + StampOutput.varintLength(names.size());
    length += StampOutput.varintLength(names.indexOf(stamp.actor()));
    for (String name : names) {
      length += StampOutput.nameLength(name);
      VectorTimestamp row = stamp.row(name);
      for (String column : names) {
        length += StampOutput.varintLength(row.count(column));
      }
    }
    return length;
  }

  /**
   * Writes a stamp at the buffer's position and moves the position past it.
   *
   * @param stamp what to write
   * @param buffer where to write it
   * @throws IllegalArgumentException if it names more than {@link MatrixTimestamp#MAX_ROWS}
   *     processes
   * @throws java.nio.BufferOverflowException if fewer than {@link #encodedLength} bytes remain
   * @throws java.nio.ReadOnlyBufferException if the buffer is read-only
   */
  public static void encode(MatrixTimestamp stamp, ByteBuffer buffer) {
    List<String> names = names(stamp);
    StampOutput.header(StampKind.MATRIX, buffer);
    StampOutput.varint(names.size(), buffer);
    names.forEach(name -> StampOutput.name(name, buffer));
    StampOutput.varint(names.indexOf(stamp.actor()), buffer);
    for (String name : names) {
      VectorTimestamp row = stamp.row(name);
      names.forEach(column -> StampOutput.varint(row.count(column), buffer));
    }
  }

  /**
   * Reads a stamp at the buffer's position and moves the position past it.
   *
   * @param buffer where to read
   * @return the stamp
   * @throws StampFormatException if the bytes are not the form of a stamp; the position is then
   *     unmoved
   */
  public static MatrixTimestamp decode(ByteBuffer buffer) {
    return StampInput.whole(buffer, MatrixTimestampCodec::read);
  }

  private static MatrixTimestamp read(ByteBuffer buffer) {
    StampInput.header(StampKind.MATRIX, buffer);
    List<String> names = readNames(buffer);
    long own = StampInput.varint(buffer);
    if (own >= names.size()) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "no process has the place " + own);
    }
    StampInput.require(names.size() * names.size(), buffer);
    Map<String, VectorTimestamp> rows = new HashMap<>();
    for (String name : names) {
      rows.put(name, readRow(names, buffer));
    }
    MatrixTimestamp stamp = MatrixTimestamp.of(names.get((int) own), rows);
    if (!names(stamp).equals(names)) {
      throw new StampFormatException(Reason.NOT_CANONICAL, "a process of which nothing is said");
    }
    return stamp;
  }

  private static List<String> readNames(ByteBuffer buffer) {
    int size = StampInput.count(MatrixTimestamp.MAX_ROWS, LEAST_NAME_BYTES, buffer);
    List<String> names = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      String name = StampInput.name(MAX_NAME_BYTES, buffer);
      if (i > 0 && name.compareTo(names.get(i - 1)) <= 0) {
        throw new StampFormatException(Reason.NOT_CANONICAL, "processes that are not in order");
      }
      names.add(name);
    }
    return names;
  }

  private static VectorTimestamp readRow(List<String> names, ByteBuffer buffer) {
    Map<String, Long> counts = new HashMap<>();
    for (String name : names) {
      counts.put(name, StampInput.varint(buffer));
    }
    return VectorTimestamp.of(counts);
  }
}
