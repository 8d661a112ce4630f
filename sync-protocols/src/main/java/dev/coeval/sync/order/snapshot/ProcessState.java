package dev.coeval.sync.order.snapshot;

import java.util.SortedMap;
import java.util.TreeMap;

/** All that a process must not forget, but for its application's state. */
final class ProcessState {
  final SnapshotConfig config;
  final Recorder recorder;
  final Collector collector;
  final SortedMap<String, DurableChannel> channels = new TreeMap<>();

  /** Names the lineage of checkpoints that this process continues; random, not 0. */
  long life;

  ProcessState(SnapshotConfig config) {
    this.config = config;
    this.recorder = config.algorithm().newRecorder(config.others().keySet());
    this.collector = new Collector(config.names());
    for (String other : config.others().keySet()) {
      channels.put(other, new DurableChannel(config.algorithm().order()));
    }
  }

  DurableChannel channel(String other) {
    DurableChannel channel = channels.get(other);
    if (channel == null) {
      throw new IllegalArgumentException("no such process: " + other);
    }
    return channel;
  }
}
