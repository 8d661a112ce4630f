package dev.coeval.logical.id;

import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.laws.IdLaws;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.UUID;

/** Our UUIDs keep the laws of ids. */
final class UuidV7IdsContract extends IdLaws<UUID> {

  @Override
  protected Minter<UUID> minter(InstantSource time, int node, long seed) {
    UuidV7Ids ids =
        UuidV7Ids.of(
            HybridLogicalClock.of(time, Duration.ofMillis(ADMITTED_MILLIS)),
            new SplittableRandom(seed));
    return new Minter<>() {
      @Override
      public UUID next() {
        return ids.next();
      }

      @Override
      public void observe(UUID id) {
        ids.observe(id);
      }
    };
  }

  @Override
  protected UUID foreign(long epochMillis, long bits) {
    return new UUID(
        epochMillis << 16 | 0x7000 | (bits & 0xFFF), (bits << 2 >>> 2) | Long.MIN_VALUE);
  }

  @Override
  protected long epochMillis(UUID id) {
    return id.getMostSignificantBits() >>> 16;
  }

  @Override
  protected int compare(UUID first, UUID second) {
    return first.compareTo(second);
  }

  @Override
  protected byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  @Override
  protected String text(UUID id) {
    return id.toString();
  }
}
