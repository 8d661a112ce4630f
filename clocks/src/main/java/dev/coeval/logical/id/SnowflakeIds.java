package dev.coeval.logical.id;

import dev.coeval.logical.LogicalClock;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.hybrid.HybridTimestamp;
import java.time.Instant;
import java.util.Objects;

/**
 * Makes Snowflake ids, 63 bits each, that grow with causality.
 *
 * <pre>
 *   bits  1   41                                  10        12
 *        +---+-----------------------------------+---------+-----------+
 *        | 0 | milliseconds since the epoch      | worker  | sequence  |
 *        +---+-----------------------------------+---------+-----------+
 * </pre>
 *
 * <p><strong>Problem.</strong> Ids must be unique with no random bits, grow when the wall clock
 * steps back, and be greater than those they answer to, though the worker stands above the
 * sequence.
 *
 * <p><strong>Idea.</strong> Time and sequence are time and counter of a hybrid logical clock. No
 * two of its stamps are equal, and no two workers share a number.
 *
 * <ol>
 *   <li>{@link #next()}: take stamps until one has a counter of twelve bits. A millisecond that has
 *       given 4,096 ids is thereby counted to its end, and the next one begins.
 *   <li>{@link #observe}: receive the id's time and sequence. If its worker has a greater number
 *       than ours no id of ours in that millisecond is greater, so take the whole millisecond as
 *       gone.
 * </ol>
 *
 * <p><strong>Known attack.</strong> Two nodes that keep answering each other within less than a
 * millisecond move the time on by one at every second answer, as this layout must. The clock's
 * maximum offset limits how far: {@link #observe} then throws. As for all ids, one worker's number
 * given twice makes equal ids, and only the caller can prevent that.
 *
 * <p>Ids last for 69 years from the epoch; then, as before the epoch, {@link #next()} throws.
 *
 * <p>Thread-safe if the clock is.
 *
 * <p>Source: Twitter's Snowflake, 2010.
 */
public final class SnowflakeIds {

  /** The largest number of a worker. */
  public static final int MAX_WORKER = (1 << 10) - 1;

  /** The largest sequence number, of 4,096 for each worker and millisecond. */
  public static final int MAX_SEQUENCE = (1 << 12) - 1;

  /** The largest time, in milliseconds since the epoch: 69 years. */
  public static final long MAX_MILLIS = (1L << 41) - 1;

  private static final int WORKER_SHIFT = 12;
  private static final int TIME_SHIFT = 22;

  private final LogicalClock<HybridTimestamp> clock;
  private final long epochMillis;
  private final int worker;

  private SnowflakeIds(LogicalClock<HybridTimestamp> clock, long epochMillis, int worker) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.epochMillis = epochMillis;
    this.worker = worker;
  }

  /**
   * Makes ids from a clock.
   *
   * @param clock gives time and sequence; may be shared, and under a {@code DurableClock}
   * @param epoch where the time in the ids begins, in whole milliseconds; the same for all workers
   * @param worker this worker, 0 to {@link #MAX_WORKER}, no other having that number
   * @return what makes the ids
   * @throws IllegalArgumentException if the worker or the epoch is out of its range, which begins
   *     in 1970
   */
  public static SnowflakeIds of(LogicalClock<HybridTimestamp> clock, Instant epoch, int worker) {
    if (worker < 0 || worker > MAX_WORKER) {
      throw new IllegalArgumentException("worker is not in 0.." + MAX_WORKER + ": " + worker);
    }
    if (epoch.isBefore(Instant.EPOCH) || epoch.isAfter(HybridTimestamp.MAX.toInstant())) {
      throw new IllegalArgumentException("epoch is not in the range of the clock: " + epoch);
    }
    return new SnowflakeIds(clock, epoch.toEpochMilli(), worker);
  }

  /**
   * Makes an id.
   *
   * @return an id greater than every one that was made or observed here
   * @throws ArithmeticException if the clock's time is before the epoch, or too long after it
   */
  public long next() {
    HybridTimestamp stamp = clock.tick();
    while (stamp.counter() > MAX_SEQUENCE) {
      stamp = clock.tick();
    }
    long millis = stamp.epochMillis() - epochMillis;
    if (millis < 0 || millis > MAX_MILLIS) {
      throw new ArithmeticException(millis + " ms after the epoch is not in 0.." + MAX_MILLIS);
    }
    return millis << TIME_SHIFT | (long) worker << WORKER_SHIFT | stamp.counter();
  }

  /**
   * Takes note of an id from elsewhere.
   *
   * @param seen an id of the same epoch
   * @throws StampFormatException if it is negative; nothing has changed
   * @throws dev.coeval.logical.StampRejectedException if its time is further ahead than the clock
   *     admits; nothing has changed
   */
  public void observe(long seen) {
    HybridTimestamp stamp = stampOf(seen);
    clock.receive(
        workerOf(seen) > worker
            ? Stamps.of(stamp.epochMillis(), HybridTimestamp.MAX_COUNTER)
            : stamp);
  }

  /**
   * The stamp inside an id.
   *
   * @param id an id of the same epoch
   * @return its time, and its sequence as counter; the latest stamp that there is if its time is
   *     after the year 6429
   * @throws StampFormatException if it is negative
   */
  public HybridTimestamp stampOf(long id) {
    return Stamps.of(millisOf(id) + epochMillis, (int) id & MAX_SEQUENCE);
  }

  private static long millisOf(long id) {
    if (id < 0) {
      throw new StampFormatException(Reason.OUT_OF_RANGE, "an id is not negative: " + id);
    }
    return id >>> TIME_SHIFT;
  }

  /**
   * The worker that made an id.
   *
   * @param id an id
   * @return its number, 0 to {@link #MAX_WORKER}
   */
  public static int workerOf(long id) {
    return (int) (id >>> WORKER_SHIFT) & MAX_WORKER;
  }
}
