package dev.coeval.sync.order.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.order.link.LinkConfig.Order;
import dev.coeval.sync.sim.LinkModel;
import dev.coeval.sync.sim.OscillatorModel;
import dev.coeval.sync.sim.SimulatedNode;
import dev.coeval.sync.sim.Simulation;
import dev.coeval.sync.wire.Keyring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two ends that talk over a bad link. The oracle numbers the messages of each life of a process: a
 * message is handed on at most once, never before it was said, in FIFO in its place, and never to
 * another life than the sender was connected with.
 */
final class LinkScenarioTest {
  private static final Duration TICK = Duration.ofMillis(10);

  /** One end and what it heard in its present life. */
  private static final class End {
    final SimulatedNode node;
    final List<Report> reports = new ArrayList<>();
    final List<Long> heard = new ArrayList<>();
    final List<Admission> answers = new ArrayList<>();
    Talker talker;
    long said;

    End(SimulatedNode node) {
      this.node = node;
    }
  }

  private final Map<PeerId, End> ends = new HashMap<>();
  private final Set<Long> everSaid = new HashSet<>();
  private Simulation simulation;
  private Order order = Order.FIFO;
  private End one;
  private End two;

  private void begin(long seed, LinkModel model) {
    simulation = Simulation.ofSeed(seed);
    simulation.defaultLink(model);
    one = end(1, 2, seed);
    two = end(2, 1, seed);
  }

  private End end(int number, int other, long seed) {
    PeerId id = PeerId.simulated(number);
    End end = new End(simulation.addNode(id, OscillatorModel.offBy(TICK, number * 40)));
    ends.put(id, end);
    end.node.onReport((reading, report) -> hear(end, report));
    end.node.run(
        () -> {
          end.heard.clear();
          LinkConfig config = LinkConfig.of("DTST").with(order).withStrangers(other == 1);
          List<PeerId> peers = other == 1 ? List.of() : List.of(PeerId.simulated(other));
          long own = seed * 31 + number + 100 * simulation.elapsed().toMillis();
          end.talker = new Talker(config, peers, Keyring.empty(), own);
          return end.talker.board();
        });
    return end;
  }

  private void hear(End end, Report report) {
    end.reports.add(report);
    if (report instanceof LinkEvent.Received received) {
      long number = received.message().getLong(received.message().position());
      assertTrue(everSaid.contains(number), () -> "invented: " + number);
      assertFalse(end.heard.contains(number), () -> "twice: " + number);
      if (order == Order.FIFO && !end.heard.isEmpty()) {
        assertEquals(end.heard.get(end.heard.size() - 1) + 1, number, "out of its place");
      }
      end.heard.add(number);
    } else if (report instanceof LinkEvent.Restarted) {
      end.heard.clear();
    }
  }

  /** The end says something, if its link takes it. */
  private void talk(End end, PeerId to) {
    end.node.submit(
        now -> {
          if (!end.talker.links.isConnected(to)) {
            return List.of();
          }
          long number = (to.equals(one.node.id()) ? 1_000_000_000L : 0) + end.said;
          Admission answer = end.talker.say(now, to, number);
          end.answers.add(answer);
          if (answer == Admission.ACCEPTED) {
            end.said++;
            everSaid.add(number);
          }
          return end.talker.links.takeActions(now.tickNanos());
        });
  }

  private void talkFor(Duration duration) {
    long rounds = duration.toMillis() / TICK.toMillis();
    for (long i = 0; i < rounds; i++) {
      talk(one, two.node.id());
      talk(two, one.node.id());
      simulation.runFor(TICK);
    }
  }

  private static LinkModel bad() {
    return LinkModel.exponential(Duration.ofMillis(2), Duration.ofMillis(8))
        .withLoss(0.25)
        .withDuplicates(0.1, Duration.ofMillis(20))
        .withReordering(0.2, Duration.ofMillis(30))
        .withReplays(0.05, Duration.ofMillis(500))
        .withLate(0.02, Duration.ofSeconds(1));
  }

  private void assertAllHeard() {
    assertEquals(one.said, two.heard.size(), () -> "seed " + simulation.seed());
    assertEquals(two.said, one.heard.size(), () -> "seed " + simulation.seed());
    assertEquals(0, one.talker.links.unacknowledged(two.node.id()));
    assertEquals(0, two.talker.links.waiting(one.node.id()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldHandOnEveryMessageOnceWhenLinkIsBad(long seed) {
    for (Order each : Order.values()) {
      order = each;
      everSaid.clear();
      begin(seed, bad());
      talkFor(Duration.ofSeconds(10));
      simulation.partition(List.of(one.node));
      talkFor(Duration.ofSeconds(7));
      assertTrue(one.reports.contains(new LinkEvent.Silent(two.node.id())));
      assertTrue(one.answers.contains(Admission.WINDOW_FULL));
      simulation.heal();
      talkFor(Duration.ofSeconds(5));
      simulation.defaultLink(LinkModel.fixed(Duration.ofMillis(5)));
      simulation.runFor(Duration.ofSeconds(20));
      assertTrue(one.said > 300 && two.said > 300, () -> one.said + " " + two.said);
      assertAllHeard();
      assertTrue(one.reports.contains(new LinkEvent.HeardAgain(two.node.id())));
    }
  }
}
