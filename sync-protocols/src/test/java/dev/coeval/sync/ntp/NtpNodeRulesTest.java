package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.scale.LeapSecond;
import dev.coeval.sync.discipline.Cause;
import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.discipline.LeapAnnounced;
import dev.coeval.sync.discipline.SyncStatus;
import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.auth.MacAlgorithm;
import dev.coeval.sync.ntp.auth.NtpKey;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import dev.coeval.sync.ntp.packet.ServedTime;
import dev.coeval.time.ClockReading;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The rules by which a node takes time from some and gives it to others. */
final class NtpNodeRulesTest {
  private static final PeerId ONE = PeerId.simulated(1);
  private static final PeerId TWO = PeerId.simulated(2);
  private static final PeerId SELF = PeerId.simulated(7);
  private static final NtpPolling POLLING = NtpPolling.every(Duration.ofSeconds(1));
  private static final NtpKeys KEYS =
      NtpKeys.of(List.of(NtpKey.of(3, MacAlgorithm.AES128_CMAC, new byte[16])));

  private static NtpConfig config(PeerId... servers) {
    return NtpConfig.defaults(List.of(servers)).withPolling(POLLING);
  }

  private static NtpClient client(NtpConfig config, NtpNode node) {
    return new NtpClient(config, node, new SplittableRandom(11));
  }

  private static void poll(Lab lab, PeerId server) {
    int before = lab.sends.size();
    do {
      lab.fireNext();
    } while (lab.sends.size() == before
        || !lab.sends.get(lab.sends.size() - 1).to().equals(server));
  }

  private static NtpPacket of(NtpPacket packet, int stratum, int referenceId) {
    NtpPacket.Quality quality = packet.quality();
    return new NtpPacket(
        packet.kind(),
        new NtpPacket.Quality(stratum, 6, -25, quality.rootDelay(), quality.rootDispersion()),
        new NtpPacket.Reference(referenceId, packet.reference().timestamp()),
        packet.stamps());
  }

  private static SyncStatus status(Lab lab) {
    List<SyncStatus> statuses = lab.all(SyncStatus.class);
    return statuses.get(statuses.size() - 1);
  }

  @Test
  void shouldTakeNoTimeWhenServerFollowsUs() {
    NtpNode node = NtpNode.BARE.withAddresses(Set.of(SELF.address()));
    Lab lab = new Lab(client(config(ONE), node));
    lab.receive(ONE, of(lab.honest(ONE), 2, ReferenceIds.of(SELF.address())));
    assertEquals(List.of(Rejection.LOOP), lab.rejections());
    assertTrue(lab.all(Disciplined.class).isEmpty());
    assertEquals(Cause.LOOP, status(lab).cause());
    poll(lab, ONE);
    lab.receive(ONE, of(lab.honest(ONE), 1, ReferenceIds.of(SELF.address())));
    assertFalse(lab.all(Disciplined.class).isEmpty(), "a stratum 1 has a name there, no address");
  }

  @Test
  void shouldTakeNoTimeWhenReplyIsOurOwn() {
    ServedTime[] served = new ServedTime[1];
    NtpNode node = NtpNode.BARE.withReference(() -> served[0]);
    served[0] = new LocalTime(1, NtpPacket.Reference.idOf("LOCL"), Lab.START_WALL + 12_345);
    Lab lab = new Lab(client(config(ONE), node));
    NtpPacket honest = lab.honest(ONE);
    NtpPacket ours =
        new NtpPacket(
            honest.kind(),
            new NtpPacket.Quality(1, 6, -25, 0, 1),
            new NtpPacket.Reference(
                NtpPacket.Reference.idOf("LOCL"), served[0].variables().wireReference()),
            honest.stamps());
    lab.receive(ONE, ours);
    assertEquals(List.of(Rejection.LOOP), lab.rejections());
  }

  @Test
  void shouldTellStratumAndRootWhenItFollows() {
    NtpClient client = client(config(ONE), NtpNode.BARE);
    Lab lab = new Lab(client);
    assertEquals(3, client.served().get().leapAt(lab.tick()));
    lab.pass(2 * Lab.MILLI);
    NtpPacket reply = of(lab.honest(ONE), 2, 99);
    lab.receive(ONE, reply);
    SystemState state = lab.all(SystemState.class).get(0);
    assertEquals(3, state.variables().stratum());
    assertEquals(0x0A000001, state.variables().referenceId());
    assertEquals(
        NtpShort.toNanos(reply.quality().rootDelay()) + 2 * Lab.MILLI,
        state.variables().rootDelayNanos());
    assertEquals(List.of(ONE), state.selected());
  }

  @Test
  void shouldTakeSourcesInAndOutWhileRunning() {
    NtpClient client = client(config(), NtpNode.BARE);
    Lab lab = new Lab(client);
    assertTrue(lab.sends.isEmpty());
    SourceConfig source = SourceConfig.of(ONE).withPolling(POLLING);
    lab.carryOut(client.add(lab.now(), source));
    assertThrows(IllegalArgumentException.class, () -> client.add(lab.now(), source));
    lab.receive(ONE, lab.honest(ONE));
    assertEquals(1, lab.all(Disciplined.class).size());
    lab.carryOut(client.remove(lab.now(), ONE));
    assertTrue(lab.timers.isEmpty());
    lab.receive(ONE, lab.honest(ONE));
    assertEquals(List.of(Rejection.UNKNOWN_PEER), lab.rejections());
    lab.carryOut(client.remove(lab.now(), ONE));
    assertTrue(client.served().get().variables().isSynchronized(), "what was known holds on");
  }

  @Test
  void shouldNameTheUnfitOnceWhenItsStratumIsNeverWanted() {
    SourceConfig source =
        SourceConfig.of(ONE).withPolling(POLLING).withGates(Gates.OPEN.withStrata(3, 5));
    Lab lab = new Lab(client(NtpConfig.of(List.of(source)), NtpNode.BARE));
    for (int i = 0; i < 20; i++) {
      lab.receive(ONE, of(lab.honest(ONE), 2, 5));
      poll(lab, ONE);
    }
    assertEquals(1, lab.all(SourceUnfit.class).size());
    assertEquals(Cause.STRATUM, lab.all(SourceUnfit.class).get(0).cause());
    assertEquals(Cause.STRATUM, status(lab).cause());
    assertTrue(lab.all(Disciplined.class).isEmpty());
    lab.receive(ONE, of(lab.honest(ONE), 3, 5));
    assertEquals(SyncStatus.State.SYNCHRONIZED, status(lab).state());
  }

  @Test
  void shouldNameTheSilentWhenItNeverAnswers() {
    Lab lab = new Lab(client(config(ONE), NtpNode.BARE));
    for (int i = 0; i < 40; i++) {
      lab.fireNext();
    }
    assertEquals(1, lab.all(SourceUnfit.class).size());
    assertEquals(Cause.NO_REPLY, lab.all(SourceUnfit.class).get(0).cause());
  }

  @Test
  void shouldChangeNothingAndSaySoWhenRepliesAreNotAuthentic() {
    SourceConfig source = SourceConfig.of(ONE).withPolling(POLLING).withWire(new Wire(4, false, 3));
    Lab lab = new Lab(client(NtpConfig.of(List.of(source)), NtpNode.BARE.withKeys(KEYS)));
    for (int i = 0; i < 30; i++) {
      lab.receive(ONE, lab.honest(ONE));
      lab.receive(ONE, Lab.kiss(lab.honest(ONE), "DENY"));
      lab.fireNext();
    }
    assertTrue(lab.measurements().isEmpty());
    assertTrue(lab.all(KissReceived.class).isEmpty());
    assertEquals(Cause.AUTHENTICATION_FAILED, lab.all(SourceUnfit.class).get(0).cause());
    assertEquals(Cause.AUTHENTICATION_FAILED, status(lab).cause());
    ByteBuffer sealed = ByteBuffer.allocate(128);
    NtpCodec.encode(lab.honest(ONE), sealed);
    KEYS.seal(3, sealed, 0);
    lab.receive(ONE, sealed.flip());
    assertEquals(1, lab.measurements().size());
  }

  @Test
  void shouldThrowWhenSourceNamesAnUnknownKey() {
    SourceConfig source = SourceConfig.of(ONE).withWire(new Wire(4, false, 8));
    NtpConfig config = NtpConfig.of(List.of(source));
    assertThrows(IllegalArgumentException.class, () -> client(config, NtpNode.BARE));
  }

  @Test
  void shouldAnnounceTheLeapSecondAndShiftWhenServersDo() {
    long leap = LeapSecond.atEndOfMonth(Lab.START_WALL, 1).epochNanos();
    NtpClient client = client(config(ONE), NtpNode.BARE);
    Lab lab = new Lab(client, leap - 30 * Lab.SECOND);
    lab.receive(ONE, Lab.withKind(lab.honest(ONE), 1, 4, 4));
    assertEquals(
        Optional.of(leap), lab.all(LeapAnnounced.class).get(0).leap().map(LeapSecond::epochNanos));
    while (lab.wall() < leap - 4 * Lab.SECOND) {
      poll(lab, ONE);
      lab.receive(ONE, Lab.withKind(lab.honest(ONE), 1, 4, 4));
    }
    assertTrue(lab.rejections().contains(Rejection.NEAR_LEAP));
    while (lab.wall() < leap + 20 * Lab.SECOND) {
      poll(lab, ONE);
      long after = lab.wall() - (lab.wall() >= leap ? Lab.SECOND : 0);
      lab.receive(ONE, Lab.reply(lab.request(ONE), after, after));
    }
    assertEquals(SyncStatus.State.SYNCHRONIZED, status(lab).state());
    assertEquals(1, lab.all(LeapAnnounced.class).size());
    List<Disciplined> estimates = lab.all(Disciplined.class);
    assertTrue(
        estimates.get(estimates.size() - 1).estimate().bounds().contains(lab.wall() - Lab.SECOND));
    assertTrue(
        lab.all(SyncStatus.class).stream()
            .noneMatch(status -> status.state() == SyncStatus.State.DISRUPTED));
  }

  @Test
  void shouldLeaveTheOtherKindOutWhenSmearedAndUnsmearedAreMixed() {
    SourceConfig smeared =
        SourceConfig.of(TWO).withPolling(POLLING).withLabel(new SourceConfig.Label(0, true));
    Lab lab =
        new Lab(
            client(
                NtpConfig.of(List.of(SourceConfig.of(ONE).withPolling(POLLING), smeared)),
                NtpNode.BARE));
    lab.receive(ONE, lab.honest(ONE));
    lab.receive(TWO, lab.honest(TWO));
    assertEquals(List.of(Rejection.SMEAR_MIXED), lab.rejections());
    SystemState state = lab.all(SystemState.class).get(lab.all(SystemState.class).size() - 1);
    assertEquals(List.of(ONE), state.selected());
  }

  @Test
  void shouldOnlyLookWhenItObserves() {
    SourceConfig off =
        SourceConfig.of(ONE)
            .withPolling(POLLING)
            .withLabel(new SourceConfig.Label(5 * Lab.SECOND, false));
    NtpConfig config = NtpConfig.of(List.of(off)).withLocal(LocalConfig.DEFAULT.observing());
    Lab lab = new Lab(client(config, NtpNode.BARE));
    lab.receive(ONE, lab.honest(ONE));
    assertTrue(lab.all(Disciplined.class).isEmpty());
    assertTrue(lab.all(SystemState.class).isEmpty());
    long epoch = lab.measurements().get(0).offsetNanos() + lab.tick();
    assertEquals(-5.0, (epoch - lab.wall()) / 1e9, 1e-6);
  }

  @Test
  void shouldServeTheGroupsTimeWhenItLeadsOrphans() {
    NtpConfig config =
        config(ONE).withLocal(LocalConfig.DEFAULT.withOrphan(new LocalConfig.Orphan(5, 0)));
    NtpClient client = client(config, NtpNode.BARE.withAddresses(Set.of(ONE.address())));
    Lab lab = new Lab(client);
    ServedTime served = client.served().get();
    assertEquals(5, served.variables().stratum());
    assertEquals(0, served.leapAt(lab.tick()));
    assertEquals(ReferenceIds.ORPHAN, served.variables().referenceId());
  }

  @Test
  void shouldAnswerAStrangerOnlyWhenItIsAllowed() {
    NtpConfig open =
        config(ONE)
            .withLocal(
                LocalConfig.DEFAULT.withPassive(
                    new LocalConfig.Passive(peer -> !peer.equals(SELF), false, 1)));
    Lab lab = new Lab(client(open, NtpNode.BARE));
    NtpPacket active = Lab.withKind(lab.honest(ONE), 0, 4, 1);
    lab.receive(SELF, active);
    assertEquals(List.of(Rejection.ACCESS_DENIED), lab.rejections());
    lab.receive(TWO, active);
    Action.Send answer = lab.sends.get(lab.sends.size() - 1);
    assertEquals(TWO, answer.to());
    assertEquals(2, NtpCodec.mode(answer.payload().get(0) & 0xFF));
    assertEquals(
        active.stamps().transmit(), answer.payload().getLong(NtpCodec.ORIGIN), "it answers");
    lab.receive(PeerId.simulated(3), active);
    assertTrue(lab.rejections().contains(Rejection.LIMIT_REACHED));
    Lab closed = new Lab(client(config(ONE), NtpNode.BARE));
    closed.receive(TWO, active);
    assertEquals(List.of(Rejection.UNKNOWN_PEER), closed.rejections());
    Lab keyed =
        new Lab(
            client(
                config(ONE)
                    .withLocal(
                        LocalConfig.DEFAULT.withPassive(LocalConfig.Passive.authenticated(4))),
                NtpNode.BARE.withKeys(KEYS)));
    keyed.receive(TWO, active);
    assertEquals(List.of(Rejection.NOT_AUTHENTICATED), keyed.rejections());
  }

  @Test
  void shouldAskAllAnewWhenTicksGoBack() {
    NtpClient client = client(config(ONE), NtpNode.BARE);
    Lab lab = new Lab(client);
    lab.receive(ONE, lab.honest(ONE));
    ClockReading back = new ClockReading(Lab.START_TICK - 100 * Lab.SECOND, lab.wall(), 0);
    List<Action> actions = client.onTimer(back, new dev.coeval.sync.machine.TimerId("ntp", 0, 0));
    assertTrue(actions.stream().anyMatch(Action.Send.class::isInstance));
  }

  @Test
  void shouldBeTheDigestsFirstBytesWhenAddressIsIpv6() throws Exception {
    assertEquals(0xC0000201, ReferenceIds.of(InetAddress.getByName("192.0.2.1")));
    int expected =
        ByteBuffer.wrap(
                java.security.MessageDigest.getInstance("MD5")
                    .digest(InetAddress.getByName("2001:db8::1").getAddress()))
            .getInt();
    assertEquals(expected, ReferenceIds.of(InetAddress.getByName("2001:db8::1")));
    assertEquals(NtpTimestamp.NONE, 0);
  }
}
