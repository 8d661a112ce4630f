package dev.coeval.logical.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What one slot says, in {@value #LENGTH} bytes, one sector of a disk.
 *
 * <pre>
 *   magic  generation  lineage  incarnation  mark  identity  revoked  name length  name   0..  CRC-32C
 *     8        8          8          8         8       8        1          1        n            4
 * </pre>
 *
 * @param generation counts the writes, over all incarnations; its parity says which slot
 * @param actor whose mark this is
 * @param mark the mark
 * @param identity of the file, zero if it has none
 * @param revoked whether the past is known to be lost
 */
record MarkRecord(long generation, ActorId actor, long mark, long identity, boolean revoked) {

  /** The size of a slot. */
  static final int LENGTH = 512;

  private static final long MAGIC = 0x436f6576616c4d31L; // "CoevalM1"
  private static final int CHECKED = LENGTH - Integer.BYTES;

  MarkRecord next(ActorId nextActor, long nextMark) {
    return new MarkRecord(Math.addExact(generation, 1), nextActor, nextMark, identity, revoked);
  }

  MarkRecord revoke() {
    return new MarkRecord(Math.addExact(generation, 1), actor, mark, identity, true);
  }

  int slot() {
    return (int) (generation & 1);
  }

  byte[] toBytes() {
    byte[] name = actor.name().getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    buffer.putLong(MAGIC).putLong(generation);
    buffer.putLong(actor.lineage()).putLong(actor.incarnation());
    buffer.putLong(mark).putLong(identity);
    buffer.put((byte) (revoked ? 1 : 0)).put((byte) name.length).put(name);
    return buffer.putInt(CHECKED, checksum(buffer.array())).array();
  }

  /** What the bytes say; empty if they were not written whole. */
  static Optional<MarkRecord> of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    boolean whole =
        bytes.length == LENGTH
            && buffer.getInt(CHECKED) == checksum(bytes)
            && buffer.getLong() == MAGIC;
    return whole ? Optional.of(read(buffer)) : Optional.empty();
  }

  private static MarkRecord read(ByteBuffer buffer) {
    long generation = buffer.getLong();
    long lineage = buffer.getLong();
    long incarnation = buffer.getLong();
    long mark = buffer.getLong();
    long identity = buffer.getLong();
    boolean revoked = buffer.get() != 0;
    byte[] name = new byte[buffer.get() & 0xFF];
    buffer.get(name);
    ActorId actor = new ActorId(new String(name, StandardCharsets.UTF_8), lineage, incarnation);
    return new MarkRecord(generation, actor, mark, identity, revoked);
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKED);
    return (int) crc.getValue();
  }

  /** Whether nothing was ever written here. */
  static boolean isBlank(byte[] bytes) {
    return Arrays.equals(bytes, new byte[bytes.length]);
  }
}
