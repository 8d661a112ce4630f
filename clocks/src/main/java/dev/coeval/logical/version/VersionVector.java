package dev.coeval.logical.version;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampFormatException.Reason;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.Map;
import java.util.SortedMap;

/**
 * Which writes a replica has seen: for every server, the first so many.
 *
 * <p>A replica that takes a write goes on with {@link #next}; one that meets another goes on with
 * {@link #merge}, after which both are equal. Two replicas of which neither is before the other
 * have diverged.
 *
 * <p>It counts without gaps: whoever has seen a write of a server has seen all that server's
 * earlier ones. Sets of writes with gaps are for {@link DottedVersionVectorSet}.
 *
 * <p>Immutable and thread-safe. Counts never wrap around.
 *
 * <p>Source: D. S. Parker et al., "Detection of mutual inconsistency in distributed systems", 1983.
 */
public final class VersionVector {

  private static final VersionVector EMPTY = new VersionVector(VectorTimestamp.empty());

  private final VectorTimestamp counts;

  private VersionVector(VectorTimestamp counts) {
    this.counts = counts;
  }

  /**
   * The version before the first write.
   *
   * @return the version vector in which every server counts zero
   */
  public static VersionVector empty() {
    return EMPTY;
  }

  /**
   * The version with the given counts.
   *
   * @param counts how many writes of each server have been seen; zero counts as absent
   * @return the version
   * @throws IllegalArgumentException if a count is negative, a server's id is empty, or there are
   *     more than {@link VectorTimestamp#MAX_ACTORS} entries that are not zero
   */
  public static VersionVector of(Map<String, Long> counts) {
    return of(VectorTimestamp.of(counts));
  }

  /**
   * The version that has seen the events of a vector timestamp.
   *
   * @param counts how many of each server
   * @return the version
   * @throws IllegalArgumentException if a count was pruned: its server's next write would get a dot
   *     that it has used
   */
  public static VersionVector of(VectorTimestamp counts) {
    if (!counts.pruned().isEmpty()) {
      throw new IllegalArgumentException("counts were pruned: " + counts);
    }
    return new VersionVector(counts);
  }

  /**
   * The version that {@link #toString()} wrote.
   *
   * @param text its text; no other spelling is accepted
   * @return the version
   * @throws StampFormatException if the text is not exactly what {@code toString} gives
   */
  public static VersionVector parse(CharSequence text) {
    VectorTimestamp counts = VectorTimestamp.parse(text);
    if (!counts.pruned().isEmpty()) {
      throw new StampFormatException(Reason.NOT_A_STAMP, "a version has no pruned counts");
    }
    return of(counts);
  }

  /**
   * How many writes of a server have been seen.
   *
   * @param server its id
   * @return the count, zero for a server that is not named
   */
  public long count(String server) {
    return counts.count(server);
  }

  /**
   * The counts by server.
   *
   * @return an unmodifiable map, sorted by server, of the entries that are not zero
   */
  public SortedMap<String, Long> toMap() {
    return counts.toMap();
  }

  /**
   * The same counts as a vector timestamp.
   *
   * @return how many writes of each server have been seen
   */
  public VectorTimestamp counts() {
    return counts;
  }

  /**
   * Whether a write has been seen.
   *
   * @param dot the write
   * @return true if at least that many writes of its server have been
   */
  public boolean contains(Dot dot) {
    return dot.count() <= count(dot.server());
  }

  /**
   * The next write of a server that has seen this version.
   *
   * @param server its id; not empty
   * @return the write's dot, the first of the server that is not in this version
   * @throws ArithmeticException if the count of the server is {@link Long#MAX_VALUE}
   * @throws IllegalArgumentException if the id is empty
   */
  public Dot nextDot(String server) {
    return new Dot(server, Math.addExact(count(server), 1));
  }

  /**
   * This version with one more write of a server.
   *
   * @param server its id; not empty
   * @return the version that contains {@link #nextDot} too
   * @throws ArithmeticException if the count of the server is {@link Long#MAX_VALUE}
   * @throws IllegalArgumentException if the id is empty, or there is no room for another server
   */
  public VersionVector next(String server) {
    return new VersionVector(counts.increment(server));
  }

  /**
   * All writes that either has seen.
   *
   * @param other the other version
   * @return the least version that is after or equal to both
   * @throws dev.coeval.logical.StampRejectedException if together they name more than {@link
   *     VectorTimestamp#MAX_ACTORS} servers
   */
  public VersionVector merge(VersionVector other) {
    return new VersionVector(counts.merge(other.counts));
  }

  /**
   * How this version stands to another.
   *
   * @param other the other version
   * @return {@link CausalOrder#CONCURRENT} if they have diverged; {@link CausalOrder#BEFORE} if the
   *     other has seen all of this and more
   */
  public CausalOrder relationTo(VersionVector other) {
    return counts.relationTo(other.counts);
  }

  /**
   * Whether both have seen the same writes.
   *
   * @param other the object to compare with
   * @return true if the other is a version with the same count for every server
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof VersionVector that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  /**
   * The version as text that {@link #parse} reads.
   *
   * @return the text of {@link #counts()}
   */
  @Override
  public String toString() {
    return counts.toString();
  }
}
