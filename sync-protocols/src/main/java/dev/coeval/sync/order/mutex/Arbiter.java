package dev.coeval.sync.order.mutex;

import dev.coeval.logical.lamport.LamportClock;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.sync.order.mutex.Message.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One member's part in deciding who enters: messages come in, messages go out. What both algorithms
 * share is here: how a member comes (back) into its group, and the life of its own request.
 *
 * <p><b>Coming in.</b> A member that starts has no memory. It must not ask with a stamp that is
 * smaller than that of a request which is already granted: the holder's answer to it would let it
 * in. So it says HELLO to all, and asks for nothing until each has sent a WELCOME, which brings its
 * counter past theirs and names their open requests. Whoever hears a HELLO forgets what an earlier
 * life of that member wanted: it is over. This much needs channels that are FIFO, and on which
 * nothing of an earlier life is taken after something of the next.
 */
abstract class Arbiter {

  /** A message to a member. */
  record Outgoing(String to, Message message) {}

  final String self;

  /** The other members that are still in the group. */
  final SortedSet<String> others;

  final LamportClock clock;

  /** Who has not yet sent a WELCOME. */
  private final SortedSet<String> unmet;

  private final List<Outgoing> outgoing = new ArrayList<>();
  private @Nullable LamportTimestamp mine;
  private boolean wanted;
  private boolean inside;

  Arbiter(String self, Collection<String> others, long aboveCounter) {
    this.self = self;
    this.others = new TreeSet<>(others);
    this.unmet = new TreeSet<>(others);
    this.clock = LamportClock.resumeAbove(self, aboveCounter);
  }

  /** The same state once more, for whoever wants to try two ways on. */
  Arbiter(Arbiter like) {
    this.self = like.self;
    this.others = new TreeSet<>(like.others);
    this.unmet = new TreeSet<>(like.unmet);
    this.clock = LamportClock.resumeAbove(self, like.clock.latest().counter());
    this.outgoing.addAll(like.outgoing);
    this.mine = like.mine;
    this.wanted = like.wanted;
    this.inside = like.inside;
  }

  abstract Arbiter copy();

  /** One's own request is about to be sent to all. */
  abstract void asked(LamportTimestamp request);

  /** Who has not yet let this request in; a new set. */
  abstract SortedSet<String> missing(LamportTimestamp request);

  /** One's own request is over, whether it was granted or not. */
  abstract void left(LamportTimestamp request);

  abstract void onRequest(String from, LamportTimestamp request);

  abstract void onReply(String from, Message reply);

  abstract void onRelease(String from, Message release);

  /** Any message of a member has been received: its counter says what it knows. */
  abstract void heard(String from, long counter);

  /** A member's earlier life, or the member itself, is over. */
  abstract void forget(String member);

  abstract String describe();

  final void start() {
    others.forEach(other -> send(other, Kind.HELLO, Message.NONE));
  }

  /** Wants to enter: at once if all have welcomed this member, and as soon as they have if not. */
  final void request() {
    if (wanted || mine != null) {
      throw new IllegalStateException("there is a request already");
    }
    wanted = true;
    proceed();
  }

  /** Leaves, or gives a request up. */
  final void release() {
    LamportTimestamp over = mine;
    if (over == null && !wanted) {
      throw new IllegalStateException("there is no request");
    }
    wanted = false;
    mine = null;
    inside = false;
    if (over != null) {
      left(over);
    }
  }

  /** Takes a message of a member; what is of nobody in the group is not for here. */
  final void receive(String from, Message message) {
    clock.receive(new LamportTimestamp(message.counter(), from));
    heard(from, message.counter());
    switch (message.kind()) {
      case HELLO -> {
        forget(from);
        unmet.remove(from); // who has just started has no open request
        send(from, Kind.WELCOME, mine == null ? Message.NONE : mine.counter());
      }
      case WELCOME -> {
        unmet.remove(from);
        if (message.request() != Message.NONE) {
          onRequest(from, new LamportTimestamp(message.request(), from));
        }
      }
      case REQUEST -> onRequest(from, new LamportTimestamp(message.request(), from));
      case REPLY -> onReply(from, message);
      case RELEASE -> onRelease(from, message);
    }
    proceed();
  }

  /** Goes on without a member, for good. */
  final void remove(String member) {
    others.remove(member);
    unmet.remove(member);
    forget(member);
    proceed();
  }

  final boolean hasMember(String name) {
    return others.contains(name);
  }

  final boolean isInside() {
    return inside;
  }

  final boolean isWaiting() {
    return wanted || (mine != null && !inside);
  }

  /** Whom this member waits for: to welcome it, or to let it in. */
  final SortedSet<String> waitsFor() {
    if (mine != null && !inside) {
      return missing(mine);
    }
    return new TreeSet<>(unmet);
  }

  final boolean isWelcome() {
    return unmet.isEmpty();
  }

  final @Nullable LamportTimestamp mine() {
    return mine;
  }

  final List<Outgoing> takeOutgoing() {
    List<Outgoing> taken = List.copyOf(outgoing);
    outgoing.clear();
    return taken;
  }

  final void send(String to, Kind kind, long request) {
    outgoing.add(new Outgoing(to, new Message(kind, clock.latest().counter(), request)));
  }

  private void proceed() {
    if (wanted && unmet.isEmpty()) {
      wanted = false;
      LamportTimestamp request = clock.tick();
      mine = request;
      asked(request);
      others.forEach(other -> send(other, Kind.REQUEST, request.counter()));
    }
    if (mine != null && !inside && missing(mine).isEmpty()) {
      inside = true;
    }
  }

  /** The whole state as text: equal texts are equal states. */
  @Override
  public final String toString() {
    return self
        + clock.latest().counter()
        + (wanted ? "w" : "")
        + (inside ? "!" : "")
        + (mine == null ? "" : mine.counter())
        + (unmet.isEmpty() ? "" : unmet)
        + others.size()
        + describe();
  }
}
