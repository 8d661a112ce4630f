package dev.coeval.sync.scenario.file;

import dev.coeval.scale.LeapPolicy;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.server.AccessList;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.ntp.server.RateLimit;
import dev.coeval.sync.ntp.server.ServerAuthentication;
import dev.coeval.sync.ntp.server.ServerMemory;
import java.util.OptionalInt;
import java.util.function.LongFunction;

/**
 * How a node answers.
 *
 * @param config what it says of itself and whom it answers, given a seed
 * @param broadcast log₂ of the seconds from one packet to everybody to the next
 * @param leap how it takes a leap second
 */
record ServerSpec(LongFunction<NtpServerConfig> config, OptionalInt broadcast, LeapPolicy leap) {

  /** Room for more clients than a scenario has. */
  private static final int PLACES = 256;

  static ServerSpec read(Section section, int usualStratum) {
    int stratum = section.whole("stratum", usualStratum, 1, 15);
    StringBuilder rules = new StringBuilder();
    for (Value rule : section.items("access")) {
      rules.append(section.text("access", rule).replace(",", "\n")).append('\n');
    }
    AccessList access =
        section.make(
            "access",
            s -> rules.isEmpty() ? AccessList.allowAll() : AccessList.parse(rules.toString()));
    RateLimit limit = rateLimit(section);
    boolean remembers = section.flag("interleaved", true);
    NtpKeys keys = KeyReader.read(section);
    OptionalInt broadcast =
        section.has("broadcast")
            ? OptionalInt.of(section.whole("broadcast", 6, 0, 17))
            : OptionalInt.empty();
    LeapPolicy leap = LeapReader.served(section);
    section.done();
    return new ServerSpec(
        seed ->
            NtpServerConfig.defaults()
                .withStratum(stratum)
                .withAccess(access)
                .withMemory(new ServerMemory(PLACES, remembers ? PLACES : 0, seed))
                .withAuthentication(ServerAuthentication.accepting(keys))
                .withRateLimit(limit),
        broadcast,
        leap);
  }

  private static RateLimit rateLimit(Section section) {
    Section limit = section.section("rate-limit");
    if (!section.has("rate-limit")) {
      return RateLimit.NONE;
    }
    RateLimit read =
        limit.make(
            "interval",
            s ->
                new RateLimit(
                    s.whole("interval", 3, -19, 12),
                    s.whole("burst", 8, 1, 255),
                    s.whole("leak", RateLimit.NEVER, 1, 16),
                    s.whole("kiss", RateLimit.NEVER, 0, 16)));
    limit.done();
    return read;
  }
}
