package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.order.link.LinkConfig.Order;
import java.util.Collection;

/** How a snapshot is taken. All processes must use the same. */
public enum SnapshotAlgorithm {
  /** Chandy and Lamport 1985: markers in FIFO channels. Messages arrive in their order. */
  CHANDY_LAMPORT(1),

  /**
   * Lai and Yang 1987, with the counting of Mattern 1993: coloured messages. They arrive as soon as
   * the network brings them, and carry some bytes more.
   */
  LAI_YANG(2);

  private final int code;

  SnapshotAlgorithm(int code) {
    this.code = code;
  }

  /** Its number on the wire. */
  int code() {
    return code;
  }

  Order order() {
    return this == CHANDY_LAMPORT ? Order.FIFO : Order.ANY;
  }

  Recorder newRecorder(Collection<String> others) {
    return this == CHANDY_LAMPORT ? new ChandyLamportRecorder(others) : new LaiYangRecorder(others);
  }
}
