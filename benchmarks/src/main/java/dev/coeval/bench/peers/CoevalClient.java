package dev.coeval.bench.peers;

import dev.coeval.bench.skew.Waiting;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.ntp.NtpQuery;
import dev.coeval.sync.ntp.NtpQueryConfig;
import dev.coeval.sync.ntp.QueryReply;
import dev.coeval.sync.ntp.QueryResult;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.sync.runtime.UdpRuntime;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ours. */
final class CoevalClient implements Client {
  private static final long LOOK_NANOS = 5_000_000L;

  private final HostTruth truth;
  private final Waiting waiting;
  private final long seed;

  /** Whose nonces follow from the seed, and whose thread waits in a given way. */
  CoevalClient(HostTruth truth, Waiting waiting, long seed) {
    this.truth = truth;
    this.waiting = waiting;
    this.seed = seed;
  }

  @Override
  public String name() {
    return waiting == Waiting.SPINNING ? "coeval, spinning" : "coeval, blocking";
  }

  @Override
  public List<Exchange> ask(InetSocketAddress server, Plan plan) {
    return measure(server, plan).stream().map(this::exchange).toList();
  }

  /** The measurements themselves. */
  List<Measurement> measure(InetSocketAddress server, Plan plan) {
    List<Measurement> heard = new CopyOnWriteArrayList<>();
    AtomicBoolean isOver = new AtomicBoolean();
    NtpQueryConfig config =
        NtpQueryConfig.defaults(PeerId.of(server))
            .withCount(plan.count() + plan.warmUp())
            .withInterval(plan.interval())
            .withTimeout(plan.patience());
    NtpQuery query = new NtpQuery(config, new SplittableRandom(seed));
    Switchboard board = new Switchboard().add(NtpQuery.OWNER, NtpCodec::isNtp, query);
    long deadline = truth.reader().tickNanos() + plan.longest().toNanos();
    try (UdpRuntime runtime =
        UdpRuntime.open(
            udp(plan), board, truth.reader(), report -> hear(report, plan, heard, isOver))) {
      runtime.start();
      while (!isOver.get() && truth.reader().tickNanos() - deadline < 0) {
        truth.reader().pause(LOOK_NANOS);
      }
    }
    return List.copyOf(heard);
  }

  private UdpConfig udp(Plan plan) {
    UdpConfig config = UdpConfig.ephemeral();
    return waiting == Waiting.SPINNING
        ? config.withSpinNanos(Math.min(plan.patience().toNanos(), UdpConfig.MAX_SPIN_NANOS))
        : config;
  }

  private static void hear(
      Report report, Plan plan, List<Measurement> heard, AtomicBoolean isOver) {
    if (report instanceof QueryReply reply && reply.sequence() > plan.warmUp()) {
      heard.add(reply.measurement());
    } else if (report instanceof QueryResult) {
      isOver.set(true);
    }
  }

  Exchange exchange(Measurement measurement) {
    return new Exchange(
        (double) (measurement.offsetNanos() - truth.offsetNanos()),
        (double) measurement.delayNanos());
  }
}
