package dev.coeval.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.bench.skew.Waiting;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.time.ClockReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invariants alone: how long anything takes is the machine's business. */
class PeerRunTest {
  private static final ClockReader HOST = ClockReader.system();

  /** Wall clock and ticks cannot be read at one moment. */
  private static final long PAIRING_NANOS = 1_000_000L;

  private static final long MILLI = 1_000_000L;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  @TempDir Path dir;

  @Test
  void shouldNeverBeFurtherOffThanHalfTheRoundTripWhateverTheRelayDoes() throws Exception {
    HostTruth truth = new HostTruth(HOST);
    Plan plan = new Plan(20, 0, Duration.ofMillis(20), Duration.ofMillis(20));
    Route route = new Route("askew", Way.fixed(MILLI), Way.fixed(4 * MILLI).withLoss(0.1));
    try (FarSide far =
        new FarSide(HOST, new NtpServer(NtpServerConfig.defaults(), truth.clock()))) {
      Relay relay = far.relay(route, 1);
      CoevalClient client = new CoevalClient(truth, Waiting.BLOCKING, 1);
      List<Measurement> heard = client.measure(relay.address(), plan);
      assertFalse(heard.isEmpty());
      for (Measurement each : heard) {
        Exchange exchange = client.exchange(each);
        assertTrue(2 * Math.abs(exchange.errorNanos()) <= exchange.roundTripNanos() + 2);
        assertHeldWithin(each, relay.passages());
      }
      for (Passage passage : relay.passages()) {
        assertTrue(passage.heldNanos() >= (passage.isForward() ? MILLI : 4 * MILLI));
      }
    }
  }

  /** What the relay says is part of what the client saw, and explains its error to the rest. */
  private static void assertHeldWithin(Measurement exchange, List<Passage> passages) {
    long received = exchange.receivedTickNanos();
    Passage forward = last(passages, true, received);
    Passage backward = last(passages, false, received);
    assertTrue(forward.leftTickNanos() >= exchange.sentTickNanos());
    assertTrue(backward.arrivedTickNanos() >= forward.leftTickNanos());
    // A send may be stamped after it has arrived.
    long sent = Math.min(exchange.sentTickNanos(), forward.arrivedTickNanos());
    assertTrue(forward.heldNanos() + backward.heldNanos() <= received - sent);
  }

  private static Passage last(List<Passage> passages, boolean isForward, long receivedTickNanos) {
    return passages.stream()
        .filter(p -> p.isForward() == isForward && p.leftTickNanos() <= receivedTickNanos)
        .reduce((before, after) -> after)
        .orElseThrow();
  }

  @Test
  void shouldDrawTheSameOfTheSameSeed() {
    for (Route route : Route.all()) {
      Way.Draws one = route.forward().draws(7);
      Way.Draws other = route.forward().draws(7);
      for (int i = 0; i < 100; i++) {
        long delay = one.nextNanos();
        assertEquals(delay, other.nextNanos());
        assertTrue(delay >= route.forward().leastNanos());
        assertEquals(one.nextIsLost(), other.nextIsLost());
      }
    }
  }

  @Test
  void shouldBringARowOfEachClientAndReadWhatItWrote() throws Exception {
    PeerResults results = new PeerRun(Schedule.smoke(), HOST, new PrintStream(said)).measure();
    Path file = dir.resolve("sockets.json");
    results.write(file);
    assertEquals(results.rows().size(), PeerResults.read(file).rows().size());
    assertEquals(results.machine(), PeerResults.read(file).machine());
    List<Row> ours =
        results.rows().stream().filter(row -> row.client().startsWith("coeval")).toList();
    assertEquals(2 + Route.all().size(), ours.size());
    assertEquals(4, results.rows().stream().filter(r -> r.kind() == Row.Kind.READING).count());
    for (Row row : ours) {
      assertTrue(row.samples() <= row.asked(), row::toString);
      if (row.samples() > 0) {
        assertTrue(row.medianNanos() <= row.roundTripNanos() / 2 + PAIRING_NANOS, row::toString);
      }
    }
  }

  @Test
  void shouldSayHowItIsUsedWhenArgumentsAreWrong() throws IOException {
    for (String[] args : List.of(new String[0], new String[] {"--help"}, new String[] {"a", "b"})) {
      said.reset();
      assertEquals(2, PeerRun.run(args, new PrintStream(said)));
      assertEquals(1, said.toString(StandardCharsets.UTF_8).lines().count());
    }
    Path file = Files.writeString(dir.resolve("no.json"), "{}");
    assertThrows(IOException.class, () -> PeerResults.read(file));
  }

  @Test
  void shouldKeepTcpSegmentsInOrderWhenTheyAreLate() throws Exception {
    List<Row> rows = new Transports(new HostTruth(HOST), 3).measure(Duration.ofMillis(300));
    assertEquals(4, rows.size());
    for (Row row : rows) {
      assertTrue(row.samples() > 0, row::toString);
      assertTrue(row.medianNanos() <= row.slowNanos() / 2 + PAIRING_NANOS, row::toString);
    }
  }

  @Test
  void shouldBeReachedAtLoopbackOnly() throws IOException {
    HostTruth truth = new HostTruth(HOST);
    try (FarSide far =
        new FarSide(HOST, new NtpServer(NtpServerConfig.defaults(), truth.clock()))) {
      for (InetSocketAddress each :
          List.of(far.server(), far.relay(Route.SYMMETRIC, 1).address())) {
        assertTrue(each.getAddress().isLoopbackAddress());
      }
    }
  }
}
