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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Delivers the broadcasts of a group in causal order: no message before one that its sender knew.
 *
 * <p><strong>Problem.</strong> A asks, B answers. At C the answer arrives first. C has to see that
 * something is missing, and to keep the answer until it is there; but not a moment longer, and not
 * because of messages that have nothing to do with it.
 *
 * <p><strong>Idea.</strong> Each message carries, for every actor, how many of its messages the
 * sender had delivered. That names the causal past exactly, because the messages of an actor are in
 * a line.
 *
 * <ol>
 *   <li>{@link #send()}: count the own message, and stamp it with all counts.
 *   <li>{@link #offer}: a message with stamp {@code V} of sender {@code s} is delivered as soon as
 *       {@code V[s]} is one more than the messages of {@code s} delivered here, and no other entry
 *       is more than was delivered here; until then it is held.
 *   <li>A held message is filed under one message that it lacks, and looked at when that one comes.
 * </ol>
 *
 * <p><strong>Reliability is the network's part.</strong> This is a data structure: it sends
 * nothing. A message that is refused ({@link Outcome#isAccepted()} is false) or lost must be
 * offered again; {@link #missing()} says what to ask for, and {@link #acknowledge} with {@link
 * StabilityListener} say when nobody will ask any more. What can be delivered is never refused for
 * lack of room, so whatever the limits are, a group that retransmits goes on.
 *
 * <p><strong>Membership.</strong> Views are agreed outside. A member that leaves has an agreed last
 * message, at least the last that any remaining member delivered; what it sent beyond, and whatever
 * depends on that, is discarded by all and told as {@link Outcome#ORPHANED}: nothing is ever
 * delivered without its past. An actor is one incarnation of a process, and does not come back.
 *
 * <p><strong>Known attack.</strong> A stamp is a claim. One that counts messages that were never
 * sent is held until the limits are reached, so {@link DeliveryLimits#pendingPerSender()} keeps one
 * liar from crowding out the others; one that counts messages of ours that we never sent is refused
 * at once. An actor that claims another's name is the business of authentication.
 *
 * <p>Not thread-safe: one thread, or one lock.
 *
 * <p>Source: K. Birman, A. Schiper, P. Stephenson, "Lightweight causal and atomic group multicast",
 * ACM Transactions on Computer Systems 9(3), 1991.
 *
 * @param <M> what a message says
 */
public final class CausalBroadcastBuffer<M> {

  private final String self;
  private final DeliveryLimits limits;
  private final StabilityListener listener;
  private final Roster roster = new Roster();
  private final HeldMessages<BroadcastMessage<M>> held = new HeldMessages<>();
  private final StabilityTable stability = new StabilityTable();
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);

  /** What is delivered, without the actors that are retired. */
  private VectorTimestamp context;

  private CausalBroadcastBuffer(
      String self, GroupView start, DeliveryLimits limits, StabilityListener listener) {
    this.self = ActorNames.require(self);
    this.limits = Objects.requireNonNull(limits, "limits");
    this.listener = Objects.requireNonNull(listener, "listener");
    this.context = start.delivered();
    if (context.count(self) != 0 || start.departed().containsKey(self)) {
      throw new IllegalArgumentException("not a new actor: '" + self + "' in " + start);
    }
    add(self, 0, Long.MAX_VALUE);
    start.departed().forEach((name, last) -> add(name, context.count(name), last));
    for (String member : start.members()) {
      if (!member.equals(self)) {
        add(member, context.count(member), Long.MAX_VALUE);
      }
    }
    context.forEach((name, count) -> stability.learn(self, name, count, StabilityListener.NONE));
  }

  private void add(String name, long delivered, long last) {
    Actor actor = roster.add(name, delivered, last);
    stability.addActor(name);
    if (actor.isMember()) {
      stability.addMember(name);
    }
  }

  /**
   * The buffer of an actor, with the default limits and no listener.
   *
   * @param <M> what a message says
   * @param self the actor whose buffer this is; never used before
   * @param start what it knows of the group; whether it names the actor itself does not matter
   * @return a buffer in which the actor and those of the view are members
   * @throws IllegalArgumentException if the id is none, has left, or has sent messages
   */
  public static <M> CausalBroadcastBuffer<M> of(String self, GroupView start) {
    return of(self, start, DeliveryLimits.DEFAULT, StabilityListener.NONE);
  }

  /**
   * The buffer of an actor.
   *
   * @param <M> what a message says
   * @param self the actor whose buffer this is; never used before
   * @param start what it knows of the group; whether it names the actor itself does not matter
   * @param limits how much may be held back
   * @param listener is told what becomes stable; it must not change the buffer
   * @return a buffer in which the actor and those of the view are members
   * @throws IllegalArgumentException if the id is none, has left, or has sent messages
   */
  public static <M> CausalBroadcastBuffer<M> of(
      String self, GroupView start, DeliveryLimits limits, StabilityListener listener) {
    return new CausalBroadcastBuffer<>(self, start, limits, listener);
  }

  /**
   * Sends a message: it counts as delivered here, before it leaves.
   *
   * @return the stamp that goes out with it
   * @throws ArithmeticException if this actor has sent {@link Long#MAX_VALUE} messages; the buffer
   *     is then unchanged
   */
  public BroadcastStamp send() {
    VectorTimestamp next = context.increment(self);
    BroadcastStamp stamp = new BroadcastStamp(self, next);
    context = next;
    long sequence = stamp.sequence();
    roster.get(self).delivered = sequence;
    stability.learn(self, self, sequence, listener);
    return stamp;
  }

  /**
   * Takes a message from the network.
   *
   * @param stamp the stamp that came with it
   * @param content what it says
   * @return what became of it, and what is to be delivered now
   */
  public OfferResult<BroadcastMessage<M>> offer(BroadcastStamp stamp, M content) {
    return offer(stamp, content, delivered -> {});
  }

  /**
   * Takes a message from the network, where messages themselves change the membership: what comes
   * after such a change counts in the new view, even if both are delivered at once.
   *
   * @param stamp the stamp that came with it
   * @param content what it says
   * @param onDelivery gets each message that is to be delivered, in order, before anything is
   *     learned from it; may call {@link #join} and {@link #leave}, and nothing else that changes
   *     the buffer
   * @return what became of it, and what was delivered
   */
  public OfferResult<BroadcastMessage<M>> offer(
      BroadcastStamp stamp, M content, Consumer<? super BroadcastMessage<M>> onDelivery) {
    BroadcastMessage<M> message = new BroadcastMessage<>(stamp, content);
    List<BroadcastMessage<M>> deliveries = new ArrayList<>();
    Outcome outcome = take(message, deliveries);
    outcomes.merge(outcome, 1L, Long::sum);
    for (BroadcastMessage<M> delivered : deliveries) {
      onDelivery.accept(delivered);
      learnFrom(delivered);
    }
    return new OfferResult<>(outcome, deliveries);
  }

  private Outcome take(BroadcastMessage<M> message, List<BroadcastMessage<M>> deliveries) {
    BroadcastStamp stamp = message.stamp();
    MessageId id = stamp.id();
    Actor sender = roster.find(id.sender());
    if (sender == null) {
      return Outcome.NOT_A_MEMBER;
    }
    if (id.sequence() <= sender.delivered || held.contains(id)) {
      return Outcome.DUPLICATE;
    }
    if (stamp.vector().count(self) > roster.get(self).delivered) {
      return Outcome.IMPOSSIBLE;
    }
    if (roster.isOrphan(stamp)) {
      return Outcome.ORPHANED;
    }
    Deque<MessageId> lacks = lacks(stamp);
    if (lacks.isEmpty()) {
      deliver(message, deliveries);
      held.release(id, roster::isDelivered, released -> deliver(released, deliveries));
      return Outcome.DELIVERED;
    }
    return hold(id, message, lacks);
  }

  private Outcome hold(MessageId id, BroadcastMessage<M> message, Deque<MessageId> lacks) {
    if (held.sizeOf(id.sender()) >= limits.pendingPerSender()) {
      return Outcome.SENDER_FULL;
    }
    if (held.size() >= limits.pending()) {
      return Outcome.FULL;
    }
    held.hold(id, message, lacks);
    return Outcome.HELD;
  }

  /** The latest message of each actor that the stamp counts and that is not delivered. */
  private Deque<MessageId> lacks(BroadcastStamp stamp) {
    Deque<MessageId> lacks = new ArrayDeque<>();
    stamp
        .vector()
        .forEach(
            (actor, count) -> {
              long needed = actor.equals(stamp.sender()) ? count - 1 : count;
              if (needed > roster.delivered(actor)) {
                lacks.add(new MessageId(actor, needed));
              }
            });
    return lacks;
  }

  private void deliver(BroadcastMessage<M> message, List<BroadcastMessage<M>> deliveries) {
    String sender = message.stamp().sender();
    context = context.increment(sender);
    roster.get(sender).delivered++;
    deliveries.add(message);
  }

  /** Whoever sent a message had delivered its causal past; and now we have. */
  private void learnFrom(BroadcastMessage<M> message) {
    BroadcastStamp stamp = message.stamp();
    stability.learn(self, stamp.sender(), stamp.sequence(), listener);
    learn(stamp.sender(), stamp.vector());
  }

  private void learn(String member, VectorTimestamp delivered) {
    delivered.forEach((actor, count) -> stability.learn(member, actor, count, listener));
  }

  /**
   * Takes note of what another member has delivered. Members that send nothing must say so, or
   * nothing becomes stable. Reports may be lost, repeated and late.
   *
   * @param member who says it
   * @param delivered its {@link #delivered()}
   * @return whether it was of use: false if it comes from no other member, or counts messages of
   *     ours that we never sent; nothing is changed then
   */
  public boolean acknowledge(String member, VectorTimestamp delivered) {
    Actor known = roster.find(member);
    if (known == null || !known.isMember() || member.equals(self)) {
      return false;
    }
    if (delivered.count(self) > roster.get(self).delivered) {
      return false;
    }
    learn(member, delivered);
    return true;
  }

  /**
   * Takes in a new member. Until something is heard from it, nothing more becomes stable.
   *
   * @param member the actor; never a member before
   * @throws IllegalArgumentException if the id is none, is that of a member, or of one that left
   * @throws StampRejectedException if there have been {@link VectorTimestamp#MAX_ACTORS} members
   */
  public void join(String member) {
    if (roster.find(ActorNames.require(member)) != null) {
      throw new IllegalArgumentException("not a new member: '" + member + "'");
    }
    add(member, 0, Long.MAX_VALUE);
  }

  /**
   * Lets a member go. What it sent up to its last message is delivered as before; what it sent
   * beyond is discarded, and with it what depends on it. Nothing waits for its acknowledgement.
   *
   * @param member the actor
   * @param last the last of its messages that the group delivers, the same at every member: at
   *     least what any remaining member has delivered of it
   * @return the messages that were held and are now discarded
   * @throws IllegalArgumentException if the actor is no other member, or more of its messages are
   *     delivered here; the buffer is then unchanged
   */
  public List<BroadcastMessage<M>> leave(String member, long last) {
    Actor leaving = roster.find(member);
    if (leaving == null || !leaving.isMember() || member.equals(self)) {
      throw new IllegalArgumentException("no other member: '" + member + "'");
    }
    if (last < leaving.delivered || last == Long.MAX_VALUE) {
      throw new IllegalArgumentException(
          member + " cannot end with " + last + ", " + leaving.delivered + " are delivered");
    }
    leaving.last = last;
    List<BroadcastMessage<M>> discarded = held.discard(message -> roster.isOrphan(message.stamp()));
    stability.removeMember(member, listener);
    return discarded;
  }

  /**
   * Takes back the messages of an actor that are held, as if they had never been offered: for
   * members that stop delivering an actor's messages while they agree on its last one.
   *
   * @param sender the actor
   * @return the messages that were held; they may be offered again
   */
  public List<BroadcastMessage<M>> withdraw(String sender) {
    return held.discard(message -> message.stamp().sender().equals(sender));
  }

  /**
   * Leaves an actor out of the stamps sent from now on, so that they do not grow with everybody who
   * was ever there. Call it when all members know that the actor has left.
   *
   * @param departed an actor
   * @return whether it is left out: true if it has left, and all its messages are delivered here
   *     and stable
   */
  public boolean retire(String departed) {
    Actor actor = roster.find(departed);
    if (actor == null || stability.stable(departed) < actor.last) {
      return false;
    }
    context = context.retire(departed);
    return true;
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
   * What is delivered here, own messages included: to be reported to the others.
   *
   * @return the number of messages of every actor, those that have left included
   */
  public VectorTimestamp delivered() {
    return roster.delivered();
  }

  /**
   * What every member has delivered.
   *
   * @return the number of stable messages of every actor
   */
  public VectorTimestamp stable() {
    return VectorTimestamp.of(stability.stable());
  }

  /**
   * What a new member has to know.
   *
   * @return the members, who has left, and what is delivered here
   */
  public GroupView view() {
    return roster.view();
  }

  /**
   * What to ask the network for: messages that held ones wait for, and that are not here. Others
   * that are lost too can show up once these have come.
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
