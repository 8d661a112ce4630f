package dev.coeval.logical.tree;

import dev.coeval.logical.CausalOrder;

/**
 * A causal past, without an id: what a process tells others when it sends them something.
 *
 * <p>The paper calls it an anonymous stamp. It can be copied, stored, compared, and received by
 * anybody, any number of times. It owns no part of the interval, so it has no events and cannot be
 * forked: there are no such methods here. Sending the id along by mistake, which makes two owners
 * of one part, is another type: {@link IntervalTreeStamp}.
 *
 * <p>Not {@link Comparable}, because pasts can be concurrent: see {@link #relationTo}. Immutable
 * and thread-safe.
 *
 * <p>Source: Almeida, Baquero, Fonte 2008 (see the package).
 */
public final class IntervalTreeMessage {

  private static final IntervalTreeMessage EMPTY = new IntervalTreeMessage(Events.NONE);

  private final Events events;

  IntervalTreeMessage(Events events) {
    this.events = events;
  }

  /**
   * The message of an empty past.
   *
   * @return the message that is before or equal to every other
   */
  public static IntervalTreeMessage empty() {
    return EMPTY;
  }

  Events events() {
    return events;
  }

  /**
   * How this past stands to another.
   *
   * @param other the other past
   * @return {@link CausalOrder#BEFORE} if it is a proper part of the other, {@link
   *     CausalOrder#AFTER} if the other is a proper part of it, {@link CausalOrder#EQUAL} if they
   *     are the same, {@link CausalOrder#CONCURRENT} if each has an event that the other has not
   */
  public CausalOrder relationTo(IntervalTreeMessage other) {
    return relation(events, other.events);
  }

  /** How one function stands to another. */
  static CausalOrder relation(Events first, Events second) {
    int holds = first.relate(second, Events.AT_MOST | Events.AT_LEAST);
    return CausalOrder.of((holds & Events.AT_MOST) != 0, (holds & Events.AT_LEAST) != 0);
  }

  /**
   * The union of two pasts, as when two messages are answered in one.
   *
   * @param other the other past
   * @return the least past that is after or equal to both
   */
  public IntervalTreeMessage join(IntervalTreeMessage other) {
    Events joined = events.join(other.events);
    return joined == events ? this : new IntervalTreeMessage(joined);
  }

  /**
   * Whether both are the same past.
   *
   * @param other the object to compare with
   * @return true if the other is a message whose relation to this is {@link CausalOrder#EQUAL}
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof IntervalTreeMessage that && events.isSameAs(that.events);
  }

  @Override
  public int hashCode() {
    return events.hash();
  }

  /**
   * The message as text, in the notation of the paper.
   *
   * @return the tree in normal form: {@code (1,2,(0,1,0))}; {@link #parse} reads it
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    events.appendTo(text, 0);
    return text.toString();
  }

  /**
   * Reads what {@link #toString} writes, and nothing else.
   *
   * @param text the tree in normal form
   * @return the message
   * @throws dev.coeval.logical.StampFormatException if no message is written like that
   */
  public static IntervalTreeMessage parse(CharSequence text) {
    return TreeText.message(text);
  }
}
