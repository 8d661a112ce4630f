package dev.coeval.logical;

/**
 * The clock of one process: it gives every event of that process a stamp.
 *
 * <p>The protocol is the same for every family. Before sending, {@link #tick()} and put the stamp
 * into the message; on receipt, {@link #receive} the stamp found in it; for any other event, {@code
 * tick()}. Every clock promises at least this: if {@code e} happened before {@code f}, then the
 * stamp of {@code e} is before the stamp of {@code f} in the order of the family.
 *
 * <pre>{@code
 * LogicalClock<LamportTimestamp> a = LamportClock.of("a");
 * LogicalClock<LamportTimestamp> b = LamportClock.of("b");
 * LamportTimestamp sent = a.tick();
 * LamportTimestamp received = b.receive(sent); // after sent, whatever b did before
 * }</pre>
 *
 * <p>Implementations are thread-safe: concurrent calls act as if they had been made one after
 * another, and each returns a stamp of its own. Duplicated, reordered and lost messages are
 * harmless; a message received twice is two events.
 *
 * @param <T> the immutable stamp
 */
public interface LogicalClock<T> {

  /**
   * Stamps a local event; sending a message is one.
   *
   * @return a stamp after every earlier stamp of this clock
   * @throws ArithmeticException if no greater stamp exists; the clock is then unchanged
   */
  T tick();

  /**
   * Stamps the receipt of a message.
   *
   * @param remote the stamp that the message carries
   * @return a stamp after {@code remote} and after every earlier stamp of this clock
   * @throws StampRejectedException if the clock does not admit {@code remote}; it is then
   *     unchanged, and the message should be dropped or kept for later
   * @throws ArithmeticException if no greater stamp exists; the clock is then unchanged
   */
  T receive(T remote);

  /**
   * The stamp of the latest event, without making a new one.
   *
   * @return the greatest stamp given so far; before the first event, the stamp of an empty past
   */
  T latest();
}
