package dev.coeval.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.runtime.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NamedSourcesTest {
  private final Map<String, List<InetAddress>> zone = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Set<PeerId> roster = new LinkedHashSet<>();
  private final PriorityQueue<Planned> plans =
      new PriorityQueue<>(Comparator.comparing(Planned::atNanos).thenComparing(Planned::number));
  private long nowNanos;
  private int planned;
  private final NamedSources sources =
      new NamedSources(
          this::lookup,
          (delay, task) -> plans.add(new Planned(nowNanos + delay.toNanos(), planned++, task)),
          (source, change) -> {
            roster.removeAll(change.removed());
            roster.addAll(change.added());
          });

  private record Planned(long atNanos, int number, Runnable task) {}

  private List<InetAddress> lookup(String host) throws UnknownHostException {
    asked.add(host);
    List<InetAddress> found = zone.getOrDefault(host, List.of());
    if (found.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return found;
  }

  private void pass(Duration duration) {
    long until = nowNanos + duration.toNanos();
    while (!plans.isEmpty() && plans.peek().atNanos() <= until) {
      Planned plan = plans.remove();
      nowNanos = plan.atNanos();
      plan.task().run();
    }
    nowNanos = until;
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static PeerId peer(int last) {
    return new PeerId(address(last), 123);
  }

  private void zone(String name, int... lasts) {
    List<InetAddress> addresses = new ArrayList<>();
    for (int last : lasts) {
      addresses.add(address(last));
    }
    zone.put(name, addresses);
  }

  private static NamedSource server(String name) {
    return new NamedSource(new HostPort(name, 123), 1, false);
  }

  private static NamedSource pool(String name, int wanted) {
    return new NamedSource(new HostPort(name, 123), wanted, true);
  }

  @Test
  void shouldTakeOneAddressOfAServerAndSeveralOfAPool() {
    zone("server", 1, 2);
    zone("pool", 1, 2, 3, 4, 5);
    sources.start(List.of(server("server"), pool("pool", 3)));
    assertEquals(Set.of(peer(1), peer(2), peer(3), peer(4)), roster);
  }

  @Test
  void shouldAskAgainMoreAndMoreSeldomWhenANameDoesNotResolve() {
    sources.start(List.of(server("late")));
    assertEquals(Map.of("late", "'late' does not resolve"), sources.troubles());
    pass(Duration.ofSeconds(2 + 4 + 8));
    assertEquals(4, asked.size());
    pass(Duration.ofMinutes(10));
    int before = asked.size();
    pass(Duration.ofSeconds(640));
    assertEquals(10, asked.size() - before);
    zone("late", 7);
    pass(Duration.ofSeconds(64));
    assertEquals(Set.of(peer(7)), roster);
    assertTrue(sources.troubles().isEmpty());
  }

  @Test
  void shouldReplaceAnUnfitSourceWhenItsNameHasAnother() {
    zone("pool", 1, 2);
    sources.start(List.of(pool("pool", 2)));
    sources.reject(peer(1));
    pass(Duration.ofSeconds(3));
    assertEquals(Set.of(peer(1), peer(2)), roster, "no successor: it stays");
    zone("pool", 1, 3);
    pass(Duration.ofMinutes(2));
    assertEquals(Set.of(peer(2), peer(3)), roster);
    sources.reject(peer(2));
    pass(Duration.ofSeconds(3));
    assertEquals(Set.of(peer(2), peer(3)), roster, "1 was unfit a moment ago");
  }

  @Test
  void shouldTryAnUnfitAddressAgainAfterAWhile() {
    zone("pool", 1, 2);
    sources.start(List.of(pool("pool", 1)));
    sources.reject(peer(1));
    pass(Duration.ofSeconds(2));
    assertEquals(Set.of(peer(2)), roster);
    sources.reject(peer(2));
    pass(Duration.ofMinutes(20));
    assertEquals(Set.of(peer(1)), roster);
  }

  @Test
  void shouldLeaveASourceThatRecovers() {
    zone("pool", 1);
    sources.start(List.of(pool("pool", 1)));
    sources.reject(peer(1));
    sources.accept(peer(1));
    zone("pool", 2);
    pass(Duration.ofHours(3));
    assertEquals(Set.of(peer(1)), roster);
  }

  @Test
  void shouldFollowAServerWhoseNameMovesAndNotAPool() {
    zone("server", 1);
    zone("pool", 11);
    sources.start(List.of(server("server"), pool("pool", 1)));
    zone("server", 2);
    zone("pool", 12);
    pass(Duration.ofMinutes(59));
    assertEquals(Set.of(peer(1), peer(11)), roster);
    pass(Duration.ofMinutes(2));
    assertEquals(Set.of(peer(2), peer(11)), roster);
  }

  @Test
  void shouldLookUpOnceWhenManyAreUnfitAtATime() {
    zone("pool", 1, 2, 3);
    sources.start(List.of(pool("pool", 3)));
    asked.clear();
    for (int i = 1; i <= 3; i++) {
      sources.reject(peer(i));
      sources.reject(peer(i));
    }
    pass(Duration.ofSeconds(2));
    assertEquals(1, asked.size());
  }

  @Test
  void shouldKeepItsSourcesWhenTheNameServiceFails() {
    zone("server", 1);
    sources.start(List.of(server("server")));
    zone.clear();
    pass(Duration.ofHours(2));
    assertEquals(Set.of(peer(1)), roster);
    assertEquals(Set.of("server"), sources.troubles().keySet());
  }
}
