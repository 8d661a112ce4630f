package dev.coeval.logical.id;

import dev.coeval.logical.hybrid.HybridTimestamp;

/** From 48 bits of time to 47. */
final class Stamps {

  private Stamps() {}

  /**
   * The stamp of a time; the last one, which every clock rejects, if the time is after its range.
   */
  static HybridTimestamp of(long epochMillis, int counter) {
    return epochMillis > HybridTimestamp.MAX_EPOCH_MILLIS
        ? HybridTimestamp.MAX
        : HybridTimestamp.of(epochMillis, counter);
  }
}
