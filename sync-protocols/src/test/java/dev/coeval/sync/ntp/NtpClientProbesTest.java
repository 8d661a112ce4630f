package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.Disciplined;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients get wrong: each probe is a datagram that must not become time. */
final class NtpClientProbesTest {
  private static final PeerId SERVER = PeerId.simulated(1);
  private static final PeerId OTHER_PORT = new PeerId(SERVER.address(), 124);
  private static final long HOUR = 3600 * Lab.SECOND;

  private static NtpConfig config() {
    return NtpConfig.defaults(List.of(SERVER))
        .withPolling(NtpPolling.every(Duration.ofSeconds(1)))
        .withMaxDistanceNanos(Lab.SECOND);
  }

  private static Lab lab() {
    return new Lab(new NtpClient(config(), new SplittableRandom(42)));
  }

  /** What the probe sends besides: time that is an hour off. */
  private static NtpPacket lie(Lab lab) {
    return Lab.reply(lab.request(SERVER), lab.wall() + HOUR, lab.wall() + HOUR);
  }

  /** The datagram was rejected for its reason, and the true reply is taken all the same. */
  private static void assertHarmless(Lab lab, Rejection reason) {
    assertEquals(List.of(reason), lab.rejections());
    assertTrue(lab.measurements().isEmpty());
    lab.receive(SERVER, lab.honest(SERVER));
    assertEquals(1, lab.measurements().size());
  }

  /** The reply was the server's own, but no time: nothing was taken, the next exchange works. */
  private static void assertNoTime(Lab lab, Rejection reason) {
    assertEquals(List.of(reason), lab.rejections());
    assertTrue(lab.measurements().isEmpty());
    assertTrue(lab.all(Disciplined.class).isEmpty());
  }

  @Test
  void shouldSucceed99TimesOf99WhenOneReplyWasLate() {
    Lab lab = lab();
    NtpPacket late = lab.honest(SERVER);
    pollAgain(lab);
    lab.receive(SERVER, late);
    for (int i = 0; i < 99; i++) {
      lab.pass(Lab.MILLI);
      lab.receive(SERVER, lab.honest(SERVER));
      assertEquals(i + 1, lab.measurements().size());
      pollAgain(lab);
    }
    assertEquals(List.of(Rejection.UNREQUESTED), lab.rejections());
  }

  /** Fires timers until a new request has left. */
  private static void pollAgain(Lab lab) {
    int before = lab.sends.size();
    while (lab.sends.size() == before) {
      lab.fireNext();
    }
  }

  @Test
  void shouldMeasureToTheNanosecondWhenTruthIsZero() {
    Lab lab = lab();
    for (int i = 0; i < 100; i++) {
      ByteBuffer request = lab.request(SERVER);
      lab.pass(123_457);
      long arrived = lab.wall();
      lab.pass(1_001);
      NtpPacket reply = Lab.reply(request, arrived, lab.wall());
      lab.pass(123_457);
      lab.receive(SERVER, reply);
      Measurement measurement = lab.measurements().get(i);
      assertEquals(Lab.START_WALL - Lab.START_TICK, measurement.offsetNanos());
      assertEquals(2 * 123_457, measurement.delayNanos());
      pollAgain(lab);
    }
  }

  @Test
  void shouldRejectWhenReplyComesFromAnotherPort() {
    Lab lab = lab();
    lab.receive(OTHER_PORT, lie(lab));
    assertHarmless(lab, Rejection.UNKNOWN_PEER);
  }

  @Test
  void shouldRejectWhenReplyComesFromAnotherAddress() {
    Lab lab = lab();
    lab.receive(PeerId.simulated(2), lie(lab));
    assertHarmless(lab, Rejection.UNKNOWN_PEER);
  }

  @ParameterizedTest
  @CsvSource({"RATE, KISS_RATE", "DENY, KISS_DENY", "RSTR, KISS_DENY", "NKEY, KISS_OTHER"})
  void shouldNotTakeKissAsTime(String code, Rejection reason) {
    Lab lab = lab();
    lab.receive(SERVER, Lab.kiss(lie(lab), code));
    assertNoTime(lab, reason);
    assertEquals(List.of(new KissReceived(SERVER, code)), lab.all(KissReceived.class));
  }

  /** Some servers send their kisses without the alarm of the leap indicator. */
  @Test
  void shouldNotTakeKissAsTimeWhenLeapIndicatorIsZero() {
    Lab lab = lab();
    lab.receive(SERVER, Lab.withKind(Lab.kiss(lie(lab), "RATE"), 0, 4, 4));
    assertNoTime(lab, Rejection.KISS_RATE);
  }

  @Test
  void shouldNotObeyKissWhenItAnswersNoRequest() {
    Lab lab = lab();
    lab.receive(SERVER, Lab.withOrigin(Lab.kiss(lie(lab), "DENY"), 1));
    assertTrue(lab.all(KissReceived.class).isEmpty());
    assertHarmless(lab, Rejection.WRONG_NONCE);
  }

  @Test
  void shouldNotTakeTimeWhenServerIsUnsynchronized() {
    Lab lab = lab();
    lab.receive(SERVER, Lab.withKind(lie(lab), 3, 4, 4));
    assertNoTime(lab, Rejection.PEER_UNSYNCHRONIZED);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 17, 255})
  void shouldNotTakeTimeWhenStratumIsTooLarge(int stratum) {
    Lab lab = lab();
    lab.receive(SERVER, Lab.withQuality(lie(lab), new NtpPacket.Quality(stratum, 6, -25, 0, 1)));
    assertNoTime(lab, Rejection.PEER_UNSYNCHRONIZED);
  }

  @Test
  void shouldNotTakeTimeWhenServerOfStratumZeroIsStarting() {
    Lab lab = lab();
    lab.receive(SERVER, Lab.kiss(lie(lab), "INIT"));
    assertNoTime(lab, Rejection.PEER_UNSYNCHRONIZED);
    assertTrue(lab.all(KissReceived.class).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 6, 7})
  void shouldRejectWhenModeIsNotServers(int mode) {
    Lab lab = lab();
    lab.receive(SERVER, Lab.withKind(lie(lab), 0, 4, mode));
    assertHarmless(lab, Rejection.UNEXPECTED_TYPE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7})
  void shouldRejectWhenVersionIsNotTheRequests(int version) {
    Lab lab = lab();
    lab.receive(SERVER, Lab.withKind(lie(lab), 0, version, 4));
    assertHarmless(lab, Rejection.UNKNOWN_VERSION);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 0xE8D1_0000_0000_0000L})
  void shouldRejectWhenOriginIsGarbage(long origin) {
    Lab lab = lab();
    lab.receive(SERVER, Lab.withOrigin(lie(lab), origin));
    assertHarmless(lab, Rejection.WRONG_NONCE);
  }

  @Test
  void shouldRejectWhenOneBitOfTheOriginIsWrong() {
    for (int bit = 0; bit < Long.SIZE; bit++) {
      Lab lab = lab();
      NtpPacket lie = lie(lab);
      lab.receive(SERVER, Lab.withOrigin(lie, lie.stamps().origin() ^ (1L << bit)));
      assertHarmless(lab, Rejection.WRONG_NONCE);
    }
  }

  @Test
  void shouldTakeOnlyTheFirstWhenReplyIsDuplicated() {
    Lab lab = lab();
    NtpPacket reply = lab.honest(SERVER);
    lab.receive(SERVER, reply);
    lab.receive(SERVER, reply);
    pollAgain(lab);
    lab.receive(SERVER, reply);
    assertEquals(List.of(Rejection.UNREQUESTED, Rejection.UNREQUESTED), lab.rejections());
    assertEquals(1, lab.measurements().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2036-03-01T00:00:00Z",
        "2036-02-07T06:28:15.9999Z",
        "2104-02-26T09:42:24Z",
        "2026-01-01T00:00:00Z"
      })
  void shouldFindTheEraWhenBothClocksAreInIt(String date) {
    long wall = Instant.parse(date).getEpochSecond() * Lab.SECOND;
    Lab lab = new Lab(new NtpClient(config(), new SplittableRandom(1)), wall);
    lab.pass(Lab.MILLI);
    lab.receive(SERVER, lab.honest(SERVER));
    long epochNanos = lab.measurements().get(0).offsetNanos() + Lab.START_TICK;
    assertTrue(Math.abs(epochNanos - wall) <= Lab.MILLI, () -> "" + (epochNanos - wall));
  }

  /** A device without a battery thinks that it is 1970; its servers may well be in era 1. */
  @Test
  void shouldFindTheEraWhenLocalClockStartsIn1970() {
    Lab lab = new Lab(new NtpClient(config(), new SplittableRandom(1)), 0);
    long truth = Instant.parse("2040-06-01T00:00:00Z").getEpochSecond() * Lab.SECOND;
    lab.receive(SERVER, Lab.reply(lab.request(SERVER), truth, truth));
    assertEquals(truth - Lab.START_TICK, lab.measurements().get(0).offsetNanos());
  }

  @Test
  void shouldSayNothingOfTheClockWhenAsking() {
    SplittableRandom seeds = new SplittableRandom(7);
    Lab one = new Lab(new NtpClient(config(), new SplittableRandom(3)), seeds.nextInt());
    Lab two = new Lab(new NtpClient(config(), new SplittableRandom(3)), seeds.nextLong() >> 2);
    two.pass(seeds.nextInt(1_000_000));
    pollAgain(one);
    pollAgain(two);
    assertEquals(one.request(SERVER), two.request(SERVER));
    ByteBuffer request = one.request(SERVER);
    assertEquals(NtpCodec.HEADER_LENGTH, request.remaining());
    assertEquals(0x23, request.get(0));
    for (int i = 4; i < NtpCodec.TRANSMIT; i++) {
      assertEquals(0, request.get(i), "byte " + i);
    }
  }

  @Test
  void shouldNotBeGuessableWhenTransmitTimestampsAreCompared() {
    Lab lab = lab();
    Set<Long> nonces = new HashSet<>();
    int[] ones = new int[Long.SIZE];
    for (int i = 0; i < 4096; i++) {
      long nonce = lab.request(SERVER).getLong(NtpCodec.TRANSMIT);
      assertTrue(nonces.add(nonce));
      for (int bit = 0; bit < Long.SIZE; bit++) {
        ones[bit] += (int) (nonce >>> bit & 1);
      }
      pollAgain(lab);
    }
    for (int count : ones) { // 2048 expected, standard deviation 32
      assertTrue(Math.abs(count - 2048) < 200, () -> "a bit is set " + count + " times of 4096");
    }
    assertNotEquals(
        lab.request(SERVER),
        new Lab(new NtpClient(config(), new SplittableRandom(43))).request(SERVER));
  }

  @Test
  void shouldRejectWhenServerSentBeforeItReceived() {
    Lab lab = lab();
    lab.pass(Lab.MILLI);
    lab.receive(SERVER, Lab.reply(lab.request(SERVER), lab.wall(), lab.wall() - 2));
    assertNoTime(lab, Rejection.BAD_STAMPS);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "0, 0"})
  void shouldRejectWhenStampIsZero(long receive, long transmit) {
    Lab lab = lab();
    NtpPacket reply = lab.honest(SERVER);
    NtpPacket.Stamps stamps =
        new NtpPacket.Stamps(
            reply.stamps().origin(),
            receive * reply.stamps().receive(),
            transmit * reply.stamps().transmit());
    lab.receive(SERVER, Lab.withStamps(reply, stamps));
    assertNoTime(lab, Rejection.BAD_STAMPS);
  }

  @Test
  void shouldRejectWhenDelayIsNegative() {
    Lab lab = lab();
    lab.pass(Lab.MILLI);
    long sent = lab.wall();
    lab.receive(SERVER, Lab.reply(lab.request(SERVER), sent - 2 * Lab.MILLI, sent));
    assertNoTime(lab, Rejection.BAD_STAMPS);
  }

  @Test
  void shouldAcceptWhenDelayIsNegativeByNoMoreThanPrecision() {
    Lab lab = lab();
    NtpPacket reply = lab.honest(SERVER);
    lab.receive(SERVER, Lab.reply(lab.request(SERVER), lab.wall() - 20, lab.wall()));
    assertEquals(-20, lab.measurements().get(0).delayNanos());
    assertFalse(lab.measurements().get(0).bounds(0, 0).isEmpty());
    assertEquals(reply.stamps().origin(), lab.request(SERVER).getLong(NtpCodec.TRANSMIT));
  }

  @ParameterizedTest
  @CsvSource({
    "-25, 0, 65537", // dispersion above 1 s
    "-25, 131073, 1", // delay above 2 s
    "1, 0, 1", // precision 2 s
    "127, 0, 1",
    "-25, -1, -1" // both 65,536 s
  })
  void shouldRejectWhenDistanceIsTooLarge(int precision, int delay, int dispersion) {
    Lab lab = lab();
    NtpPacket.Quality quality = new NtpPacket.Quality(2, 6, precision, delay, dispersion);
    lab.receive(SERVER, Lab.withQuality(lab.honest(SERVER), quality));
    assertNoTime(lab, Rejection.DISTANCE_TOO_LARGE);
  }

  @Test
  void shouldCountTheRoundTripWhenDistanceIsReckoned() {
    Lab lab =
        new Lab(
            new NtpClient(config().withMaxDistanceNanos(10 * Lab.MILLI), new SplittableRandom(42)));
    ByteBuffer request = lab.request(SERVER);
    lab.pass(21 * Lab.MILLI);
    lab.receive(SERVER, Lab.reply(request, lab.wall(), lab.wall()));
    assertNoTime(lab, Rejection.DISTANCE_TOO_LARGE);
  }

  @Test
  void shouldPassOverWhatFollowsTheHeaderWhenItIsWellFormed() {
    Lab lab = lab();
    ByteBuffer withCode = ByteBuffer.allocate(NtpCodec.HEADER_LENGTH + 20);
    withCode.put(Lab.bytes(lab.honest(SERVER))).rewind();
    lab.receive(SERVER, withCode);
    assertEquals(1, lab.measurements().size());
  }

  @Test
  void shouldRejectWhenReplyIsCut() {
    Lab lab = lab();
    lab.receive(SERVER, Lab.bytes(lie(lab)).limit(47));
    assertHarmless(lab, Rejection.TOO_SHORT);
  }
}
