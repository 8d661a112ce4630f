package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.network.NtpKeyOptions;
import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.sync.SynchronizedClock;
import dev.coeval.sync.SynchronizedClockBuilder;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.ntp.NtpConfig;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.runtime.UdpConfig;
import dev.coeval.time.DisciplinedClock;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code coeval sync ntp}: on what {@link SynchronizedClock} offers, all of it. */
@Command(
    name = "ntp",
    description = {
      "Synchronize with NTP servers: coeval serve, chronyd, ntpd, public ones.",
      "Names are looked up again when they do not resolve or their servers are of no use."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class SyncNtpCommand implements Runnable {
  @Mixin private NtpSourceOptions sources = new NtpSourceOptions();
  @Mixin private NtpKeyOptions keyFile = new NtpKeyOptions();

  @Option(
      names = "--key",
      paramLabel = "ID",
      description = "Authenticate the exchanges with this key of the file.")
  private @Nullable Long keyId;

  @Mixin private NtpClockOptions clocks = new NtpClockOptions();
  @Mixin private LeapOptions leaps = new LeapOptions();

  @Option(
      names = "--serve",
      paramLabel = "[ADDR:]PORT",
      description = "Serve the synchronized time onward, one stratum below; port 0 for any.")
  private @Nullable String serve;

  @Mixin private NtpGuardOptions guard = new NtpGuardOptions();
  @Mixin private SyncOptions options = new SyncOptions();

  SyncNtpCommand() {}

  @Override
  public void run() {
    SkewedHost host = options.faults().host();
    sources.check(options.run());
    List<NtpTarget> targets = sources.targets();
    SynchronizedClockBuilder builder = describe(targets, host);
    NtpTarget.Found found = NtpTarget.lookUp(targets);
    SyncSession session = new SyncSession("ntp", options, host, clocks.step());
    session.note(found.unresolved());
    session.run(found.peers(), (clock, count, listener) -> open(builder, clock, count, listener));
  }

  private SynchronizedClockBuilder describe(List<NtpTarget> targets, SkewedHost host) {
    NtpKeys keys = keyFile.keys();
    Long given = keyId;
    int key = given == null ? Wire.NO_KEY : keyFile.check(keys, given);
    SynchronizedClockBuilder builder =
        SynchronizedClock.builder()
            .driftBoundPpb(host.driftBoundPpb())
            .keys(keys)
            .leap(clocks.leap())
            .leapSeconds(leaps.table())
            .udp(UdpConfig.ephemeral().withSpinNanos(options.spinNanos()))
            .ntpConfig(config());
    for (NtpTarget target : targets) {
      String name = target.name().toString();
      RunOptions run = options.run();
      if (target.kind() == NtpTarget.Kind.POOL) {
        builder.pool(name, target.wanted(), source -> sources.manner(source, target, run, key));
      } else {
        builder.ntp(source -> sources.manner(source, target, run, key), name);
      }
    }
    serve(builder, keys);
    return builder;
  }

  private UnaryOperator<NtpConfig> config() {
    long maxDistanceNanos = options.maxError().toNanos();
    clocks.ensemble(NtpConfig.of(List.of()).ensemble()); // says now what is wrong
    return config ->
        config
            .withEnsemble(clocks.ensemble(config.ensemble()))
            .withMaxDistanceNanos(maxDistanceNanos);
  }

  private void serve(SynchronizedClockBuilder builder, NtpKeys keys) {
    String place = serve;
    if (place == null) {
      if (guard.isGiven()) {
        throw CommandFailedException.usage(
            "--allow, --deny, --rate-limit and --require-key need --serve");
      }
      return;
    }
    InetSocketAddress address = place(place);
    builder
        .udp(UdpConfig.bound(address).withSpinNanos(options.spinNanos()))
        .serve(guard.config(keys));
  }

  private static InetSocketAddress place(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "0.0.0.0" : text.substring(0, colon).replaceAll("^\\[|]$", "");
    try {
      return Hosts.bind(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw CommandFailedException.usage("--serve is PORT or ADDR:PORT, not '" + text + "'");
    }
  }

  private static Port open(
      SynchronizedClockBuilder builder,
      DisciplinedClock clock,
      ExchangeCount count,
      Consumer<Report> listener) {
    try {
      return Port.of(builder.clock(clock).inspect(count).listen(listener).start());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("names of NTP servers are looked up later", e);
    }
  }
}
