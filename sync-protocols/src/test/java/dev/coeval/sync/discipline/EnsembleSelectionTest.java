package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.Ensemble.Outcome;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.Measurement.Root;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.World;
import dev.coeval.sync.select.SourceOptions;
import dev.coeval.time.ClockReading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnsembleSelectionTest {
  private static final PeerId A = PeerId.simulated(1);
  private static final PeerId B = PeerId.simulated(2);
  private static final PeerId C = PeerId.simulated(3);
  private static final long SECOND = 1_000_000_000L;
  private static final SourceOptions TRUSTED = SourceOptions.NONE.trusted();

  private final World world = new World(1, 10e-6);

  private static Ensemble ensemble(SelectionConfig selection) {
    return new Ensemble(EnsembleConfig.defaults(List.of(A, B, C)).withSelection(selection));
  }

  private static SelectionConfig with(PeerId peer, SourceOptions options) {
    return SelectionConfig.DEFAULT.withOptions(Map.of(peer, options));
  }

  private Outcome exchange(Ensemble ensemble, PeerId peer, long wrong, Root root) {
    double[] ways = {100_000 + world.exponential(20_000), 100_000 + world.exponential(20_000)};
    Outcome outcome = ensemble.add(world.exchange(peer, ways, wrong, root));
    world.pass(250e6);
    return outcome;
  }

  private Outcome rounds(Ensemble ensemble, int rounds, long... wrong) {
    Outcome last = null;
    List<PeerId> peers = List.of(A, B, C);
    for (int i = 0; i < rounds; i++) {
      for (int k = 0; k < wrong.length; k++) {
        last = exchange(ensemble, peers.get(k), wrong[k], Root.EXACT);
      }
    }
    return last;
  }

  private void assertCertain(Ensemble ensemble) {
    OffsetBounds bounds = ensemble.boundsAt(world.tick()).orElseThrow();
    assertEquals(world.trueOffset(), bounds.clamp(world.trueOffset()), "the bound lies");
  }

  @Test
  void shouldBelieveTheTrustedOneAgainstTwoLiars() {
    Ensemble ensemble = ensemble(with(C, TRUSTED));
    rounds(ensemble, 5, SECOND, SECOND, 0);
    Outcome outcome = rounds(ensemble, 1, SECOND, SECOND, 0);
    assertEquals(State.SYNCHRONIZED, outcome.status().state());
    assertEquals(List.of(C), outcome.selected());
    assertEquals(Map.of(A, Cause.FALSETICKER, B, Cause.FALSETICKER), outcome.excluded());
  }

  @Test
  void shouldHaveNoTimeWithoutTheRequiredOne() {
    Ensemble ensemble = ensemble(with(C, SourceOptions.NONE.required()));
    Outcome outcome = rounds(ensemble, 3, 0, 0, SECOND);
    assertEquals(Cause.REQUIRED_MISSING, outcome.status().cause());
    assertTrue(outcome.estimate().isEmpty());
    assertCertain(ensemble);
    Ensemble honest = ensemble(with(C, SourceOptions.NONE.required()));
    assertEquals(State.SYNCHRONIZED, rounds(honest, 3, SECOND, 0, 0).status().state());
  }

  @Test
  void shouldTakeTheTimeFromThePreferredOneAlone() {
    Ensemble ensemble = ensemble(with(B, SourceOptions.NONE.preferred()));
    Outcome outcome = rounds(ensemble, 3, 0, 0, 0);
    assertEquals(List.of(B), outcome.selected());
    assertEquals(Map.of(A, Cause.NOT_PREFERRED, C, Cause.NOT_PREFERRED), outcome.excluded());
  }

  @Test
  void shouldNotCountWhoIsOnlyLookedAt() {
    Ensemble ensemble = ensemble(with(A, SourceOptions.NONE.unselected()));
    Outcome outcome = rounds(ensemble, 5, SECOND, 0, 0);
    assertEquals(State.SYNCHRONIZED, outcome.status().state());
    assertEquals(List.of(), outcome.falsetickers());
    assertEquals(Map.of(A, Cause.NOSELECT), outcome.excluded());
    assertCertain(ensemble);
  }

  @Test
  void shouldWantAsManyAsItIsTold() {
    Ensemble ensemble = ensemble(SelectionConfig.DEFAULT.withMinSources(3));
    assertEquals(Cause.TOO_FEW_SOURCES, rounds(ensemble, 3, 0, 0).status().cause());
    assertEquals(State.SYNCHRONIZED, rounds(ensemble, 1, 0, 0, 0).status().state());
    assertEquals(Cause.TOO_FEW_SOURCES, rounds(ensemble, 2, 0, 0, SECOND).status().cause());
  }

  @Test
  void shouldRefuseADistantSource() {
    Ensemble ensemble =
        new Ensemble(
            EnsembleConfig.defaults(List.of(A))
                .withSelection(SelectionConfig.DEFAULT.withMaxDistanceNanos(SECOND)));
    Root near = new Root(0, 9 * SECOND / 10, 0);
    Root far = new Root(0, 11 * SECOND / 10, 0);
    assertEquals(State.SYNCHRONIZED, exchange(ensemble, A, 0, near).status().state());
    Outcome outcome = exchange(ensemble, A, 0, far);
    assertEquals(State.HOLDOVER, outcome.status().state());
    assertEquals(Cause.DISTANCE_TOO_LARGE, outcome.status().cause());
    assertEquals(Map.of(A, Cause.DISTANCE_TOO_LARGE), outcome.excluded());
  }

  @Test
  void shouldRefuseASourceThatJumpsAgainAndAgainButNotOneThatStepsOnce() {
    Ensemble ensemble = new Ensemble(EnsembleConfig.defaults(List.of(A)));
    rounds(ensemble, 10, 0);
    rounds(ensemble, 1, 60 * SECOND);
    assertEquals(State.SYNCHRONIZED, rounds(ensemble, 1, 60 * SECOND).status().state());
    rounds(ensemble, 10, 60 * SECOND);
    Outcome last = null;
    for (int i = 0; i < 6; i++) {
      last = rounds(ensemble, 1, i * 10L * SECOND);
    }
    assertEquals(Cause.JITTER_TOO_LARGE, last.status().cause());
    assertTrue(last.estimate().isEmpty());
  }

  @Test
  void shouldLeaveOutWhatItsOwnerExcludesUntilTheNextGoodExchange() {
    Ensemble ensemble = new Ensemble(EnsembleConfig.defaults(List.of(A)));
    rounds(ensemble, 3, 0);
    Outcome out = ensemble.exclude(A, Cause.LOOP, new ClockReading(world.tick(), 0, 0));
    assertEquals(Cause.LOOP, out.status().cause());
    assertEquals(State.HOLDOVER, out.status().state());
    assertEquals(State.SYNCHRONIZED, rounds(ensemble, 1, 0).status().state());
  }

  @Test
  void shouldNameTheSidesWhenTheyAreAllAlone() {
    Outcome outcome = rounds(ensemble(SelectionConfig.DEFAULT), 3, 0, SECOND, -SECOND);
    assertEquals(Cause.NO_MAJORITY, outcome.status().cause());
    assertEquals(3, outcome.status().groups().size());
    assertTrue(outcome.status().groups().containsAll(List.of(List.of(A), List.of(B), List.of(C))));
  }

  @Test
  void shouldKeepTheBoundWhenSourcesComeAndGo() {
    Ensemble ensemble = new Ensemble(EnsembleConfig.defaults(List.of()));
    ensemble.admit(A, SourceOptions.NONE);
    assertEquals(State.SYNCHRONIZED, rounds(ensemble, 3, 0).status().state());
    ensemble.dismiss(A);
    assertCertain(ensemble);
    ensemble.admit(B, SourceOptions.NONE);
    assertEquals(State.SYNCHRONIZED, exchange(ensemble, B, 0, Root.EXACT).status().state());
    assertCertain(ensemble);
  }

  @Test
  void shouldMoveWithTheScaleWhenALeapSecondIsInserted() {
    for (Disciplines disciplines : List.of(Disciplines.REGRESSION, Disciplines.PLL_FLL)) {
      Ensemble ensemble =
          new Ensemble(EnsembleConfig.defaults(List.of(A)).withDisciplines(disciplines));
      rounds(ensemble, 20, 0);
      ensemble.shift(-SECOND);
      Outcome outcome = rounds(ensemble, 1, -SECOND);
      assertEquals(State.SYNCHRONIZED, outcome.status().state());
      assertEquals(List.of(), outcome.falsetickers());
    }
  }

  @Test
  void shouldIgnoreSoManySuddenChangesAndThenPanic() {
    PanicPolicy policy = new PanicPolicy(SECOND / 10, 1, 3);
    Ensemble ensemble =
        new Ensemble(
            EnsembleConfig.defaults(List.of(A))
                .withDisciplines(Disciplines.REGRESSION.withPanic(policy)));
    rounds(ensemble, 10, 0);
    rounds(ensemble, 1, SECOND); // contradicts what was said: the bound is lost
    for (int i = 0; i < 3; i++) {
      Outcome outcome = rounds(ensemble, 1, SECOND);
      assertEquals(Cause.PANIC, outcome.status().cause());
      assertTrue(outcome.estimate().isEmpty());
      assertFalse(ensemble.isPanicked(), "at " + i);
    }
    rounds(ensemble, 1, SECOND);
    assertTrue(ensemble.isPanicked());
  }

  @Test
  void shouldNotPanicWhenTheHostSlept() {
    PanicPolicy policy = new PanicPolicy(SECOND / 10, 1, 0);
    Ensemble ensemble =
        new Ensemble(
            EnsembleConfig.defaults(List.of(A))
                .withDisciplines(Disciplines.REGRESSION.withPanic(policy)));
    rounds(ensemble, 10, 0);
    ensemble.disrupt(Cause.SUSPENDED, "the host slept");
    world.sleep(3600e9);
    assertEquals(State.SYNCHRONIZED, rounds(ensemble, 1, 0).status().state());
    assertFalse(ensemble.isPanicked());
  }

  /** Two liars whose intervals meet each other's and the truth's: only trust tells them apart. */
  @Test
  void shouldHoldTheTruthWhenLiarsOverlapTheTrustedOne() {
    Ensemble ensemble = ensemble(with(C, TRUSTED));
    Root vague = new Root(0, 6 * SECOND / 10, 0);
    for (int i = 0; i < 3; i++) {
      exchange(ensemble, A, SECOND, vague);
      exchange(ensemble, B, 2 * SECOND, vague);
      exchange(ensemble, C, 0, vague);
    }
    assertCertain(ensemble);
    assertEquals(List.of(C), exchange(ensemble, C, 0, vague).selected());
  }

  @Test
  void shouldLetTheFirstUpdatesChangeTheTimeByAnyAmount() {
    for (int free = 0; free <= 2; free++) {
      PanicPolicy policy = new PanicPolicy(SECOND / 10, free, 0);
      Ensemble ensemble =
          new Ensemble(
              EnsembleConfig.defaults(List.of(A))
                  .withDisciplines(Disciplines.REGRESSION.withPanic(policy)));
      rounds(ensemble, 1, 0);
      rounds(ensemble, 2, SECOND); // the first contradicts, the second is an estimate
      assertEquals(free < 2, ensemble.isPanicked(), "after " + free);
    }
  }

  @Test
  void shouldNotPanicAtALeapSecondAndKeepItsLine() {
    PanicPolicy policy = new PanicPolicy(SECOND / 10, 1, 0);
    Ensemble ensemble =
        new Ensemble(
            EnsembleConfig.defaults(List.of(A))
                .withDisciplines(Disciplines.REGRESSION.withPanic(policy)));
    rounds(ensemble, 30, 0);
    long error = rounds(ensemble, 1, 0).estimate().orElseThrow().statisticalErrorNanos();
    ensemble.shift(SECOND);
    Outcome outcome = rounds(ensemble, 1, SECOND);
    assertFalse(ensemble.isPanicked());
    assertTrue(outcome.estimate().orElseThrow().statisticalErrorNanos() < 2 * error + 1_000);
  }

  /** A filter may hand over an exchange that is older than another source's last one. */
  @Test
  void shouldSettleAtTheNewestTickWhenAnExchangeIsHandedOverLate() {
    EnsembleConfig config = EnsembleConfig.defaults(List.of(A, B, C));
    Ensemble ensemble = new Ensemble(config.withDisciplines(Disciplines.REGRESSION));
    rounds(ensemble, 5, 0, 0, 0);
    Measurement late = world.exchange(A, 100_000, 100_000, 0);
    world.pass(5e9);
    rounds(ensemble, 1, 0, 0);
    long newest = world.tick() - SECOND;
    assertTrue(ensemble.add(late).estimate().orElseThrow().tickNanos() > newest);
    assertCertain(ensemble);
  }
}
