package dev.coeval.sync.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PeerIdTest {
  @Test
  void shouldReadAsPeopleWriteIt() throws Exception {
    assertEquals("192.0.2.1:123", new PeerId(InetAddress.getByName("192.0.2.1"), 123).toString());
    assertEquals(
        "[2001:db8:0:0:0:0:0:1]:99",
        new PeerId(InetAddress.getByName("2001:db8::1"), 99).toString());
    assertEquals("10.1.2.3:123", PeerId.simulated(0x010203).toString());
  }

  @Test
  void shouldBeAValueWhenMadeFromASocketAddress() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 12300);
    assertEquals(PeerId.of(address), PeerId.of(address));
    assertEquals(address, PeerId.of(address).toSocketAddress());
  }

  @Test
  void shouldThrowWhenOutOfRangeOrUnresolved() {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    assertThrows(IllegalArgumentException.class, () -> new PeerId(loopback, 65_536));
    assertThrows(IllegalArgumentException.class, () -> new PeerId(loopback, -1));
    assertThrows(IllegalArgumentException.class, () -> PeerId.simulated(1 << 24));
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 1);
    assertThrows(IllegalArgumentException.class, () -> PeerId.of(nowhere));
  }
}
