package dev.coeval.sync.order.snapshot;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.order.Explorer;
import dev.coeval.sync.order.Explorer.Visited;
import org.junit.jupiter.api.Test;

/** Every interleaving of small systems: S1, S2 and S3 of each snapshot, and S5 at each end. */
final class SnapshotExhaustiveTest {
  private static final int MOST = 1_000_000;

  private static final int[] RING = {1, 1, 0};
  private static final int[][] RING_SCRIPTS = {{1}, {2}, {0}};
  private static final int[][] PAIR_SCRIPTS = {{1, 1}, {0, 0}};

  private static Visited explore(SnapshotModel model) {
    return Explorer.visit(model, MOST, state -> {}, SnapshotModel::checkEnd);
  }

  private static SnapshotModel ring(SnapshotAlgorithm algorithm, boolean fifo, int... begins) {
    return new SnapshotModel(algorithm, fifo, new AppState(fifo, RING, RING_SCRIPTS), begins);
  }

  private static SnapshotModel pair(SnapshotAlgorithm algorithm, boolean fifo, int... begins) {
    int[] tokens = {1, 1};
    return new SnapshotModel(algorithm, fifo, new AppState(fifo, tokens, PAIR_SCRIPTS), begins);
  }

  private static void assertVisited(int floor, String what, Visited visited) {
    assertTrue(visited.states() >= floor, () -> what + ": " + visited);
  }

  @Test
  void s1s2s3s5ShouldHoldInEveryInterleavingByChandyAndLamport() {
    SnapshotAlgorithm algorithm = SnapshotAlgorithm.CHANDY_LAMPORT;
    assertVisited(12_000, "CL, two initiators", explore(pair(algorithm, true, 1, 1)));
    assertVisited(2_500, "CL, one after the other", explore(pair(algorithm, true, 2, 0)));
    assertVisited(4_400, "CL, ring of three", explore(ring(algorithm, true, 1, 0, 0)));
  }

  @Test
  void s1s2s3s5s6ShouldHoldInEveryInterleavingByLaiAndYangThoughMessagesOvertake() {
    SnapshotAlgorithm algorithm = SnapshotAlgorithm.LAI_YANG;
    assertVisited(79_000, "LY, two initiators", explore(pair(algorithm, false, 1, 1)));
    assertVisited(7_300, "LY, one after the other", explore(pair(algorithm, false, 2, 0)));
    assertVisited(8_200, "LY, ring of three", explore(ring(algorithm, false, 1, 0, 0)));
  }

  @Test
  void s1ShouldFailInSomeInterleavingWhenChandyAndLamportsChannelsAreNotFifo() {
    SnapshotModel two = pair(SnapshotAlgorithm.CHANDY_LAMPORT, false, 1, 0);
    assertThrows(AssertionError.class, () -> explore(two));
  }
}
