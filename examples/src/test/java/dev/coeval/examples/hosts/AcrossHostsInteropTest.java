package dev.coeval.examples.hosts;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.examples.CommandRun;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The command across four hosts: network namespaces of their own, joined by veth pairs and a
 * bridge, each with a process of its own. Three nodes follow the fourth; it is killed; all three
 * say so.
 *
 * <p>All four see one wall clock, which is the truth: a node's distance from it is its true error.
 */
final class AcrossHostsInteropTest {
  private static final long PATIENCE_NANOS = 25_000_000_000L;
  private static final int NODES = 3;

  @Test
  void shouldSynchronizeAndSayWhoIsGoneWhenServerOnAnotherHostDies() throws Exception {
    Namespaces.assumeThere();
    long deadlineTick = ClockReader.system().tickNanos() + PATIENCE_NANOS;
    try (Namespaces hosts = Namespaces.create(NODES + 1)) {
      List<HostProcess> nodes = new ArrayList<>();
      try (HostProcess server = hosts.start(0, "serve", "--json")) {
        assertNotNull(server.await("serving", deadlineTick));
        nodes.add(start(hosts, 1, "ntp", "--offset", "-400ms", "--drift", "80"));
        nodes.add(start(hosts, 2, "ntp", "--offset", "250ms", "--drift", "-90"));
        nodes.add(start(hosts, 3, "cristian", "--offset", "10s", "--drift", "50"));
        for (HostProcess node : nodes) {
          awaitState(node, "SYNCHRONIZED", deadlineTick);
          checkWithinBound(node, deadlineTick);
        }
        server.kill();
        for (HostProcess node : nodes) {
          Map<String, Object> status = awaitState(node, "HOLDOVER", deadlineTick);
          String reason = String.valueOf(status.get("reason"));
          assertTrue(reason.contains(hosts.address(0)), reason);
          checkWithinBound(node, deadlineTick); // the bound still holds
        }
      } finally {
        nodes.forEach(HostProcess::close);
      }
    }
  }

  private static HostProcess start(Namespaces hosts, int host, String protocol, String... faults)
      throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of("sync", protocol, hosts.address(0) + ":12300", "--interval", "200", "--json"));
    args.addAll(List.of(faults));
    return hosts.start(host, args.toArray(String[]::new));
  }

  private static Map<String, Object> awaitState(HostProcess node, String state, long deadlineTick)
      throws InterruptedException {
    Map<String, Object> status = node.await("status", deadlineTick);
    while (!state.equals(status.get("state"))) {
      status = node.await("status", deadlineTick);
    }
    return status;
  }

  /** Three looks at the clock: each as near to the truth as it claims. */
  private static void checkWithinBound(HostProcess node, long deadlineTick)
      throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      Map<String, Object> line = node.await("clock", deadlineTick);
      long trueError = CommandRun.number(line, "hostOffsetNanos");
      assertTrue(Math.abs(trueError) <= CommandRun.number(line, "boundNanos"), line::toString);
    }
  }
}
