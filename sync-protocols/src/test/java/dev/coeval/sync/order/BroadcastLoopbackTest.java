package dev.coeval.sync.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.order.broadcast.BroadcastConfig;
import dev.coeval.sync.order.broadcast.BroadcastNode;
import dev.coeval.sync.order.broadcast.GroupEvent;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import dev.coeval.time.ClockReader;
import dev.coeval.time.ClockReading;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three nodes on real sockets, each of which loses a fifth of what arrives: questions, answers. */
@Timeout(60)
final class BroadcastLoopbackTest {
  private static final ClockReader CLOCK = ClockReader.system();
  private static final Keyring KEYS =
      Keyring.required(List.of(SharedKey.ofText(1, "a secret of the whole group")));
  private static final int QUESTIONS = 20;
  private static final long PATIENCE_NANOS = 40_000_000_000L;

  /** A node that answers each question that is not its own. */
  private static final class Talker implements AutoCloseable {
    final List<String> heard = new ArrayList<>();
    final BroadcastNode node;
    final UdpRuntime runtime;
    final boolean answers;
    boolean joined;

    Talker(String name, List<PeerId> contacts, long seed) throws Exception {
      answers = !contacts.isEmpty();
      BroadcastConfig config = BroadcastConfig.joining(name, contacts);
      node = BroadcastNode.causal("chat", config, KEYS, seed);
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      runtime =
          UdpRuntime.open(
              UdpConfig.bound(new InetSocketAddress(loopback, 0)),
              new Switchboard().add("chat", node::claims, new Lossy(node, seed)),
              CLOCK,
              this::hear);
    }

    void hear(Report report) {
      if (report instanceof GroupEvent.Joined) {
        joined = true;
      } else if (report instanceof GroupEvent.Delivered delivered) {
        String text = StandardCharsets.UTF_8.decode(delivered.payload().duplicate()).toString();
        heard.add(text);
        if (text.startsWith("?") && answers) {
          say("!" + text);
        }
      }
    }

    void say(String text) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      runtime.submit(now -> node.broadcast(now, bytes, answer -> {}));
    }

    PeerId peer() {
      return PeerId.of(runtime.localAddress());
    }

    @Override
    public void close() {
      runtime.close();
    }
  }

  /** Loses some of what arrives. */
  private record Lossy(StateMachine machine, SplittableRandom random) implements StateMachine {

    Lossy(StateMachine machine, long seed) {
      this(machine, new SplittableRandom(seed));
    }

    @Override
    public List<Action> start(ClockReading now) {
      return machine.start(now);
    }

    @Override
    public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
      return random.nextInt(5) == 0 ? List.of() : machine.onDatagram(received, from, payload);
    }

    @Override
    public List<Action> onTimer(ClockReading now, TimerId timer) {
      return machine.onTimer(now, timer);
    }
  }

  @Test
  void shouldShowNoAnswerBeforeItsQuestionWhenDatagramsAreLost() throws Exception {
    try (Talker a = new Talker("a", List.of(), 1);
        Talker b = new Talker("b", List.of(a.peer()), 2);
        Talker c = new Talker("c", List.of(a.peer()), 3)) {
      List<Talker> all = List.of(a, b, c);
      stepUntil(all, each -> each.joined);
      for (int i = 0; i < QUESTIONS; i++) {
        a.say("?" + i);
      }
      stepUntil(all, each -> each.heard.size() >= 3 * QUESTIONS);
      for (Talker each : all) {
        assertEquals(3 * QUESTIONS, each.heard.size(), () -> each.heard.toString());
        for (int i = 0; i < QUESTIONS; i++) {
          int question = each.heard.indexOf("?" + i);
          int answer = each.heard.indexOf("!?" + i);
          assertTrue(0 <= question && question < answer, () -> each.heard.toString());
        }
      }
    }
  }

  private static void stepUntil(List<Talker> all, Predicate<Talker> done) {
    long begin = CLOCK.tickNanos();
    while (!all.stream().allMatch(done)) {
      assertTrue(CLOCK.tickNanos() - begin < PATIENCE_NANOS, "in vain");
      all.forEach(each -> each.runtime.doWork());
      CLOCK.pause(500_000);
    }
  }
}
