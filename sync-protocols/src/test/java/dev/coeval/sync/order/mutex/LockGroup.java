package dev.coeval.sync.order.mutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.lamport.LamportTimestamp;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Members in a simulation that ask, stay inside for a while, leave, and ask again; and a witness
 * who sees who is inside and with which token, at every grant. With an odd seed members save no
 * tokens, and those of a group that all forgot may begin anew.
 */
final class LockGroup {
  final Simulation simulation;
  final List<Member> members = new ArrayList<>();
  private final MutexAlgorithm algorithm;
  private final SplittableRandom random;
  private Member inside;
  private LamportTimestamp greatest = new LamportTimestamp(0, "-");
  private int lives;
  private final boolean savesTokens;
  private boolean calm;

  /** A member's host, and its owner's part. */
  final class Member {
    final String name;
    final SimulatedNode node;
    final List<Report> reports = new ArrayList<>();
    MutualExclusion machine;
    int entries;
    int life;

    Member(String name, SimulatedNode node) {
      this.name = name;
      this.node = node;
      node.onReport((reading, report) -> hear(this, report));
    }

    private Switchboard board() {
      life = ++lives;
      Map<String, PeerId> others = new TreeMap<>();
      members.stream().filter(other -> other != this).forEach(o -> others.put(o.name, o.node.id()));
      MutexConfig config = MutexConfig.of(name, others, algorithm);
      config = savesTokens ? config.above(greatest.counter()) : config;
      long seed = simulation.seedFor("mutex " + life, node.id());
      machine = new MutualExclusion("lock", config, Keyring.empty(), seed);
      askLater(this);
      return new Switchboard().add("lock", first -> first == MutualExclusion.FIRST_BYTE, machine);
    }

    void kill() {
      node.kill();
      leave();
    }

    void restart() {
      leave();
      node.restart();
    }

    private void leave() {
      if (inside == this) {
        inside = null;
      }
    }
  }

  LockGroup(long seed, int size, MutexAlgorithm algorithm) {
    this.algorithm = algorithm;
    simulation = Simulation.ofSeed(seed);
    savesTokens = seed % 2 == 0;
    random = new SplittableRandom(seed);
    for (int i = 0; i < size; i++) {
      OscillatorModel model = OscillatorModel.offBy(Duration.ofMillis(i), 40 - 20 * i);
      SimulatedNode node = simulation.addNode(PeerId.simulated(i + 1), model);
      members.add(new Member(String.valueOf((char) ('a' + i)), node));
    }
  }

  LockGroup start() {
    members.forEach(member -> member.node.run(member::board));
    return this;
  }

  /** No more new requests: what is open is to be served. */
  void calmDown() {
    calm = true;
  }

  boolean isQuiet() {
    return members.stream()
        .filter(member -> member.node.isRunning())
        .allMatch(member -> member.machine.phase() == MutexPhase.IDLE);
  }

  int entries() {
    return members.stream().mapToInt(member -> member.entries).sum();
  }

  long messages() {
    return members.stream().mapToLong(member -> member.machine.messages()).sum();
  }

  private void hear(Member member, Report report) {
    member.reports.add(report);
    if (report instanceof Granted granted) {
      String about = "seed " + simulation.seed() + ": " + granted + " to " + member.name;
      assertEquals(null, inside == null ? null : inside.name, about);
      boolean isGreater = greatest.compareTo(granted.token()) < 0;
      assertTrue(isGreater || !savesTokens, () -> about + " after " + greatest);
      greatest = isGreater ? granted.token() : greatest;
      inside = member;
      member.entries++;
      leaveLater(member);
    }
  }

  private void leaveLater(Member member) {
    int life = member.life;
    after(
        random.nextInt(20_000),
        () ->
            member.node.submit(
                now -> {
                  assertEquals(life, member.life);
                  member.leave();
                  askLater(member);
                  return member.machine.release(now);
                }),
        member);
  }

  private void askLater(Member member) {
    after(
        random.nextInt(50_000),
        () -> {
          if (!calm) {
            member.node.submit(now -> ask(member, now));
          }
        },
        member);
  }

  private List<Action> ask(Member member, ClockReading now) {
    return member.machine.request(now);
  }

  private void after(long micros, Runnable action, Member member) {
    int life = member.life;
    simulation.at(
        simulation.elapsed().plusNanos(micros * 1_000),
        () -> {
          if (member.life == life && member.node.isRunning()) {
            action.run();
          }
        });
  }
}
