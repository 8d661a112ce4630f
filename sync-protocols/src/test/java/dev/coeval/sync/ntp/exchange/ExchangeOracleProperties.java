package dev.coeval.sync.ntp.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever a network does, each measurement holds the truth: off by no more than half the delay
 * (and what the remote says its own error is), with both ends' clocks and the network known.
 */
class ExchangeOracleProperties {

  private static final PeerId REMOTE = PeerId.simulated(1);
  private static final long LARGE = 1L << 60;
  private static final int POLLS = 60;

  @Property(tries = 200)
  void shouldHoldTheTruthWhenClientAsksBasically(@ForAll long seed) {
    Speaker client = client(seed, false, true);
    assertEquals(0, client.interleaved());
    assertTrue(client.basic() > POLLS / 5, () -> "basic " + client.basic());
  }

  @Property(tries = 200)
  void shouldHoldTheTruthWhenClientAsksInterleaved(@ForAll long seed) {
    Speaker client = client(seed, true, true);
    assertTrue(client.interleaved() > POLLS / 5, () -> "interleaved " + client.interleaved());
  }

  @Property(tries = 50)
  void shouldMeasureAsEverWhenServerDoesNotInterleave(@ForAll long seed) {
    Speaker client = client(seed, true, false);
    assertEquals(0, client.interleaved());
    assertTrue(client.basic() > POLLS / 5, () -> "basic " + client.basic());
  }

  private static Speaker client(long seed, boolean asks, boolean answers) {
    Network network = new Network(seed);
    Random random = network.random();
    long rate = random.nextBoolean() ? 0 : random.nextInt(200_000) - 100_000;
    End own = new End(End.START, random.nextLong(1L << 50), rate, -25);
    End remote = new End(End.START, 0, 0, -32);
    ReferenceServer server = new ReferenceServer(remote, answers);
    Wire wire = new Wire(3 + random.nextInt(2), asks, Wire.NO_KEY);
    long drift = rate == 0 ? 0 : 100_000;
    Dialogue dialogue =
        new ClientDialogue(
            DialogueConfig.open(REMOTE, wire, new ReplyCheck(LARGE, drift)), new Random(seed));
    Speaker client = new Speaker(network, own, remote, dialogue, drift);
    Network.Faults faults = Network.Faults.ALL;
    for (int i = 0; i < POLLS; i++) {
      network.at(
          i * End.SECOND,
          () -> {
            long lag = random.nextInt(50_000);
            ByteBuffer request = client.speak(lag);
            network.carry(
                0,
                network.now() + lag,
                request,
                faults,
                (arrival, asked) -> {
                  long seen = arrival + random.nextInt(50_000);
                  long written = seen + random.nextInt(100_000);
                  long left = written + random.nextInt(300_000);
                  ByteBuffer reply = server.answer(seen, asked, left, written);
                  network.carry(1, left, reply, faults, client::hear);
                });
          });
    }
    network.runUntil((POLLS + 5) * End.SECOND);
    return client;
  }

  @Property(tries = 300)
  void shouldHoldTheTruthWhenPeersSpeak(@ForAll long seed) {
    Random random = new Random(seed);
    long rate = random.nextBoolean() ? 0 : random.nextInt(200_000) - 100_000;
    Pair pair = new Pair(seed, random.nextBoolean(), random.nextBoolean(), rate);
    pair.poll(random.nextInt(4), random.nextInt(4));
    pair.run(Network.Faults.ALL, POLLS);
    assertTrue(pair.a().good() > 0, () -> "a " + pair.a().reasons());
    assertTrue(pair.b().good() > 0, () -> "b " + pair.b().reasons());
  }

  @Property(tries = 100)
  void shouldHoldTheTruthWhenTimeOfPeersIsCorrectedMeanwhile(@ForAll long seed) {
    Random random = new Random(seed);
    Pair pair = new Pair(seed, true, random.nextBoolean(), 0);
    for (int i = 0; i < POLLS; i++) {
      int error = random.nextInt(20_000_000) - 10_000_000;
      pair.network().at(i * End.SECOND / 2 + 1, () -> pair.a().end().err(error));
      pair.network().at(i * End.SECOND / 2 + 2, () -> pair.b().end().err(-error / 3));
    }
    pair.poll(0, 0);
    pair.run(Network.Faults.ALL, POLLS);
    assertTrue(pair.a().good() > 0, () -> "a " + pair.a().reasons());
  }

  @Property(tries = 50)
  void shouldBeInterleavedWhenPeersPollEquallyAndNothingIsLost(@ForAll long seed) {
    Pair pair = new Pair(seed, true, true, 0);
    pair.poll(0, 0);
    pair.run(Network.Faults.NONE, POLLS);
    assertTrue(pair.a().interleaved() > POLLS - 8, () -> "a " + pair.a().reasons());
    assertTrue(pair.b().interleaved() > POLLS - 8, () -> "b " + pair.b().reasons());
  }
}
