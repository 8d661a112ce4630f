package dev.coeval.sync.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwitchboardTest {
  private static final ClockReading NOW = new ClockReading(1, 2, 0);
  private static final PeerId PEER = PeerId.simulated(1);
  private static final Action CANCEL = new Action.CancelTimer(new TimerId("any", 0, 0));

  private final List<String> heard = new ArrayList<>();
  private final Switchboard board =
      new Switchboard()
          .add("a", first -> first == 'A', new Noting("a"))
          .add("b", first -> first == 'B', new Noting("b"));

  @Test
  void shouldTellDatagramsApartByTheirFirstByte() {
    board.onDatagram(NOW, PEER, bytes('B', 'A'));
    board.onDatagram(NOW, PEER, bytes('A'));
    assertEquals(List.of(), board.onDatagram(NOW, PEER, bytes('C')));
    assertEquals(List.of(), board.onDatagram(NOW, PEER, bytes()));
    assertEquals(List.of("b datagram", "a datagram"), heard);
  }

  @Test
  void shouldTellTimersAndSendsApartByTheirOwner() {
    board.onTimer(NOW, new TimerId("b", 0, 0));
    board.onSent(NOW, new SendId("a", 7));
    assertEquals(List.of(), board.onTimer(NOW, new TimerId("c", 0, 0)));
    assertEquals(List.of(), board.onSent(NOW, new SendId("c", 0)));
    assertEquals(List.of("b timer", "a sent"), heard);
  }

  @Test
  void shouldTellEveryMachineWhenStartedOrUnreachable() {
    assertEquals(4, board.start(NOW).size());
    assertEquals(2, board.onUnreachable(NOW, PEER, "closed").size());
    assertEquals(List.of("a start", "b start"), heard);
  }

  @Test
  void shouldStopWithTheLastMachineAndLeaveTheOthersRunning() {
    Switchboard mortal =
        new Switchboard()
            .add("a", first -> first == 'A', new Noting("a", "timer"))
            .add("b", first -> first == 'B', new Noting("b", "timer"));
    List<Action> first = mortal.onTimer(NOW, new TimerId("a", 0, 0));
    assertEquals(List.of(new Action.SetTimer(new TimerId("a", 0, 0), 5)), first);
    assertEquals(List.of(), mortal.onTimer(NOW, new TimerId("a", 0, 0)));
    assertEquals(List.of(), mortal.onDatagram(NOW, PEER, bytes('A')));
    assertEquals(List.of(), mortal.onSent(NOW, new SendId("a", 1)));
    assertEquals(2, mortal.onDatagram(NOW, PEER, bytes('B')).size());
    assertEquals(1, mortal.onUnreachable(NOW, PEER, "closed").size());
    List<Action> last = mortal.onTimer(NOW, new TimerId("b", 0, 0));
    assertEquals(new Action.Stop("timer"), last.get(1));
    assertEquals(List.of("a timer", "b datagram", "b timer"), heard);
  }

  @Test
  void shouldAskRespondersInOrderUntilOneTakesTheRequest() {
    board.add(new Answering('A', 1)).add(new Answering('A', 2)).add(new Answering('B', 0));
    assertEquals(1, respond('A'));
    assertEquals(Responder.SILENT, respond('B'));
    assertEquals(Responder.NOT_MINE, respond('C'));
  }

  @Test
  void shouldTellOnlyTheResponderThatAnsweredWhenReplyHasLeft() {
    board
        .add(new Answering('A', 1, () -> heard.add("first")))
        .add(new Answering('B', 1, () -> heard.add("second")));
    respond('B');
    board.onSent(PEER, bytes('b'), NOW);
    respond('A');
    board.onSent(PEER, bytes('a'), NOW);
    respond('C');
    board.onSent(PEER, bytes('c'), NOW);
    assertEquals(List.of("second", "first"), heard);
  }

  @Test
  void shouldRefuseASecondMachineOfTheSameName() {
    Noting machine = new Noting("a");
    assertThrows(IllegalArgumentException.class, () -> board.add("a", first -> true, machine));
  }

  private int respond(char first) {
    return board.respond(NOW, PEER, bytes(first), ByteBuffer.allocate(8), () -> 0);
  }

  private static ByteBuffer bytes(char... characters) {
    ByteBuffer buffer = ByteBuffer.allocate(characters.length + 1).position(1);
    for (char each : characters) {
      buffer.put((byte) each);
    }
    return buffer.flip().position(1);
  }

  private record Answering(char first, int length, Runnable onSent) implements Responder {
    Answering(char first, int length) {
      this(first, length, () -> {});
    }

    @Override
    public int respond(
        ClockReading received,
        PeerId from,
        ByteBuffer request,
        ByteBuffer reply,
        java.util.function.LongSupplier transmitTickNanos) {
      return request.get(request.position()) == first ? length : NOT_MINE;
    }

    @Override
    public void onSent(PeerId to, ByteBuffer reply, ClockReading sent) {
      onSent.run();
    }
  }

  private final class Noting implements StateMachine {
    private final String name;
    private final String stopAt;

    Noting(String name) {
      this(name, "never");
    }

    Noting(String name, String stopAt) {
      this.name = name;
      this.stopAt = stopAt;
    }

    private List<Action> note(String what) {
      heard.add(name + " " + what);
      TimerId timer = new TimerId(name, 0, 0);
      return List.of(
          new Action.SetTimer(timer, 5), what.equals(stopAt) ? new Action.Stop(what) : CANCEL);
    }

    @Override
    public List<Action> start(ClockReading now) {
      return note("start");
    }

    @Override
    public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
      return note("datagram");
    }

    @Override
    public List<Action> onTimer(ClockReading now, TimerId timer) {
      return note("timer");
    }

    @Override
    public List<Action> onSent(ClockReading sent, SendId send) {
      return note("sent");
    }
  }
}
