package dev.coeval.logical.tree;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;

/**
 * The state of one process: the part of [0, 1) that it owns, and the causal past it knows.
 *
 * <p>The first process has the {@link #seed}. Every operation leaves this stamp as it is and gives
 * the stamp that takes its place:
 *
 * <pre>{@code
 * IntervalTreeStamp.Fork fork = IntervalTreeStamp.seed().fork();
 * IntervalTreeStamp a = fork.first();
 * IntervalTreeStamp b = fork.second();
 * IntervalTreeStamp.Sending sending = a.send(); // a.event(), and its past as a message
 * a = sending.stamp();
 * b = b.receive(sending.message()); // after a
 * a = a.join(b); // b retires
 * }</pre>
 *
 * <p><strong>A stamp has exactly one holder.</strong> It is sent to another process only when that
 * process takes it over, after a fork or to join it; with data travels a {@link
 * IntervalTreeMessage}, from {@link #send} or {@link #peek}. Two holders of one stamp have
 * different events in one place, which then look like one event. Joining stamps that own a common
 * part throws. So does a past that knows events in the part of the stamp that joins it which that
 * stamp never had: a process that lost its state, or came back from a backup, is noticed at the
 * latest when its own events return to it.
 *
 * <p>Members trust each other's counts: to keep trees small, an event may lift the own count to the
 * least count around it, so one who invents counts can use up the range of others. Numbers never
 * wrap around, such a process stops with an exception. Recursion is no deeper than {@link
 * #MAX_DEPTH}. Not {@link Comparable}: see {@link #relationTo(IntervalTreeStamp)}. Immutable and
 * thread-safe.
 *
 * <p>Source: Almeida, Baquero, Fonte 2008 (see the package).
 */
public final class IntervalTreeStamp {

  /**
   * How often the interval is halved at most: 1,024 times. All walks are recursive and must fit the
   * stack of any thread, whatever a message holds. A process that alone forks for everybody,
   * without any join, gets so far that it can have 1,024 of them; where those who were forked fork
   * in turn, n processes halve only about log n times.
   */
  public static final int MAX_DEPTH = 1024;

  private static final IntervalTreeStamp SEED = new IntervalTreeStamp(Id.ALL, Events.NONE);

  private final Id id;
  private final Events events;

  IntervalTreeStamp(Id id, Events events) {
    this.id = id;
    this.events = events;
  }

  /**
   * Two stamps in place of one.
   *
   * @param first owns one half of the part, and stays with the process that forked
   * @param second owns the other half, and goes to the new process
   */
  public record Fork(IntervalTreeStamp first, IntervalTreeStamp second) {}

  /**
   * A stamp after it sent, and what it sent.
   *
   * @param stamp the stamp of the sender from now on
   * @param message what travels with the data
   */
  public record Sending(IntervalTreeStamp stamp, IntervalTreeMessage message) {}

  /**
   * The stamp of the first process: it owns all, and nothing has happened.
   *
   * @return the stamp from which all others of a system are forked
   */
  public static IntervalTreeStamp seed() {
    return SEED;
  }

  Id id() {
    return id;
  }

  Events events() {
    return events;
  }

  /**
   * Cuts the part that this stamp owns in two, for a new process.
   *
   * @return two stamps with the past of this one, in place of it
   * @throws IllegalStateException if the part is too small, see {@link #MAX_DEPTH}
   */
  public Fork fork() {
    IntervalTreeStamp first = new IntervalTreeStamp(id.firstOfFork(0), events);
    return new Fork(first, new IntervalTreeStamp(id.secondOfFork(), events));
  }

  /**
   * A local event.
   *
   * @return the stamp of the event: after this one, and not after any other stamp that this one was
   *     not after
   * @throws ArithmeticException if a count of this stamp's part is {@link Long#MAX_VALUE}
   */
  public IntervalTreeStamp event() {
    return new IntervalTreeStamp(id, Growth.event(id, events));
  }

  /**
   * The past of this stamp, without an event.
   *
   * @return what may be copied and sent to anybody
   */
  public IntervalTreeMessage peek() {
    return new IntervalTreeMessage(events);
  }

  /**
   * The event of sending a message.
   *
   * @return the stamp of the event, and its past
   * @throws ArithmeticException if a count of this stamp's part is {@link Long#MAX_VALUE}
   */
  public Sending send() {
    IntervalTreeStamp sent = event();
    return new Sending(sent, sent.peek());
  }

  /**
   * The event of receiving a message.
   *
   * @param message what was received; it may be received again, here and elsewhere
   * @return the stamp of the event: after this one, and after the message
   * @throws StampRejectedException if the message knows events of this stamp's part that never
   *     happened ({@link Reason#OWN_ENTRY_AHEAD})
   * @throws ArithmeticException if a count of this stamp's part is {@link Long#MAX_VALUE}
   */
  public IntervalTreeStamp receive(IntervalTreeMessage message) {
    return new IntervalTreeStamp(id, Growth.event(id, joined(message.events())));
  }

  /**
   * Takes in the past of a message, without an event.
   *
   * @param message what was received
   * @return the stamp with the union of both pasts
   * @throws StampRejectedException if the message knows events of this stamp's part that never
   *     happened ({@link Reason#OWN_ENTRY_AHEAD})
   */
  public IntervalTreeStamp join(IntervalTreeMessage message) {
    Events joined = joined(message.events());
    return joined == events ? this : new IntervalTreeStamp(id, joined);
  }

  private Events joined(Events remote) {
    requireOwnEventsKnown(remote);
    return events.join(remote);
  }

  private void requireOwnEventsKnown(Events remote) {
    if (events.isExceededWithin(id, remote)) {
      throw new StampRejectedException(
          Reason.OWN_ENTRY_AHEAD, "events of this stamp's own part that it never had");
    }
  }

  /**
   * Makes one stamp of two, as when a process retires.
   *
   * @param other the stamp to take over; nobody may use it afterwards
   * @return a stamp that owns the parts of both, with the union of their pasts
   * @throws StampRejectedException if both own a common part ({@link Reason#OVERLAPPING_ID}), or
   *     one knows events of the other's part that never happened ({@link Reason#OWN_ENTRY_AHEAD}):
   *     one of them is a copy, or an old state
   */
  public IntervalTreeStamp join(IntervalTreeStamp other) {
    Id sum = id.sum(other.id);
    other.requireOwnEventsKnown(events);
    return new IntervalTreeStamp(sum, joined(other.events));
  }

  /**
   * How the past of this stamp stands to that of another. Ids do not matter.
   *
   * @param other the other stamp
   * @return {@link CausalOrder#EQUAL} if both know the same events, and so on
   */
  public CausalOrder relationTo(IntervalTreeStamp other) {
    return IntervalTreeMessage.relation(events, other.events);
  }

  /**
   * How the past of this stamp stands to that of a message.
   *
   * @param message the message
   * @return {@link CausalOrder#AFTER} if everything in the message is known here, and more; and so
   *     on
   */
  public CausalOrder relationTo(IntervalTreeMessage message) {
    return IntervalTreeMessage.relation(events, message.events());
  }

  /**
   * Whether both own the same part and know the same past: then one is a copy.
   *
   * @param other the object to compare with
   * @return true if the other is a stamp with an equal id and equal events
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof IntervalTreeStamp that
        && id.isSameAs(that.id)
        && events.isSameAs(that.events);
  }

  @Override
  public int hashCode() {
    return 31 * id.hash() + events.hash();
  }

  /**
   * The stamp as text, in the notation of the paper.
   *
   * @return id and events in normal form: {@code ((0,(1,0)), (1,2,0))}; {@link #parse} reads it
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("(");
    id.appendTo(text);
    text.append(", ");
    events.appendTo(text, 0);
    return text.append(')').toString();
  }

  /**
   * Reads what {@link #toString} writes, and nothing else.
   *
   * @param text id and events in normal form
   * @return the stamp
   * @throws dev.coeval.logical.StampFormatException if no stamp is written like that
   */
  public static IntervalTreeStamp parse(CharSequence text) {
    return TreeText.stamp(text);
  }
}
