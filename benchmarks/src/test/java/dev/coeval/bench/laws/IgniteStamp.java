package dev.coeval.bench.laws;

/**
 * A stamp of Ignite's clock, and zero, which it has not.
 *
 * @param packed 48 bits of milliseconds, 16 of counter
 */
record IgniteStamp(long packed) implements Comparable<IgniteStamp> {

  static IgniteStamp of(long epochMillis, int counter) {
    return new IgniteStamp(epochMillis << 16 | counter);
  }

  long epochMillis() {
    return packed >> 16;
  }

  int counter() {
    return (int) packed & 0xffff;
  }

  @Override
  public int compareTo(IgniteStamp other) {
    return Long.compare(packed, other.packed);
  }

  /** Ours: of the text of a stamp Ignite promises nothing. */
  @Override
  public String toString() {
    return "%012x.%04x".formatted(epochMillis() & 0xffff_ffff_ffffL, counter());
  }
}
