package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.sync.berkeley.AgreementConfig;
import dev.coeval.sync.berkeley.BerkeleyConfig;
import dev.coeval.sync.berkeley.RoundConfig;
import dev.coeval.sync.machine.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code coeval berkeley}: clocks that agree among themselves. */
@Command(
    name = "berkeley",
    description = "Let a group of clocks agree among themselves, without any that is right.",
    mixinStandardHelpOptions = true,
    subcommands = {BerkeleyCommand.Coordinate.class, BerkeleyCommand.Join.class})
public final class BerkeleyCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Made by picocli. */
  public BerkeleyCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a subcommand is missing: " + String.join(" or ", spec.subcommands().keySet()));
  }

  /** {@code coeval berkeley coordinate}. */
  @Command(
      name = "coordinate",
      description = {
        "Read the members' clocks, average those that agree, tell each its difference.",
        "Members run: coeval berkeley join, or coeval serve. When this coordinator falls silent"
            + " they elect another; when it comes back it becomes a member."
      },
      mixinStandardHelpOptions = true)
  static final class Coordinate implements Runnable {
    private static final long MIN_INTERVAL_MILLIS = 20;
    private static final long MAX_INTERVAL_MILLIS = 3_600_000;

    @Parameters(
        paramLabel = "MEMBER",
        arity = "1..*",
        description = "The members, HOST[:PORT]; port 12300 if none is given.")
    private List<String> members = new ArrayList<>();

    @Option(
        names = "--interval",
        paramLabel = "MS",
        description = "From round to round, in milliseconds (default: ${DEFAULT-VALUE}).")
    private long intervalMillis = 1000;

    @Option(names = "--median", description = "Combine by timed's median, not by the average.")
    private boolean median;

    @Option(
        names = "--gamma",
        paramLabel = "TIME",
        description = "Leave out clocks further than this from the others (default: 20ms).")
    private @Nullable Duration gamma;

    @Mixin private BerkeleyOptions options = new BerkeleyOptions();

    Coordinate() {}

    @Override
    public void run() {
      List<PeerId> peers = Hosts.resolve(members, Hosts.COEVAL_PORT, BerkeleyConfig.MAX_MEMBERS);
      new BerkeleySession(options, config(peers)).run();
    }

    private BerkeleyConfig config(List<PeerId> peers) {
      if (intervalMillis < MIN_INTERVAL_MILLIS || intervalMillis > MAX_INTERVAL_MILLIS) {
        throw CommandFailedException.usage(
            "--interval is not in 20 to 3600000 ms: " + intervalMillis);
      }
      return BerkeleyConfig.coordinator(peers)
          .with(RoundConfig.every(Duration.ofMillis(intervalMillis)))
          .with(agreement());
    }

    private AgreementConfig agreement() {
      AgreementConfig usual = AgreementConfig.defaults();
      AgreementConfig combined = median ? usual.with(AgreementConfig.Combiner.MEDIAN) : usual;
      Duration limit = gamma;
      if (limit == null) {
        return combined;
      }
      if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofHours(1)) > 0) {
        throw CommandFailedException.usage("--gamma is not within 1ns to 1h");
      }
      return new AgreementConfig(
          limit.toNanos(),
          Math.max(limit.toNanos(), combined.initialGammaNanos()),
          combined.combiner(),
          combined.healOutliers());
    }
  }

  /** {@code coeval berkeley join}. */
  @Command(
      name = "join",
      description = {
        "Be a member: wait for a coordinator that names this host and port, and follow it.",
        "When it falls silent, take part in electing another."
      },
      mixinStandardHelpOptions = true)
  static final class Join implements Runnable {
    @Mixin private BerkeleyOptions options = new BerkeleyOptions();

    Join() {}

    @Override
    public void run() {
      new BerkeleySession(options, BerkeleyConfig.member()).run();
    }
  }
}
