package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.SystemVariables;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What a reply says of the node's time, whatever the node says. */
final class ServedTimeProperties {
  private static final long MAX = SystemVariables.MAX_DISPERSION_NANOS;

  /** Half the root delay and the root dispersion, as whoever reads the packet reckons. */
  static long distance(NtpPacket packet) {
    return NtpShort.toNanos(packet.quality().rootDispersion())
        + NtpShort.toNanos(packet.quality().rootDelay()) / 2;
  }

  @Property
  void shouldNeverSayLessThanTheBoundAtEitherStamp(
      @ForAll @LongRange(min = 0, max = 20_000_000_000L) long error,
      @ForAll @LongRange(min = 0, max = 3_000_000_000L) long delay,
      @ForAll @LongRange(min = 0, max = 17_000_000_000L) long dispersion,
      @ForAll @IntRange(min = -1000, max = 1000) int growthPpm,
      @ForAll boolean isRemembering) {
    NtpServerConfig config =
        isRemembering ? NtpServerConfig.guarded(1) : NtpServerConfig.defaults();
    Desk desk = new Desk(config);
    desk.said =
        new SystemVariables(1, 3, -20, delay, dispersion, Desk.REFERENCE, Desk.EPOCH - 1_000);
    desk.errorNanos = error + 11_100_000;
    desk.work = 10_000_000_000L;
    desk.errorGrowth = growthPpm * 1e-6;
    NtpPacket reply = NtpCodec.decode(desk.ask(1, desk.request()));
    long needed =
        Math.max(
            desk.snapshot().maxErrorNanosAt(desk.tick),
            desk.snapshot().maxErrorNanosAt(desk.tick + desk.work));
    if (reply.kind().leap() == NtpPacket.LEAP_UNSYNCHRONIZED) {
      assertTrue(dispersion > MAX || needed > MAX - 5, "there is a time to give");
      assertEquals(0, reply.quality().stratum());
      assertEquals("INIT", reply.reference().text());
      assertEquals(1, desk.server.count(ServerEvent.UNSYNCHRONIZED));
    } else {
      assertTrue(distance(reply) >= needed);
      assertTrue(NtpShort.toNanos(reply.quality().rootDelay()) >= delay);
      assertTrue(NtpShort.toNanos(reply.quality().rootDispersion()) >= dispersion);
      assertTrue(distance(reply) <= Math.max(needed, dispersion + delay / 2) + 40_000);
      assertEquals(new NtpPacket.Kind(1, 4, 4), reply.kind());
      assertEquals(3, reply.quality().stratum());
      assertEquals(-20, reply.quality().precision());
      assertEquals(Desk.REFERENCE, reply.reference().id());
      assertEquals(desk.said.wireReference(), reply.reference().timestamp());
    }
  }

  @Property(tries = 100)
  void shouldSayNothingOfTimeWhenNodeHasNone(
      @ForAll @IntRange(max = 2) int why, @ForAll int referenceId) {
    Desk desk = new Desk(NtpServerConfig.guarded(1));
    int leap = why == 0 ? NtpPacket.LEAP_UNSYNCHRONIZED : NtpPacket.LEAP_NONE;
    int stratum = why == 1 ? SystemVariables.UNSYNCHRONIZED_STRATUM : 3;
    desk.said = new SystemVariables(leap, stratum, -20, 0, 0, referenceId, SystemVariables.NEVER);
    desk.errorNanos = why == 2 ? Long.MAX_VALUE : 1_000;
    ByteBuffer bytes = desk.ask(1, desk.request());
    NtpPacket reply = NtpCodec.decode(bytes);
    assertEquals(NtpPacket.LEAP_UNSYNCHRONIZED, reply.kind().leap());
    assertEquals(0, reply.quality().stratum());
    assertEquals("INIT", reply.reference().text(), "a reference must not pass for a kiss");
    assertEquals(NtpShort.ofNanos(MAX), reply.quality().rootDispersion());
  }

  @Property(tries = 50)
  void shouldNotClaimToBeSetAfterItAnswered(
      @ForAll @LongRange(min = -1000, max = 1000) long ahead) {
    Desk desk = new Desk(NtpServerConfig.defaults());
    long received = desk.snapshot().epochNanosAt(desk.tick);
    desk.said = new SystemVariables(0, 3, -20, 0, 0, Desk.REFERENCE, received + ahead);
    NtpPacket reply = NtpCodec.decode(desk.ask(1, desk.request()));
    long reference = reply.reference().timestamp();
    assertEquals(ahead >= 0 ? reply.stamps().receive() : desk.said.wireReference(), reference);
  }
}
