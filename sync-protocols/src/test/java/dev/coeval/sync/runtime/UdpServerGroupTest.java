package dev.coeval.sync.runtime;

import static dev.coeval.sync.runtime.UdpRuntimeTest.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UdpServerGroupTest {
  private static final ClockReader CLOCK = ClockReader.system();
  private static final int THREADS = 3;
  private static final int ASKERS = 60;

  private final List<EchoResponder> responders = new ArrayList<>();

  private UdpServerGroup group(UdpConfig config) {
    return UdpServerGroup.start(
        config,
        THREADS,
        () -> {
          responders.add(new EchoResponder());
          return responders.get(responders.size() - 1);
        },
        CLOCK);
  }

  private static void ask(DatagramChannel asker, InetSocketAddress server) throws IOException {
    asker.send(RecordingMachine.bytes("ECHO"), server);
    ByteBuffer reply = ByteBuffer.allocate(9);
    assertEquals(server, asker.receive(reply));
    assertEquals("echo", RecordingMachine.text(reply.flip()));
  }

  private List<Integer> asked() {
    return responders.stream().map(each -> each.asked.get()).toList();
  }

  @Test
  void shouldAnswerEveryoneOnOnePortEachAlwaysByTheSameThread() throws Exception {
    try (UdpServerGroup group = group(UdpConfig.bound(v4(0)))) {
      assertEquals(
          List.of(group.localAddress(), group.localAddress(), group.localAddress()),
          group.runtimes().stream().map(UdpRuntime::localAddress).toList());
      for (int i = 0; i < ASKERS; i++) {
        try (DatagramChannel asker = DatagramChannel.open().bind(v4(0))) {
          List<Integer> before = asked();
          ask(asker, group.localAddress());
          ask(asker, group.localAddress());
          List<Integer> after = asked();
          assertTrue(
              after.get(0) - before.get(0) == 2
                  || after.get(1) - before.get(1) == 2
                  || after.get(2) - before.get(2) == 2,
              before + " " + after);
        }
      }
      Witness.until(() -> group.traffic(Traffic.REPLIED) == 2 * ASKERS);
      // By chance alone one of three would stay idle once in 10¹⁰ runs.
      assertTrue(asked().stream().allMatch(count -> count > 0), asked().toString());
    }
  }

  @Test
  void shouldFreePortWhenClosedAndRefuseStrangersWhileOpen() throws Exception {
    InetSocketAddress at;
    try (UdpServerGroup group = group(UdpConfig.bound(v4(0)))) {
      at = group.localAddress();
      UdpConfig alone = UdpConfig.bound(at);
      assertThrows(
          RuntimeStartException.class,
          () -> UdpRuntime.open(alone, new dev.coeval.sync.machine.Switchboard(), CLOCK, r -> {}));
    }
    try (DatagramChannel freed = DatagramChannel.open().bind(at)) {
      assertEquals(at, freed.getLocalAddress());
    }
  }

  @Test
  void shouldRefuseNumbersOfThreadsThatMakeNoSense() {
    UdpConfig config = UdpConfig.bound(v4(0));
    for (int threads : new int[] {0, -1, UdpServerGroup.MAX_THREADS + 1}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> UdpServerGroup.start(config, threads, EchoResponder::new, CLOCK));
    }
  }
}
