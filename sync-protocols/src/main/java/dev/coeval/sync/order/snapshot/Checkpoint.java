package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.machine.Report;

/**
 * What a process must not forget: its application's state, the messages that others have not yet
 * saved, and what it knows of snapshots; all of one moment.
 *
 * <p>Its owner saves it, in place of the one before, <b>atomically and before its listener
 * returns</b>: what the process sends next may speak of it. If that fails, the listener throws, so
 * that nothing is sent. After a restart {@link SnapshotNode} continues from the last one that was
 * saved.
 */
public final class Checkpoint implements Report {
  private final byte[] bytes;

  Checkpoint(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * What to save. They end with a checksum: a torn write is noticed.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Its size.
   *
   * @return a text for people
   */
  @Override
  public String toString() {
    return "Checkpoint of " + bytes.length + " bytes";
  }
}
