package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Laws B7 and B8: a group that members join and leave while messages are under way. Every message
 * reaches everybody at some time, in any order and more than once; views are agreed.
 */
final class BroadcastMembershipProperties {

  private static final int STEPS = 120;

  /** One run, with all that was sent, and what was delivered, as sets. */
  private static final class Group {
    private final Random random;
    private final Map<String, CausalBroadcastBuffer<Set<MessageId>>> members = new TreeMap<>();
    private final Map<String, Set<MessageId>> delivered = new HashMap<>();

    /** Each says as its content which messages its sender had delivered. */
    private final List<BroadcastMessage<Set<MessageId>>> sent = new ArrayList<>();

    private final List<Runnable> reports = new ArrayList<>();
    private int joined = 3;

    private Group(Random random) {
      this.random = random;
      for (String name : List.of("m0", "m1", "m2")) {
        add(name, GroupView.of(Set.of("m0", "m1", "m2")), Set.of());
      }
    }

    private void add(String name, GroupView view, Set<MessageId> baseline) {
      delivered.put(name, new HashSet<>(baseline));
      members.put(
          name, CausalBroadcastBuffer.of(name, view, DeliveryLimits.DEFAULT, checkStable()));
    }

    private StabilityListener checkStable() {
      Map<String, Long> before = new HashMap<>();
      return (sender, sequence) -> {
        Long last = before.put(sender, sequence);
        assertTrue(last == null || last < sequence, "told once");
        checkStable(sender, sequence);
      };
    }

    /** Law B7: whoever is a member has it. */
    private void checkStable(String sender, long sequence) {
      members
          .values()
          .forEach(member -> assertTrue(member.delivered().count(sender) >= sequence, "b7"));
    }

    private String anyone() {
      return List.copyOf(members.keySet()).get(random.nextInt(members.size()));
    }

    private void step() {
      String one = anyone();
      switch (random.nextInt(8)) {
        case 0, 1 -> send(one);
        case 2 -> report(one);
        case 3 ->
            reports.stream()
                .skip(random.nextInt(reports.size() + 1))
                .findFirst()
                .ifPresent(Runnable::run);
        default ->
            sent.stream()
                .skip(random.nextInt(sent.size() + 1))
                .findFirst()
                .ifPresent(message -> offer(one, message));
      }
      if (random.nextInt(40) == 0) {
        join(one);
      } else if (members.size() > 2 && random.nextInt(40) == 0) {
        leave(one);
      }
    }

    private void send(String one) {
      Set<MessageId> past = Set.copyOf(delivered.get(one));
      BroadcastStamp stamp = members.get(one).send();
      assertTrue(delivered.get(one).add(stamp.id()));
      sent.add(new BroadcastMessage<>(stamp, past));
    }

    private boolean offer(String one, BroadcastMessage<Set<MessageId>> message) {
      var result = members.get(one).offer(message.stamp(), message.content());
      for (BroadcastMessage<Set<MessageId>> delivery : result.deliveries()) {
        assertTrue(delivered.get(one).containsAll(delivery.content()), "b1");
        assertTrue(delivered.get(one).add(delivery.stamp().id()), "b2");
      }
      return !result.deliveries().isEmpty();
    }

    private void report(String one) {
      var counts = members.get(one).delivered();
      reports.add(() -> members.values().forEach(buffer -> buffer.acknowledge(one, counts)));
    }

    private void join(String sponsor) {
      String name = "m" + joined++;
      GroupView view = members.get(sponsor).view();
      members.values().forEach(member -> member.join(name));
      add(name, view, delivered.get(sponsor));
    }

    private void leave(String one) {
      members.remove(one);
      long last =
          members.values().stream()
              .mapToLong(member -> member.delivered().count(one))
              .max()
              .orElseThrow();
      members.values().forEach(member -> member.leave(one, last));
    }

    /** Law B8: whoever is left has the same messages, and waits for none. */
    private void settle() {
      boolean moved = true;
      while (moved) {
        moved = false;
        for (String member : members.keySet()) {
          for (BroadcastMessage<Set<MessageId>> message : sent) {
            moved |= offer(member, message);
          }
        }
      }
      members.keySet().forEach(this::report);
      reports.forEach(Runnable::run);
      Set<MessageId> everything = delivered.get(anyone());
      members.forEach(
          (name, buffer) -> {
            assertEquals(everything, delivered.get(name), "b8");
            assertEquals(0, buffer.pending(), "b4");
            assertEquals(List.of(), buffer.missing());
            assertEquals(buffer.delivered(), buffer.stable(), "b7");
            assertEquals(members.keySet(), buffer.members());
          });
    }
  }

  @Property(tries = 500)
  void b8ShouldAgreeOnAllThatIsDeliveredWhenMembersComeAndGo(@ForAll long seed) {
    Group group = new Group(new Random(seed));
    for (int step = 0; step < STEPS; step++) {
      group.step();
    }
    group.settle();
  }
}
