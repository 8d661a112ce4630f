package dev.coeval.bench.peers;

import dev.coeval.bench.peers.Row.Kind;
import dev.coeval.bench.skew.Waiting;
import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.ntp.server.NtpServer;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.time.ClockReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * NTP clients of several projects side by side over real sockets, and Cristian's protocol over UDP
 * and TCP: two and a half minutes, best on a host that does nothing else.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar dev.coeval.bench.peers.PeerRun sockets.json [SECONDS]
 * </pre>
 *
 * <p>{@code SECONDS} is for how long clocks settle and then are watched, 50 each unless given; 0
 * for none. chronyd takes part where it is installed, without the right to set the host's clock. A
 * report takes the file in: {@code SkewReport --sockets sockets.json}.
 */
public final class PeerRun {
  private static final int USAGE = 2;
  private static final int FAILED = 1;
  private static final long SEED = 1;
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Schedule schedule;
  private final PrintStream progress;
  private final HostTruth truth;

  PeerRun(Schedule schedule, ClockReader reader, PrintStream progress) {
    this.schedule = schedule;
    this.progress = progress;
    this.truth = new HostTruth(reader);
  }

  /**
   * The command.
   *
   * @param args the file to write, and perhaps for how many seconds clocks are watched
   */
  public static void main(String[] args) {
    System.exit(run(args, System.err));
  }

  static int run(String[] args, PrintStream err) {
    if (args.length < 1 || args.length > 2 || args[0].startsWith("-")) {
      err.println(
          "usage: java -cp benchmarks.jar " + PeerRun.class.getName() + " OUT.json [SECONDS]");
      return USAGE;
    }
    try {
      Schedule schedule = Schedule.full();
      if (args.length > 1) {
        schedule = schedule.watching(Duration.ofSeconds(Math.max(0, Long.parseLong(args[1]))));
      }
      PeerResults results = new PeerRun(schedule, ClockReader.system(), err).measure();
      results.write(Path.of(args[0]));
      return 0;
    } catch (NumberFormatException e) {
      err.println("not a number of seconds: " + args[1]);
      return USAGE;
    } catch (IOException e) {
      err.println("could not measure: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return FAILED;
  }

  /** All of it. */
  PeerResults measure() throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    try (FarSide far =
        new FarSide(truth.reader(), new NtpServer(NtpServerConfig.defaults(), truth.clock()))) {
      for (Client client : clients(true)) {
        rows.add(row(Route.LOOPBACK, client, far.server(), schedule.loopback()));
      }
      rows.addAll(throughRelays(far));
    }
    progress.println("Cristian over UDP and TCP");
    rows.addAll(new Transports(truth, SEED).measure(schedule.transports()));
    progress.printf("the host's wall clock moved by %d ns%n", truth.wallDriftNanos());
    return new PeerResults(Machine.describe(), rows);
  }

  /** A thread that spins for the whole of a long round trip would only be in others' way. */
  private List<Client> clients(boolean isNear) {
    ClockReader reader = truth.reader();
    List<Client> clients = new ArrayList<>();
    clients.add(new CoevalClient(truth, Waiting.BLOCKING, SEED));
    if (isNear) {
      clients.add(new CoevalClient(truth, Waiting.SPINNING, SEED));
    }
    clients.add(new CommonsNetClient(reader, false));
    clients.add(new CommonsNetClient(reader, true));
    clients.add(new Time4jClient(reader));
    if (schedule.hasChronyd()) {
      clients.add(new ChronydClient(reader, false, schedule.chronyd(isNear)));
      clients.add(new ChronydClient(reader, true, schedule.chronyd(isNear)));
    }
    return clients;
  }

  private Row row(String network, Client client, InetSocketAddress server, Plan plan)
      throws IOException {
    progress.println(network + ": " + client.name());
    List<Exchange> exchanges = client.ask(server, plan);
    return Row.of(network, client.name(), Kind.EXCHANGE, plan.count(), exchanges);
  }

  /** All networks at once: what waits for milliseconds does not disturb others. */
  private List<Row> throughRelays(FarSide far) throws IOException, InterruptedException {
    List<Future<Row>> futures = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (Route route : Route.all()) {
        Relay relay = far.relay(route, SEED);
        for (Client client : clients(false)) {
          futures.add(
              threads.submit(
                  () -> row(route.name(), client, relay.address(), schedule.networks())));
        }
        for (ClockWatch watch : watches(relay.address())) {
          futures.add(threads.submit(() -> watched(route, watch)));
        }
      }
      List<Row> rows = new ArrayList<>();
      for (Future<Row> future : futures) {
        rows.add(future.get());
      }
      return rows;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private List<ClockWatch> watches(InetSocketAddress relay) throws IOException {
    List<ClockWatch> watches = new ArrayList<>();
    if (!schedule.watch().isZero()) {
      for (String name : PREFERRED) {
        if (Disciplines.names().contains(name)) {
          watches.add(ClockWatch.coeval(truth, relay, Waiting.SPINNING, name));
        }
      }
      watches.add(ClockWatch.coeval(truth, relay, Waiting.BLOCKING, PREFERRED.get(0)));
      if (schedule.hasChronyd()) {
        watches.add(ClockWatch.chronyd(truth, relay));
      }
    }
    return watches;
  }

  private Row watched(Route route, ClockWatch watch) throws IOException {
    try (watch) {
      truth.reader().pause(schedule.settle().toNanos());
      progress.println(route.name() + ": watching " + watch.name());
      int count = (int) schedule.watch().dividedBy(LOOK);
      return Row.of(
          route.name(), watch.name(), Kind.CLOCK, count, watch.watch(schedule.watch(), LOOK));
    }
  }

  private static final List<String> PREFERRED = List.of("regression", "adaptive");
}
