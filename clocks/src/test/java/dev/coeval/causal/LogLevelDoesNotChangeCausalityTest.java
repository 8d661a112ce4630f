package dev.coeval.causal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.coeval.logical.laws.Step;
import dev.coeval.logical.laws.Trace;
import dev.coeval.logical.vector.VectorClock;
import dev.coeval.logical.vector.VectorTimestamp;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elsewhere, what was below the level of the log neither counted nor carried any knowledge. */
final class LogLevelDoesNotChangeCausalityTest {

  private static final Level[] LEVELS = {Level.DEBUG, Level.INFO, Level.ERROR};

  private static List<VectorTimestamp> run(Trace trace, Level threshold, List<CausalEvent> sink) {
    List<HistoryRecorder> recorders =
        trace.names().stream()
            .map(name -> HistoryRecorder.of(VectorClock.of(name), threshold, sink::add))
            .toList();
    List<VectorTimestamp> stamps = new ArrayList<>();
    for (int event = 0; event < trace.size(); event++) {
      Step step = trace.steps().get(event);
      HistoryRecorder recorder = recorders.get(step.process());
      Level level = LEVELS[event % LEVELS.length];
      stamps.add(
          step.kind() == Step.Kind.RECEIVE
              ? recorder.receive(stamps.get(step.cause()), level, "event " + event)
              : recorder.tick(level, "event " + event));
    }
    return stamps;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shouldGiveTheSameStampsWhenLessIsRecorded(long seed) {
    Trace trace = Trace.random(new Random(seed), 3, 60);
    List<CausalEvent> all = new ArrayList<>();
    List<CausalEvent> some = new ArrayList<>();
    List<CausalEvent> none = new ArrayList<>();
    List<VectorTimestamp> stamps = run(trace, Level.ALL, all);
    stamps.forEach(Objects::requireNonNull);
    assertEquals(stamps, run(trace, Level.INFO, some));
    assertEquals(stamps, run(trace, Level.OFF, none));
    assertEquals(60, all.size());
    assertEquals(40, some.size());
    assertEquals(List.of(), none);
    assertEquals(all.stream().filter(some::contains).toList(), some);
    assertEquals(List.of(), CausalLog.of(all).check());
  }

  @Test
  void shouldRecordFromThenOnWhenTheThresholdChanges() {
    List<CausalEvent> sink = new ArrayList<>();
    HistoryRecorder recorder = HistoryRecorder.of(VectorClock.of("a"), Level.WARNING, sink::add);
    recorder.tick(Level.INFO, "not this");
    recorder.setThreshold(Level.INFO);
    recorder.tick(Level.INFO, "this");
    assertEquals(List.of("this"), sink.stream().map(CausalEvent::text).toList());
    assertEquals(2, sink.get(0).sequence());
  }
}
