package dev.coeval.examples.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.time.ClockReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code coeval chat} across three hosts: network namespaces, each with a process of its own. */
final class ChatAcrossHostsInteropTest {
  private static final long PATIENCE_NANOS = 40_000_000_000L;

  @Test
  void shouldGoOnWithoutHimWhenPeerOnAnotherHostDies() throws Exception {
    Namespaces.assumeThere();
    long deadline = ClockReader.system().tickNanos() + PATIENCE_NANOS;
    try (Namespaces hosts = Namespaces.create(3);
        HostProcess ann = hosts.start(0, "chat", "--name", "ann", "--json")) {
      ann.await("joined", deadline);
      try (HostProcess ben = join(hosts, 1, "ben");
          HostProcess eve = join(hosts, 2, "eve")) {
        ben.await("joined", deadline);
        eve.await("joined", deadline);
        awaitState(ann, "joined", deadline);
        awaitState(ann, "joined", deadline);
        ben.type("is anybody there?");
        assertEquals("is anybody there?", eve.await("message", deadline).get("text"));
        eve.type("I am");
        assertEquals("is anybody there?", ann.await("message", deadline).get("text"));
        assertEquals("I am", ann.await("message", deadline).get("text"));
        ben.kill();
        awaitState(ann, "silent", deadline);
        ann.type("/remove ben");
        awaitState(ann, "removed", deadline);
        awaitState(eve, "removed", deadline);
        ann.type("without him");
        while (!"without him".equals(eve.await("message", deadline).get("text"))) {}
      }
    }
  }

  private static HostProcess join(Namespaces hosts, int host, String name) throws Exception {
    return hosts.start(host, "chat", "--name", name, "--peer", hosts.address(0), "--json");
  }

  private static void awaitState(HostProcess peer, String state, long deadline)
      throws InterruptedException {
    Map<String, Object> member = peer.await("member", deadline);
    while (!state.equals(member.get("state"))) {
      member = peer.await("member", deadline);
    }
  }
}
