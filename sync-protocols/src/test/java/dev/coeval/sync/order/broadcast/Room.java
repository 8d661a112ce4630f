package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.order.link.LinkConfig;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A group in the simulator, and what must be true of it at every event. The oracle is the causal
 * history itself: each message's past is kept as the set of messages that its sender had delivered.
 */
final class Room {
  static final LinkConfig.Timing TIMING =
      new LinkConfig.Timing(20_000_000, 200_000_000, 1_000_000_000, 500_000_000, 2_000_000_000);

  final Simulation simulation;
  final SplittableRandom random;
  final List<Seat> seats = new ArrayList<>();
  private final boolean isTotal;
  private final Map<Integer, Said> said = new HashMap<>();
  private final Map<String, Set<Integer>> takenInWith = new HashMap<>();

  /** Of each actor, whom it counts as a member, and what it has delivered or begun with. */
  private final Map<String, Set<String>> views = new HashMap<>();

  private final Map<String, Set<Integer>> had = new HashMap<>();

  /** Of each actor, its messages by their numbers in the causal order. */
  private final Map<String, TreeMap<Long, Integer>> bySequence = new HashMap<>();

  private int stableChecks;

  /** A message, who said it, and all that this one had delivered before. */
  record Said(int number, String actor, Set<Integer> past) {}

  /** A host, and its present process. */
  final class Seat {
    final int number;
    final SimulatedNode node;
    final List<Report> reports = new ArrayList<>();
    BroadcastNode machine;
    String actor = "";
    final Set<Integer> delivered = new LinkedHashSet<>();
    Set<Integer> base = Set.of();
    final Map<BroadcastAnswer, Integer> answers = new HashMap<>();
    boolean ended;
    int begin;
    private int starts;

    Seat(int number, SimulatedNode node) {
      this.number = number;
      this.node = node;
      node.onReport((reading, report) -> hear(this, report));
    }

    boolean isIn() {
      return node.isRunning() && !actor.isEmpty() && !ended;
    }

    /** Says something, if it is in the group by then. */
    void say() {
      node.submit(
          now -> {
            if (!isIn()) {
              return List.of();
            }
            int message = ++numbers;
            said.put(message, new Said(message, actor, all(this)));
            ByteBuffer payload = ByteBuffer.allocate(Integer.BYTES).putInt(message).flip();
            return machine.broadcast(now, payload, answer -> onAnswer(message, answer));
          });
    }

    private void onAnswer(int message, BroadcastAnswer answer) {
      answers.merge(answer, 1, Integer::sum);
      if (answer != BroadcastAnswer.SENT) {
        said.remove(message);
      }
    }

    void leave() {
      node.submit(now -> isIn() ? machine.leave(now) : List.of());
    }

    void remove(Seat... others) {
      Set<String> actors = new HashSet<>();
      for (Seat other : others) {
        actors.add(other.actor);
      }
      node.submit(now -> isIn() ? machine.remove(now, actors) : List.of());
    }

    /** Starts a process: the first seat founds the group, the others join through some. */
    void start(List<Seat> contacts) {
      List<PeerId> peers = contacts.stream().map(each -> each.node.id()).toList();
      node.run(
          () -> {
            delivered.clear();
            base = Set.of();
            actor = "";
            ended = false;
            begin = 0;
            starts++;
            List<PeerId> others = starts == 1 ? peers : others();
            BroadcastConfig config = BroadcastConfig.joining("n" + number, others).with(TIMING);
            long seed = simulation.seedFor("broadcast " + starts, node.id());
            machine =
                isTotal
                    ? BroadcastNode.totalOrder("b", config, Keyring.empty(), seed)
                    : BroadcastNode.causal("b", config, Keyring.empty(), seed);
            return new Switchboard().add("b", machine::claims, machine);
          });
    }

    private List<PeerId> others() {
      return seats.stream().filter(each -> each != this).map(each -> each.node.id()).toList();
    }

    Group group() {
      return machine.node().group();
    }

    <T extends Report> List<T> reports(Class<T> type) {
      return reports.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public String toString() {
      return actor + " at " + node;
    }
  }

  final List<Integer> order = new ArrayList<>();
  private int numbers;

  Room(long seed, int size, boolean isTotal) {
    this.isTotal = isTotal;
    simulation = Simulation.ofSeed(seed);
    random = new SplittableRandom(seed);
    for (int i = 0; i < size; i++) {
      PeerId id = PeerId.simulated(i + 1);
      OscillatorModel model =
          OscillatorModel.offBy(Duration.ofMillis(random.nextInt(500)), random.nextInt(-80, 80));
      seats.add(new Seat(i, simulation.addNode(id, model)));
    }
  }

  static LinkModel bad() {
    return LinkModel.exponential(Duration.ofMillis(2), Duration.ofMillis(8))
        .withLoss(0.2)
        .withDuplicates(0.1, Duration.ofMillis(20))
        .withReordering(0.2, Duration.ofMillis(30))
        .withReplays(0.05, Duration.ofMillis(500))
        .withLate(0.02, Duration.ofSeconds(1));
  }

  private void hear(Seat seat, Report report) {
    seat.reports.add(report);
    if (report instanceof GroupEvent.Joined joined) {
      seat.actor = joined.self();
      seat.base = takenInWith.getOrDefault(joined.self(), Set.of());
      views.put(seat.actor, new HashSet<>(joined.members()));
    } else if (report instanceof GroupEvent.MemberJoined joined) {
      takenInWith.computeIfAbsent(joined.actor(), any -> all(seat));
      had.computeIfAbsent(joined.actor(), any -> all(seat));
      views.get(seat.actor).add(joined.actor());
    } else if (report instanceof GroupEvent.MemberLeft left) {
      views.get(seat.actor).remove(left.actor());
    } else if (report instanceof GroupEvent.Stable stable && !isTotal) {
      checkStable(seat, stable);
    } else if (report instanceof GroupEvent.Delivered delivered) {
      deliver(seat, delivered);
    } else if (report instanceof GroupEvent.Ended) {
      seat.ended = true;
    }
  }

  /**
   * B7: each member of the reporter's view has delivered the message, and all of its sender before
   * it, by now.
   */
  private void checkStable(Seat seat, GroupEvent.Stable stable) {
    Map<Long, Integer> messages = bySequence.getOrDefault(stable.sender(), new TreeMap<>());
    for (Map.Entry<Long, Integer> each : messages.entrySet()) {
      if (each.getKey() <= stable.sequence()) {
        for (String member : views.get(seat.actor)) {
          assertTrue(
              had.getOrDefault(member, Set.of()).contains(each.getValue()),
              () -> where(seat) + member + " has not delivered " + each + " of " + stable);
          stableChecks++;
        }
      }
    }
    messages.keySet().removeIf(sequence -> sequence <= stable.sequence() - 40); // checked by now
  }

  /** How often a member was found to have what is called stable. */
  int stableChecks() {
    return stableChecks;
  }

  private static Set<Integer> all(Seat seat) {
    Set<Integer> all = new HashSet<>(seat.base);
    all.addAll(seat.delivered);
    return all;
  }

  private void deliver(Seat seat, GroupEvent.Delivered delivered) {
    int number = delivered.payload().getInt(delivered.payload().position());
    Said message = said.get(number);
    assertTrue(message != null, () -> where(seat) + "delivers what was not said: " + number);
    assertEquals(message.actor, delivered.sender(), () -> where(seat));
    assertTrue(!seat.base.contains(number), () -> where(seat) + "has had " + number);
    had.computeIfAbsent(seat.actor, any -> new HashSet<>()).add(number);
    bySequence
        .computeIfAbsent(message.actor, any -> new TreeMap<>())
        .put(delivered.stamp().count(message.actor), number);
    if (isTotal) {
      deliverInTotalOrder(seat, message);
      return;
    }
    Set<Integer> lacks = new HashSet<>(message.past);
    lacks.removeAll(seat.delivered);
    lacks.removeAll(seat.base);
    assertTrue(lacks.isEmpty(), () -> where(seat) + number + " before its past: " + lacks);
    assertTrue(seat.delivered.add(number), () -> where(seat) + "delivers twice: " + number);
  }

  /** All deliver one sequence: whoever is first makes it longer, the others follow it. */
  private void deliverInTotalOrder(Seat seat, Said message) {
    int number = message.number;
    if (seat.delivered.isEmpty()) {
      seat.begin = order.contains(number) ? order.indexOf(number) : order.size();
    }
    int at = seat.begin + seat.delivered.size();
    if (at == order.size()) {
      assertTrue(order.containsAll(message.past), () -> where(seat) + number + " before its past");
      order.add(number);
    }
    assertEquals(order.get(at), number, () -> where(seat) + "in another order");
    assertTrue(seat.delivered.add(number), () -> where(seat) + "delivers twice: " + number);
  }

  String where(Seat seat) {
    return "seed " + simulation.seed() + ", " + simulation.elapsed() + ", " + seat + ": ";
  }

  Set<Integer> saidBy(String actor) {
    Set<Integer> numbers = new HashSet<>();
    said.values().stream()
        .filter(each -> each.actor.equals(actor))
        .forEach(each -> numbers.add(each.number));
    return numbers;
  }

  int said() {
    return said.size();
  }

  /** A random seat in the group says something, about every so often. */
  void talk(Duration time, Duration pause) {
    long rounds = time.toNanos() / pause.toNanos();
    for (long i = 0; i < rounds; i++) {
      Seat seat = seats.get(random.nextInt(seats.size()));
      if (seat.isIn()) {
        seat.say();
      }
      simulation.runFor(pause);
    }
  }

  /** All start; everybody joins through the first. */
  Room start() {
    seats.get(0).start(List.of());
    for (Seat seat : seats.subList(1, seats.size())) {
      seat.start(List.of(seats.get(0)));
    }
    return this;
  }

  List<Seat> present() {
    return seats.stream().filter(Seat::isIn).toList();
  }

  boolean isQuiet() {
    List<Seat> present = present();
    for (Seat seat : present) {
      if (seat.group().kept() > 0
          || seat.group().waiting() > 0
          || !seat.group().buffer().members().equals(present.get(0).group().buffer().members())
          || seat.group().buffer().members().size() != present.size()) {
        return false;
      }
    }
    return present.size() == seats.stream().filter(each -> each.node.isRunning()).count();
  }

  /** B3, if nobody has crashed: whatever anybody ever said is delivered by all. */
  void assertEverybodyHasAll() {
    for (Seat seat : seats) {
      assertEquals(said.keySet(), all(seat), () -> where(seat));
    }
  }

  /** All that are there say the same of everybody that has gone, and of its last message. */
  void assertSameLasts(int gone) {
    Set<GroupEvent.MemberLeft> first = null;
    for (Seat seat : present()) {
      Set<GroupEvent.MemberLeft> left = Set.copyOf(seat.reports(GroupEvent.MemberLeft.class));
      first = first == null ? left : first;
      assertEquals(first, left, () -> where(seat));
      assertEquals(gone, left.size(), () -> where(seat));
    }
  }

  /** Everything that anybody present has delivered or said is delivered by all present. */
  void assertQuiet(Duration within) {
    Duration end = simulation.elapsed().plus(within);
    while (!isQuiet() && simulation.elapsed().compareTo(end) < 0) {
      simulation.runFor(Duration.ofMillis(100));
    }
    Set<Integer> union = new HashSet<>();
    present().forEach(seat -> union.addAll(all(seat)));
    for (Seat seat : present()) {
      assertTrue(union.containsAll(saidBy(seat.actor)), () -> where(seat) + "lost its own");
      Set<Integer> lacks = new HashSet<>(union);
      lacks.removeAll(all(seat));
      lacks.removeAll(order.subList(0, seat.begin)); // in total order, a member begins somewhere
      assertTrue(lacks.isEmpty(), () -> where(seat) + "lacks " + lacks);
      assertEquals(0, seat.group().kept(), () -> where(seat) + "keeps");
      assertEquals(0, seat.group().waiting(), () -> where(seat) + "waits");
    }
    assertTrue(isQuiet(), () -> "seed " + simulation.seed() + ": " + seats);
  }
}
