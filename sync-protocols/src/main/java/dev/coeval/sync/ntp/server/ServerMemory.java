package dev.coeval.sync.ntp.server;

/**
 * How much a server remembers of its clients. All of it is set aside at the start; it never grows.
 *
 * @param clients of how many it keeps a bucket and statistics, 0 to 2²⁴ (64 bytes each); with more
 *     the one that was silent for longest makes room. Rounded up to a power of two
 * @param interleavedPairs how many stamps of replies it keeps for the interleaved mode (RFC 9769),
 *     0 to 2²⁴ (48 bytes each): 0 turns the mode off. Rounded up to a power of two
 * @param seed where clients stand in the tables, and who is chosen at random, follows from it: on a
 *     real network from a secure source, and told to nobody
 */
public record ServerMemory(int clients, int interleavedPairs, long seed) {

  /** Nothing is kept between requests. */
  public static final ServerMemory NONE = new ServerMemory(0, 0, 0);

  /** 16,384 clients, in 1 MiB. */
  public static final int DEFAULT_CLIENTS = 1 << 14;

  /** 16,384 stamps, in 768 KiB. */
  public static final int DEFAULT_PAIRS = 1 << 14;

  private static final int MAX_ENTRIES = 1 << 24;

  /**
   * Checks the ranges.
   *
   * @param clients as above
   * @param interleavedPairs as above
   * @param seed as above
   * @throws IllegalArgumentException if one is out of its range
   */
  public ServerMemory {
    if (clients < 0 || clients > MAX_ENTRIES) {
      throw new IllegalArgumentException("clients is out of range: " + clients);
    }
    if (interleavedPairs < 0 || interleavedPairs > MAX_ENTRIES) {
      throw new IllegalArgumentException("interleavedPairs is out of range: " + interleavedPairs);
    }
  }

  /**
   * The usual size.
   *
   * @param seed as above
   * @return room for {@link #DEFAULT_CLIENTS} clients and {@link #DEFAULT_PAIRS} stamps
   */
  public static ServerMemory of(long seed) {
    return new ServerMemory(DEFAULT_CLIENTS, DEFAULT_PAIRS, seed);
  }
}
