package dev.coeval.sync.order.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots that are given up, and markers that come too late. */
final class RecorderTest {
  private static final SnapshotId FIRST = new SnapshotId("b", 1);
  private static final SnapshotId SECOND = new SnapshotId("b", 2);

  private static void mark(Recorder recorder, String from, SnapshotId id) {
    recorder.onMarker(from, new Marker(id, 0), () -> new byte[] {1});
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotBeginAgainWhenMarkerOfGivenUpSnapshotComes(SnapshotAlgorithm algorithm) {
    Recorder recorder = algorithm.newRecorder(List.of("b", "c"));
    mark(recorder, "b", FIRST);
    assertEquals(2, recorder.takeOutgoing().size());
    recorder.abandon(FIRST);
    mark(recorder, "c", FIRST);
    assertEquals(List.of(), recorder.takeOutgoing());
    assertEquals(Map.of(), recorder.active);
  }

  @ParameterizedTest
  @EnumSource
  void shouldEndTheEarlierWhenInitiatorBeginsAnother(SnapshotAlgorithm algorithm) {
    Recorder recorder = algorithm.newRecorder(List.of("b", "c"));
    mark(recorder, "b", FIRST);
    mark(recorder, "b", SECOND);
    mark(recorder, "c", FIRST); // late: it closes no channel of the second
    assertEquals(List.of(), recorder.takeComplete());
    mark(recorder, "c", SECOND);
    assertEquals(SECOND, recorder.takeComplete().get(0).id());
  }
}
