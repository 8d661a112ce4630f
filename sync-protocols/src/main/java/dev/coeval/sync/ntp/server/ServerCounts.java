package dev.coeval.sync.ntp.server;

import dev.coeval.sync.measure.RejectionCounts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The counts of all threads of a server. Each thread writes to its own cells, which costs it as
 * little as a field; who reads adds them up. Thread-safe.
 */
final class ServerCounts {
  private final RejectionCounts rejections = new RejectionCounts();
  private final List<Cells> cells = new CopyOnWriteArrayList<>();

  RejectionCounts rejections() {
    return rejections;
  }

  /** Cells for one more thread. */
  Cells newCells() {
    Cells mine = new Cells();
    cells.add(mine);
    return mine;
  }

  long get(ServerEvent event) {
    long sum = 0;
    for (Cells each : cells) {
      sum += each.get(event);
    }
    return sum;
  }

  /** The counts of one thread, the only one to write to them. */
  static final class Cells {
    private final Map<ServerEvent, AtomicLong> counts = new EnumMap<>(ServerEvent.class);

    private Cells() {
      for (ServerEvent event : ServerEvent.values()) {
        counts.put(event, new AtomicLong()); // filled once, so that it is only read from then on
      }
    }

    void add(ServerEvent event) {
      AtomicLong count = of(event);
      count.setOpaque(count.getPlain() + 1);
    }

    long get(ServerEvent event) {
      return of(event).getOpaque();
    }

    private AtomicLong of(ServerEvent event) {
      return Objects.requireNonNull(counts.get(event), "every event has a count");
    }
  }
}
