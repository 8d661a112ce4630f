package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.causal.GroupView;
import dev.coeval.causal.MessageId;
import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.order.Explorer;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.order.link.Links;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A few members' groups, and any interleaving of what they do and hear: broadcasts arrive in any
 * order, from whoever has them; reports and stances arrive late, each channel's in their order. The
 * network is the model's: the groups' links are never connected.
 *
 * <p>A state is the list of its steps, and is made by taking them all. Two states are the same if
 * every member has gone through the same in the same order, and the same is still on its way.
 */
final class GroupModel implements Explorer.State<GroupModel> {

  /**
   * What is modelled.
   *
   * @param casts how often each member may broadcast
   * @param tells how often each may tell the others what it has
   * @param crashing who crashes once it has broadcast all, or -1
   * @param removers who may remove it then
   */
  record Rules(
      boolean isTotal,
      List<Integer> casts,
      List<Integer> tells,
      int crashing,
      Set<Integer> removers) {

    static Rules of(boolean isTotal, List<Integer> casts, List<Integer> tells) {
      return new Rules(isTotal, casts, tells, -1, Set.of());
    }

    int size() {
      return casts.size();
    }
  }

  /** What happens at one member; {@code from} and {@code number} say with what. */
  private record Step(Kind kind, int member, int from, int number) {
    private static Step of(Kind kind, int member) {
      return new Step(kind, member, 0, 0);
    }
  }

  private enum Kind {
    CAST,
    DELIVER,
    TELL,
    HEAR,
    CRASH,
    REMOVE
  }

  /** A broadcast and all that its sender had delivered before. */
  private record Sent(int sender, Cast cast, Set<Integer> past) {}

  /** One member. */
  private final class Member {
    final String name;
    final Group group;
    final Links links = new Links(TIMER, LinkConfig.of("DTST"), Keyring.empty(), 1);
    final List<Integer> got = new ArrayList<>(); // in causal order
    final List<Integer> shown = new ArrayList<>(); // to the application
    final Set<Integer> holds = new HashSet<>();
    final StringBuilder history = new StringBuilder();
    int castsLeft;
    int tellsLeft;
    List<GroupMessage> told = List.of();
    long last = -1;

    Member(int index) {
      name = NAMES.get(index);
      castsLeft = rules.casts.get(index);
      tellsLeft = rules.tells.get(index);
      Set<String> names = Set.copyOf(NAMES.subList(0, rules.size()));
      Ordering ordering = rules.isTotal ? new TotalOrdering() : new CausalOrdering();
      group = new Group(name, GroupView.of(names), 0, links, new Spy(this, ordering));
      Map<String, PeerId> others = new HashMap<>();
      names.forEach(each -> others.put(each, peer(NAMES.indexOf(each))));
      others.remove(name);
      group.begin(
          new Group.Beginning(
              others, Map.of(), new LamportTimestamp(0, "-"), new MessageId("-", 1)));
      settle();
    }

    void settle() {
      for (GroupEvent event : group.settle()) {
        if (event instanceof GroupEvent.Delivered delivered) {
          shown.add((int) delivered.payload().get(delivered.payload().position()));
        } else if (event instanceof GroupEvent.Stable stable) {
          checkStable(this, stable);
        } else if (event instanceof GroupEvent.MemberLeft left) {
          last = left.last();
        }
      }
    }

    boolean isIn(Member other) {
      return other.group.members().contains(name);
    }
  }

  /** Tells the model what is delivered in causal order. */
  private final class Spy implements Ordering {
    private final Member member;
    private final Ordering ordering;

    Spy(Member member, Ordering ordering) {
      this.member = member;
      this.ordering = ordering;
    }

    @Override
    public void begin(Set<String> members, LamportTimestamp since) {
      ordering.begin(members, since);
    }

    @Override
    public void add(Cast cast) {
      ByteBuffer payload = ((Content.Payload) cast.content()).bytes();
      int number = payload.get(payload.position());
      if (number == sent.size()) {
        sent.add(new Sent(members.indexOf(member), cast, Set.copyOf(member.got)));
      }
      assertTrue(member.got.containsAll(sent.get(number).past), () -> number + " before its past");
      assertTrue(!member.got.contains(number), () -> number + " twice");
      member.got.add(number);
      member.holds.add(number);
      ordering.add(cast);
    }

    @Override
    public void heard(String actor, long counter) {
      ordering.heard(actor, counter);
    }

    @Override
    public void join(String actor, long counter) {
      ordering.join(actor, counter);
    }

    @Override
    public void leave(String actor) {
      ordering.leave(actor);
    }

    @Override
    public List<Cast> take() {
      return ordering.take();
    }

    @Override
    public int waiting() {
      return ordering.waiting();
    }
  }

  private static final String REMOVED = Kind.REMOVE + ":";
  private static final TimerId TIMER = new TimerId("m", 0, 0);
  private static final List<String> NAMES = List.of("a", "b", "c", "d");

  private final Rules rules;
  private final List<Step> steps;
  private final List<Member> members = new ArrayList<>();
  private final List<Sent> sent = new ArrayList<>();
  private final Map<Integer, List<GroupMessage>> channels = new HashMap<>(); // from * 8 + to
  private boolean crashed;

  GroupModel(Rules rules) {
    this(rules, List.of());
  }

  private GroupModel(Rules rules, List<Step> steps) {
    this.rules = rules;
    this.steps = steps;
    for (int i = 0; i < rules.size(); i++) {
      members.add(new Member(i));
    }
    steps.forEach(this::take);
  }

  private static PeerId peer(int member) {
    return PeerId.simulated(1 + member);
  }

  private boolean isDead(int member) {
    return crashed && member == rules.crashing;
  }

  private List<GroupMessage> channel(int from, int to) {
    return channels.computeIfAbsent(from * 8 + to, any -> new ArrayList<>());
  }

  private void take(Step step) {
    Member member = members.get(step.member);
    member.history.append(step.kind).append(':').append(step.from).append(step.number).append(' ');
    switch (step.kind) {
      case CAST -> {
        member.castsLeft--;
        ByteBuffer payload = ByteBuffer.allocate(1).put((byte) sent.size()).flip();
        member.group.broadcast(new Content.Payload(payload), 100);
      }
      case DELIVER -> {
        Cast cast = sent.get(step.number).cast;
        member.holds.add(step.number);
        member.group.onMessage(peer(step.from), new GroupMessage.Spread(cast));
      }
      case TELL -> {
        member.tellsLeft--;
        member.told = words(member);
        for (int to = 0; to < members.size(); to++) {
          if (to != step.member && !isDead(to)) {
            channel(step.member, to).addAll(member.told);
          }
        }
      }
      case HEAR ->
          member.group.onMessage(peer(step.from), channel(step.from, step.member).remove(0));
      case CRASH -> crashed = true;
      case REMOVE -> member.group.remove(Set.of(NAMES.get(rules.crashing)));
    }
    if (step.kind != Kind.CRASH) {
      member.settle();
    }
  }

  /** What a member tells the others in its turn. */
  private List<GroupMessage> words(Member member) {
    List<GroupMessage> words = new ArrayList<>();
    words.add(member.group.report());
    member.group.stance().ifPresent(words::add);
    return words;
  }

  @Override
  public List<GroupModel> next() {
    List<Step> next = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      if (!isDead(i)) {
        addNext(i, next);
      }
    }
    if (!crashed && rules.crashing >= 0 && members.get(rules.crashing).castsLeft == 0) {
      next.add(Step.of(Kind.CRASH, rules.crashing));
    }
    List<GroupModel> states = new ArrayList<>();
    for (Step step : next) {
      List<Step> longer = new ArrayList<>(steps);
      longer.add(step);
      states.add(new GroupModel(rules, longer));
    }
    return states;
  }

  private void addNext(int i, List<Step> next) {
    Member member = members.get(i);
    if (member.castsLeft > 0) {
      next.add(Step.of(Kind.CAST, i));
    }
    for (int number = 0; number < sent.size(); number++) {
      int holder = holder(number, i);
      if (!member.holds.contains(number) && holder >= 0) {
        next.add(new Step(Kind.DELIVER, i, holder, number));
      }
    }
    if (member.tellsLeft > 0 && i != rules.crashing && !words(member).equals(member.told)) {
      next.add(Step.of(Kind.TELL, i));
    }
    for (int from = 0; from < members.size(); from++) {
      if (!channel(from, i).isEmpty()) {
        next.add(new Step(Kind.HEAR, i, from, 0));
      }
    }
    if (crashed && rules.removers.contains(i) && !member.history.toString().contains(REMOVED)) {
      next.add(Step.of(Kind.REMOVE, i));
    }
  }

  /** Somebody alive who can give it: its sender first. */
  private int holder(int number, int to) {
    int sender = sent.get(number).sender;
    if (!isDead(sender)) {
      return sender;
    }
    for (int i = 0; i < members.size(); i++) {
      if (i != to && !isDead(i) && members.get(i).holds.contains(number)) {
        return i;
      }
    }
    return -1;
  }

  private void checkStable(Member reporter, GroupEvent.Stable stable) {
    for (int number = 0; number < sent.size(); number++) {
      Cast cast = sent.get(number).cast;
      if (cast.stamp().sender().equals(stable.sender())
          && cast.stamp().sequence() <= stable.sequence()) {
        for (Member each : members) {
          if (each == reporter || each.isIn(reporter)) {
            assertTrue(each.got.contains(number), () -> trail() + each.name + ": " + stable);
          }
        }
      }
    }
  }

  /** Of each state: all have been shown the beginnings of one sequence, if that is the order. */
  void check() {
    for (Member one : members) {
      for (Member other : members) {
        int both = Math.min(one.shown.size(), other.shown.size());
        if (rules.isTotal && rules.crashing < 0) {
          assertEquals(one.shown.subList(0, both), other.shown.subList(0, both), this::trail);
        }
      }
      if (!rules.isTotal) {
        assertEquals(one.got, one.shown, this::trail);
      }
      if (one.last >= 0) {
        members.stream()
            .filter(each -> each.last >= 0)
            .forEach(each -> assertEquals(one.last, each.last, this::trail));
      }
    }
  }

  /**
   * Of each end: once those that live have told one another a few times all that they can, and
   * given what they hold, all have been shown the same, and none keeps anything.
   */
  void checkEnd() {
    GroupModel model = new GroupModel(rules, steps);
    model.comeTogether();
    List<Integer> shown = null;
    for (int i = 0; i < members.size(); i++) {
      if (!model.isDead(i)) {
        Member member = model.members.get(i);
        shown = shown == null ? member.shown : shown;
        assertEquals(Set.copyOf(shown), Set.copyOf(member.shown), this::trail);
        if (rules.isTotal) {
          assertEquals(shown, member.shown, this::trail);
        }
        assertEquals(0, member.group.waiting(), this::trail);
        assertEquals(0, member.group.kept(), this::trail);
        assertEquals(rules.crashing < 0 ? -1 : model.lastOf(shown), member.last, this::trail);
      }
    }
    if (rules.crashing < 0) {
      assertEquals(model.sent.size(), shown.size(), this::trail);
    }
  }

  private long lastOf(List<Integer> shown) {
    return shown.stream().filter(each -> sent.get(each).sender == rules.crashing).count();
  }

  private void comeTogether() {
    for (int round = 0; round < 8; round++) {
      for (int i = 0; i < members.size(); i++) {
        if (!isDead(i)) {
          if (round == 0 && crashed && rules.removers.contains(i)) {
            take(Step.of(Kind.REMOVE, i));
          }
          for (int number = 0; number < sent.size(); number++) {
            if (holder(number, i) >= 0) {
              take(new Step(Kind.DELIVER, i, holder(number, i), number));
            }
          }
          take(Step.of(Kind.TELL, i));
          for (int to = 0; to < members.size(); to++) {
            while (!isDead(to) && !channel(i, to).isEmpty()) {
              take(new Step(Kind.HEAR, to, i, 0));
            }
          }
        }
      }
    }
  }

  String trail() {
    return steps + " ";
  }

  @Override
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    for (Member member : members) {
      text.append(member.history).append('|').append(member.tellsLeft).append('|');
    }
    sent.forEach(each -> text.append(each.sender));
    return text.append(channels).append(crashed).toString();
  }
}
