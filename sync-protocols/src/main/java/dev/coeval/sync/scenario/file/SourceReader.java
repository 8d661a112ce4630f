package dev.coeval.sync.scenario.file;

import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.ntp.Burst;
import dev.coeval.sync.ntp.Gates;
import dev.coeval.sync.ntp.Gates.DelayGate;
import dev.coeval.sync.ntp.Gates.KnownPath;
import dev.coeval.sync.ntp.NtpPolling;
import dev.coeval.sync.ntp.SourceConfig;
import dev.coeval.sync.ntp.SourceConfig.Label;
import dev.coeval.sync.ntp.SourceConfig.Mode;
import dev.coeval.sync.ntp.exchange.Wire;
import dev.coeval.sync.select.SourceOptions;
import java.util.Map;

/** Reads how one source is asked: said of the client for all of them, or of the source itself. */
final class SourceReader {
  private static final double NANOS = 1e9;
  private static final double LEAST_POLL = -9;
  private static final double LONGEST_POLL = 17;
  private static final Map<String, Mode> MODES =
      Map.of("client", Mode.CLIENT, "peer", Mode.SYMMETRIC, "broadcast", Mode.BROADCAST);

  private final Section section;

  SourceReader(Section section) {
    this.section = section;
  }

  SourceConfig read(PeerId peer) {
    Mode mode = section.choice("mode", Mode.CLIENT, MODES);
    Wire wire =
        new Wire(
            section.whole("version", 4, Wire.MIN_VERSION, 4),
            section.flag("interleaved", false),
            section.whole("key", Wire.NO_KEY, 0, Integer.MAX_VALUE));
    Label label =
        new Label(
            Math.round(section.number("offset", 0, -1e7, 1e7) * NANOS),
            section.flag("smeared", false));
    return new SourceConfig(peer, mode, polling(), wire, gates(), options(), label);
  }

  private NtpPolling polling() {
    double[] poll = {6, 10};
    if (section.value("poll") instanceof Value.Items) {
      double[] range = section.range("poll", LEAST_POLL, LONGEST_POLL);
      poll = range == null ? poll : range;
    } else {
      double fixed = section.number("poll", Double.NaN, LEAST_POLL, LONGEST_POLL);
      poll = Double.isNaN(fixed) ? poll : new double[] {fixed, fixed};
    }
    long least = power(poll[0]);
    long most = power(poll[1]);
    long timeout = section.nanos("timeout", least, 1e-3);
    Burst initial = burst("burst");
    Burst each = burst("burst-each");
    int agreements = section.whole("agreements", NtpPolling.DEFAULT_AGREEMENTS, 1, 64);
    return section.make(
        "poll", s -> new NtpPolling(least, most, initial, each, agreements, timeout));
  }

  private static long power(double exponent) {
    return Math.round(Math.pow(2, exponent) * NANOS);
  }

  private Burst burst(String key) {
    Section burst = section.section(key);
    if (!section.has(key)) {
      return Burst.NONE;
    }
    int tries = burst.whole("tries", 8, 1, Burst.MAX_REQUESTS);
    int good = burst.whole("good", Math.min(4, tries), 1, tries);
    long apart = burst.nanos("apart", Burst.DEFAULT_INTERVAL_NANOS, 1e-3);
    burst.done();
    return new Burst(tries, good, apart);
  }

  private Gates gates() {
    Section gates = section.section("gates");
    double none = Double.POSITIVE_INFINITY;
    DelayGate delay =
        new DelayGate(
            gates.nanos("max-delay", Long.MAX_VALUE, 1e-9),
            gates.number("max-delay-ratio", none, 1, none),
            gates.number("max-deviations", none, 1e-9, none),
            gates.number("quantile", 1, 1e-9, 1));
    KnownPath path =
        new KnownPath(gates.nanos("min-round-trip", 0, 0), gates.number("asymmetry", 0, -0.5, 0.5));
    double[] strata = gates.range("stratum", 1, 15);
    int least = strata == null ? 1 : (int) strata[0];
    int most = strata == null ? 15 : (int) strata[1];
    int median = gates.whole("median-of", 1, 1, Gates.MAX_MEDIAN_OF);
    gates.done();
    return new Gates(delay, path, least, most, median);
  }

  private SourceOptions options() {
    return new SourceOptions(
        section.flag("prefer", false),
        section.flag("trust", false),
        section.flag("require", false),
        section.flag("noselect", false));
  }
}
