package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.network.KeyOptions;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.Seeds;
import dev.coeval.sync.cristian.CristianClient;
import dev.coeval.sync.cristian.CristianCodec;
import dev.coeval.sync.cristian.CristianConfig;
import dev.coeval.sync.cristian.CristianLimits;
import dev.coeval.sync.cristian.CristianSchedule;
import dev.coeval.sync.discipline.ClockFollower;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.time.DisciplinedClock;
import dev.coeval.time.StepPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code coeval sync}: steers a clock of its own by servers, and says how far off it can be. */
@Command(
    name = "sync",
    description = "Synchronize a clock of this process with servers, and watch it.",
    mixinStandardHelpOptions = true,
    subcommands = {SyncCommand.Cristian.class, SyncNtpCommand.class})
public final class SyncCommand implements Runnable {
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration QUICK = Duration.ofMillis(250);

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public SyncCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a subcommand is missing: " + String.join(" or ", spec.subcommands().keySet()));
  }

  private static EnsembleConfig with(EnsembleConfig ensemble, SkewedHost host) {
    EnsembleConfig.Local local = ensemble.local();
    return ensemble.withLocal(
        new EnsembleConfig.Local(host.driftBoundPpb(), local.minOneWayNanos(), local.samples()));
  }

  /** {@code coeval sync cristian}. */
  @Command(
      name = "cristian",
      description = "Synchronize by Cristian's algorithm with one or more of: coeval serve.",
      mixinStandardHelpOptions = true)
  static final class Cristian implements Runnable {
    @Parameters(
        paramLabel = "HOST[:PORT]",
        arity = "1..*",
        description = "The servers. With three or more, one of them may lie.")
    private List<String> servers = new ArrayList<>();

    @Mixin private SyncOptions options = new SyncOptions();
    @Mixin private KeyOptions keys = new KeyOptions();

    @Option(names = "--tcp", description = "Use TCP, to see what that costs a clock.")
    private boolean tcp;

    Cristian() {}

    @Override
    public void run() {
      SkewedHost host = options.faults().host();
      List<PeerId> peers = Hosts.resolve(servers, Hosts.COEVAL_PORT, EnsembleConfig.MAX_SOURCES);
      CristianClient client = new CristianClient(config(peers, host));
      new SyncSession("cristian", options, host, StepPolicy.atStart(SyncSession.STEP))
          .run(peers, way(client, host));
    }

    private SyncSession.Way way(CristianClient client, SkewedHost host) {
      return new SyncSession.Way() {
        @Override
        public Port open(DisciplinedClock clock, ExchangeCount count, Consumer<Report> listener) {
          Switchboard board =
              new Switchboard()
                  .add(
                      CristianClient.OWNER,
                      first -> first == CristianCodec.FIRST_BYTE,
                      new ExchangeCounter(client, count));
          ClockFollower follower = new ClockFollower(clock);
          Consumer<Report> hear =
              report -> {
                follower.accept(report);
                listener.accept(report);
              };
          return Port.open(tcp, options.spinNanos(), board, host.reader(), hear);
        }

        @Override
        public String transport() {
          return tcp ? "TCP" : "";
        }
      };
    }

    private CristianConfig config(List<PeerId> servers, SkewedHost host) {
      CristianConfig config = CristianConfig.defaults(servers, Seeds.next());
      Duration interval = options.run().interval(DEFAULT_INTERVAL);
      Duration spacing = interval.compareTo(QUICK) < 0 ? interval : QUICK;
      CristianSchedule schedule =
          config
              .schedule()
              .withInterval(interval)
              .withAttempts(config.schedule().attempts(), spacing);
      CristianLimits limits = config.limits().withMaxRoundTrip(spacing);
      return config
          .withEnsemble(with(config.ensemble(), host))
          .withLimits(limits.withMaxServerError(options.maxError()))
          .withSchedule(options.run().hasInterval() ? schedule.withInitial(interval, 0) : schedule)
          .withKeyring(keys.keyring());
    }
  }

  /** What to try when nobody answers at NTP's own port. */
  static CommandFailedException couldNot(String what, String reason, List<PeerId> servers) {
    boolean ntpPort = servers.stream().anyMatch(server -> server.port() == Hosts.NTP_PORT);
    return CommandFailedException.failure(
        what
            + ": "
            + (reason.isEmpty() ? "no reply yet" : reason)
            + (ntpPort ? "; a coeval serve is at port 12300: name it as HOST:12300" : ""));
  }
}
