package dev.coeval.sync.order.mutex;

import java.util.Collection;

/** How a group agrees on who enters. All its members must use the same. */
public enum MutexAlgorithm {
  /**
   * Lamport 1978: 3(N - 1) messages an entry. Every member keeps the whole queue, and so can show
   * who waits.
   */
  LAMPORT(1),

  /** Ricart and Agrawala 1981: 2(N - 1) messages an entry, the fewest of the two. */
  RICART_AGRAWALA(2);

  private final int code;

  MutexAlgorithm(int code) {
    this.code = code;
  }

  /** Its number on the wire. */
  int code() {
    return code;
  }

  Arbiter newArbiter(String self, Collection<String> others, long aboveCounter) {
    return this == LAMPORT
        ? new LamportArbiter(self, others, aboveCounter)
        : new RicartAgrawalaArbiter(self, others, aboveCounter);
  }
}
