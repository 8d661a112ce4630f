package dev.coeval.sync.runtime;

import static dev.coeval.sync.runtime.RecordingMachine.send;
import static dev.coeval.sync.runtime.UdpRuntimeTest.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Broadcast, multicast, and hosts with several addresses. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class UdpReachTest {
  private static final ClockReader CLOCK = ClockReader.system();
  private static final InetSocketAddress ANYWHERE = new InetSocketAddress(0);

  private final Witness witness = new Witness();

  private UdpRuntime runtime(UdpConfig config, Action... atStart) {
    return UdpRuntime.open(
            config, RecordingMachine.board(List.of(atStart), List.of()), CLOCK, witness)
        .start();
  }

  private static InetAddress address(int... bytes) throws IOException {
    byte[] address = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      address[i] = (byte) bytes[i];
    }
    return InetAddress.getByAddress(address);
  }

  @Test
  void shouldHearBroadcastAtWildcardAddressAndSendItWhenAllowed() throws Exception {
    try (UdpRuntime listener = runtime(UdpConfig.bound(ANYWHERE))) {
      PeerId everybody = new PeerId(address(127, 255, 255, 255), listener.localAddress().getPort());
      try (UdpRuntime sender =
          runtime(UdpConfig.bound(v4(0)).withBroadcast(true), send(everybody, "all"))) {
        RecordingMachine.Event event = witness.next("datagram");
        assertEquals("all", event.text());
        assertEquals(PeerId.of(sender.localAddress()), event.peer());
      }
    }
  }

  @Test
  void shouldReportWhenBroadcastIsNotAllowed() throws Exception {
    PeerId everybody = new PeerId(address(127, 255, 255, 255), 9);
    try (UdpRuntime sender = runtime(UdpConfig.bound(v4(0)), send(everybody, "all"))) {
      assertEquals(everybody, witness.next("unreachable").peer());
      assertTrue(sender.isOpen());
    }
  }

  @Test
  void shouldHearGroupThatWasJoined() throws Exception {
    NetworkInterface loopback = NetworkInterface.getByInetAddress(v4(0).getAddress());
    InetAddress group = address(224, 0, 1, 1);
    UdpConfig config =
        UdpConfig.bound(ANYWHERE)
            .withGroups(List.of(new MulticastGroup(group, loopback.getName())));
    try (UdpRuntime listener = runtime(config);
        DatagramChannel sender = DatagramChannel.open(StandardProtocolFamily.INET)) {
      sender.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
      sender.bind(v4(0));
      sender.send(
          RecordingMachine.bytes("group"),
          new InetSocketAddress(group, listener.localAddress().getPort()));
      assertEquals("group", witness.next("datagram").text());
    }
  }

  @Test
  void shouldSayWhatIsWrongWithGroup() throws Exception {
    InetAddress group = address(224, 0, 1, 1);
    UdpConfig config =
        UdpConfig.bound(ANYWHERE).withGroups(List.of(new MulticastGroup(group, "none0")));
    RuntimeStartException e =
        assertThrows(RuntimeStartException.class, () -> runtime(config).close());
    assertTrue(e.getMessage().contains("no interface none0"), e.getMessage());
    InetAddress host = v4(0).getAddress();
    assertThrows(IllegalArgumentException.class, () -> new MulticastGroup(host, "lo"));
  }

  /** The kernel would answer a question from 127.0.0.1 to another own address from 127.0.0.1. */
  @Test
  void shouldAnswerFromTheAddressThatWasAsked() throws Exception {
    InetAddress other = otherAddressOrAbort();
    UdpConfig config = UdpConfig.bound(ANYWHERE).withEachAddress(true);
    Switchboard board = new Switchboard().add(new EchoResponder());
    try (UdpRuntime server = UdpRuntime.open(config, board, CLOCK, witness).start();
        DatagramChannel asker = DatagramChannel.open().bind(v4(0))) {
      for (InetAddress each : List.of(v4(0).getAddress(), other)) {
        InetSocketAddress at = new InetSocketAddress(each, server.localAddress().getPort());
        asker.send(RecordingMachine.bytes("ECHO"), at);
        assertEquals(at, asker.receive(ByteBuffer.allocate(9)));
      }
      Witness.until(() -> server.traffic().get(Traffic.REPLIED) == 2);
    }
  }

  private static InetAddress otherAddressOrAbort() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
        .findFirst()
        .orElseGet(() -> abort("this host has but one address"));
  }
}
