package dev.coeval.logical.bytes;

/** The kinds of stamps that have a binary form; the number is part of the format, for ever. */
public enum StampKind {
  /** A Lamport timestamp. */
  LAMPORT(1),
  /** A hybrid timestamp of 48 and 16 bits. */
  HYBRID(2),
  /** A hybrid timestamp of nanoseconds and a counter. */
  HYBRID_NANOS(3),
  /** A vector timestamp that spells out its actors. */
  VECTOR(4),
  /** A vector timestamp whose actors both sides know by number. */
  VECTOR_INTERNED(5),
  /** The changes of a vector timestamp since an earlier one. */
  VECTOR_DELTA(6),
  /** A version vector. */
  VERSION_VECTOR(7),
  /** A dotted version vector set. */
  DOTTED_VERSION_VECTOR_SET(8),
  /** A matrix clock's stamp. */
  MATRIX(9),
  /** An interval tree clock's stamp. */
  INTERVAL_TREE_STAMP(10),
  /** An interval tree clock's message. */
  INTERVAL_TREE_MESSAGE(11),
  /** A Bloom clock's stamp. */
  BLOOM(12),
  /** A plausible clock's stamp. */
  PLAUSIBLE(13),
  /** What a causal broadcast says about a message. */
  CAUSAL_BROADCAST(15),
  /** What a causal unicast says about a message. */
  CAUSAL_BARRIERS(16);

  private static final int VERSION = 1;
  private static final int VERSION_BITS = 3;

  private final int number;

  StampKind(int number) {
    this.number = number;
  }

  /**
   * The first byte of the form.
   *
   * @return the kind and the current version
   */
  byte header() {
    return (byte) (number << VERSION_BITS | VERSION);
  }

  /** Whether a header byte is of this kind, in whatever version. */
  boolean isKindOf(byte header) {
    return (header & 0xFF) >>> VERSION_BITS == number;
  }
}
