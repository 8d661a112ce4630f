package dev.coeval.bench.peers;

import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * chronyd as a client that asks and follows nobody ({@code noselect}): its clock stays the host's,
 * so that the offsets in its log are errors. It asks four times a second where the round trip is
 * below 10 ms, and once a second elsewhere, whatever the plan says; so its exchanges are fewer.
 */
final class ChronydClient implements Client {
  private final ClockReader reader;
  private final boolean isInterleaved;
  private final Duration duration;

  /** One that asks for a while. */
  ChronydClient(ClockReader reader, boolean isInterleaved, Duration duration) {
    this.reader = reader;
    this.isInterleaved = isInterleaved;
    this.duration = duration;
  }

  @Override
  public String name() {
    return isInterleaved ? "chronyd, interleaved" : "chronyd";
  }

  @Override
  public List<Exchange> ask(InetSocketAddress server, Plan plan) throws IOException {
    String source =
        "server %s port %d iburst minpoll -4 maxpoll -4 noselect%s"
            .formatted(
                server.getAddress().getHostAddress(),
                server.getPort(),
                isInterleaved ? " xleave" : "");
    try (Chronyd chronyd = Chronyd.start(reader, List.of(source, "port 0"))) {
      reader.pause(duration.toNanos());
      return chronyd.exchanges();
    }
  }
}
