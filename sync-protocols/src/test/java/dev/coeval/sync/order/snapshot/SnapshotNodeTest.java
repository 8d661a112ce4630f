package dev.coeval.sync.order.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Rejection;
import dev.coeval.sync.order.snapshot.SnapshotAborted.Reason;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process at its limits, and what becomes of those that forget. */
final class SnapshotNodeTest {
  private static final ClockReading NOW = new ClockReading(5, 5, 0);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static SnapshotNode alone(BankAccount account) {
    SnapshotConfig config = SnapshotConfig.of("a", Map.of(), SnapshotAlgorithm.CHANDY_LAMPORT);
    return new SnapshotNode("s", config, account, Keyring.empty(), 1);
  }

  private static BankAccount account() {
    return new BankAccount("a", 50, new Histories());
  }

  @Test
  void shouldPublishWhatToSaveBeforeItSendsAnything() {
    Map<String, PeerId> others = Map.of("b", PeerId.simulated(1));
    SnapshotConfig config = SnapshotConfig.of("a", others, SnapshotAlgorithm.LAI_YANG);
    SnapshotNode node = new SnapshotNode("s", config, account(), Keyring.empty(), 1);
    for (List<Action> actions : List.of(node.start(NOW), node.send(NOW, "b", new byte[3]))) {
      assertTrue(
          actions.get(0) instanceof Action.Publish first && first.report() instanceof Checkpoint,
          actions::toString);
    }
  }

  @Test
  void shouldTakeSnapshotAtOnceWhenItIsAlone() {
    SnapshotNode node = alone(account());
    node.start(NOW);
    List<Action> actions = node.snapshot(NOW);
    assertTrue(
        actions.stream()
            .anyMatch(a -> a instanceof Action.Publish p && p.report() instanceof SnapshotTaken));
    assertFalse(node.isTakingSnapshot());
  }

  @Test
  void shouldRefuseCheckpointsThatAreNotItsOwnOrNotWhole() {
    SnapshotNode node = alone(account());
    Action.Publish first = (Action.Publish) node.start(NOW).get(0);
    byte[] bytes = ((Checkpoint) first.report()).bytes();
    assertThrows(IllegalStateException.class, () -> node.resume(bytes));
    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThrows(IllegalArgumentException.class, () -> alone(account()).resume(torn));
    }
    byte[] bent = bytes.clone();
    bent[bytes.length / 2] ^= 4;
    assertThrows(IllegalArgumentException.class, () -> alone(account()).resume(bent));
    SnapshotConfig other = SnapshotConfig.of("b", Map.of(), SnapshotAlgorithm.CHANDY_LAMPORT);
    SnapshotNode stranger = new SnapshotNode("s", other, account(), Keyring.empty(), 1);
    assertThrows(IllegalArgumentException.class, () -> stranger.resume(bytes));
    BankAccount back = new BankAccount("a", 0, new Histories());
    alone(back).resume(bytes);
    assertEquals(50, back.balance);
  }

  @ParameterizedTest
  @EnumSource
  void shouldSayNoAndGiveUpWhenSomebodyTakesNothing(SnapshotAlgorithm algorithm) {
    Bank bank = new Bank(3, 3, algorithm, SECOND);
    bank.start().simulation.runFor(SECOND);
    Bank.Branch dead = bank.branches.get(2);
    Bank.Branch alive = bank.branches.get(0);
    dead.node.kill();
    bank.transferEvery(Duration.ofMillis(5), Duration.ofSeconds(8));
    bank.snapshotEvery(Duration.ofMillis(100), Duration.ofSeconds(200));
    bank.simulation.runFor(Duration.ofSeconds(199));
    assertFalse(alive.machine.canSend(dead.name));
    assertTrue(alive.machine.unsaved(dead.name) <= SnapshotProcess.MAX_QUEUED + 2);
    assertTrue(bank.aborted.stream().anyMatch(each -> each.reason() == Reason.TIMEOUT));
    assertTrue(bank.aborted.stream().anyMatch(each -> each.reason() == Reason.BACKLOG));
    assertTrue(bank.aborted.stream().allMatch(each -> each.missing().contains(dead.name)));
    assertEquals(0, bank.taken);
    dead.node.restart();
    bank.simulation.runFor(Duration.ofSeconds(30));
    assertTrue(bank.isQuiet());
    bank.snapshot(alive);
    bank.simulation.runFor(SECOND);
    assertEquals(1, bank.taken);
    assertEquals(3 * Bank.BALANCE, bank.total());
  }

  @ParameterizedTest
  @EnumSource
  void shouldHearNobodyWhoseDiskWasLostOrIsOld(SnapshotAlgorithm algorithm) {
    for (boolean lost : new boolean[] {true, false}) {
      Bank bank = new Bank(4, 2, algorithm, SECOND).start();
      Bank.Branch forgetful = bank.branches.get(1);
      byte[] old = forgetful.disk;
      bank.transferEvery(Duration.ofMillis(20), Duration.ofSeconds(2));
      bank.simulation.runFor(Duration.ofSeconds(4));
      forgetful.disk = lost ? null : old;
      forgetful.node.restart();
      bank.simulation.at(
          Duration.ofSeconds(5), () -> bank.snapshot(bank.branches.get(lost ? 1 : 0)));
      bank.simulation.runFor(Duration.ofSeconds(5));
      assertEquals(0, bank.taken);
      Rejection reason = lost ? Rejection.STALE : Rejection.INCONSISTENT;
      int at = lost ? 0 : 1;
      assertTrue(bank.branches.get(at).machine.rejections().get(reason) > 0, "" + lost);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveUpWhenTooMuchIsOnItsWay(SnapshotAlgorithm algorithm) {
    Map<String, PeerId> others = Map.of("b", PeerId.simulated(1), "c", PeerId.simulated(2));
    SnapshotConfig config = SnapshotConfig.of("a", others, algorithm);
    SnapshotProcess process = new SnapshotProcess(config, new Idle());
    process.initiate();
    process.receive("b", new Content.Marked(new Marker(new SnapshotId("b", 1), 0)));
    SortedMap<String, Long> white = new TreeMap<>();
    for (int i = 0; i < SnapshotNode.MAX_PART_BYTES / SnapshotNode.MAX_MESSAGE_BYTES; i++) {
      assertEquals(2, process.state.recorder.active.size());
      process.receive("c", new Content.Application(white, ByteBuffer.allocate(512)));
    }
    assertEquals(Map.of(), process.state.recorder.active);
    SnapshotAborted aborted = (SnapshotAborted) process.takeReports().get(0);
    assertEquals(Reason.TOO_LARGE, aborted.reason());
    assertEquals(List.of("a", "b", "c"), List.copyOf(aborted.missing()));
    SnapshotId declined = new SnapshotId("b", 1);
    byte[] toInitiator = process.codec().encode(new Content.GivenUp(declined, Reason.TOO_LARGE));
    assertTrue(
        process.state.channel("b").unsaved.stream()
            .anyMatch(parcel -> Arrays.equals(toInitiator, parcel.content)));
  }

  /** Has nothing, takes everything. */
  private static final class Idle implements SnapshotApplication {
    @Override
    public byte[] state() {
      return new byte[0];
    }

    @Override
    public void restore(byte[] state) {
      throw new AssertionError("nothing to restore");
    }

    @Override
    public void receive(String from, byte[] message) {
      assertEquals("c", from);
    }
  }
}
