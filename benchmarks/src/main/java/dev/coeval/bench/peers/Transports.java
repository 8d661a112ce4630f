package dev.coeval.bench.peers;

import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.cristian.CristianSchedule;
import dev.coeval.sync.cristian.CristianServer;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.runtime.TcpRuntime;
import dev.coeval.sync.runtime.TcpServer;
import dev.coeval.sync.runtime.TcpServerConfig;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Cristian's protocol over UDP and over TCP: the same machines, the same delays, with and without
 * loss, all four at once.
 *
 * <p>What is lost over UDP is asked again; what is lost over TCP comes late, and everything behind
 * it, and late is as bad as false: half the round trip is the error that a reading may have. It is
 * not told from a good one but by its round trip.
 */
final class Transports {
  private static final double LOSS = 0.05;
  private static final Duration INTERVAL = Duration.ofMillis(25);
  private static final Duration SPACING = Duration.ofMillis(50);
  private static final int ATTEMPTS = 5;

  private final HostTruth truth;
  private final long seed;

  Transports(HostTruth truth, long seed) {
    this.truth = truth;
    this.seed = seed;
  }

  /** The four, each for as long. */
  List<Row> measure(Duration duration) throws IOException, InterruptedException {
    ClockReader reader = truth.reader();
    TcpServerConfig anyPort =
        TcpServerConfig.bound(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    List<Listening> clients = new ArrayList<>();
    try (TcpServer overTcp = TcpServer.start(anyPort, responder(), reader);
        FarSide far = new FarSide(reader, responder())) {
      for (Route route : List.of(Route.near(0), Route.near(LOSS))) {
        Listening udp = new Listening(route.name(), "Cristian over UDP");
        clients.add(udp);
        udp.runtime = overUdp(far.relay(route, seed).address(), udp);
        TcpRelay relay = new TcpRelay(reader, route, overTcp.localAddress(), seed);
        far.add(relay);
        Listening tcp = new Listening(route.name(), "Cristian over TCP");
        clients.add(tcp);
        tcp.runtime = overTcp(relay.address(), tcp);
      }
      reader.pause(duration.toNanos());
      clients.forEach(Listening::close);
    }
    return clients.stream().map(client -> client.row(duration)).toList();
  }

  private CristianServer responder() {
    return new CristianServer(truth.clock(), Keyring.empty());
  }

  private Runnable overUdp(InetSocketAddress server, Consumer<Report> listener) {
    UdpRuntime runtime =
        UdpRuntime.open(UdpConfig.ephemeral(), board(server), truth.reader(), listener);
    return runtime.start()::close;
  }

  private Runnable overTcp(InetSocketAddress server, Consumer<Report> listener) {
    return TcpRuntime.of(board(server), truth.reader(), listener).start()::close;
  }

  private Switchboard board(InetSocketAddress server) {
    CristianSchedule schedule =
        CristianSchedule.DEFAULT
            .withInterval(INTERVAL)
            .withInitial(INTERVAL, 0)
            .withAttempts(ATTEMPTS, SPACING);
    CristianConfig config =
        CristianConfig.defaults(List.of(PeerId.of(server)), seed).withSchedule(schedule);
    return new Switchboard().add(CristianClient.OWNER, first -> true, new CristianClient(config));
  }

  /** One client's readings. */
  private final class Listening implements Consumer<Report> {
    private final String network;
    private final String name;
    private final List<Exchange> readings = new CopyOnWriteArrayList<>();
    private Runnable runtime = () -> {};

    Listening(String network, String name) {
      this.network = network;
      this.name = name;
    }

    @Override
    public void accept(Report report) {
      if (report instanceof Measurement measurement) {
        readings.add(
            new Exchange(
                (double) (measurement.offsetNanos() - truth.offsetNanos()),
                (double) measurement.delayNanos()));
      }
    }

    void close() {
      runtime.run();
    }

    Row row(Duration duration) {
      int asked = (int) duration.dividedBy(INTERVAL);
      return Row.of(network, name, Row.Kind.READING, asked, readings);
    }
  }
}
