package dev.coeval.examples.chat;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.SendId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a chat is without any algorithm: lines in datagrams, shown as they arrive. */
final class PlainChat implements StateMachine {
  static final String OWNER = "plain";
  static final int FIRST_BYTE = 'p';

  /**
   * A line has arrived.
   *
   * @param text the line
   */
  record Arrived(String text) implements Report {}

  /** Sends a line, once, to each of the others. */
  static List<Action> say(List<PeerId> others, String line) {
    List<Action> sends = new ArrayList<>();
    byte[] text = line.getBytes(StandardCharsets.UTF_8);
    for (PeerId other : others) {
      ByteBuffer datagram = ByteBuffer.allocate(1 + text.length).put((byte) FIRST_BYTE).put(text);
      sends.add(new Action.Send(other, datagram.flip(), new SendId(OWNER, sends.size())));
    }
    return sends;
  }

  @Override
  public List<Action> start(ClockReading now) {
    return List.of();
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    ByteBuffer text = payload.slice(1, payload.remaining() - 1);
    return List.of(new Action.Publish(new Arrived(StandardCharsets.UTF_8.decode(text).toString())));
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    return List.of();
  }
}
