package dev.coeval.logical.identity;

/**
 * What a process remembers across crashes: who it is, and a number that none of its stamps has
 * passed.
 *
 * <p>Opening one begins a new incarnation, which is durable before the opening returns. The mark
 * then only grows. It is kept ahead of the stamps in use, so that it is written rarely: with a lead
 * of {@code ahead}, numbers that grow by {@code n} in all take at most {@code n / ahead + 1}
 * writes. What is between the last stamp and the mark at a crash is never used.
 *
 * <p>{@link FileHighWaterMark} keeps it in a file. Others, say on a consensus service, implement
 * this interface; they must be thread-safe, and their {@link #cover} must not return before the
 * mark would survive a crash.
 */
public interface HighWaterMark extends AutoCloseable {

  /**
   * Who the process is from this opening to the next.
   *
   * @return an id that no other opening was ever given
   */
  ActorId actor();

  /**
   * The number that survives a crash.
   *
   * @return at least every number that was covered, by this incarnation or one before it
   */
  long mark();

  /**
   * Makes a number safe to use. If the mark is below it, the mark is raised, durably, to that
   * number and the lead; if not, this is a comparison and no more.
   *
   * @param number the number about to be used, zero or more
   * @param ahead the lead, zero or more; the sum is {@link Long#MAX_VALUE} at most
   * @throws LostPastException if the past is known to be lost; see {@link #observe}
   * @throws java.io.UncheckedIOException if the mark could not be written. The number must then not
   *     be used. Whether the write will be found after a crash is unknown, so every later call that
   *     needs a write throws too: close this, and open it again
   * @throws IllegalArgumentException if an argument is negative
   * @throws IllegalStateException if this is closed and the mark would have to be raised
   */
  void cover(long number, long ahead);

  /**
   * How often something was written durably since this was opened, the opening included.
   *
   * @return the number of writes that were forced to the disk
   */
  long writes();

  /**
   * Tells that somebody knows of an actor. If the actor has our name and lineage but is from later
   * than now, our memory was set back: the mark refuses all service from then on, and so does
   * whoever opens it again.
   *
   * @param seen an actor that a peer or a message named
   * @param number the largest number that a stamp of that actor had, of those that the mark covers;
   *     zero if there is none
   * @throws LostPastException if this proves that the past is lost ({@link
   *     LostPastException.Reason#OVERTAKEN})
   */
  void observe(ActorId seen, long number);

  /**
   * Gives the mark free for another process. The incarnation ends; what was covered stays so.
   *
   * @throws java.io.UncheckedIOException if the store cannot be closed
   */
  @Override
  void close();
}
