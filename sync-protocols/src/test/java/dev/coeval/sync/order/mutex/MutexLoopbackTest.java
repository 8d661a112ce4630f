package dev.coeval.sync.order.mutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.sync.wire.SharedKey;
import dev.coeval.time.ClockReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three members on real sockets, asked from another thread. */
final class MutexLoopbackTest {
  private static final int ROUNDS = 5;
  private static final Keyring KEYS =
      Keyring.required(List.of(SharedKey.ofText(1, "sixteen letters, or more")));

  private final Map<String, UdpRuntime> runtimes = new TreeMap<>();
  private final Map<String, MutualExclusion> members = new TreeMap<>();
  private final BlockingQueue<Granted> grants = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    runtimes.values().forEach(UdpRuntime::close);
  }

  private void open(MutexAlgorithm algorithm) {
    Map<String, Switchboard> boards = new TreeMap<>();
    for (String name : List.of("a", "b", "c")) {
      Switchboard board = new Switchboard();
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      boards.put(name, board);
      runtimes.put(
          name,
          UdpRuntime.open(
              UdpConfig.bound(any),
              board,
              ClockReader.system(),
              report -> {
                if (report instanceof Granted granted) {
                  grants.add(granted);
                }
              }));
    }
    for (String name : boards.keySet()) {
      Map<String, PeerId> others = new TreeMap<>();
      runtimes.forEach((other, at) -> others.put(other, PeerId.of(at.localAddress())));
      others.remove(name);
      MutexConfig config = MutexConfig.of(name, others, algorithm);
      MutualExclusion member = new MutualExclusion("m", config, KEYS, name.hashCode());
      members.put(name, member);
      boards.get(name).add("m", first -> first == MutualExclusion.FIRST_BYTE, member);
    }
    runtimes.values().forEach(UdpRuntime::start);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGrantOneAfterTheOtherWhenAllAskOverSockets(MutexAlgorithm algorithm)
      throws InterruptedException {
    open(algorithm);
    Granted last = null;
    for (int i = 0; i < ROUNDS; i++) {
      members.forEach((name, member) -> runtimes.get(name).submit(member::request));
      for (int j = 0; j < members.size(); j++) {
        Granted granted = grants.poll(30, TimeUnit.SECONDS);
        assertNotNull(granted);
        assertEquals(List.of(), List.copyOf(grants), "two inside");
        assertTrue(last == null || last.token().compareTo(granted.token()) < 0);
        last = granted;
        String name = granted.token().nodeId();
        runtimes.get(name).submit(members.get(name)::release);
      }
    }
  }
}
