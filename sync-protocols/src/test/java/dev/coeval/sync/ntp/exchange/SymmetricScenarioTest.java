package dev.coeval.sync.ntp.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two symmetric dialogues against each other: they go on whatever the network and others do. */
class SymmetricScenarioTest {

  private static final Network.Faults LOST = new Network.Faults(1, 0, 0, 1);
  private static final Network.Faults THIRD = new Network.Faults(0.33, 0, 0, 10 * End.MICRO);

  @ParameterizedTest
  @CsvSource({"6,6", "3,6", "6,3", "3,4", "5,3", "0,3", "3,0"})
  void shouldBothMeasureWhenPollsDiffer(int pollA, int pollB) {
    for (boolean interleaved : new boolean[] {false, true}) {
      Pair pair = new Pair(1, interleaved, interleaved, 0);
      pair.poll(pollA, pollB);
      pair.run(Network.Faults.NONE, 40);
      assertTrue(pair.a().good() >= 36, () -> "a " + pair.a().good() + pair.a().reasons());
      assertTrue(pair.b().good() >= 36, () -> "b " + pair.b().good() + pair.b().reasons());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldGoOnWhenOneThirdIsLost(boolean interleaved) {
    for (int seed = 0; seed < 20; seed++) {
      Pair pair = new Pair(seed, interleaved, interleaved, 0);
      pair.poll(0, 0);
      pair.run(THIRD, 200);
      assertTrue(pair.a().good() > 50, () -> "a " + pair.a().good() + pair.a().reasons());
      assertTrue(pair.b().good() > 50, () -> "b " + pair.b().good() + pair.b().reasons());
    }
  }

  @Test
  void shouldMeasureNothingWhenNothingComesBack() {
    Pair pair = new Pair(3, true, true, 0);
    pair.poll(0, 0);
    pair.run(Network.Faults.NONE, LOST, 40);
    assertEquals(0, pair.a().good());
    assertEquals(0, pair.b().good());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldFindTogetherAgainWhenOneDirectionWasLostForLong(boolean interleaved) {
    Pair pair = new Pair(4, interleaved, interleaved, 0);
    pair.poll(0, 0);
    pair.run(Network.Faults.NONE, 20);
    pair.run(Network.Faults.NONE, LOST, 50);
    int before = pair.a().good();
    pair.run(Network.Faults.NONE, 20);
    assertTrue(pair.a().good() - before > 14, () -> "a " + pair.a().reasons());
  }

  @Test
  void shouldFindTogetherAgainWhenOneEndStartsAnew() {
    Pair pair = new Pair(5, true, true, 0);
    pair.poll(0, 0);
    pair.run(Network.Faults.NONE, 20);
    pair.b().dialogue().forget();
    int before = pair.a().good();
    pair.run(Network.Faults.NONE, 20);
    assertTrue(pair.a().good() - before > 14, () -> "a " + pair.a().reasons());
  }

  /**
   * Both ends' clocks are ten hours earlier than before: no packet is newer than the last answer.
   */
  @Test
  void shouldFindTogetherAgainWhenBothClocksWereSetBack() {
    Pair pair = new Pair(6, false, false, 0);
    pair.poll(0, 0);
    pair.run(Network.Faults.NONE, 20);
    pair.run(LOST, 12);
    pair.a().end().err(-36_000 * End.SECOND);
    pair.b().end().err(-36_000 * End.SECOND);
    pair.run(LOST, 12);
    int before = pair.a().good();
    pair.run(Network.Faults.NONE, 40);
    assertTrue(pair.a().good() - before > 20, () -> "a " + pair.a().reasons());
  }

  /** CVE-2015-1799: who replays a packet, or forges one, does not keep two peers apart. */
  @ParameterizedTest
  @CsvSource({"0,0,false", "0,0,true", "0,2,false", "2,0,false", "1,0,true"})
  void shouldGoOnWhenForgedAndReplayedPacketsComeAllTheTime(int a, int b, boolean interleaved) {
    Pair pair = new Pair(7, interleaved, interleaved, 0);
    pair.poll(a, b);
    pair.run(Network.Faults.NONE, 5);
    Random random = new Random(8);
    for (int i = 0; i < 2_000; i++) {
      long time = pair.network().now() + i * End.SECOND / 10;
      pair.network().at(time, () -> attack(pair.a(), time, random));
      pair.network().at(time, () -> attack(pair.b(), time, random));
    }
    int goodA = pair.a().good();
    int goodB = pair.b().good();
    pair.run(Network.Faults.NONE, 40);
    assertTrue(pair.a().good() - goodA > 35, () -> "a " + pair.a().good() + pair.a().reasons());
    assertTrue(pair.b().good() - goodB > 35, () -> "b " + pair.b().good() + pair.b().reasons());
  }

  private static void attack(Speaker victim, long time, Random random) {
    long origin = random.nextBoolean() ? 0 : random.nextLong();
    long transmit =
        NtpTimestamp.ofEpochNanos(
            victim.remote().says(time) + random.nextLong(2 * End.SECOND) - End.SECOND);
    ByteBuffer forged =
        Packets.bytes(
            Packets.of(NtpPacket.MODE_SYMMETRIC_ACTIVE, origin, random.nextLong(), transmit));
    victim.hear(time, forged);
    assertEquals(0, victim.rejected(Rejection.BAD_STAMPS));
  }
}
