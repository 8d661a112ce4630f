package dev.coeval.examples.hosts;

import dev.coeval.examples.network.Hosts;
import dev.coeval.examples.network.NtpKeyOptions;
import dev.coeval.examples.terminal.CtrlC;
import dev.coeval.examples.terminal.EventLoop;
import dev.coeval.examples.terminal.Nanos;
import dev.coeval.examples.terminal.OutputOptions;
import dev.coeval.examples.terminal.Seeds;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.Report;
import dev.coeval.sync.machine.Switchboard;
import dev.coeval.sync.measure.Measurement;
import dev.coeval.sync.ntp.NtpQuery;
import dev.coeval.sync.ntp.NtpQueryConfig;
import dev.coeval.sync.ntp.QueryLoss;
import dev.coeval.sync.ntp.QueryReply;
import dev.coeval.sync.ntp.QueryResult;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.ntp.packet.NtpCodec;
import dev.coeval.sync.ntp.packet.NtpPacket;
import dev.coeval.sync.ntp.packet.NtpShort;
import dev.coeval.time.ClockModel;
import dev.coeval.time.ClockReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coeval query}: asks an NTP server how far off this host's wall clock is. */
@Command(
    name = "query",
    description = {
      "Ask an NTP server how far this host's clock is off, as ntpdate -q does. Sets nothing.",
      "Prints: offset ± likely error (± largest error)."
    },
    mixinStandardHelpOptions = true)
public final class QueryCommand implements Runnable {
  private static final Duration QUICK = Duration.ofMillis(250);
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final int PAIRING_ATTEMPTS = 5;

  private static final List<String> LEAPS = List.of("none", "insert", "delete", "unknown");

  /** As many as the clock filter of RFC 5905 has. */
  private static final int STAGES = 8;

  @Parameters(paramLabel = "HOST[:PORT]", description = "The server; port 123 if none is given.")
  private String server = "";

  @Mixin private RunOptions run = new RunOptions();
  @Mixin private NtpKeyOptions keyFile = new NtpKeyOptions();

  @Option(
      names = "--key",
      paramLabel = "ID",
      description = "Authenticate the exchanges with this key of the file.")
  private @Nullable Long keyId;

  @Mixin private OutputOptions output = new OutputOptions();

  private final EventLoop loop = new EventLoop(output);
  private final ClockReader reader = ClockReader.system();
  private @Nullable QueryResult result;
  private @Nullable ExchangeRow quickest;
  private final Deque<ExchangeRow> stages = new ArrayDeque<>();
  private @Nullable NtpPacket packet;
  private int answered;
  private int lost;

  /** Made by picocli. */
  public QueryCommand() {}

  @Override
  public void run() {
    PeerId peer = Hosts.resolve(server, Hosts.NTP_PORT);
    NtpKeys keys = keyFile.keys();
    Long key = keyId;
    Wire wire = key == null ? Wire.DEFAULT : Wire.DEFAULT.withKeyId(keyFile.check(keys, key));
    NtpQuery query = new NtpQuery(config(peer).withWire(wire), keys, Seeds.secure());
    Switchboard board = new Switchboard().add(NtpQuery.OWNER, NtpCodec::isNtp, query);
    try (CsvFile csv = run.openCsv(false);
        CtrlC ctrlC = new CtrlC()) {
      ExchangeLog log = new ExchangeLog(output, csv);
      try (Port port = Port.open(false, 0, board, reader, report -> hear(peer, log, report))) {
        loop.run(ctrlC, new EventLoop.Plan(CHECK_INTERVAL, null, port::check));
      }
      loop.drain();
      summarize(peer);
    }
  }

  private NtpQueryConfig config(PeerId peer) {
    NtpQueryConfig config = NtpQueryConfig.defaults(peer);
    Duration usual =
        peer.port() == Hosts.NTP_PORT ? Duration.ofNanos(config.intervalNanos()) : QUICK;
    return config.withCount((int) run.count(config.count())).withInterval(run.interval(usual));
  }

  /** On the port's thread. */
  private void hear(PeerId peer, ExchangeLog log, Report report) {
    if (report instanceof QueryReply reply) {
      ClockModel wall =
          ClockModel.unsynchronized(
              reader.readTightest(PAIRING_ATTEMPTS), ClockModel.DEFAULT_DRIFT_BOUND_PPB);
      Measurement measurement = reply.measurement();
      ExchangeRow row = ExchangeRow.of(measurement, wall);
      loop.post(
          () -> {
            log.add(new ExchangeSeen(reply.sequence(), peer, measurement, false), row);
            take(row);
            packet = reply.packet();
            answered++;
          });
    } else if (report instanceof QueryLoss loss) {
      loop.post(
          () -> {
            log.add(new ExchangeSeen(loss.sequence(), peer, null, false), null);
            lost++;
          });
    } else if (report instanceof QueryResult end) {
      loop.post(
          () -> {
            result = end;
            loop.finish();
          });
    }
  }

  private void take(ExchangeRow row) {
    ExchangeRow best = quickest;
    quickest = best == null || row.delayNanos() < best.delayNanos() ? row : best;
    stages.addLast(row);
    if (stages.size() > STAGES) {
      stages.removeFirst();
    }
  }

  private void summarize(PeerId peer) {
    ExchangeRow best = quickest;
    QueryResult end = result;
    NtpPacket said = packet;
    if (best == null || said == null) {
      String reason = end == null ? "ended before a reply came" : end.reason();
      throw SyncCommand.couldNot("no time from " + peer, reason, List.of(peer));
    }
    long likely = Math.min(likelyNanos(best), best.boundNanos());
    int stratum = said.quality().stratum();
    String reference = ReferenceText.of(said);
    long rootDistance =
        NtpShort.toNanos(said.quality().rootDelay()) / 2
            + NtpShort.toNanos(said.quality().rootDispersion());
    String leap = LEAPS.get(said.kind().leap());
    output.print(
        ("%s: offset %s ± %s (± %s), delay %s, stratum %d, %d of %d answered,"
                + " refid %s, root distance %s, leap %s")
            .formatted(
                peer,
                Nanos.signed(best.offsetNanos()),
                Nanos.of(likely),
                Nanos.of(best.boundNanos()),
                Nanos.of(best.delayNanos()),
                stratum,
                answered,
                answered + lost,
                reference,
                Nanos.of(rootDistance),
                leap),
        "summary",
        "peer",
        peer.toString(),
        "offsetNanos",
        best.offsetNanos(),
        "statisticalNanos",
        likely,
        "boundNanos",
        best.boundNanos(),
        "delayNanos",
        best.delayNanos(),
        "stratum",
        stratum,
        "referenceId",
        reference,
        "rootDistanceNanos",
        rootDistance,
        "leap",
        leap,
        "answered",
        answered,
        "lost",
        lost);
  }

  /**
   * The jitter of RFC 5905 section 10. A single exchange tells only that its delay was split in
   * some way between there and back: any way alike, as far as is known. The scatter of slower
   * exchanges may be wider than the bound of the quickest, which then says more.
   */
  private long likelyNanos(ExchangeRow best) {
    if (stages.size() < 2) {
      return Math.round(best.delayNanos() / Math.sqrt(12));
    }
    double squares = 0;
    for (ExchangeRow row : stages) {
      double difference = row.offsetNanos() - best.offsetNanos();
      squares += difference * difference;
    }
    return Math.round(Math.sqrt(squares / (stages.size() - 1)));
  }
}
