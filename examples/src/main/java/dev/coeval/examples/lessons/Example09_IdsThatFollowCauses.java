package dev.coeval.examples.lessons;

import dev.coeval.logical.hybrid.HybridLogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import dev.coeval.logical.id.SnowflakeIds;
import dev.coeval.logical.id.UlidIds;
import dev.coeval.logical.id.UuidV7Ids;
import dev.coeval.testing.ManualTime;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Ids that sort as causes and effects do, even when the wall clock is set back: UUIDs of version 7,
 * ULIDs and Snowflake numbers from one hybrid clock.
 *
 * <p>Run: {@code java -cp examples/target/coeval.jar
 * dev.coeval.examples.lessons.Example09_IdsThatFollowCauses}
 */
public final class Example09_IdsThatFollowCauses {

  private Example09_IdsThatFollowCauses() {}

  /**
   * Runs the lesson.
   *
   * @param args none
   */
  public static void main(String[] args) {
    run(System.out, new java.security.SecureRandom());
  }

  static void run(PrintStream out, RandomGenerator random) {
    ManualTime wall = ManualTime.at(Instant.parse("2026-11-22T12:00:00Z"));
    HybridLogicalClock clock = HybridLogicalClock.of(wall, Duration.ofSeconds(1));
    UuidV7Ids uuids = UuidV7Ids.of(clock, random);

    UUID before = uuids.next();
    wall.stepWall(Duration.ofSeconds(-10));
    UUID after = uuids.next();
    out.println("version " + after.version() + ", still greater: " + (after.compareTo(before) > 0));

    HybridTimestamp elsewhere = UuidV7Ids.stampOf(after);
    out.println("made at " + elsewhere.toInstant() + " by the hybrid clock");
    out.println("a ULID begins with the same time: " + UlidIds.of(clock, random).next());
    long flake = SnowflakeIds.of(clock, Instant.parse("2020-01-01T00:00:00Z"), 7).next();
    out.println("a Snowflake number of worker " + SnowflakeIds.workerOf(flake) + ": " + flake);
  }
}
