package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.sync.discipline.EnsembleConfig;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.SourceConfig;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.select.SourceOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whom {@code sync ntp} asks, and how. */
final class NtpSourceOptions {
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(1);
  private static final Duration QUICK = Duration.ofMillis(250);
  private static final int BURST = 8;
  private static final Duration POLITE = Duration.ofSeconds(2);
  private static final Pattern RANGE = Pattern.compile("(-?\\d{1,2})\\.\\.(-?\\d{1,2})");
  private static final int MIN_POLL = -4;
  private static final int MAX_POLL = 17;

  @Parameters(
      paramLabel = "HOST[:PORT]",
      arity = "0..*",
      description = "The servers; port 123 if none is given. With three or more, one may lie.")
  private List<String> servers = new ArrayList<>();

  @Option(
      names = "--pool",
      paramLabel = "NAME[,N]",
      description = "N of the servers behind a name, 4 if not told; bad ones are replaced.")
  private List<String> pools = new ArrayList<>();

  @Option(
      names = "--peer",
      paramLabel = "HOST",
      description = "A symmetric peer: each follows the other. Best with --serve and --key.")
  private List<String> peers = new ArrayList<>();

  @Option(names = "--xleave", description = "Ask in the interleaved mode (RFC 9769).")
  private boolean interleaved;

  @Option(
      names = "--ntp-version",
      paramLabel = "3|4",
      description = "The version of the requests (default: ${DEFAULT-VALUE}).")
  private int version = 4;

  @Option(
      names = "--poll",
      paramLabel = "MIN..MAX",
      description = {
        "Ask every 2^MIN to 2^MAX seconds, as it fits; -4 to 17.",
        "Default: 6..10 at port 123, each second at others."
      })
  private @Nullable String poll;

  @Option(names = "--no-iburst", description = "No burst of 8 requests at the start.")
  private boolean noBurst;

  @Option(names = "--iburst", description = "A burst of 8 requests at the start: the default.")
  private boolean burst;

  @Option(
      names = "--prefer",
      paramLabel = "HOST",
      description = "Follow this one as long as it is among the good ones.")
  private List<String> prefer = new ArrayList<>();

  @Option(
      names = "--trust",
      paramLabel = "HOST",
      description = "This one is never false: who disagrees with it is.")
  private List<String> trust = new ArrayList<>();

  @Option(
      names = "--require",
      paramLabel = "HOST",
      description = "Follow nobody unless this one is among the good ones.")
  private List<String> require = new ArrayList<>();

  @Option(
      names = "--noselect",
      paramLabel = "HOST",
      description = "Ask this one, and never follow it.")
  private List<String> noselect = new ArrayList<>();

  NtpSourceOptions() {}

  List<NtpTarget> targets() {
    List<NtpTarget> targets = new ArrayList<>();
    servers.forEach(name -> targets.add(NtpTarget.of(name, NtpTarget.Kind.SERVER, Hosts.NTP_PORT)));
    pools.forEach(name -> targets.add(NtpTarget.of(name, NtpTarget.Kind.POOL, Hosts.NTP_PORT)));
    peers.forEach(name -> targets.add(NtpTarget.of(name, NtpTarget.Kind.PEER, Hosts.NTP_PORT)));
    if (targets.isEmpty()) {
      throw CommandFailedException.usage("name a server as HOST[:PORT], a --pool or a --peer");
    }
    if (targets.stream().mapToInt(NtpTarget::wanted).sum() > EnsembleConfig.MAX_SOURCES) {
      throw CommandFailedException.usage("more than " + EnsembleConfig.MAX_SOURCES + " servers");
    }
    List<String> names = targets.stream().map(NtpTarget::typed).toList();
    check("--prefer", prefer, names);
    check("--trust", trust, names);
    check("--require", require, names);
    check("--noselect", noselect, names);
    return targets;
  }

  SourceConfig manner(SourceConfig source, NtpTarget target, RunOptions run, int keyId) {
    String name = target.typed();
    return source
        .withMode(target.mode())
        .withPolling(polling(run, target.name().port()))
        .withWire(new Wire(version, interleaved, keyId))
        .withOptions(
            new SourceOptions(
                prefer.contains(name),
                trust.contains(name),
                require.contains(name),
                noselect.contains(name)));
  }

  /** Finds out whether the options can be, before anything is started. */
  void check(RunOptions run) {
    if (version != 3 && version != 4) {
      throw CommandFailedException.usage("--ntp-version is 3 or 4, not " + version);
    }
    if (poll != null && run.hasInterval()) {
      throw CommandFailedException.usage("--poll and --interval exclude each other");
    }
    if (burst && noBurst) {
      throw CommandFailedException.usage("--iburst and --no-iburst exclude each other");
    }
    polling(run, Hosts.NTP_PORT);
  }

  private NtpPolling polling(RunOptions run, int port) {
    if (run.hasInterval()) {
      return NtpPolling.every(run.interval(USUAL_INTERVAL));
    }
    boolean polite = port == Hosts.NTP_PORT; // somebody else's, likely
    String range = poll;
    NtpPolling polling;
    if (range != null) {
      polling = range(range);
    } else {
      polling = polite ? NtpPolling.defaults() : NtpPolling.every(USUAL_INTERVAL);
    }
    return noBurst
        ? polling.withInitial(NtpPolling.exponents(0, 0).initial())
        : polling.withBurst(BURST, polite ? POLITE : QUICK);
  }

  private static NtpPolling range(String text) {
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      int min = Integer.parseInt(range.group(1));
      int max = Integer.parseInt(range.group(2));
      if (MIN_POLL <= min && min <= max && max <= MAX_POLL) {
        return NtpPolling.exponents(min, max);
      }
    }
    throw CommandFailedException.usage(
        "--poll is MIN..MAX within -4..17, as in 4..6, not '" + text + "'");
  }

  private static void check(String option, List<String> chosen, List<String> names) {
    for (String name : chosen) {
      if (!names.contains(name)) {
        throw CommandFailedException.usage(
            option + " " + name + ": name it as one of the servers too, in the same letters");
      }
    }
  }
}
