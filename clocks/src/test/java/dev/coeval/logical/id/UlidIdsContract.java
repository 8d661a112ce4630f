package dev.coeval.logical.id;

import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.laws.IdLaws;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** Our ULIDs keep the laws of ids. */
final class UlidIdsContract extends IdLaws<Ulid> {

  @Override
  protected Minter<Ulid> minter(InstantSource time, int node, long seed) {
    UlidIds ids =
        UlidIds.of(
            HybridLogicalClock.of(time, Duration.ofMillis(ADMITTED_MILLIS)),
            new SplittableRandom(seed));
    return new Minter<>() {
      @Override
      public Ulid next() {
        return ids.next();
      }

      @Override
      public void observe(Ulid id) {
        ids.observe(id);
      }
    };
  }

  @Override
  protected Ulid foreign(long epochMillis, long bits) {
    return new Ulid(epochMillis << 16 | (bits & 0xFFFF), bits);
  }

  @Override
  protected long epochMillis(Ulid id) {
    return id.epochMillis();
  }

  @Override
  protected int compare(Ulid first, Ulid second) {
    return first.compareTo(second);
  }

  @Override
  protected byte[] bytes(Ulid id) {
    ByteBuffer buffer = ByteBuffer.allocate(Ulid.ENCODED_LENGTH);
    id.encode(buffer);
    return buffer.array();
  }

  @Override
  protected String text(Ulid id) {
    return id.toString();
  }
}
