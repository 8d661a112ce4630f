package dev.coeval.sync.discipline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.discipline.Ensemble.Outcome;
import dev.coeval.sync.discipline.SyncStatus.State;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.measure.OffsetBounds;
import dev.coeval.sync.measure.World;
import dev.coeval.time.ClockEstimate;
import dev.coeval.time.ClockReading;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EnsembleTest {
  private static final PeerId A = PeerId.simulated(1);
  private static final PeerId B = PeerId.simulated(2);
  private static final PeerId C = PeerId.simulated(3);
  private static final long SECOND = 1_000_000_000L;

  private final World world = new World(1, 40e-6);

  private static Ensemble ensemble(PeerId... sources) {
    return new Ensemble(EnsembleConfig.defaults(List.of(sources)));
  }

  private Outcome exchange(Ensemble ensemble, PeerId peer, long wrong) {
    double forward = 100_000 + world.exponential(20_000);
    Measurement measurement =
        world.exchange(peer, forward, 100_000 + world.exponential(20_000), wrong);
    Outcome outcome = ensemble.add(measurement);
    world.pass(250e6);
    return outcome;
  }

  private void assertCertain(Ensemble ensemble) {
    OffsetBounds bounds = ensemble.boundsAt(world.tick()).orElseThrow();
    assertEquals(world.trueOffset(), bounds.clamp(world.trueOffset()), "the bound lies");
  }

  private ClockReading now() {
    return new ClockReading(world.tick(), world.trueEpochNanos(), 0);
  }

  @Test
  void shouldBeSynchronizedAtTheFirstExchangeWhenThereIsOneSource() {
    Ensemble ensemble = ensemble(A);
    assertEquals(State.UNSYNCHRONIZED, ensemble.status().state());
    assertTrue(ensemble.boundsAt(0).isEmpty());
    Outcome outcome = exchange(ensemble, A, 0);
    assertEquals(new SyncStatus(State.SYNCHRONIZED, ""), outcome.status());
    assertEquals(0, outcome.estimate().orElseThrow().frequency());
    assertEquals(List.of(), outcome.falsetickers());
    assertCertain(ensemble);
  }

  @Test
  void shouldConvergeWhenDriftIsLargeAndNoiseSmall() {
    for (int seed = 0; seed < 60; seed++) {
      World host = new World(seed, seed % 2 == 0 ? 100e-6 : -100e-6);
      Ensemble ensemble = ensemble(A);
      double jitter = seed % 3 == 0 ? 10_000 : 100_000;
      for (int i = 0; i < 80; i++) {
        double forward = 50_000 + host.exponential(jitter);
        Measurement measurement = host.exchange(A, forward, 50_000 + host.exponential(jitter), 0);
        ClockEstimate estimate = ensemble.add(measurement).estimate().orElseThrow();
        long truth = host.trueEpochNanos();
        assertTrue(estimate.bounds().contains(truth), "bound lies, seed " + seed + " at " + i);
        long error = Math.abs(estimate.epochNanos() - truth);
        assertTrue(i < 16 || error < 100_000, "error " + error + ", seed " + seed + " at " + i);
        host.pass(250e6);
      }
    }
  }

  @Test
  void shouldWaitForASecondSourceWhenOneOfThreeMayBeFalse() {
    Ensemble ensemble = ensemble(A, B, C);
    Outcome first = exchange(ensemble, A, 0);
    assertTrue(first.estimate().isEmpty());
    assertEquals(
        new SyncStatus(
            State.UNSYNCHRONIZED,
            Cause.TOO_FEW_SOURCES,
            "1 of 3 sources answer; to tolerate 1 false one it takes 2"),
        first.status());
    assertEquals(State.SYNCHRONIZED, exchange(ensemble, B, 0).status().state());
    assertCertain(ensemble);
  }

  @Test
  void shouldNameTheLiarAndHoldTheTruthWhenOneOfThreeLies() {
    Ensemble ensemble = ensemble(A, B, C);
    for (int i = 0; i < 40; i++) {
      exchange(ensemble, A, 0);
      exchange(ensemble, B, 0);
      Outcome outcome = exchange(ensemble, C, SECOND);
      assertEquals(List.of(C), outcome.falsetickers());
      assertCertain(ensemble);
      ClockEstimate estimate = outcome.estimate().orElseThrow();
      long age = world.tick() - estimate.tickNanos();
      double predicted = (estimate.epochNanos() - world.trueEpochNanos()) + (double) age;
      predicted += age * estimate.frequency();
      assertTrue(
          Math.abs(predicted) < (i < 20 ? 200_000 : 20_000), "at " + i + " off by " + predicted);
    }
  }

  @Test
  void shouldSaySoOnceAndStartAnewWhenTheOnlySourceSteps() {
    Ensemble ensemble = ensemble(A);
    for (int i = 0; i < 20; i++) {
      exchange(ensemble, A, -5 * SECOND);
    }
    Outcome stepped = exchange(ensemble, A, 0);
    assertEquals(State.DISRUPTED, stepped.status().state());
    assertEquals(List.of(A), stepped.falsetickers());
    assertTrue(stepped.estimate().isEmpty());
    assertTrue(ensemble.boundsAt(world.tick()).isEmpty());
    Outcome next = exchange(ensemble, A, 0);
    assertEquals(State.SYNCHRONIZED, next.status().state());
    assertCertain(ensemble);
  }

  @Test
  void shouldGoOnWhenOneOfThreeStepsAndTakeItBackWhenItIsRight() {
    Ensemble ensemble = ensemble(A, B, C);
    for (int i = 0; i < 60; i++) {
      assertEquals(State.UNSYNCHRONIZED == stateAfter(ensemble, A, 0), i == 0, "at " + i);
      exchange(ensemble, B, 0);
      boolean lies = i >= 20 && i < 40;
      Outcome outcome = exchange(ensemble, C, lies ? SECOND : 0);
      assertEquals(State.SYNCHRONIZED, outcome.status().state());
      boolean named = lies || i == 40; // at 40 it contradicts itself
      assertEquals(named ? List.of(C) : List.of(), outcome.falsetickers(), "at " + i);
      assertCertain(ensemble);
    }
  }

  private State stateAfter(Ensemble ensemble, PeerId peer, long wrong) {
    return exchange(ensemble, peer, wrong).status().state();
  }

  @Test
  void shouldHoldOverWhenAllExchangesAreLostAndRecoverWhenTheyReturn() {
    Ensemble ensemble = ensemble(A);
    for (int i = 0; i < 20; i++) {
      exchange(ensemble, A, 0);
    }
    for (int i = 1; i <= 20; i++) {
      Outcome outcome = ensemble.missed(A, now());
      assertEquals(
          i < 8 ? State.SYNCHRONIZED : State.HOLDOVER, outcome.status().state(), "at " + i);
      assertTrue(outcome.estimate().isEmpty());
      assertCertain(ensemble);
      world.pass(60e9);
    }
    assertEquals("0 of 1 sources answer; to tolerate 0 false ones it takes 1", reason(ensemble));
    Outcome back = exchange(ensemble, A, 0);
    assertEquals(State.SYNCHRONIZED, back.status().state());
    assertEquals(-40e-6, back.estimate().orElseThrow().frequency(), 2e-6);
    assertCertain(ensemble);
  }

  private static String reason(Ensemble ensemble) {
    return ensemble.status().reason();
  }

  /** Were f counted anew from those that answer, the liar alone would be believed. */
  @Test
  void shouldNotBelieveTheLiarWhenTheHonestFallSilent() {
    Ensemble ensemble = ensemble(A, B, C);
    for (int i = 0; i < 20; i++) {
      exchange(ensemble, A, 0);
      exchange(ensemble, B, 0);
      exchange(ensemble, C, SECOND);
    }
    for (int i = 0; i < 20; i++) {
      ensemble.missed(A, now());
      ensemble.missed(B, now());
      exchange(ensemble, C, SECOND);
      assertCertain(ensemble);
    }
    assertEquals(State.HOLDOVER, ensemble.status().state());
  }

  @Test
  void shouldNameBothSidesWhenThereIsNoMajority() {
    Ensemble ensemble = ensemble(A, B);
    exchange(ensemble, A, 0);
    Outcome outcome = exchange(ensemble, B, SECOND);
    assertTrue(outcome.estimate().isEmpty());
    assertEquals(State.HOLDOVER, outcome.status().state());
    assertEquals(
        "no majority: at most 1 of 2 sources agree: [10.0.0.1:123] against [10.0.0.2:123]",
        outcome.status().reason());
  }

  @Test
  void shouldHaveNoEstimateWhenMoreLieThanTolerated() {
    Ensemble ensemble = ensemble(A, B, C);
    exchange(ensemble, A, 0);
    exchange(ensemble, B, 5 * SECOND);
    Outcome outcome = exchange(ensemble, C, -5 * SECOND);
    assertTrue(outcome.estimate().isEmpty());
    assertFalse(outcome.status().reason().isEmpty());
  }

  @Test
  void shouldForgetEverythingWhenDisrupted() {
    Ensemble ensemble = ensemble(A);
    exchange(ensemble, A, 0);
    Outcome outcome = ensemble.disrupt("the host slept");
    assertEquals(new SyncStatus(State.DISRUPTED, "the host slept"), outcome.status());
    assertEquals(outcome.status(), ensemble.status());
    assertTrue(ensemble.boundsAt(world.tick()).isEmpty());
    world.sleep(3600e9);
    assertEquals(State.SYNCHRONIZED, exchange(ensemble, A, 0).status().state());
    assertCertain(ensemble);
  }

  @Test
  void shouldHearEnoughSourcesAnewWhenDisrupted() {
    Ensemble ensemble = ensemble(A, B, C);
    exchange(ensemble, A, 0);
    exchange(ensemble, B, 0);
    exchange(ensemble, C, 0);
    ensemble.disrupt("the host slept");
    world.sleep(3600e9);
    assertEquals(State.DISRUPTED, exchange(ensemble, A, 0).status().state());
    assertTrue(ensemble.boundsAt(world.tick()).isEmpty());
    assertEquals(State.SYNCHRONIZED, exchange(ensemble, B, 0).status().state());
    assertCertain(ensemble);
  }

  @Test
  void shouldDropAnExchangeThatContradictsItself() {
    Ensemble ensemble = ensemble(A);
    Measurement impossible =
        new Measurement(A, 0, World.EPOCH, World.EPOCH + SECOND, 1_000, Measurement.Root.EXACT);
    Outcome outcome = ensemble.add(impossible);
    assertEquals(List.of(A), outcome.falsetickers());
    assertEquals(State.UNSYNCHRONIZED, outcome.status().state());
    assertEquals(State.SYNCHRONIZED, exchange(ensemble, A, 0).status().state());
  }

  @Test
  void shouldRejectPeersItDoesNotKnow() {
    Ensemble ensemble = ensemble(A);
    Measurement foreign = world.exchange(B, 1, 1, 0);
    assertThrows(IllegalArgumentException.class, () -> ensemble.add(foreign));
    assertThrows(IllegalArgumentException.class, () -> ensemble.missed(B, now()));
  }

  @Test
  void shouldRejectConfigurationsThatMakeNoSense() {
    EnsembleConfig config = EnsembleConfig.defaults(List.of(A, B, C));
    assertEquals(1, config.faultsTolerated());
    assertThrows(IllegalArgumentException.class, () -> config.withFaultsTolerated(64));
    assertThrows(IllegalArgumentException.class, () -> config.withFaultsTolerated(-1));
    assertThrows(IllegalArgumentException.class, () -> config.withMissesUntilUnreachable(0));
    assertEquals(0, EnsembleConfig.defaults(List.of()).faultsTolerated());
    assertThrows(IllegalArgumentException.class, () -> EnsembleConfig.defaults(List.of(A, A)));
    assertThrows(IllegalArgumentException.class, () -> new EnsembleConfig.Local(-1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new EnsembleConfig.Local(0, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new EnsembleConfig.Local(0, 0, 0));
  }
}
