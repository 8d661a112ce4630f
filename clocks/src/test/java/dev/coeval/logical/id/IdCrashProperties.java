package dev.coeval.logical.id;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.identity.ActorId;
import dev.coeval.logical.identity.DurableClock;
import dev.coeval.logical.identity.FileHighWaterMark;
import dev.coeval.logical.identity.HighWaterMark;
import dev.coeval.logical.laws.PhysicalTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Law U5: ids go on growing over crashes in the middle of a write, on a real file, with a wall
 * clock that is set back at every start.
 */
final class IdCrashProperties {

  private static final int LIVES = 6;
  private static final int IDS = 40;
  private static final long START_MILLIS = 1_795_345_663_120L;
  private static final long AHEAD = HybridTimestamp.of(10, 0).packed();

  /** Tears the next write but some: the file gets a part of it, and the process is gone. */
  private record Tearing(HighWaterMark inner, Path file, Random random) implements HighWaterMark {

    @Override
    public void cover(long number, long ahead) {
      if (number <= inner.mark() || random.nextInt(4) != 0) {
        inner.cover(number, ahead);
        return;
      }
      try {
        byte[] before = Files.readAllBytes(file);
        inner.cover(number, ahead);
        byte[] torn = Files.readAllBytes(file);
        int kept = random.nextInt(torn.length);
        System.arraycopy(before, kept, torn, kept, torn.length - kept);
        Files.write(file, torn, StandardOpenOption.WRITE);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      throw new UncheckedIOException(new IOException("the power is off"));
    }

    @Override
    public ActorId actor() {
      return inner.actor();
    }

    @Override
    public long mark() {
      return inner.mark();
    }

    @Override
    public long writes() {
      return inner.writes();
    }

    @Override
    public void observe(ActorId seen, long number) {
      inner.observe(seen, number);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private final Random random = new Random(0);
  private UUID lastUuid = new UUID(0, 0);
  private Ulid lastUlid = new Ulid(0, 0);
  private long lastSnowflake;

  @Property(tries = 5)
  void u5ShouldMakeNoIdTwiceWhenWritesAreTorn(@ForAll long seed) throws IOException {
    random.setSeed(seed);
    lastUuid = new UUID(0, 0);
    lastUlid = new Ulid(0, 0);
    lastSnowflake = 0;
    Path file = Files.createTempFile("coeval", ".mark");
    try {
      for (int life = 0; life < LIVES; life++) {
        live(file, START_MILLIS - life * 1_000L);
      }
    } finally {
      Files.delete(file);
    }
  }

  private void live(Path file, long wallMillis) throws IOException {
    PhysicalTime wall = new PhysicalTime(wallMillis);
    try (FileHighWaterMark onDisk = FileHighWaterMark.open(file, "node", random)) {
      HighWaterMark mark = new Tearing(onDisk, file, random);
      LogicalClock<HybridTimestamp> clock =
          DurableClock.of(
              HybridLogicalClock.resumeAbove(
                  wall, Duration.ofSeconds(1), HybridTimestamp.ofPacked(mark.mark())),
              HybridTimestamp::packed,
              mark,
              AHEAD);
      UuidV7Ids uuids = UuidV7Ids.of(clock, random);
      UlidIds ulids = UlidIds.of(clock, random);
      SnowflakeIds snowflakes = SnowflakeIds.of(clock, Instant.EPOCH, 5);
      for (int i = 0; i < IDS; i++) {
        wall.set(wall.millis() + random.nextInt(4));
        make(uuids.next(), ulids.next(), snowflakes.next());
      }
    } catch (UncheckedIOException crash) {
      assertTrue(crash.getMessage().contains("the power is off"), crash::toString);
    }
  }

  private void make(UUID uuid, Ulid ulid, long snowflake) {
    assertTrue(uuid.compareTo(lastUuid) > 0, uuid::toString);
    assertTrue(ulid.compareTo(lastUlid) > 0, ulid::toString);
    assertTrue(snowflake > lastSnowflake);
    lastUuid = uuid;
    lastUlid = ulid;
    lastSnowflake = snowflake;
  }
}
