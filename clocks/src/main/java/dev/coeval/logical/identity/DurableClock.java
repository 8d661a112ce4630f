package dev.coeval.logical.identity;

import dev.coeval.logical.LogicalClock;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * A clock that lets no stamp out before a high-water mark covers it.
 *
 * <p>It wraps any clock whose stamps have a number that grows with them: the counter of a Lamport
 * timestamp, the packed value of a hybrid one. A vector clock needs none of this, only a new actor
 * at every start.
 *
 * <p>The lead of the mark is lost at a crash, and that has a price. For a hybrid clock the lead is
 * time: after a restart its stamps are up to that much ahead of physical time, so it should be well
 * below the maximum offset of the receivers, or the process should wait, before it sends, until
 * physical time has passed the mark.
 *
 * <p>When the mark cannot be raised the call throws what {@link HighWaterMark#cover} throws, and no
 * stamp is given. The clock inside has then moved on, so the stamps that were not given are
 * skipped.
 *
 * <p>Thread-safe if the clock is. As fast as the clock and one comparison, but for the calls in
 * which the mark is raised.
 *
 * @param <T> the immutable stamp
 */
public final class DurableClock<T> implements LogicalClock<T> {

  private final LogicalClock<T> clock;
  private final ToLongFunction<? super T> number;
  private final HighWaterMark mark;
  private final long ahead;

  private DurableClock(
      LogicalClock<T> clock, ToLongFunction<? super T> number, HighWaterMark mark, long ahead) {
    this.clock = Objects.requireNonNull(clock, "clock");
    this.number = Objects.requireNonNull(number, "number");
    this.mark = Objects.requireNonNull(mark, "mark");
    this.ahead = ahead;
  }

  /**
   * Puts a clock under a mark.
   *
   * @param <T> the immutable stamp
   * @param clock a clock that was resumed above {@link HighWaterMark#mark()}, and is used through
   *     the clock returned alone
   * @param number the number of a stamp; zero or more, and the greater the later
   * @param mark what covers the numbers
   * @param ahead how far the mark is raised beyond the number that needs it, one or more, in units
   *     of the number
   * @return the clock to use
   * @throws IllegalArgumentException if the clock starts below the mark, where it could repeat a
   *     stamp, or the lead is less than one
   */
  public static <T> DurableClock<T> of(
      LogicalClock<T> clock, ToLongFunction<? super T> number, HighWaterMark mark, long ahead) {
    if (ahead < 1) {
      throw new IllegalArgumentException("the lead is less than 1: " + ahead);
    }
    long start = number.applyAsLong(clock.latest());
    if (start < mark.mark()) {
      throw new IllegalArgumentException(
          "the clock starts at " + start + ", below the mark " + mark.mark());
    }
    return new DurableClock<>(clock, number, mark, ahead);
  }

  @Override
  public T tick() {
    return covered(clock.tick());
  }

  @Override
  public T receive(T remote) {
    return covered(clock.receive(remote));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Covered like every other: another thread may just have made it, and not yet have written.
   */
  @Override
  public T latest() {
    return covered(clock.latest());
  }

  private T covered(T stamp) {
    mark.cover(number.applyAsLong(stamp), ahead);
    return stamp;
  }

  /**
   * The clock as text, for people.
   *
   * @return the clock inside
   */
  @Override
  public String toString() {
    return "DurableClock[" + clock + "]";
  }
}
