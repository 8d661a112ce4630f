package dev.coeval.logical.hybrid;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * All that can be chosen about a hybrid clock.
 *
 * <pre>{@code
 * HybridLogicalClock clock =
 *     HybridLogicalClock.builder(source)
 *         .maxOffset(MaxOffset.live(source::errorNanos, Duration.ofMillis(10)))
 *         .onTooFarAhead(report -> log.warn("{} has a wrong clock, or we", report.sender()))
 *         .build();
 * }</pre>
 *
 * <p>Not thread-safe.
 *
 * @param <T> the stamp
 * @param <C> the clock
 */
public final class HybridClockBuilder<T extends HybridStamp<T>, C extends HybridClock<T>> {

  final InstantSource source;
  private final Function<HybridClockBuilder<T, C>, C> maker;
  T highWaterMark;
  MaxOffset maxOffset = MaxOffset.of(HybridClock.DEFAULT_MAX_OFFSET);
  AdmissionPolicy policy = AdmissionPolicy.REJECT;
  Consumer<? super AdmissionReport<T>> listener = report -> {};

  HybridClockBuilder(InstantSource source, T lowest, Function<HybridClockBuilder<T, C>, C> maker) {
    this.source = Objects.requireNonNull(source, "source");
    this.highWaterMark = lowest;
    this.maker = maker;
  }

  /**
   * A maximum offset that stays.
   *
   * @param offset how far ahead of physical time a received stamp may be; {@link
   *     HybridClock#DEFAULT_MAX_OFFSET} unless set
   * @return this
   * @throws IllegalArgumentException if the offset is negative
   */
  public HybridClockBuilder<T, C> maxOffset(Duration offset) {
    return maxOffset(MaxOffset.of(offset));
  }

  /**
   * A maximum offset that is asked for when it is needed.
   *
   * @param offset how far ahead of physical time a received stamp may be
   * @return this
   */
  public HybridClockBuilder<T, C> maxOffset(MaxOffset offset) {
    this.maxOffset = Objects.requireNonNull(offset, "offset");
    return this;
  }

  /**
   * What to do with a stamp from further ahead.
   *
   * @param chosen the policy; {@link AdmissionPolicy#REJECT} unless set
   * @return this
   */
  public HybridClockBuilder<T, C> policy(AdmissionPolicy chosen) {
    this.policy = Objects.requireNonNull(chosen, "chosen");
    return this;
  }

  /**
   * Who is told of a stamp from further ahead, whatever the policy: nobody unless set.
   *
   * @param told called by the receiving thread before the clock moves; keep it short. What it
   *     throws goes to the caller of the clock, which is then unchanged
   * @return this
   */
  public HybridClockBuilder<T, C> onTooFarAhead(Consumer<? super AdmissionReport<T>> told) {
    this.listener = Objects.requireNonNull(told, "told");
    return this;
  }

  /**
   * For the clock of a process that starts again.
   *
   * @param mark a stamp at least as large as every one the process ever gave; all stamps of the
   *     clock will be after it
   * @return this
   */
  public HybridClockBuilder<T, C> resumeAbove(T mark) {
    this.highWaterMark = Objects.requireNonNull(mark, "mark");
    return this;
  }

  /**
   * Makes the clock.
   *
   * @return a new clock
   */
  public C build() {
    return maker.apply(this);
  }
}
