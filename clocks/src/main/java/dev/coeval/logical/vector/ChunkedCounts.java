package dev.coeval.logical.vector;

import dev.coeval.logical.CausalOrder;
import java.util.Arrays;

/**
 * Counts in chunks that stamps share.
 *
 * <p><strong>Problem.</strong> An event changes one count, and an immutable stamp of a thousand
 * would be copied for it.
 *
 * <p><strong>Idea.</strong> Two levels: an array of chunks of 64 counts. An event copies the upper
 * array and one chunk; all other chunks are the same objects in both stamps.
 *
 * <pre>
 *   before   [ 0 | 1 | 2 | 3 ]      merge and comparison skip the chunks
 *              |   |    \   |       that two stamps have in common
 *   chunks    [.] [.] [.][.]'
 *              |   |     /  |
 *   after    [ 0 | 1 | 2'| 3 ]
 * </pre>
 *
 * <p>A merge keeps a chunk that is at least the other one, so that stamps of one group go on
 * sharing. Source for path copying: J. R. Driscoll, N. Sarnak, D. D. Sleator, R. E. Tarjan, "Making
 * data structures persistent", 1989.
 */
final class ChunkedCounts implements Counts {

  private static final int CHUNK_BITS = 6;
  private static final int CHUNK = 1 << CHUNK_BITS;

  /** All of the same length but the last, which may be shorter; never written. */
  private final long[][] chunks;

  private ChunkedCounts(long[][] chunks) {
    this.chunks = chunks;
  }

  static ChunkedCounts of(long[] values) {
    long[][] chunks = new long[(values.length + CHUNK - 1) >>> CHUNK_BITS][];
    for (int c = 0; c < chunks.length; c++) {
      int from = c << CHUNK_BITS;
      chunks[c] = Arrays.copyOfRange(values, from, Math.min(from + CHUNK, values.length));
    }
    return new ChunkedCounts(chunks);
  }

  private static ChunkedCounts from(Counts counts) {
    return counts instanceof ChunkedCounts chunked ? chunked : of(counts.values());
  }

  @Override
  public long at(int index) {
    return chunks[index >>> CHUNK_BITS][index & (CHUNK - 1)];
  }

  @Override
  public int size() {
    int last = chunks.length - 1;
    return last < 0 ? 0 : (last << CHUNK_BITS) + chunks[last].length;
  }

  @Override
  public long[] values() {
    long[] values = new long[size()];
    for (int c = 0; c < chunks.length; c++) {
      System.arraycopy(chunks[c], 0, values, c << CHUNK_BITS, chunks[c].length);
    }
    return values;
  }

  @Override
  public Counts increment(int index) {
    long[][] next = chunks.clone();
    long[] chunk = next[index >>> CHUNK_BITS].clone();
    chunk[index & (CHUNK - 1)]++;
    next[index >>> CHUNK_BITS] = chunk;
    return new ChunkedCounts(next);
  }

  @Override
  public Counts max(Counts other) {
    long[][] theirs = from(other).chunks;
    long[][] greater = new long[chunks.length][];
    boolean allOurs = true;
    boolean allTheirs = true;
    for (int c = 0; c < chunks.length; c++) {
      greater[c] = max(chunks[c], theirs[c]);
      allOurs &= greater[c] == chunks[c];
      allTheirs &= greater[c] == theirs[c];
    }
    if (allOurs) {
      return this;
    }
    return allTheirs ? other : new ChunkedCounts(greater);
  }

  /** One of the two chunks if it is the greater. */
  private static long[] max(long[] ours, long[] theirs) {
    if (ours == theirs) {
      return ours;
    }
    return switch (CountArrays.relation(ours, theirs)) {
      case EQUAL, AFTER -> ours;
      case BEFORE -> theirs;
      case CONCURRENT -> CountArrays.max(ours, theirs);
    };
  }

  @Override
  public CausalOrder relationTo(Counts other) {
    long[][] theirs = from(other).chunks;
    CausalOrder relation = CausalOrder.EQUAL;
    for (int c = 0; c < chunks.length && relation != CausalOrder.CONCURRENT; c++) {
      if (chunks[c] != theirs[c]) {
        relation = both(relation, CountArrays.relation(chunks[c], theirs[c]));
      }
    }
    return relation;
  }

  /** What the relations of two parts amount to for the whole. */
  private static CausalOrder both(CausalOrder first, CausalOrder second) {
    if (first == CausalOrder.EQUAL || first == second) {
      return second;
    }
    return second == CausalOrder.EQUAL ? first : CausalOrder.CONCURRENT;
  }

  @Override
  public CausalOrder relationOf(long[] counts) {
    CausalOrder relation = CausalOrder.EQUAL;
    for (int c = 0; c < chunks.length && relation != CausalOrder.CONCURRENT; c++) {
      relation = both(relation, CountArrays.relation(counts, c << CHUNK_BITS, chunks[c]));
    }
    return relation;
  }

  @Override
  public void raise(long[] counts) {
    for (int c = 0; c < chunks.length; c++) {
      CountArrays.raise(counts, c << CHUNK_BITS, chunks[c]);
    }
  }
}
