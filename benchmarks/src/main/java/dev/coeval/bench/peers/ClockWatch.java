package dev.coeval.bench.peers;

import dev.coeval.bench.skew.Waiting;
import dev.coeval.sync.SynchronizedClock;
import dev.coeval.sync.discipline.Disciplines;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.time.SteeringPolicy;
import dev.coeval.time.StepPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A clock that follows a server over a network, asking once a second, and how far it is off. Ours
 * are read; chronyd's is asked over loopback by our client, which spins, so that the reading adds
 * microseconds.
 */
interface ClockWatch extends AutoCloseable {
  /** How often clocks ask. */
  Duration POLL = Duration.ofSeconds(1);

  /** As it stands in the table. */
  String name();

  /** Samples its error for a while. */
  List<Exchange> watch(Duration duration, Duration interval);

  @Override
  void close() throws IOException;

  /** Ours. */
  static ClockWatch coeval(HostTruth truth, InetSocketAddress server, Waiting waiting, String name)
      throws IOException {
    UdpConfig udp = UdpConfig.ephemeral();
    Disciplines lines =
        Disciplines.named(name).orElseThrow(() -> new IllegalArgumentException(name));
    SynchronizedClock clock =
        SynchronizedClock.builder()
            .reader(truth.reader())
            .steering(SteeringPolicy.with(StepPolicy.atStart(Duration.ofMillis(1))))
            .udp(waiting == Waiting.SPINNING ? udp.withSpinNanos(50_000_000L) : udp)
            .ntpConfig(config -> config.withEnsemble(config.ensemble().withDisciplines(lines)))
            .ntp(
                source -> source.withPolling(NtpPolling.every(POLL)),
                "127.0.0.1:" + server.getPort())
            .start();
    String how = waiting == Waiting.SPINNING ? "spinning" : "blocking";
    return new Ours(truth, clock, "coeval's clock, %s, %s".formatted(name, how));
  }

  /** chronyd's, which thinks that it steers the host's, and serves what it thinks. */
  static ClockWatch chronyd(HostTruth truth, InetSocketAddress server) throws IOException {
    InetSocketAddress own =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.freeUdpPort());
    String source =
        "server 127.0.0.1 port %d iburst minpoll 0 maxpoll 0".formatted(server.getPort());
    Chronyd chronyd =
        Chronyd.start(
            truth.reader(),
            List.of(source, "port " + own.getPort(), "allow 127.0.0.1", "bindaddress 127.0.0.1"));
    return new Theirs(truth, chronyd, own);
  }

  /** A clock of this library. */
  record Ours(HostTruth truth, SynchronizedClock clock, String name) implements ClockWatch {

    @Override
    public List<Exchange> watch(Duration duration, Duration interval) {
      List<Exchange> errors = new ArrayList<>();
      long end = truth.reader().tickNanos() + duration.toNanos();
      while (truth.reader().tickNanos() - end < 0) {
        truth.reader().pause(interval.toNanos());
        if (clock.disciplined().get().isSynchronized()) {
          long before = truth.reader().tickNanos();
          long time = clock.epochNanos();
          long span = truth.reader().tickNanos() - before;
          double error = (double) (time - before - truth.offsetNanos()) - span / 2.0;
          errors.add(new Exchange(error, Double.NaN));
        }
      }
      return errors;
    }

    @Override
    public void close() {
      clock.close();
    }
  }

  /** A clock behind a socket. */
  record Theirs(HostTruth truth, Chronyd chronyd, InetSocketAddress own) implements ClockWatch {

    @Override
    public String name() {
      return "chronyd's clock";
    }

    @Override
    public List<Exchange> watch(Duration duration, Duration interval) {
      CoevalClient asking = new CoevalClient(truth, Waiting.SPINNING, own.getPort());
      int count = (int) Math.max(1, duration.dividedBy(interval));
      Plan plan = new Plan(count, 0, interval, Duration.ofMillis(5));
      List<Exchange> errors = new ArrayList<>();
      for (Measurement each : asking.measure(own, plan)) {
        errors.add(new Exchange(asking.exchange(each).errorNanos(), Double.NaN));
      }
      return errors;
    }

    @Override
    public void close() throws IOException {
      chronyd.close();
    }
  }
}
