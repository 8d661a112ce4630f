package dev.coeval.examples.hosts;

import dev.coeval.examples.terminal.CommandFailedException;
import dev.coeval.examples.terminal.Seeds;
import dev.coeval.sync.ntp.auth.NtpKeys;
import dev.coeval.sync.ntp.server.Access;
import dev.coeval.sync.ntp.server.AccessList;
import dev.coeval.sync.ntp.server.AccessRule;
import dev.coeval.sync.ntp.server.AddressPrefix;
import dev.coeval.sync.ntp.server.NtpServerConfig;
import dev.coeval.sync.ntp.server.RateLimit;
import dev.coeval.sync.ntp.server.ServerAuthentication;
import dev.coeval.sync.ntp.server.ServerMemory;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Whom an NTP server answers, and how often. */
final class NtpGuardOptions {
  private static final String FORM = "--rate-limit is on, off or INTERVAL[,BURST[,LEAK]]";

  @Option(
      names = "--allow",
      paramLabel = "PREFIX",
      description = "Answer these addresses, as 10.0.0.0/8 or fd00::/8, and no others. Repeatable.")
  private List<String> allow = new ArrayList<>();

  @Option(
      names = "--deny",
      paramLabel = "PREFIX",
      description = "Do not answer these; the longest prefix decides. Repeatable.")
  private List<String> deny = new ArrayList<>();

  @Option(
      names = "--rate-limit",
      paramLabel = "LIMIT",
      description = {
        "Limit how often each NTP client is answered: off as chrony has it, on as its ratelimit,",
        "or INTERVAL[,BURST[,LEAK]], where INTERVAL and LEAK are powers of two (default: off)."
      })
  private String rateLimit = "off";

  @Option(names = "--require-key", description = "Answer only NTP requests with a key's code.")
  private boolean requireKey;

  NtpGuardOptions() {}

  boolean isGiven() {
    return requireKey || !allow.isEmpty() || !deny.isEmpty() || !rateLimit.equals("off");
  }

  /** Everybody, but for who is denied; only who is allowed, if anybody is. */
  AccessList access() {
    List<AccessRule> rules = new ArrayList<>();
    Access others = allow.isEmpty() ? Access.ALLOW : Access.DENY;
    rules.add(new AccessRule(AddressPrefix.IPV4, others, false));
    rules.add(new AccessRule(AddressPrefix.IPV6, others, false));
    allow.forEach(prefix -> rules.add(rule("--allow", prefix, Access.ALLOW)));
    deny.forEach(prefix -> rules.add(rule("--deny", prefix, Access.DENY)));
    return AccessList.of(rules);
  }

  NtpServerConfig config(NtpKeys keys) {
    if (requireKey && keys.size() == 0) {
      throw CommandFailedException.usage("--require-key needs --ntp-keys: the file of the keys");
    }
    ServerAuthentication authentication =
        requireKey ? ServerAuthentication.requiring(keys) : ServerAuthentication.accepting(keys);
    return NtpServerConfig.defaults()
        .withMemory(ServerMemory.of(Seeds.next()))
        .withAccess(access())
        .withRateLimit(limit())
        .withAuthentication(authentication);
  }

  private RateLimit limit() {
    return switch (rateLimit) {
      case "on" -> RateLimit.DEFAULT;
      case "off" -> RateLimit.NONE;
      default -> limit(rateLimit.split(",", -1));
    };
  }

  private RateLimit limit(String[] parts) {
    if (parts.length > 3) {
      throw CommandFailedException.usage(FORM + ", not '" + rateLimit + "'");
    }
    try {
      RateLimit usual = RateLimit.DEFAULT;
      int burst = parts.length > 1 ? Integer.parseInt(parts[1]) : usual.burst();
      int leak = parts.length > 2 ? Integer.parseInt(parts[2]) : usual.leakExponent();
      if (burst == 0) {
        throw CommandFailedException.usage(FORM + ", and BURST is 1 to 255");
      }
      return new RateLimit(Integer.parseInt(parts[0]), burst, leak, usual.kissExponent());
    } catch (NumberFormatException e) {
      throw CommandFailedException.usage(FORM + ", not '" + rateLimit + "'");
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.usage("--rate-limit: " + e.getMessage());
    }
  }

  private static AccessRule rule(String option, String prefix, Access access) {
    try {
      return new AccessRule(AddressPrefix.parse(prefix), access, false);
    } catch (IllegalArgumentException e) {
      throw CommandFailedException.usage(option + " " + prefix + ": " + e.getMessage());
    }
  }
}
