package dev.coeval.logical.id;

import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.laws.IdLaws;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Our Snowflake ids keep the laws of ids. */
final class SnowflakeIdsContract extends IdLaws<Long> {

  private static final Instant EPOCH = Instant.parse("2020-01-01T00:00:00Z");

  @Override
  protected Minter<Long> minter(InstantSource time, int node, long seed) {
    SnowflakeIds ids =
        SnowflakeIds.of(
            HybridLogicalClock.of(time, Duration.ofMillis(ADMITTED_MILLIS)), EPOCH, node);
    return new Minter<>() {
      @Override
      public Long next() {
        return ids.next();
      }

      @Override
      public void observe(Long id) {
        ids.observe(id);
      }
    };
  }

  @Override
  protected Long foreign(long epochMillis, long bits) {
    return (epochMillis - EPOCH.toEpochMilli()) << 22 | (bits & 0x3FFFFF);
  }

  @Override
  protected long epochMillis(Long id) {
    return (id >>> 22) + EPOCH.toEpochMilli();
  }

  @Override
  protected int compare(Long first, Long second) {
    return Long.compareUnsigned(first, second);
  }

  @Override
  protected byte[] bytes(Long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }

  @Override
  protected String text(Long id) {
    return String.format("%019d", id);
  }
}
