package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpPacket;
import java.nio.ByteBuffer;
import java.util.Random;

/** Two symmetric dialogues of ours against each other. */
final class Pair {

  private static final PeerId A = PeerId.simulated(1);
  private static final PeerId B = PeerId.simulated(2);
  private static final long LARGE = 1L << 60;

  private final Network network;
  private final Speaker a;
  private final Speaker b;
  private int pollA;
  private int pollB;

  Pair(long seed, boolean isInterleavedA, boolean isInterleavedB, long ratePpb) {
    this.network = new Network(seed);
    Random random = network.random();
    int precision = random.nextBoolean() ? -20 : -32;
    End endA = new End(End.START, random.nextLong(1L << 50), ratePpb, precision);
    End endB = new End(End.START, random.nextLong(1L << 50), -ratePpb, precision);
    long drift = ratePpb == 0 ? 0 : 100_000;
    int passive = random.nextBoolean() ? 1 : 2;
    Wire wireA = new Wire(3 + random.nextInt(2), isInterleavedA, Wire.NO_KEY);
    Wire wireB = new Wire(3 + random.nextInt(2), isInterleavedB, Wire.NO_KEY);
    this.a =
        new Speaker(
            network,
            endA,
            endB,
            new SymmetricDialogue(
                new DialogueConfig(B, wireA, NtpKeys.empty(), new ReplyCheck(LARGE, drift)),
                NtpPacket.MODE_SYMMETRIC_ACTIVE,
                endA::served,
                random),
            drift);
    this.b =
        new Speaker(
            network,
            endB,
            endA,
            new SymmetricDialogue(
                new DialogueConfig(A, wireB, NtpKeys.empty(), new ReplyCheck(LARGE, drift)),
                passive,
                endB::served,
                random),
            drift);
  }

  void poll(int exponentA, int exponentB) {
    pollA = exponentA;
    pollB = exponentB;
    a.dialogue().pollEvery(exponentA);
    b.dialogue().pollEvery(exponentB);
  }

  Network network() {
    return network;
  }

  Speaker a() {
    return a;
  }

  Speaker b() {
    return b;
  }

  /** Lets both poll so many times the longer of the intervals. */
  void run(Network.Faults faults, int rounds) {
    run(faults, faults, rounds);
  }

  void run(Network.Faults faultsToB, Network.Faults faultsToA, int rounds) {
    long end = network.now() + rounds * (End.SECOND << Math.max(pollA, pollB));
    long firstB = network.now() + network.random().nextLong(End.SECOND << pollB);
    schedule(0, a, b, network.now(), End.SECOND << pollA, end, faultsToB);
    schedule(1, b, a, firstB, End.SECOND << pollB, end, faultsToA);
    network.runUntil(end);
  }

  private void schedule(
      int way,
      Speaker from,
      Speaker to,
      long time,
      long interval,
      long end,
      Network.Faults faults) {
    if (time >= end) {
      return;
    }
    network.at(
        time,
        () -> {
          long lag = network.random().nextInt(50_000);
          ByteBuffer packet = from.speak(lag);
          network.carry(way, time + lag, packet, faults, to::hear);
          schedule(way, from, to, time + interval, interval, end, faults);
        });
  }
}
