package dev.coeval.causal;

import dev.coeval.causal.OfferResult.Outcome;
import dev.coeval.causal.Roster.Actor;
import dev.coeval.logical.ActorNames;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.vector.VectorTimestamp;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Delivers messages that go to one actor, or to some, in causal order: of two messages for the same
 * actor, the one sent before the other is delivered before it, whoever sent them.
 *
 * <p><strong>Problem.</strong> A writes to C, then to B, and B then writes to C: C must see A's
 * message first, though no stamp of C's tells it that there is one. Counting broadcasts does not
 * help, because nobody sees all messages.
 *
 * <p><strong>Idea.</strong> A message carries barriers: for each actor, the messages to that actor
 * which are in the causal past. Its destination waits for those to itself, and passes the others
 * on.
 *
 * <ol>
 *   <li>{@link #send(String)}: number the message on its channel, stamp it with all barriers, and
 *       add it to the barrier at its destination.
 *   <li>{@link #offer}: deliver it as soon as its predecessor on the channel and whatever its
 *       barrier at this actor names are delivered; then add its barriers at others to our own.
 *   <li>Each message says what its sender has delivered. What is in a barrier at that sender and
 *       covered by this is dropped. So a stamp holds what is under way, and not the history; it
 *       never names more than one message for each pair of actors.
 * </ol>
 *
 * <p>Prakash, Raynal and Singhal keep only the immediate predecessors in a barrier, because these
 * imply the others. They do so as long as each of them arrives. Here an actor may crash and leave
 * messages behind that never arrive, so the others are kept until their destination has confirmed
 * them. The deliveries are the same. Reliability is the network's part, as with {@link
 * CausalBroadcastBuffer}.
 *
 * <p><strong>Membership.</strong> A message is refused while it names an actor that has not joined
 * here. When an actor {@linkplain #leave leaves}, its messages beyond the last that can still come
 * are given up: what waits for them is delivered without.
 *
 * <p><strong>Known attack.</strong> A stamp is a claim, as there: limits a sender keep one liar
 * from crowding out the others, and what claims messages of ours that we never sent is refused.
 * What a liar says of messages between others is passed on in good faith, and keeps whoever gets it
 * waiting for what never comes: take messages from members only.
 *
 * <p>Not thread-safe: one thread, or one lock.
 *
 * <p>Sources: R. Prakash, M. Raynal, M. Singhal, "An adaptive causal ordering algorithm suited to
 * mobile computing environments", Journal of Parallel and Distributed Computing 41(2), 1997; M.
 * Raynal, A. Schiper, S. Toueg, "The causal ordering abstraction and a simple way to implement it",
 * Information Processing Letters 39(6), 1991.
 *
 * @param <M> what a message says
 */
public final class CausalUnicastBuffer<M> {

  private final String self;
  private final DeliveryLimits limits;
  private final Roster roster = new Roster();
  private final HeldMessages<UnicastMessage<M>> held = new HeldMessages<>();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Barriers barriers = new Barriers();

  /** By destination, how many messages have been sent to it. */
  private final Map<String, Long> sent = new HashMap<>();

  /** By destination, what it was told of what is delivered here. */
  private final Map<String, VectorTimestamp> told = new HashMap<>();

  /** By sender, how much is delivered here; the largest count for one that will send no more. */
  private VectorTimestamp delivered = VectorTimestamp.empty();

  private CausalUnicastBuffer(
      String self, Set<String> members, Set<String> departed, DeliveryLimits limits) {
    this.self = self;
    this.limits = Objects.requireNonNull(limits, "limits");
    join(self);
    members.stream().filter(member -> !member.equals(self)).forEach(this::join);
    for (String actor : departed) {
      join(actor);
      leave(actor, 0);
    }
  }

  /**
   * The buffer of an actor.
   *
   * @param <M> what a message says
   * @param self the actor whose buffer this is; never used before
   * @param members the actors that it exchanges messages with, or hears of
   * @param departed the actors that have left the group that it joins; messages may still name them
   * @param limits how much may be held back
   * @return a buffer to and from which nothing has been sent
   * @throws IllegalArgumentException if an id is none, or is that of a member and has left
   */
  public static <M> CausalUnicastBuffer<M> of(
      String self, Set<String> members, Set<String> departed, DeliveryLimits limits) {
    return new CausalUnicastBuffer<>(self, members, departed, limits);
  }

  /**
   * The buffer of an actor in a group that begins, with the default limits.
   *
   * @param <M> what a message says
   * @param self the actor whose buffer this is; never used before
   * @param members the actors that it exchanges messages with, or hears of
   * @return a buffer to and from which nothing has been sent
   * @throws IllegalArgumentException if an id is none
   */
  public static <M> CausalUnicastBuffer<M> of(String self, Set<String> members) {
    return of(self, members, Set.of(), DeliveryLimits.DEFAULT);
  }

  /**
   * Takes in a new actor.
   *
   * @param member the actor; never a member before
   * @throws IllegalArgumentException if the id is none, is that of a member, or of one that left
   * @throws StampRejectedException if there have been {@link VectorTimestamp#MAX_ACTORS} members
   */
  public void join(String member) {
    if (roster.find(ActorNames.require(member)) != null) {
      throw new IllegalArgumentException("not a new member: '" + member + "'");
    }
    roster.add(member, 0, Long.MAX_VALUE);
  }

  /**
   * Sends a message to one actor.
   *
   * @param destination the actor that it is for
   * @return the stamp that goes out with it
   * @throws IllegalArgumentException if the destination is no other member
   * @throws ArithmeticException as {@link #send(Set)}
   */
  public UnicastStamp send(String destination) {
    return Objects.requireNonNull(send(Set.of(destination)).get(destination));
  }

  /**
   * Sends one message to several actors: whatever follows from it anywhere comes after it at each
   * of them.
   *
   * @param destinations the actors that it is for
   * @return by destination, the stamp that goes out to it
   * @throws IllegalArgumentException if a destination is no other member
   * @throws ArithmeticException if {@link Long#MAX_VALUE} messages were sent to one of them; the
   *     buffer is then unchanged
   */
  public SortedMap<String, UnicastStamp> send(Set<String> destinations) {
    SortedMap<String, Long> sequences = new TreeMap<>();
    for (String destination : destinations) {
      requireOther(destination);
      long sequence = Math.addExact(sent.getOrDefault(destination, 0L), 1);
      sequences.put(destination, sequence);
    }
    sequences.forEach(
        (destination, sequence) -> {
          sent.put(destination, sequence);
          barriers.add(destination, VectorTimestamp.of(Map.of(self, sequence)));
        });
    SortedMap<String, UnicastStamp> stamps = new TreeMap<>();
    sequences.forEach((to, sequence) -> stamps.put(to, stamp(to, sequence)));
    return stamps;
  }

  private UnicastStamp stamp(String destination, long sequence) {
    VectorTimestamp known = told.getOrDefault(destination, VectorTimestamp.empty());
    told.put(destination, delivered);
    return new UnicastStamp(
        self,
        destination,
        sequence,
        Barriers.beyond(delivered, known),
        barriers.without(self, destination));
  }

  private Actor requireOther(String name) {
    Actor actor = roster.find(name);
    if (actor == null || !actor.isMember() || name.equals(self)) {
      throw new IllegalArgumentException("no other member: '" + name + "'");
    }
    return actor;
  }

  /**
   * Takes a message from the network.
   *
   * @param stamp the stamp that came with it
   * @param content what it says
   * @return what became of it, and what is to be delivered now
   */
  public OfferResult<UnicastMessage<M>> offer(UnicastStamp stamp, M content) {
    List<UnicastMessage<M>> deliveries = new ArrayList<>();
    Outcome outcome = take(new UnicastMessage<>(stamp, content), deliveries);
    outcomes.merge(outcome, 1L, Long::sum);
    return new OfferResult<>(outcome, deliveries);
  }

  private Outcome take(UnicastMessage<M> message, List<UnicastMessage<M>> deliveries) {
    UnicastStamp stamp = message.stamp();
    MessageId id = stamp.id();
    Actor sender = roster.find(stamp.sender());
    if (sender == null || !knowsAll(stamp)) {
      return Outcome.NOT_A_MEMBER;
    }
    if (isImpossible(stamp)) {
      return Outcome.IMPOSSIBLE;
    }
    if (roster.isDelivered(id) || held.contains(id)) {
      return Outcome.DUPLICATE;
    }
    if (stamp.sequence() > sender.last) {
      return Outcome.ORPHANED;
    }
    Deque<MessageId> lacks = lacks(stamp);
    if (lacks.isEmpty()) {
      deliver(message, deliveries);
      held.release(id, this::isSettled, released -> deliver(released, deliveries));
      return Outcome.DELIVERED;
    }
    if (held.sizeOf(id.sender()) >= limits.pendingPerSender()) {
      return Outcome.SENDER_FULL;
    }
    if (held.size() >= limits.pending()) {
      return Outcome.FULL;
    }
    held.hold(id, message, lacks);
    return Outcome.HELD;
  }

  private boolean knowsAll(UnicastStamp stamp) {
    return roster.knowsAll(stamp.delivered())
        && stamp.barriers().entrySet().stream()
            .allMatch(
                barrier ->
                    roster.find(barrier.getKey()) != null && roster.knowsAll(barrier.getValue()));
  }

  /** Whether it is for another, or from us, or counts messages of ours that we never sent. */
  private boolean isImpossible(UnicastStamp stamp) {
    return !stamp.destination().equals(self)
        || stamp.sender().equals(self)
        || stamp.delivered().count(self) > sent.getOrDefault(stamp.sender(), 0L)
        || stamp.barriers().entrySet().stream()
            .anyMatch(
                barrier ->
                    barrier.getValue().count(self) > sent.getOrDefault(barrier.getKey(), 0L));
  }

  private Deque<MessageId> lacks(UnicastStamp stamp) {
    Deque<MessageId> lacks = new ArrayDeque<>();
    addIfLacking(stamp.sender(), stamp.sequence() - 1, lacks);
    stamp.barrierAt(self).forEach((sender, sequence) -> addIfLacking(sender, sequence, lacks));
    return lacks;
  }

  private void addIfLacking(String sender, long sequence, Deque<MessageId> lacks) {
    Actor actor = roster.get(sender);
    long needed = Math.min(sequence, actor.last);
    if (needed > actor.delivered) {
      lacks.add(new MessageId(sender, needed));
    }
  }

  /** Whether a message is delivered, or will never come. */
  private boolean isSettled(MessageId id) {
    Actor sender = roster.get(id.sender());
    return Math.min(id.sequence(), sender.last) <= sender.delivered;
  }

  private void deliver(UnicastMessage<M> message, List<UnicastMessage<M>> deliveries) {
    UnicastStamp stamp = message.stamp();
    Actor sender = roster.get(stamp.sender());
    sender.delivered++;
    delivered = delivered.merge(VectorTimestamp.of(Map.of(stamp.sender(), confirmable(sender))));
    stamp.barriers().forEach(this::learn);
    if (sender.isMember()) {
      barriers.confirm(stamp.sender(), stamp.delivered());
    }
    deliveries.add(message);
  }

  private void learn(String actor, VectorTimestamp barrier) {
    if (!actor.equals(self) && roster.get(actor).isMember()) {
      barriers.add(actor, barrier);
    }
  }

  /** Nobody need wait for an actor that has left and whose last message is delivered. */
  private static long confirmable(Actor sender) {
    return sender.delivered == sender.last ? Long.MAX_VALUE : sender.delivered;
  }

  /**
   * Lets an actor go: nothing is sent to it any more, and of what it has sent, no more than its
   * last message is waited for.
   *
   * @param member the actor
   * @param last the last of its messages to this actor that can still come; at least what is
   *     delivered
   * @return the messages that waited for others only, which are to be delivered now, in this order
   * @throws IllegalArgumentException if the actor is no other member, or more of its messages are
   *     delivered; the buffer is then unchanged
   */
  public List<UnicastMessage<M>> leave(String member, long last) {
    Actor leaving = requireOther(member);
    if (last < leaving.delivered || last == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          member + " cannot end with " + last + ", " + leaving.delivered + " are delivered");
    }
    leaving.last = last;
    barriers.remove(member);
    told.remove(member);
    if (leaving.delivered == last) {
      delivered = delivered.merge(VectorTimestamp.of(Map.of(member, Long.MAX_VALUE)));
    }
    held.discard(
        message -> message.stamp().sender().equals(member) && message.stamp().sequence() > last);
    if (last > leaving.delivered) {
      held.capAt(new MessageId(member, last));
    }
    List<UnicastMessage<M>> deliveries = new ArrayList<>();
    held.release(this::isSettled, released -> deliver(released, deliveries));
    return deliveries;
  }

  /**
   * The actor whose buffer this is.
   *
   * @return its id
   */
  public String self() {
    return self;
  }

  /**
   * The members.
   *
   * @return their ids, sorted, this actor's among them
   */
  public Set<String> members() {
    return roster.members();
  }

  /**
   * The actors that have left: a new member has to know them.
   *
   * @return their ids
   */
  public Set<String> departed() {
    return roster.view().departed().keySet();
  }

  /**
   * What is delivered here.
   *
   * @return of each sender, how many of its messages to this actor
   */
  public VectorTimestamp delivered() {
    return roster.delivered();
  }

  /**
   * What to ask the network for: messages to this actor that held ones wait for, and that are not
   * here. Others that are lost too can show up once these have come.
   *
   * @return their names, sorted by sender and sequence
   */
  public List<MessageId> missing() {
    return held.missing();
  }

  /**
   * How many messages are held back.
   *
   * @return their number, at most {@link DeliveryLimits#pending()}
   */
  public int pending() {
    return held.size();
  }

  /**
   * How many offers have ended so.
   *
   * @param outcome an outcome
   * @return their number
   */
  public long count(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0L);
  }
}
