package dev.coeval.sync.order.snapshot;

import dev.coeval.sync.machine.Report;
import java.util.SortedSet;

/**
 * A snapshot that this process began was given up. The application is not touched by that; another
 * one may be begun.
 *
 * @param id which
 * @param reason why
 * @param missing whose parts had not come
 */
public record SnapshotAborted(SnapshotId id, Reason reason, SortedSet<String> missing)
    implements Report {

  /** Why a snapshot is given up. */
  public enum Reason {
    /** Some process did not answer in time: it is down, or cut off. */
    TIMEOUT(1),
    /** A process's state and the messages to it are more than {@link SnapshotNode} keeps. */
    TOO_LARGE(2),
    /** Too many messages wait for a process that takes none. */
    BACKLOG(3);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** Its number on the wire. */
    int code() {
      return code;
    }
  }
}
