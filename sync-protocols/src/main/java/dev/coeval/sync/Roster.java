package dev.coeval.sync;

import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Report;

/** Who decides which servers are asked while a clock runs. */
interface Roster extends AutoCloseable {

  /** Those that were named at the start, for ever. */
  Roster NONE =
      new Roster() {
        @Override
        public void hear(Report report) {}

        @Override
        public SyncStatus explain(SyncStatus status) {
          return status;
        }

        @Override
        public void close() {}
      };

  /** A report of the machine, on the port's thread. */
  void hear(Report report);

  /** The status, with what is known here of why there are no sources. */
  SyncStatus explain(SyncStatus status);

  @Override
  void close();
}
