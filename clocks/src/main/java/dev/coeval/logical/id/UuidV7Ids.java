package dev.coeval.logical.id;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.hybrid.HybridTimestamp;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes UUIDs of version 7 that grow with causality.
 *
 * <p><strong>Problem.</strong> UUIDs of version 7 begin with the wall clock's milliseconds; one
 * step back of it and they are out of order.
 *
 * <p><strong>Idea.</strong> Take time and counter from a hybrid logical clock, of which no two
 * stamps are equal and which never goes back. This is the dedicated counter of fixed length of RFC
 * 9562, section 6.2, method 1, in rand_a and the first bits of rand_b:
 *
 * <pre>
 *   bits  48                    4     12                 2    4                  58
 *        +---------------------+-----+------------------+----+------------------+-----------+
 *        | unix_ts_ms          | ver | counter, upper   |var | counter, lower   | random    |
 *        | time of the stamp   |  7  | 12 of 16 bits    | 10 | 4 of 16 bits     |           |
 *        +---------------------+-----+------------------+----+------------------+-----------+
 * </pre>
 *
 * <ul>
 *   <li>Every id is greater than the one before, and than every id that was observed: as an
 *       unsigned number, as bytes in network order, as text, and by {@link UUID#compareTo}.
 *   <li>When the counter of a millisecond is used up the time runs ahead; nothing wraps.
 *   <li>Two nodes make equal ids if they are at the same time and counter and draw the same 58
 *       bits: with a probability of {@code 2^-58} for every such pair.
 * </ul>
 *
 * <p><strong>Known attack.</strong> An id from far in the future would take all that are made here
 * with it. The clock's maximum offset limits that: {@link #observe} throws. And ids tell when they
 * were made, to whoever sees them.
 *
 * <p>Thread-safe if the clock is; the random generator is used by one thread at a time.
 *
 * <p>Source: RFC 9562, sections 5.7 and 6.2.
 */
public final class UuidV7Ids {

  private static final int VERSION = 7;
  private static final int VERSION_SHIFT = 12;
  private static final int COUNTER_LOW_BITS = 4;
  private static final int TIME_SHIFT = 16;
  private static final int RANDOM_BITS = 58;
  private static final int RAND_A = (1 << 12) - 1;
  private static final int COUNTER_LOW = (1 << COUNTER_LOW_BITS) - 1;
  private static final int VARIANT = 2;

  private final LogicalClock<HybridTimestamp> clock;
  private final RandomBits random;

  private UuidV7Ids(LogicalClock<HybridTimestamp> clock, RandomBits random) {
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
  public static UuidV7Ids of(LogicalClock<HybridTimestamp> clock, RandomGenerator random) {
    return new UuidV7Ids(clock, new RandomBits(random));
  }

  /**
   * Makes an id.
   *
   * @return an id greater than every one that was made or observed here
   * @throws ArithmeticException if the clock is at its end
   */
  public UUID next() {
    HybridTimestamp stamp = clock.tick();
    long high =
        stamp.epochMillis() << TIME_SHIFT
            | (long) VERSION << VERSION_SHIFT
            | stamp.counter() >>> COUNTER_LOW_BITS;
    long low =
        (long) VARIANT << (Long.SIZE - 2)
            | (long) (stamp.counter() & COUNTER_LOW) << RANDOM_BITS
            | random.next(RANDOM_BITS);
    return new UUID(high, low);
  }

  /**
   * Takes note of an id from elsewhere, whoever made it.
   *
   * @param seen a UUID of version 7; what it has in the place of the counter is taken for one
   * @throws StampFormatException if it is of another version or variant; nothing has changed
   * @throws dev.coeval.logical.StampRejectedException if its time is further ahead than the clock
   *     admits; nothing has changed
   */
  public void observe(UUID seen) {
    clock.receive(stampOf(seen));
  }

  /**
   * The stamp inside an id.
   *
   * @param id a UUID of version 7
   * @return its time, and what it has in the place of the counter; the latest stamp that there is
   *     if its time is after the year 6429
   * @throws StampFormatException if it is of another version or variant
   */
  public static HybridTimestamp stampOf(UUID id) {
    if (id.version() != VERSION || id.variant() != VARIANT) {
      throw new StampFormatException(
          Reason.WRONG_KIND,
          "version " + id.version() + ", variant " + id.variant() + " is not a UUID of version 7");
    }
    long millis = id.getMostSignificantBits() >>> TIME_SHIFT;
    long counter =
        (id.getMostSignificantBits() & RAND_A) << COUNTER_LOW_BITS
            | (id.getLeastSignificantBits() >>> RANDOM_BITS & COUNTER_LOW);
    return Stamps.of(millis, (int) counter);
  }
}
