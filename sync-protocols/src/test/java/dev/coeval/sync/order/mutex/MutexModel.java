package dev.coeval.sync.order.mutex;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.sync.order.Explorer;
import dev.coeval.sync.order.mutex.Arbiter.Outgoing;
import dev.coeval.sync.order.mutex.Message.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A few members, channels that lose nothing, and any interleaving: a member asks, leaves, is
 * restarted; a channel delivers its first message, or any if it is not FIFO.
 */
final class MutexModel implements Explorer.State<MutexModel> {
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  private final Arbiter[] members;
  private final List<List<Message>> channels; // from * n + to
  private final int[] asksLeft;
  private final int[] restartsLeft;
  private final int[] withdrawalsLeft;
  private int mayDie = -1;
  private int dead = -1;
  private final Rules rules;
  private final Map<Kind, Integer> sent = new EnumMap<>(Kind.class);
  private LamportTimestamp lastGrant = new LamportTimestamp(0, "-");
  private int entries;
  private Trail trail;

  /** How a state was reached. */
  private record Trail(Trail before, int member, Object what) {}

  /** What is modelled. */
  record Rules(MutexAlgorithm algorithm, boolean fifo, boolean deliversToNextLife) {}

  MutexModel(Rules rules, int size, int asks) {
    this.rules = rules;
    members = new Arbiter[size];
    channels = new ArrayList<>();
    for (int i = 0; i < size * size; i++) {
      channels.add(List.of());
    }
    asksLeft = new int[size];
    Arrays.fill(asksLeft, asks);
    restartsLeft = new int[size];
    withdrawalsLeft = new int[size];
    for (int i = 0; i < size; i++) {
      start(i);
    }
  }

  private MutexModel(MutexModel like) {
    rules = like.rules;
    members = like.members.clone();
    channels = new ArrayList<>(like.channels);
    asksLeft = like.asksLeft.clone();
    restartsLeft = like.restartsLeft.clone();
    withdrawalsLeft = like.withdrawalsLeft.clone();
    mayDie = like.mayDie;
    dead = like.dead;
    sent.putAll(like.sent);
    lastGrant = like.lastGrant;
    entries = like.entries;
    trail = like.trail;
  }

  /** The same, with everybody welcomed by all, in one particular way. */
  MutexModel settled() {
    MutexModel model = new MutexModel(this);
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int i = 0; i < channels.size(); i++) {
        while (!model.channels.get(i).isEmpty()) {
          model = model.delivered(i, 0);
          moved = true;
        }
      }
    }
    model.sent.clear();
    return model;
  }

  MutexModel withRestarts(int member, int restarts) {
    MutexModel model = new MutexModel(this);
    model.restartsLeft[member] = restarts;
    return model;
  }

  MutexModel withWithdrawal(int member) {
    MutexModel model = new MutexModel(this);
    model.withdrawalsLeft[member] = 1;
    return model;
  }

  /** This member may crash for good, at any moment; the others then remove it, at any moment. */
  MutexModel withDeath(int member) {
    MutexModel model = new MutexModel(this);
    model.mayDie = member;
    return model;
  }

  MutexModel withAsks(int... asks) {
    MutexModel model = new MutexModel(this);
    System.arraycopy(asks, 0, model.asksLeft, 0, asks.length);
    return model;
  }

  int entries() {
    return entries;
  }

  int sent(Kind kind) {
    return sent.getOrDefault(kind, 0);
  }

  Map<Kind, Integer> sent() {
    return sent;
  }

  String trail() {
    StringBuilder text = new StringBuilder();
    for (Trail step = trail; step != null; step = step.before) {
      text.insert(0, NAMES.get(step.member) + " " + step.what + "; ");
    }
    return text.toString();
  }

  int insideCount() {
    return (int) alive().filter(Arbiter::isInside).count();
  }

  boolean isAllServed() {
    return alive().noneMatch(Arbiter::isWaiting)
        && alive().allMatch(member -> member.isWelcome())
        && IntStream.range(0, members.length).allMatch(i -> i == dead || asksLeft[i] == 0);
  }

  private Stream<Arbiter> alive() {
    return IntStream.range(0, members.length).filter(i -> i != dead).mapToObj(i -> members[i]);
  }

  @Override
  public List<MutexModel> next() {
    List<MutexModel> next = new ArrayList<>();
    for (int i = 0; i < members.length; i++) {
      if (i != dead) {
        addOwnMoves(next, i);
      }
    }
    for (int i = 0; i < channels.size(); i++) {
      if (i % members.length == dead) {
        continue; // nobody there
      }
      int choices = rules.fifo ? Math.min(1, channels.get(i).size()) : channels.get(i).size();
      for (int at = 0; at < choices; at++) {
        next.add(delivered(i, at));
      }
    }
    return next;
  }

  private void addOwnMoves(List<MutexModel> next, int i) {
    if (members[i].isInside()) {
      next.add(step(i, Arbiter::release, "leaves"));
    } else if (members[i].isWaiting() && withdrawalsLeft[i] > 0) {
      MutexModel withdrawn = step(i, Arbiter::release, "gives up");
      withdrawn.withdrawalsLeft[i]--;
      next.add(withdrawn);
    } else if (!members[i].isWaiting() && asksLeft[i] > 0) {
      MutexModel asked = step(i, Arbiter::request, "asks");
      asked.asksLeft[i]--;
      next.add(asked);
    }
    if (restartsLeft[i] > 0) {
      next.add(restarted(i));
    }
    if (dead >= 0 && members[i].hasMember(NAMES.get(dead))) {
      MutexModel model = new MutexModel(this);
      model.channels.set(dead * members.length + i, List.of());
      next.add(model.act(i, member -> member.remove(NAMES.get(dead)), "removes the dead"));
    }
    if (mayDie == i) {
      MutexModel model = new MutexModel(this);
      model.mayDie = -1;
      model.dead = i;
      model.trail = new Trail(trail, i, "dies");
      next.add(model);
    }
  }

  private MutexModel delivered(int channel, int at) {
    int from = channel / members.length;
    int to = channel % members.length;
    Message message = channels.get(channel).get(at);
    MutexModel model = new MutexModel(this);
    model.channels.set(channel, without(channels.get(channel), at));
    if (message.kind() == Kind.HELLO) {
      model.nextLifeHeard(from, to);
    }
    return model.act(to, member -> member.receive(NAMES.get(from), message), message);
  }

  /** What is under way to the earlier life is sent again to the next one, or never arrives. */
  private void nextLifeHeard(int from, int to) {
    if (!rules.deliversToNextLife) {
      List<Message> kept = new ArrayList<>();
      channels.get(to * members.length + from).stream()
          .filter(message -> message.kind() == Kind.HELLO)
          .forEach(kept::add);
      channels.set(to * members.length + from, List.copyOf(kept));
    }
  }

  private MutexModel restarted(int member) {
    MutexModel model = new MutexModel(this);
    model.restartsLeft[member]--;
    model.trail = new Trail(trail, member, "restarts");
    for (int other = 0; other < members.length; other++) {
      // a link tells lives apart: after the HELLO nothing of the earlier one is taken
      model.channels.set(member * members.length + other, List.of());
      if (!rules.deliversToNextLife) {
        model.channels.set(other * members.length + member, hellos(other, member));
      }
    }
    model.start(member);
    return model;
  }

  private List<Message> hellos(int from, int to) {
    return channels.get(from * members.length + to).stream()
        .filter(message -> message.kind() == Kind.HELLO)
        .toList();
  }

  private MutexModel step(int member, Consumer<Arbiter> what, Object text) {
    return new MutexModel(this).act(member, what, text);
  }

  private MutexModel act(int member, Consumer<Arbiter> what, Object text) {
    Arbiter changed = members[member].copy();
    boolean before = changed.isInside();
    what.accept(changed);
    members[member] = changed;
    trail = new Trail(trail, member, text);
    if (changed.isInside() && !before) {
      entries++;
      LamportTimestamp grant = changed.mine();
      assertTrue(
          lastGrant.compareTo(grant) < 0, () -> lastGrant + " before " + grant + " " + trail());
      lastGrant = grant;
    }
    post(member);
    return this;
  }

  private void start(int i) {
    List<String> others = new ArrayList<>(NAMES.subList(0, members.length));
    others.remove(i);
    members[i] = rules.algorithm.newArbiter(NAMES.get(i), others, 0);
    members[i].start();
    post(i);
  }

  private void post(int from) {
    for (Outgoing out : members[from].takeOutgoing()) {
      int channel = from * members.length + NAMES.indexOf(out.to());
      List<Message> longer = new ArrayList<>(channels.get(channel));
      longer.add(out.message());
      channels.set(channel, List.copyOf(longer));
      sent.merge(out.message().kind(), 1, Integer::sum);
    }
  }

  private static List<Message> without(List<Message> messages, int at) {
    List<Message> shorter = new ArrayList<>(messages);
    shorter.remove(at);
    return List.copyOf(shorter);
  }

  @Override
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    for (Arbiter member : members) {
      text.append(member).append('|');
    }
    for (List<Message> channel : channels) {
      for (Message message : channel) {
        text.append(message.kind().code())
            .append(message.counter())
            .append('.')
            .append(message.request())
            .append(',');
      }
      text.append('|');
    }
    return text.append(Arrays.toString(asksLeft))
        .append(Arrays.toString(restartsLeft))
        .append(Arrays.toString(withdrawalsLeft))
        .append(mayDie)
        .append(dead)
        .append(sent.values())
        .append(lastGrant)
        .toString();
  }
}
