package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.order.snapshot.Content.Piece;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A process's memory to bytes and back. Not for the wire: only one's own are read, and what is not
 * as it was written is found by the checksum at the end.
 */
final class CheckpointCodec {
  private static final int MAGIC = 0x434f_4531; // COE1

  private CheckpointCodec() {}

  static byte[] write(ProcessState state, byte[] application) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(state.config.fingerprint());
      out.writeUTF(state.config.self());
      out.writeLong(state.life);
      writeBytes(out, application);
      for (DurableChannel channel : state.channels.values()) {
        writeChannel(out, channel);
      }
      writeRecorder(out, state.recorder);
      writeCollector(out, state.collector);
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new AssertionError("an array takes everything", e);
    }
    return bytes.toByteArray();
  }

  /** Fills a fresh state; returns the application's. */
  static byte[] read(byte[] bytes, ProcessState state) {
    int length = bytes.length - Long.BYTES;
    if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != checksum(bytes, length)) {
      throw new IllegalArgumentException("not a checkpoint, or not all of one");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC
          || in.readInt() != state.config.fingerprint()
          || !in.readUTF().equals(state.config.self())) {
        throw new IllegalArgumentException("a checkpoint of another process or system");
      }
      state.life = in.readLong();
      final byte[] application = readBytes(in);
      for (DurableChannel channel : state.channels.values()) {
        readChannel(in, channel);
      }
      readRecorder(in, state.recorder);
      readCollector(in, state.collector);
      return application;
    } catch (IOException e) {
      throw new IllegalArgumentException("a checkpoint that ends too early", e);
    }
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static void writeChannel(DataOutputStream out, DurableChannel channel)
      throws IOException {
    out.writeLong(channel.theirLife);
    out.writeLong(channel.upTo);
    out.writeLong(channel.beyond);
    out.writeLong(channel.lastNumber);
    out.writeInt(channel.unsaved.size());
    for (DurableChannel.Parcel parcel : channel.unsaved) {
      out.writeLong(parcel.number);
      writeBytes(out, parcel.content);
    }
  }

  private static void readChannel(DataInputStream in, DurableChannel channel) throws IOException {
    channel.theirLife = in.readLong();
    channel.upTo = in.readLong();
    channel.beyond = in.readLong();
    channel.lastNumber = in.readLong();
    for (int i = in.readInt(); i > 0; i--) {
      channel.unsaved.add(new DurableChannel.Parcel(in.readLong(), readBytes(in)));
    }
  }

  private static void writeRecorder(DataOutputStream out, Recorder recorder) throws IOException {
    writeNumbers(out, recorder.seen);
    out.writeInt(recorder.active.size());
    for (Recording recording : recorder.active.values()) {
      writeId(out, recording.id);
      writeBytes(out, recording.state);
      out.writeInt(recording.channels.size());
      for (Map.Entry<String, Recording.Channel> entry : recording.channels.entrySet()) {
        out.writeUTF(entry.getKey());
        writeRecorded(out, entry.getValue());
      }
    }
    if (recorder instanceof LaiYangRecorder counting) {
      writeNumbers(out, counting.sent);
      writeNumbers(out, counting.arrived);
    }
  }

  private static void readRecorder(DataInputStream in, Recorder recorder) throws IOException {
    readNumbers(in, recorder.seen);
    for (int i = in.readInt(); i > 0; i--) {
      Recording recording = new Recording(readId(in), readBytes(in));
      for (int j = in.readInt(); j > 0; j--) {
        recording.channels.put(in.readUTF(), readRecorded(in));
      }
      recorder.active.put(recording.id.initiator(), recording);
    }
    if (recorder instanceof LaiYangRecorder counting) {
      readNumbers(in, counting.sent);
      readNumbers(in, counting.arrived);
    }
  }

  private static void writeRecorded(DataOutputStream out, Recording.Channel channel)
      throws IOException {
    out.writeLong(channel.arrivedBefore);
    out.writeLong(channel.sentBefore);
    out.writeBoolean(channel.closed);
    out.writeInt(channel.messages.size());
    for (byte[] message : channel.messages) {
      writeBytes(out, message);
    }
  }

  private static Recording.Channel readRecorded(DataInputStream in) throws IOException {
    Recording.Channel channel = new Recording.Channel(in.readLong());
    channel.sentBefore = in.readLong();
    channel.closed = in.readBoolean();
    for (int i = in.readInt(); i > 0; i--) {
      channel.messages.add(readBytes(in));
    }
    return channel;
  }

  private static void writeCollector(DataOutputStream out, Collector collector) throws IOException {
    SnapshotId id = collector.id;
    out.writeBoolean(id != null);
    if (id == null) {
      return;
    }
    writeId(out, id);
    PartCodec codec = collector.codec();
    out.writeInt(collector.parts.size());
    for (Map.Entry<String, LocalSnapshot> part : collector.parts.entrySet()) {
      out.writeUTF(part.getKey());
      writeBytes(out, codec.encode(part.getValue()));
    }
    out.writeInt(collector.pieces.size());
    for (Map.Entry<String, @Nullable Piece[]> entry : collector.pieces.entrySet()) {
      out.writeUTF(entry.getKey());
      writePieces(out, Arrays.asList(entry.getValue()));
    }
  }

  private static void writePieces(DataOutputStream out, List<@Nullable Piece> pieces)
      throws IOException {
    out.writeInt(pieces.size());
    for (Piece piece : pieces) {
      out.writeBoolean(piece != null);
      if (piece != null) {
        writeBytes(out, piece.bytes());
      }
    }
  }

  private static void readCollector(DataInputStream in, Collector collector) throws IOException {
    if (!in.readBoolean()) {
      return;
    }
    SnapshotId id = readId(in);
    collector.begin(id);
    for (int i = in.readInt(); i > 0; i--) {
      String name = in.readUTF();
      byte[] part = readBytes(in);
      collector.codec().decode(id, part).ifPresent(each -> collector.put(name, each));
    }
    for (int i = in.readInt(); i > 0; i--) {
      String name = in.readUTF();
      @Nullable Piece[] pieces = new Piece[in.readInt()];
      for (int at = 0; at < pieces.length; at++) {
        if (in.readBoolean()) {
          pieces[at] = new Piece(id, at, pieces.length, ByteBuffer.wrap(readBytes(in)));
        }
      }
      collector.pieces.put(name, pieces);
    }
  }

  private static void writeNumbers(DataOutputStream out, SortedMap<String, Long> numbers)
      throws IOException {
    out.writeInt(numbers.size());
    for (Map.Entry<String, Long> entry : numbers.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeLong(entry.getValue());
    }
  }

  private static void readNumbers(DataInputStream in, SortedMap<String, Long> numbers)
      throws IOException {
    for (int i = in.readInt(); i > 0; i--) {
      numbers.put(in.readUTF(), in.readLong());
    }
  }

  private static void writeId(DataOutputStream out, SnapshotId id) throws IOException {
    out.writeUTF(id.initiator());
    out.writeLong(id.number());
  }

  private static SnapshotId readId(DataInputStream in) throws IOException {
    return new SnapshotId(in.readUTF(), in.readLong());
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
