package dev.coeval.sync.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How often each {@link Rejection} happened. Thread-safe; its size is fixed. */
public final class RejectionCounts {
  private final Map<Rejection, LongAdder> counts = new EnumMap<>(Rejection.class);

  /** All zero. */
  public RejectionCounts() {
    for (Rejection reason : Rejection.values()) {
      counts.put(reason, new LongAdder()); // filled once, so that it is only read from then on
    }
  }

  /**
   * Counts one.
   *
   * @param reason why
   */
  public void add(Rejection reason) {
    of(reason).increment();
  }

  /**
   * How often one reason occurred.
   *
   * @param reason which
   * @return at least 0
   */
  public long get(Rejection reason) {
    return of(reason).sum();
  }

  /**
   * All reasons together.
   *
   * @return at least 0
   */
  public long total() {
    long total = 0;
    for (LongAdder count : counts.values()) {
      total += count.sum();
    }
    return total;
  }

  /**
   * Those that occurred.
   *
   * @return a copy, reasons with a count of 0 left out
   */
  public Map<Rejection, Long> toMap() {
    Map<Rejection, Long> map = new EnumMap<>(Rejection.class);
    counts.forEach(
        (reason, count) -> {
          if (count.sum() > 0) {
            map.put(reason, count.sum());
          }
        });
    return map;
  }

  private LongAdder of(Rejection reason) {
    return Objects.requireNonNull(counts.get(reason), "every reason has a counter");
  }
}
