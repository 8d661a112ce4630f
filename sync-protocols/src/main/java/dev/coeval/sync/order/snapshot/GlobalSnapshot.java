package dev.coeval.sync.order.snapshot;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A state that the whole system may have been in: every process's state, and every message that was
 * on its way. No message is received in it that was not sent in it.
 *
 * @param id which snapshot
 * @param parts what each process recorded, by name
 */
public record GlobalSnapshot(SnapshotId id, SortedMap<String, LocalSnapshot> parts) {

  /**
   * Copies the map.
   *
   * @param id as above
   * @param parts as above
   */
  public GlobalSnapshot {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }
}
