package dev.coeval.sync.order.mutex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.order.Explorer;
import dev.coeval.sync.order.Explorer.Visited;
import dev.coeval.sync.order.mutex.Message.Kind;
import dev.coeval.sync.order.mutex.MutexModel.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every interleaving of small groups. Each state is checked for X1 and X3 (the model checks the
 * order of grants at each grant), each end for X2: as no model can go on for ever, a request that
 * is granted at every end is granted however the messages are scheduled.
 */
final class MutexExhaustiveTest {
  private static final int MOST = 2_000_000;

  private static Visited explore(MutexModel model) {
    return Explorer.visit(
        model,
        MOST,
        state -> assertTrue(state.insideCount() <= 1, state::trail),
        state -> assertTrue(state.isAllServed(), state::trail));
  }

  private static MutexModel settled(MutexAlgorithm algorithm, boolean fifo, int size, int asks) {
    return new MutexModel(new Rules(algorithm, fifo, false), size, asks).settled();
  }

  private static MutexModel model(MutexAlgorithm algorithm, boolean toNextLife, int size) {
    return new MutexModel(new Rules(algorithm, true, toNextLife), size, 0);
  }

  private static void assertVisited(int floor, String what, Visited visited) {
    assertTrue(visited.states() >= floor, () -> what + ": " + visited);
  }

  /** X4, where nobody gives up or dies. */
  private static Visited exploreCounting(MutexModel model, MutexAlgorithm algorithm, int others) {
    return Explorer.visit(
        model,
        MOST,
        state -> assertTrue(state.insideCount() <= 1, state::trail),
        state -> {
          assertTrue(state.isAllServed(), state::trail);
          int due = state.entries() * others;
          assertEquals(due, state.sent(Kind.REQUEST), state::trail);
          assertEquals(due, state.sent(Kind.REPLY), state::trail);
          int releases = algorithm == MutexAlgorithm.LAMPORT ? due : 0;
          assertEquals(releases, state.sent(Kind.RELEASE), state::trail);
        });
  }

  @Test
  void x1x2x3x4ShouldHoldInEveryInterleavingWhenTwoOfThreeAskByLamport() {
    MutexAlgorithm lamport = MutexAlgorithm.LAMPORT;
    MutexModel three = settled(lamport, true, 3, 0).withAsks(2, 1, 0);
    assertVisited(38_000, "Lamport, 2 + 1 + 0", exploreCounting(three, lamport, 2));
    MutexModel two = settled(lamport, true, 2, 3);
    assertVisited(10_000, "Lamport, 3 + 3", exploreCounting(two, lamport, 1));
  }

  @Test
  void x1x2x3x4ShouldHoldInEveryInterleavingWhenAllThreeAskByRicartAndAgrawala() {
    MutexAlgorithm algorithm = MutexAlgorithm.RICART_AGRAWALA;
    MutexModel three = settled(algorithm, false, 3, 1);
    assertVisited(29_000, "Ricart-Agrawala, 1 + 1 + 1", exploreCounting(three, algorithm, 2));
    MutexModel two = settled(algorithm, false, 2, 4);
    assertVisited(5_000, "Ricart-Agrawala, 4 + 4", exploreCounting(two, algorithm, 1));
  }

  @Test
  void x1ShouldFailInSomeInterleavingWhenLamportsChannelsAreNotFifo() {
    MutexModel two = settled(MutexAlgorithm.LAMPORT, false, 2, 1);
    assertThrows(AssertionError.class, () -> explore(two));
  }

  @ParameterizedTest
  @EnumSource
  void shouldLetOthersInWhenRequestIsTakenBack(MutexAlgorithm algorithm) {
    boolean fifo = algorithm == MutexAlgorithm.LAMPORT;
    MutexModel two = settled(algorithm, fifo, 2, 2).withWithdrawal(0);
    assertVisited(500, algorithm + ", 2 + 2, one taken back", explore(two));
    MutexModel three = settled(algorithm, fifo, 3, 0).withAsks(1, 1, 0).withWithdrawal(0);
    assertVisited(700, algorithm + ", 1 + 1 + 0, one taken back", explore(three));
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnWhenMemberThatDiedIsRemoved(MutexAlgorithm algorithm) {
    for (int dying : new int[] {0, 2}) {
      MutexModel three = settled(algorithm, true, 3, 0).withAsks(1, 1, 0).withDeath(dying);
      assertVisited(1_800, algorithm + ", 1 + 1 + 0, one dies", explore(three));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldComeBackWhenMemberIsRestartedAtAnyMoment(MutexAlgorithm algorithm) {
    for (boolean toNextLife : new boolean[] {true, false}) {
      MutexModel two = model(algorithm, toNextLife, 2).withAsks(1, 1);
      assertVisited(900, algorithm + ", a start and a restart", explore(two.withRestarts(0, 1)));
      assertVisited(1_000, algorithm + ", two restarts", explore(two.settled().withRestarts(0, 2)));
    }
    MutexModel three = model(algorithm, false, 3).settled().withAsks(1, 1, 0);
    assertVisited(7_000, algorithm + ", one of three", explore(three.withRestarts(0, 1)));
  }
}
