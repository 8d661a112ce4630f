package dev.coeval.sync.order.broadcast;

import dev.coeval.causal.BroadcastMessage;
import dev.coeval.causal.BroadcastStamp;
import dev.coeval.causal.CausalBroadcastBuffer;
import dev.coeval.causal.DeliveryLimits;
import dev.coeval.causal.GroupView;
import dev.coeval.causal.MessageId;
import dev.coeval.causal.OfferResult;
import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.broadcast.Content.Join;
import dev.coeval.sync.order.broadcast.Content.Leave;
import dev.coeval.sync.order.broadcast.Content.Payload;
import dev.coeval.sync.order.link.Admission;
import dev.coeval.sync.order.link.Links;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One member's state of the group: what is delivered, who is there, what is kept for others.
 *
 * <p>Changes of membership are broadcasts themselves, so that they have a place in the causal past
 * of all that depends on them: a member is known wherever its messages are delivered, and a message
 * of one that leaves is never behind its last.
 */
final class Group {

  /** Counters of an honest group are never so far apart; one more would use up the range. */
  static final long MAX_COUNTER_JUMP = 1L << 40;

  /** No counter that was counted comes near; greater ones could bring this one to its end. */
  static final long MAX_COUNTER = 1L << 62;

  /** As many messages of one sender are kept beyond its window before more are taken. */
  static final int MAX_KEPT_PER_SENDER = 2 * BroadcastConfig.MAX_WINDOW_MESSAGES;

  /** A report names these too, until their leaving is known everywhere. */
  static final int MAX_NAMED = BroadcastConfig.MAX_MEMBERS + 6;

  /** So many counts fit into a report, however long the names and great the numbers are. */
  static final int MAX_REPORTED = MAX_NAMED + 4;

  /** A new member is told of all that ever left: no more than so many, then the group is old. */
  static final int MAX_DEPARTED = 512;

  private static final DeliveryLimits LIMITS = new DeliveryLimits(2_048, 256);

  private final String self;
  private final Links links;
  private final Ordering ordering;
  private final CausalBroadcastBuffer<Cast> buffer;
  private final LamportClock lamport;
  private final MessageStore store = new MessageStore();
  private final Members members = new Members();
  private final Progress progress = new Progress();
  private final Removals removals;
  private final List<GroupEvent> events = new ArrayList<>();
  private final List<GroupEvent> stables = new ArrayList<>();
  private final Map<String, Long> newlyStable = new LinkedHashMap<>();

  /** Actors that have left, and the message whose stability says that all know. */
  private final Map<String, MessageId> departing = new HashMap<>();

  /** Actors that have left, their last messages, and that they are delivered everywhere. */
  private final Map<String, Long> retired = new LinkedHashMap<>();

  /** Actors that have left, and the last message that is still to be delivered. */
  private final Map<String, Long> ending = new HashMap<>();

  /** Reports whose counters count once all is delivered that their senders had sent before. */
  private final Map<String, GroupMessage.Report> counters = new HashMap<>();

  private boolean leaving;
  private boolean ended;
  private long tick;

  Group(String self, GroupView view, long counter, Links links, Ordering ordering) {
    this.self = self;
    this.links = links;
    this.ordering = ordering;
    this.buffer =
        CausalBroadcastBuffer.of(
            self, view, LIMITS, (sender, sequence) -> newlyStable.put(sender, sequence));
    this.lamport = LamportClock.resumeAbove(self, counter);
    this.removals = new Removals(self);
  }

  /** What a new member knows besides the view: {@code news} took it in, at this place. */
  record Beginning(
      Map<String, PeerId> others,
      Map<String, Long> retired,
      LamportTimestamp since,
      MessageId news) {}

  /** Begins to take part. */
  void begin(Beginning beginning) {
    beginning.others.forEach(members::add);
    retired.putAll(beginning.retired);
    ordering.begin(beginning.others.keySet(), beginning.since);
    for (Map.Entry<String, Long> departed : buffer.view().departed().entrySet()) {
      departing.put(departed.getKey(), beginning.news);
      ordering.join(departed.getKey(), 0);
      end(departed.getKey(), departed.getValue());
    }
    for (PeerId peer : members.audience()) {
      links.connect(tick, peer);
    }
    events.add(new GroupEvent.Joined(self, buffer.members()));
  }

  /** The time of the event that is being handled. */
  void at(long tickNanos) {
    tick = tickNanos;
  }

  String self() {
    return self;
  }

  boolean isEnded() {
    return ended;
  }

  CausalBroadcastBuffer<Cast> buffer() {
    return buffer;
  }

  Members members() {
    return members;
  }

  int kept() {
    return store.size();
  }

  int stances() {
    return removals.stances();
  }

  int waiting() {
    return buffer.pending() + ordering.waiting() + removals.stashed();
  }

  BroadcastAnswer broadcast(Content content, int window) {
    if (leaving || ended) {
      return BroadcastAnswer.NOT_A_MEMBER;
    }
    if (store.size(self) >= window) {
      return BroadcastAnswer.WINDOW_FULL;
    }
    return cast(content) ? BroadcastAnswer.SENT : BroadcastAnswer.TOO_LONG;
  }

  /** This member's last message; it ends when all have it. */
  void leave() {
    if (!leaving && !ended) {
      leaving = cast(new Leave());
    }
  }

  /** Begins to remove members. */
  void remove(Set<String> actors) {
    Set<String> others = new HashSet<>(actors);
    others.retainAll(members.actors());
    freeze(others);
  }

  /** Takes in a new member that has asked; empty if not now, else what it has to know. */
  Optional<List<GroupMessage.Welcome>> sponsor(String actor, PeerId peer) {
    Set<String> former = members.actorsAt(peer);
    if (!former.isEmpty()) {
      remove(former); // it runs no more: another process has its address
    }
    boolean isNew = !hasDeparted(actor) && !buffer.members().contains(actor);
    if (leaving || removals.isActive() || !isNew || isCrowded()) {
      return Optional.empty();
    }
    GroupView before = buffer.view();
    if (!cast(new Join(actor, peer))) {
      return Optional.empty();
    }
    return Optional.of(GroupCodec.welcome(actor, lamport.latest().counter(), entries(before)));
  }

  private boolean hasDeparted(String actor) {
    return retired.containsKey(actor) || buffer.view().departed().containsKey(actor);
  }

  private boolean isCrowded() {
    return buffer.members().size() >= BroadcastConfig.MAX_MEMBERS
        || buffer.members().size() + departing.size() >= MAX_NAMED - 2
        || buffer.view().departed().size() + retired.size() >= MAX_DEPARTED;
  }

  /** No sponsors, however many at once, take in so many: who says so is not heard any further. */
  private boolean isOverfull() {
    return buffer.members().size() >= MAX_NAMED
        || departing.size() + retired.size() >= 2 * MAX_DEPARTED;
  }

  private List<GroupMessage.Entry> entries(GroupView before) {
    VectorTimestamp delivered = buffer.delivered();
    List<GroupMessage.Entry> entries = new ArrayList<>();
    retired.forEach(
        (actor, last) -> entries.add(new GroupMessage.Entry(actor, last, last, true, null)));
    for (String actor : departing.keySet()) {
      long last = before.departed().getOrDefault(actor, 0L);
      entries.add(new GroupMessage.Entry(actor, delivered.count(actor), last, false, null));
    }
    for (String member : before.members()) {
      PeerId peer = member.equals(self) ? null : members.peer(member);
      entries.add(
          new GroupMessage.Entry(member, delivered.count(member), Long.MAX_VALUE, false, peer));
    }
    return entries;
  }

  /** Something arrived from a peer. */
  void onMessage(PeerId from, GroupMessage message) {
    if (message instanceof GroupMessage.Spread spread) {
      onCast(from, spread.cast());
    } else if (message instanceof GroupMessage.Report report) {
      onReport(from, report);
    } else if (message instanceof GroupMessage.Pull pull) {
      onPull(from, pull);
    } else if (message instanceof GroupMessage.Stance stance) {
      onStance(from, stance);
    } else if (message instanceof GroupMessage.Refusal refusal && refusal.actor().equals(self)) {
      onRefusal(from);
    } else {
      links.reject(from, Rejection.UNEXPECTED_TYPE);
    }
  }

  private void onCast(PeerId from, Cast cast) {
    String sender = cast.stamp().sender();
    if (retired.containsKey(sender)) {
      links.reject(from, Rejection.STALE);
    } else if (sender.equals(self)) {
      if (cast.stamp().sequence() > buffer.delivered().count(self)) {
        links.reject(from, Rejection.INCONSISTENT);
      }
    } else if (!members.isInAudience(from)) {
      links.reject(from, Rejection.UNKNOWN_PEER);
    } else if (cast.counter() > MAX_COUNTER
        || cast.counter() - lamport.latest().counter() > MAX_COUNTER_JUMP) {
      links.reject(from, Rejection.INCONSISTENT);
    } else if (removals.isFrozen(sender)) {
      if (!removals.stash(cast, buffer.delivered().count(sender))) {
        links.reject(from, Rejection.LIMIT_REACHED);
      }
    } else if (store.size(sender) >= MAX_KEPT_PER_SENDER
        || (cast.content() instanceof Join && isOverfull())) {
      links.reject(from, Rejection.LIMIT_REACHED);
    } else {
      offer(from, cast);
    }
  }

  private void offer(PeerId from, Cast cast) {
    BroadcastStamp stamp = new BroadcastStamp(cast.stamp().sender(), named(cast.stamp().vector()));
    OfferResult<BroadcastMessage<Cast>> result =
        buffer.offer(stamp, cast, message -> deliver(message.content()));
    switch (result.outcome()) {
      case DELIVERED, HELD, DUPLICATE -> {}
      case FULL, SENDER_FULL -> links.reject(from, Rejection.LIMIT_REACHED);
      case NOT_A_MEMBER -> links.reject(from, Rejection.UNKNOWN_PEER);
      case ORPHANED -> links.reject(from, Rejection.STALE);
      case IMPOSSIBLE -> links.reject(from, Rejection.INCONSISTENT);
    }
  }

  private void onReport(PeerId from, GroupMessage.Report report) {
    String actor = report.actor();
    if (members.isAt(actor, from) && buffer.members().contains(actor)) {
      progress.add(actor, named(report.delivered()));
      if (report.counter() - lamport.latest().counter() <= MAX_COUNTER_JUMP) {
        counters.put(actor, report);
      }
    } else if (members.isAt(actor, from)) {
      progress.remove(actor); // it has left, and only waits until all know
    } else if (hasDeparted(actor)) {
      send(from, new GroupMessage.Refusal(actor));
    } else {
      links.reject(from, Rejection.UNKNOWN_PEER);
    }
  }

  private void onPull(PeerId from, GroupMessage.Pull pull) {
    if (!members.isInAudience(from)) {
      links.reject(from, Rejection.UNKNOWN_PEER);
      return;
    }
    List<Cast> casts = new ArrayList<>(store.after(pull.actor(), pull.after(), PULLED));
    casts.addAll(removals.stashedAfter(pull.actor(), pull.after(), PULLED));
    for (Cast each : casts) {
      if (links.send(tick, from, each.bytes()) != Admission.ACCEPTED) {
        return;
      }
    }
  }

  /** So many messages answer one request. */
  static final int PULLED = 16;

  private void onRefusal(PeerId from) {
    if (members.isMember(from) && !leaving && !ended) {
      ended = true;
      events.add(new GroupEvent.Ended(self, false));
    } else {
      links.reject(from, Rejection.STALE);
    }
  }

  /** A member's last message is out and known, or the wait for it was too long. */
  void end() {
    if (!ended) {
      ended = true;
      events.add(new GroupEvent.Ended(self, true));
    }
  }

  boolean isLeaving() {
    return leaving;
  }

  private boolean cast(Content content) {
    VectorTimestamp context = named(buffer.delivered());
    BroadcastStamp next = new BroadcastStamp(self, context.increment(self));
    long counter = lamport.latest().counter() + 1;
    Optional<Cast> made = GroupCodec.cast(next, counter, content);
    if (made.isEmpty()) {
      return false;
    }
    buffer.send();
    lamport.tick();
    Set<String> receivers = new HashSet<>(members.actors());
    for (String receiver : receivers) {
      links.send(tick, members.peer(receiver), made.get().bytes()); // if full: it will ask
    }
    deliver(made.get());
    return true;
  }

  /** Without those whose every message is delivered everywhere: no stamp need speak of them. */
  private VectorTimestamp named(VectorTimestamp delivered) {
    Map<String, Long> counts = new HashMap<>(delivered.toMap());
    counts.keySet().removeAll(retired.keySet());
    return VectorTimestamp.of(counts);
  }

  private void deliver(Cast cast) {
    String sender = cast.stamp().sender();
    if (!sender.equals(self)) {
      lamport.receive(cast.place());
    }
    store.add(cast);
    ordering.heard(sender, cast.counter());
    Content content = cast.content();
    if (content instanceof Payload) {
      ordering.add(cast);
    } else if (content instanceof Join join) {
      onJoin(join, cast);
    } else if (content instanceof Leave) {
      onLeave(cast);
    }
    endIfDelivered(sender);
  }

  private void onJoin(Join join, Cast cast) {
    String actor = join.actor();
    if (!buffer.members().contains(actor) && !hasDeparted(actor)) {
      buffer.join(actor);
      members.add(actor, join.peer());
      ordering.join(actor, cast.counter());
      links.connect(tick, join.peer());
      events.add(new GroupEvent.MemberJoined(actor, join.peer()));
    }
  }

  private void onStance(PeerId from, GroupMessage.Stance stance) {
    Set<String> actors = stance.spoken();
    if (actors.contains(self) || !stance.view().contains(self)) {
      links.reject(from, Rejection.STALE); // the others go on without this one
    } else if (!members.isAt(stance.actor(), from)) {
      if (!removals.note(stance)) {
        links.reject(from, Rejection.LIMIT_REACHED);
      }
    } else if (actors.stream().anyMatch(members::contains)) {
      freeze(actors);
      removals.hear(stance);
    } else if (!stance.frozen().isEmpty()) {
      answer(from, actors);
    }
  }

  /** For one that does not know yet how it ended. */
  private void answer(PeerId from, Set<String> actors) {
    Map<String, Long> lasts = new HashMap<>(buffer.view().departed());
    lasts.keySet().retainAll(actors);
    if (lasts.keySet().equals(actors)) {
      Set<String> view = buffer.members();
      GroupMessage.Stance ended = new GroupMessage.Stance(self, true, view, Map.of(), lasts);
      if (GroupCodec.fits(ended)) {
        send(from, ended);
      }
    } else {
      links.reject(from, Rejection.STALE);
    }
  }

  private void onLeave(Cast cast) {
    String actor = cast.stamp().sender();
    if (!actor.equals(self) && members.contains(actor)) {
      depart(actor, cast.stamp().sequence(), cast.stamp().id(), true);
    }
  }

  /** Whoever lies may name an end before what was delivered here, which nothing undoes. */
  private void depart(String actor, long named, MessageId news, boolean ofItsOwn) {
    long last = Math.max(named, buffer.delivered().count(actor));
    buffer.leave(actor, last);
    members.leave(actor, ofItsOwn);
    progress.remove(actor);
    counters.remove(actor);
    removals.forget(actor);
    departing.put(actor, news);
    events.add(new GroupEvent.MemberLeft(actor, last, ofItsOwn));
    end(actor, last);
  }

  private void end(String actor, long last) {
    ending.put(actor, last);
    endIfDelivered(actor);
  }

  private void endIfDelivered(String actor) {
    Long last = ending.get(actor);
    if (last != null && buffer.delivered().count(actor) >= last) {
      ending.remove(actor);
      ordering.leave(actor);
    }
  }

  private void freeze(Set<String> actors) {
    Map<String, Long> departed = buffer.view().departed();
    Set<String> news = new HashSet<>(actors);
    news.removeAll(removals.spoken());
    for (String actor : news) {
      if (members.contains(actor)) {
        long delivered = buffer.delivered().count(actor);
        removals.freeze(actor, delivered);
        buffer.withdraw(actor).forEach(held -> removals.stash(held.content(), delivered));
      } else if (departed.containsKey(actor)) {
        removals.recall(actor, departed.get(actor));
      }
    }
  }

  /** What to say about members that are to be removed. */
  Optional<GroupMessage.Stance> stance() {
    return removals.toTell(members.actors());
  }

  /** What follows from an event, when all of it was taken in. */
  List<GroupEvent> settle() {
    depart(removals.settle(members.actors()));
    counters.values().removeIf(this::hearCounter);
    for (Cast cast : ordering.take()) {
      Payload payload = (Payload) cast.content();
      events.add(
          new GroupEvent.Delivered(
              cast.stamp().sender(),
              cast.stamp().vector(),
              cast.place(),
              payload.bytes().duplicate()));
    }
    do { // after the deliveries: nothing is called stable before it is shown here
      applyStable();
    } while (progress.apply(buffer));
    applyStable();
    events.addAll(stables); // after what is delivered here
    List<GroupEvent> settled = List.copyOf(events);
    events.clear();
    stables.clear();
    return settled;
  }

  private boolean hearCounter(GroupMessage.Report report) {
    String actor = report.actor();
    boolean isDue = report.delivered().count(actor) <= buffer.delivered().count(actor);
    if (isDue) {
      ordering.heard(actor, report.counter());
    }
    return isDue;
  }

  private void depart(List<Removals.Settled> settled) {
    MessageId news = new MessageId(self, Math.max(1, buffer.delivered().count(self)));
    Map<Cast, PeerId> stashed = new LinkedHashMap<>();
    for (Removals.Settled each : settled) {
      PeerId peer = members.peer(each.actor());
      each.stash().forEach(cast -> stashed.put(cast, peer));
      depart(each.actor(), each.last(), news, false);
    }
    stashed.forEach((cast, peer) -> offer(peer, cast));
  }

  private void applyStable() {
    newlyStable.forEach(
        (sender, sequence) -> {
          store.discard(sender, sequence);
          stables.add(new GroupEvent.Stable(sender, sequence));
          if (leaving && sender.equals(self) && sequence >= buffer.delivered().count(self)) {
            end();
          }
        });
    if (!newlyStable.isEmpty()) {
      newlyStable.clear();
      retire();
    }
  }

  private void retire() {
    VectorTimestamp stable = buffer.stable();
    for (Map.Entry<String, MessageId> each : Map.copyOf(departing).entrySet()) {
      String actor = each.getKey();
      MessageId news = each.getValue();
      if (stable.count(news.sender()) >= news.sequence() && buffer.retire(actor)) {
        departing.remove(actor);
        retired.put(actor, buffer.delivered().count(actor));
      }
    }
  }

  /** Tells the others what is delivered here. */
  GroupMessage.Report report() {
    Map<String, Long> counts = new TreeMap<>();
    named(buffer.delivered()).toMap().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(MAX_REPORTED)
        .forEach(each -> counts.put(each.getKey(), each.getValue()));
    retired.entrySet().stream() // the last few: somebody may not know yet that all have them
        .skip(Math.max(0, retired.size() + counts.size() - MAX_NAMED))
        .forEach(each -> counts.put(each.getKey(), each.getValue()));
    return new GroupMessage.Report(self, lamport.latest().counter(), VectorTimestamp.of(counts));
  }

  /** Asks for what is lacking. */
  void pull(long patienceNanos) {
    VectorTimestamp held = removals.withStash(buffer.delivered());
    for (Progress.Request request : progress.requests(held, tick, patienceNanos)) {
      members
          .find(request.holder())
          .ifPresent(peer -> send(peer, new GroupMessage.Pull(request.sender(), request.after())));
    }
  }

  private void send(PeerId to, GroupMessage message) {
    links.send(tick, to, GroupCodec.encode(message));
  }
}
