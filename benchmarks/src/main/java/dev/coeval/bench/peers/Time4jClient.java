package dev.coeval.bench.peers;

import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.time4j.clock.SntpConfiguration;
import net.time4j.clock.SntpConnector;

/**
 * SntpConnector of Time4J, by what it says to its user, in microseconds; it says no round trip, and
 * does not show the last of the four stamps, so that nothing can be recomputed.
 */
final class Time4jClient implements Client {
  private static final double NANOS_PER_MICRO = 1e3;

  private final ClockReader reader;

  Time4jClient(ClockReader reader) {
    this.reader = reader;
  }

  @Override
  public String name() {
    return "Time4J getLastOffsetInMicros()";
  }

  @Override
  public List<Exchange> ask(InetSocketAddress server, Plan plan) {
    SntpConnector connector = new SntpConnector(new Asking(server, plan.patience()));
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < plan.warmUp() + plan.count(); i++) {
      try {
        connector.connect();
        if (i >= plan.warmUp()) {
          exchanges.add(said(connector));
        }
      } catch (IOException e) {
        continue; // lost
      }
      reader.pause(plan.interval().toNanos());
    }
    return exchanges;
  }

  private static Exchange said(SntpConnector connector) {
    double offset = connector.getLastOffsetInMicros() * NANOS_PER_MICRO;
    return new Exchange(offset, Double.NaN);
  }

  /** One request, of one server. */
  private record Asking(InetSocketAddress server, Duration patience) implements SntpConfiguration {

    @Override
    public boolean isNTP4() {
      return true;
    }

    @Override
    public int getRequestInterval() {
      return 0;
    }

    @Override
    public short getRequestCount() {
      return 1;
    }

    @Override
    public String getTimeServerAddress() {
      return server.getAddress().getHostAddress();
    }

    @Override
    public int getTimeServerPort() {
      return server.getPort();
    }

    /** In seconds, at least one. */
    @Override
    public int getConnectionTimeout() {
      return (int) Math.max(1, patience.toSeconds());
    }

    @Override
    public int getClockShiftWindow() {
      return 0;
    }
  }
}
