package dev.coeval.sync.ntp.server;

/** The sets of a table whose size is fixed, with a lock for every few of them. Immutable. */
final class Stripes {

  /**
   * Entries a set: the more, the fewer are pushed out before their time, and the slower to find.
   */
  static final int WAYS = 8;

  /** Threads that answer are as many as cores: few meet at one of so many locks. */
  static final int MAX_LOCKS = 256;

  private final int setMask;
  private final Object[] locks;

  /** Sets for at least so many entries; their number is a power of two. */
  Stripes(int entries) {
    int needed = (entries + WAYS - 1) / WAYS;
    int sets = needed <= 1 ? 1 : Integer.highestOneBit(needed - 1) * 2;
    setMask = sets - 1;
    locks = new Object[Math.min(sets, MAX_LOCKS)];
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new Object();
    }
  }

  int sets() {
    return setMask + 1;
  }

  int setOf(long hash) {
    return (int) hash & setMask;
  }

  Object lockOf(int set) {
    return locks[set & (locks.length - 1)];
  }
}
