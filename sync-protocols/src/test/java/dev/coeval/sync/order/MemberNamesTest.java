package dev.coeval.sync.order;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.order.broadcast.BroadcastConfig;
import dev.coeval.sync.order.mutex.MutexAlgorithm;
import dev.coeval.sync.order.mutex.MutexConfig;
import dev.coeval.sync.order.snapshot.SnapshotAlgorithm;
import dev.coeval.sync.order.snapshot.SnapshotConfig;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that no stamp can have is refused by the configuration, not by a machine that runs. */
final class MemberNamesTest {
  private static final PeerId PEER = PeerId.simulated(1);
  private static final int TOO_LONG = 256;

  @ParameterizedTest
  @ValueSource(strings = {"", "half a \uD800 pair", "x"})
  void shouldBeRefusedAtOnceWhenNameIsNone(String name) {
    String bad = name.equals("x") ? name.repeat(TOO_LONG) : name;
    Map<String, PeerId> others = Map.of("b", PEER);
    Map<String, PeerId> badOthers = Map.of(bad, PEER);
    refused(() -> BroadcastConfig.founding(bad));
    for (MutexAlgorithm algorithm : MutexAlgorithm.values()) {
      refused(() -> MutexConfig.of(bad, others, algorithm));
      refused(() -> MutexConfig.of("a", badOthers, algorithm));
    }
    for (SnapshotAlgorithm algorithm : SnapshotAlgorithm.values()) {
      refused(() -> SnapshotConfig.of(bad, others, algorithm));
      refused(() -> SnapshotConfig.of("a", badOthers, algorithm));
    }
  }

  private static void refused(org.junit.jupiter.api.function.Executable maker) {
    assertThrows(IllegalArgumentException.class, maker);
  }
}
