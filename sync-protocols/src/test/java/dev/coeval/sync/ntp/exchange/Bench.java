package dev.coeval.sync.ntp.exchange;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpTimestamp;
import java.nio.ByteBuffer;
import java.util.Random;

/** One dialogue of any kind, open or sealed, and an honest end that answers it. */
final class Bench {

  static final int KINDS = 6;

  private static final ReplyCheck CHECK = new ReplyCheck(End.SECOND, 100_000);

  private final End end = End.steady(5_000);
  private final Dialogue dialogue;
  private final boolean isSealed;
  private final boolean isSymmetric;
  private long now = End.SECOND;
  private NtpPacket last = Packets.of(3, 0, 0, 0);

  /** 0 and 3: client; 1 and 4: symmetric; 2 and 5: broadcast, asking. From 3 on sealed. */
  Bench(int kind) {
    isSealed = kind >= 3;
    isSymmetric = kind % 3 == 1;
    NtpKeys keys = isSealed ? Packets.KEYS : NtpKeys.empty();
    Wire wire = Wire.DEFAULT.withKeyId(isSealed ? Packets.KEY : Wire.NO_KEY);
    DialogueConfig config = new DialogueConfig(PeerId.simulated(1), wire, keys, CHECK);
    dialogue =
        switch (kind % 3) {
          case 0 -> new ClientDialogue(config, new Random(1));
          case 1 -> new SymmetricDialogue(config, 1, end::served, new Random(1));
          default -> BroadcastDialogue.trusting(config, new Random(1));
        };
  }

  void speak() {
    now += End.SECOND;
    last = NtpCodec.decode(dialogue.next(now, end.at(now)));
  }

  /** The answer to the last packet, of an end whose time is true. */
  ByteBuffer honest() {
    long arrived = NtpTimestamp.ofEpochNanos(End.START + now + 500);
    NtpPacket answer =
        Packets.of(isSymmetric ? 1 : 4, last.stamps().transmit(), arrived, arrived + 4);
    return isSealed ? Packets.sealed(answer, Packets.KEYS, Packets.KEY) : Packets.bytes(answer);
  }

  Reply hear(ByteBuffer datagram) {
    return dialogue.accept(end.at(now + 1_000), datagram);
  }

  boolean isOpenStill() {
    return dialogue.isOpen();
  }

  boolean isSealed() {
    return isSealed;
  }

  /** What a basic answer to the last packet has to bring back. */
  long asked() {
    return last.stamps().transmit();
  }

  long offset() {
    return End.START - 5_000;
  }
}
