package dev.coeval.sync.runtime;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** How often each kind of {@link Traffic} occurred. Thread-safe; its size is fixed. */
public final class TrafficCounts {
  private final Map<Traffic, LongAdder> counts = new EnumMap<>(Traffic.class);

  TrafficCounts() {
    for (Traffic kind : Traffic.values()) {
      counts.put(kind, new LongAdder()); // filled once, so that it is only read from then on
    }
  }

  /**
   * How often one kind occurred.
   *
   * @param kind which
   * @return at least 0
   */
  public long get(Traffic kind) {
    return of(kind).sum();
  }

  /**
   * Those that occurred.
   *
   * @return a copy, kinds with a count of 0 left out
   */
  public Map<Traffic, Long> toMap() {
    Map<Traffic, Long> map = new EnumMap<>(Traffic.class);
    counts.forEach(
        (kind, count) -> {
          if (count.sum() > 0) {
            map.put(kind, count.sum());
          }
        });
    return map;
  }

  void add(Traffic kind) {
    of(kind).increment();
  }

  private LongAdder of(Traffic kind) {
    return Objects.requireNonNull(counts.get(kind), "every kind has a counter");
  }
}
