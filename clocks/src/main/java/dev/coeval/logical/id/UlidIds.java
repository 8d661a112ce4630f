package dev.coeval.logical.id;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.hybrid.HybridTimestamp;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Makes ULIDs that grow with causality.
 *
 * <p><strong>Problem.</strong> The specification's monotone ids add one to the random part within a
 * millisecond; a wall clock that steps back still puts them out of order.
 *
 * <p><strong>Idea.</strong> As in {@link UuidV7Ids}: time and counter of a hybrid logical clock,
 * then random bits.
 *
 * <pre>
 *   bits  48                    16         64
 *        +---------------------+----------+---------+
 *        | time of the stamp   | counter  | random  |
 *        +---------------------+----------+---------+
 * </pre>
 *
 * Every id is greater than the one before, and than every id that was observed. When the counter of
 * a millisecond is used up the time runs ahead; nothing wraps, where the specification fails. Two
 * nodes make equal ids if they are at the same time and counter and draw the same 64 bits.
 *
 * <p><strong>Known attack.</strong> As for {@link UuidV7Ids}.
 *
 * <p>Thread-safe if the clock is; the random generator is used by one thread at a time.
 *
 * <p>Source: the ULID specification, github.com/ulid/spec.
 */
public final class UlidIds {

  private static final int COUNTER = (1 << 16) - 1;

  private final LogicalClock<HybridTimestamp> clock;
  private final RandomBits random;

  private UlidIds(LogicalClock<HybridTimestamp> clock, RandomBits random) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.random = random;
  }

  /**
   * Makes ids from a clock.
   *
   * @param clock gives time and counter; may be shared, and under a {@code DurableClock}
   * @param random gives the other bits; nodes must not have the same one with the same seed, so
   *     {@link java.security.SecureRandom} unless for tests
   * @return what makes the ids
   */
  public static UlidIds of(LogicalClock<HybridTimestamp> clock, RandomGenerator random) {
    return new UlidIds(clock, new RandomBits(random));
  }

  /**
   * Makes an id.
   *
   * @return an id greater than every one that was made or observed here
   * @throws ArithmeticException if the clock is at its end
   */
  public Ulid next() {
    return new Ulid(clock.tick().packed(), random.next(Long.SIZE));
  }

  /**
   * Takes note of an id from elsewhere, whoever made it.
   *
   * @param seen a ULID; what it has in the place of the counter is taken for one
   * @throws dev.coeval.logical.StampRejectedException if its time is further ahead than the clock
   *     admits; nothing has changed
   */
  public void observe(Ulid seen) {
    clock.receive(stampOf(seen));
  }

  /**
   * The stamp inside an id.
   *
   * @param id a ULID
   * @return its time, and what it has in the place of the counter; the latest stamp that there is
   *     if its time is after the year 6429
   */
  public static HybridTimestamp stampOf(Ulid id) {
    return Stamps.of(id.epochMillis(), (int) id.mostSignificantBits() & COUNTER);
  }
}
