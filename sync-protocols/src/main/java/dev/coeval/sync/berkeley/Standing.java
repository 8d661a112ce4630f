package dev.coeval.sync.berkeley;

import dev.coeval.sync.discipline.SyncStatus;

/** How this node stands with its group, published when it changes. */
final class Standing {
  private final Outbox outbox;
  private SyncStatus.State state = SyncStatus.State.UNSYNCHRONIZED;

  Standing(Outbox outbox) {
    this.outbox = outbox;
  }

  void become(SyncStatus.State next, String reason) {
    if (next == SyncStatus.State.HOLDOVER && state != SyncStatus.State.SYNCHRONIZED) {
      return; // nothing to hold over
    }
    if (state != next) {
      state = next;
      outbox.publish(new SyncStatus(next, reason));
    }
  }

  /** After a correction. */
  void corrected(Helm.Told told, Helm.Course course) {
    if (course.isDisrupted()) {
      become(SyncStatus.State.DISRUPTED, "this clock parted from the group faster than it can");
    } else if (course.estimate().bounds().isBounded()) {
      become(SyncStatus.State.SYNCHRONIZED, "");
    } else {
      become(
          SyncStatus.State.UNSYNCHRONIZED,
          told.difference().isBounded()
              ? "this clock's drift bound does not cover the pace of the group"
              : "no clock of the group has settled yet");
    }
  }
}
