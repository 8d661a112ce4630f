package dev.coeval.sync.order.broadcast;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.order.Explorer;
import dev.coeval.sync.order.Explorer.Visited;
import dev.coeval.sync.order.broadcast.GroupModel.Rules;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of small groups. At each delivery the past is there (B1) and nothing comes
 * twice (B2); each message called stable has been delivered by all members (B7); in each state all
 * have been shown beginnings of one sequence, in total order; from each end, all come to have the
 * same (B3), and keep nothing (B4).
 */
final class GroupExhaustiveTest {
  private static final int MOST = 200_000;

  private static void assertVisited(int floor, Rules rules) {
    Visited visited =
        Explorer.visit(new GroupModel(rules), MOST, GroupModel::check, GroupModel::checkEnd);
    assertTrue(visited.states() >= floor, visited::toString);
  }

  @Test
  void shouldKeepTheCausalOrderInEveryInterleavingWhenThreeTalk() {
    assertVisited(2_500, Rules.of(false, List.of(1, 1, 1), List.of(0, 0, 0)));
    assertVisited(1_100, Rules.of(false, List.of(2, 1, 0), List.of(0, 0, 0)));
  }

  @Test
  void b7ShouldHoldInEveryInterleavingWhenReportsAreLate() {
    assertVisited(18_000, Rules.of(false, List.of(2, 1), List.of(1, 1)));
    assertVisited(1_400, Rules.of(false, List.of(1, 1, 0), List.of(0, 0, 1)));
    assertVisited(1_000, Rules.of(false, List.of(1, 0, 0), List.of(0, 1, 1)));
  }

  @Test
  void shouldShowOneSequenceInEveryInterleavingWhenOrderIsTotal() {
    assertVisited(21_000, Rules.of(true, List.of(1, 1), List.of(2, 2)));
    assertVisited(1_400, Rules.of(true, List.of(1, 1, 0), List.of(0, 0, 1)));
    assertVisited(2_500, Rules.of(true, List.of(1, 1, 1), List.of(0, 0, 0)));
  }

  @Test
  void shouldAgreeOnTheLastMessageInEveryInterleavingWhenOneIsRemoved() {
    assertVisited(7_000, new Rules(false, List.of(0, 0, 1), List.of(1, 1, 0), 2, Set.of(0)));
    assertVisited(19_000, new Rules(true, List.of(0, 0, 1), List.of(1, 1, 0), 2, Set.of(0, 1)));
  }
}
