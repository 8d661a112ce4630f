package dev.coeval.sync.order.broadcast;

import dev.coeval.causal.GroupView;
import dev.coeval.causal.MessageId;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.logical.vector.VectorTimestamp;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.broadcast.Content.Payload;
import dev.coeval.sync.order.link.Admission;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.order.link.LinkEvent;
import dev.coeval.sync.order.link.Links;
import dev.coeval.sync.wire.Decoded;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.NonceSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What both broadcast machines are: a node that joins, takes part and leaves. */
final class Node {
  static final int LINKS = 0;
  static final int TICK = 1;

  /** What others report is likely to come by itself within so many reports. */
  private static final int PATIENCE_REPORTS = 4;

  private final TimerId tickTimer;
  private final BroadcastConfig config;
  private final Links links;
  private final Supplier<Ordering> orderings;
  private final NonceSource random;
  private final Joining joining;
  private final Map<PeerId, GroupMessage> reported = new HashMap<>();
  private final Map<PeerId, GroupMessage> stances = new HashMap<>();

  /** Who reports here, and so counts this one as a member: before that, it took no report of it. */
  private final Set<PeerId> reporters = new HashSet<>();

  private final List<Action> actions = new ArrayList<>();
  private @Nullable Group group;
  private long askedTick;
  private long leaveTick;
  private boolean stopped;

  Node(
      TimerId tickTimer,
      BroadcastConfig config,
      Links links,
      Supplier<Ordering> orderings,
      long seed) {
    this.tickTimer = tickTimer;
    this.config = config;
    this.links = links;
    this.orderings = orderings;
    this.random = new NonceSource(seed);
    this.joining = new Joining(config.contacts());
  }

  static Node of(
      String owner,
      BroadcastConfig config,
      String protocol,
      Supplier<Ordering> orderings,
      Secrets secrets) {
    LinkConfig linkConfig = LinkConfig.of(protocol).with(config.links()).withStrangers(true);
    Links links =
        new Links(new TimerId(owner, LINKS, 0), linkConfig, secrets.keyring(), secrets.seed());
    return new Node(new TimerId(owner, TICK, 0), config, links, orderings, ~secrets.seed());
  }

  /** What must not be known to others. */
  record Secrets(Keyring keyring, long seed) {}

  Links links() {
    return links;
  }

  @Nullable Group group() {
    return group;
  }

  List<Action> start(long tick) {
    if (config.contacts().isEmpty()) {
      enter(
          tick,
          new Group(newActor(), GroupView.of(Set.of()), 0, links, orderings.get()),
          new Group.Beginning(
              Map.of(), Map.of(), new LamportTimestamp(0, "-"), new MessageId("-", 1)));
    } else {
      ask(tick);
    }
    return done(tick);
  }

  List<Action> onDatagram(long tick, PeerId from, ByteBuffer payload) {
    return heed(tick, links.onDatagram(tick, from, payload));
  }

  List<Action> onTimer(long tick, TimerId timer) {
    if (timer.equals(tickTimer)) {
      onTick(tick);
    }
    return heed(tick, links.onTimer(tick, timer));
  }

  BroadcastAnswer broadcast(long tick, ByteBuffer payload) {
    Group member = group;
    if (member == null || stopped) {
      return BroadcastAnswer.NOT_A_MEMBER;
    }
    ByteBuffer kept = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    member.at(tick);
    return member.broadcast(new Payload(kept.asReadOnlyBuffer()), config.windowMessages());
  }

  void leave(long tick) {
    leaveTick = tick;
    if (group == null) {
      stop("left before it had joined");
    } else {
      group.at(tick);
      group.leave();
    }
  }

  void remove(long tick, Set<String> actors) {
    if (group != null) {
      group.at(tick);
      group.remove(actors);
    }
  }

  /** What the calls since the last event want done. */
  List<Action> done(long tick) {
    if (group != null) {
      group.at(tick);
      for (GroupEvent event : group.settle()) {
        actions.add(new Action.Publish(event));
      }
    }
    actions.addAll(links.takeActions(tick));
    if (group != null && group.isEnded()) {
      stop("not in the group any more");
    }
    List<Action> taken = List.copyOf(actions);
    actions.clear();
    return taken;
  }

  private void stop(String reason) {
    if (!stopped) {
      stopped = true;
      actions.add(new Action.Stop(reason));
    }
  }

  private List<Action> heed(long tick, List<LinkEvent> events) {
    if (group != null) {
      group.at(tick);
    }
    for (LinkEvent event : events) {
      if (event instanceof LinkEvent.Received received) {
        onMessage(tick, received.peer(), received.message());
      } else if (event instanceof LinkEvent.Silent) {
        onSilent(tick, event.peer());
      } else {
        reported.remove(event.peer());
        reporters.remove(event.peer());
        stances.remove(event.peer());
        onHeard(tick, event);
      }
    }
    return done(tick);
  }

  private void onMessage(long tick, PeerId from, ByteBuffer bytes) {
    Decoded<GroupMessage> decoded = GroupCodec.decode(bytes);
    if (decoded instanceof Decoded.Refused<GroupMessage> refused) {
      links.reject(from, refused.reason());
    } else if (decoded instanceof Decoded.Value<GroupMessage> good) {
      GroupMessage message = good.value();
      if (group == null) {
        onWelcome(tick, from, message);
      } else if (message instanceof GroupMessage.Ask ask) {
        onAsk(tick, from, ask, group);
      } else {
        hearReporter(from, message, group);
        group.onMessage(from, message);
      }
    }
  }

  private void hearReporter(PeerId from, GroupMessage message, Group member) {
    if (message instanceof GroupMessage.Report
        && member.members().isInAudience(from)
        && reporters.add(from)) {
      reported.remove(from);
    }
  }

  private void onAsk(long tick, PeerId from, GroupMessage.Ask ask, Group member) {
    Optional<List<GroupMessage.Welcome>> welcome = member.sponsor(ask.actor(), from);
    if (welcome.isEmpty()) {
      links.reject(from, Rejection.LIMIT_REACHED);
      links.send(tick, from, GroupCodec.encode(new GroupMessage.Refusal(ask.actor())));
    }
    welcome.ifPresent(
        parts -> parts.forEach(part -> links.send(tick, from, GroupCodec.encode(part))));
  }

  private void onWelcome(long tick, PeerId from, GroupMessage message) {
    if (message instanceof GroupMessage.Refusal refusal
        && refusal.actor().equals(joining.actor())) {
      long soon = PATIENCE_REPORTS * config.reportNanos();
      askedTick = tick - config.links().silenceNanos() + soon;
      return;
    }
    if (!(message instanceof GroupMessage.Welcome welcome)) {
      links.reject(from, Rejection.UNREQUESTED);
      return;
    }
    Optional<Joining.Taken> taken = joining.take(from, welcome);
    if (taken.isPresent()) {
      Joining.Taken all = taken.get();
      VectorTimestamp delivered = all.view().delivered();
      enter(
          tick,
          new Group(joining.actor(), all.view(), welcome.counter(), links, orderings.get()),
          new Group.Beginning(
              all.others(),
              all.retired(),
              new LamportTimestamp(welcome.counter(), all.sponsor()),
              new MessageId(all.sponsor(), delivered.count(all.sponsor()))));
    }
  }

  private void enter(long tick, Group entered, Group.Beginning beginning) {
    group = entered;
    entered.at(tick);
    entered.begin(beginning);
    onTick(tick);
  }

  private void onSilent(long tick, PeerId peer) {
    if (group == null) {
      if (peer.equals(joining.contact())) {
        ask(tick);
      } else {
        links.forget(peer); // a stranger: it must not keep a link for ever
      }
      return;
    }
    for (String actor : group.members().actorsAt(peer)) {
      actions.add(new Action.Publish(new GroupEvent.MemberSilent(actor)));
    }
    if (!group.members().isMember(peer)) {
      group.members().forget(peer);
      links.forget(peer);
    }
  }

  private void onHeard(long tick, LinkEvent event) {
    boolean again = event instanceof LinkEvent.HeardAgain;
    if (group == null && !again && event.peer().equals(joining.contact())) {
      joining.again(newActor());
      sendAsk(tick, event.peer());
    } else if (group != null && again) {
      for (String actor : group.members().actorsAt(event.peer())) {
        actions.add(new Action.Publish(new GroupEvent.MemberHeard(actor)));
      }
    }
  }

  private void sendAsk(long tick, PeerId contact) {
    askedTick = tick;
    links.send(tick, contact, GroupCodec.encode(new GroupMessage.Ask(joining.actor())));
  }

  /** Turns to the next contact. */
  private void ask(long tick) {
    links.forget(joining.contact());
    PeerId contact = joining.next(newActor());
    askedTick = tick;
    if (links.isConnected(contact)) {
      sendAsk(tick, contact); // it has made the link itself, for the process that was here before
    } else {
      links.connect(tick, contact); // and ask when it is
    }
    setTick(tick);
  }

  private void onTick(long tick) {
    if (stopped) {
      return;
    }
    setTick(tick);
    long silence = config.links().silenceNanos();
    if (group == null) {
      if (tick - askedTick >= silence) {
        ask(tick);
      }
      return;
    }
    group.at(tick);
    report(tick, group);
    group.pull(PATIENCE_REPORTS * config.reportNanos());
    if (group.isLeaving() && tick - leaveTick >= silence) {
      group.end();
    }
  }

  private void setTick(long tick) {
    actions.add(new Action.SetTimer(tickTimer, tick + config.reportNanos()));
  }

  /** Tells each what is delivered here, and held of those that are to go, if that is new to it. */
  private void report(long tick, Group member) {
    tell(tick, member.members().audience(), member.report(), reported);
    member
        .stance()
        .filter(GroupCodec::fits)
        .ifPresent(stance -> tell(tick, links.peers(), stance, stances));
  }

  private void tell(
      long tick, Set<PeerId> peers, GroupMessage message, Map<PeerId, GroupMessage> told) {
    ByteBuffer bytes = GroupCodec.encode(message);
    for (PeerId peer : peers) {
      if (links.isConnected(peer)
          && !message.equals(told.get(peer))
          && links.send(tick, peer, bytes) == Admission.ACCEPTED) {
        told.put(peer, message);
      }
    }
  }

  private String newActor() {
    return Names.actor(config.name(), (int) random.nextLong());
  }
}
