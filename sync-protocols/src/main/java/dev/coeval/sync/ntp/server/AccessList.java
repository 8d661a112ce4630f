package dev.coeval.sync.ntp.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who may ask: rules by prefix, of which the longest that an address is in decides, as routers and
 * chrony's {@code allow} and {@code deny} do it. An address in none is allowed.
 *
 * <p><b>Text.</b> A rule a line, a {@code #} begins a comment:
 *
 * <pre>
 *   deny all                  # every address, and earlier rules are forgotten
 *   allow 192.0.2.0/24        # or 192.0.2
 *   allow 2001:db8::/32
 *   kiss 192.0.2.128/25       # denied, and told so by a kiss-o'-death
 *   deny all 198.51.100.0/24  # whatever earlier rules say of a part of it
 *   deny                      # every address that no other rule covers
 * </pre>
 *
 * <p>Of two rules for one prefix the later counts. The order of rules is otherwise of no matter.
 *
 * <p><b>Cost.</b> The prefixes are cut into ranges that do not overlap, at most two a rule and one
 * more, and an address is looked for by halving: about 13 steps for a thousand rules. Immutable and
 * thread-safe.
 *
 * <p><b>Attack.</b> Source addresses can be forged: a list keeps strangers from asking, not from
 * having replies sent to those who are allowed.
 */
public final class AccessList {

  /** A list is written by people: 10,000 rules. */
  public static final int MAX_RULES = 10_000;

  private static final AccessList ALLOW_ALL = of(List.of());
  private static final int MAX_WORDS = 3;

  private final Map<AddressPrefix, Access> rules;
  private final PrefixRanges ipv4;
  private final PrefixRanges ipv6;

  private AccessList(Map<AddressPrefix, Access> rules) {
    this.rules = rules;
    this.ipv4 = PrefixRanges.of(rules, AddressBits.IPV4_BITS);
    this.ipv6 = PrefixRanges.of(rules, AddressBits.IPV6_BITS);
  }

  /**
   * A list without rules.
   *
   * @return a list that allows every address
   */
  public static AccessList allowAll() {
    return ALLOW_ALL;
  }

  /**
   * A list of rules.
   *
   * @param rules at most {@link #MAX_RULES}
   * @return the list
   * @throws IllegalArgumentException if there are more
   */
  public static AccessList of(List<AccessRule> rules) {
    if (rules.size() > MAX_RULES) {
      throw new IllegalArgumentException("more than " + MAX_RULES + " rules: " + rules.size());
    }
    Map<AddressPrefix, Access> last = new LinkedHashMap<>();
    for (AccessRule rule : rules) {
      if (rule.overrides()) {
        last.keySet().removeIf(rule.prefix()::contains);
      }
      last.put(rule.prefix(), rule.access());
    }
    return new AccessList(last);
  }

  /**
   * Reads a list.
   *
   * @param text as described above
   * @return the list
   * @throws IllegalArgumentException if a line is no rule; the message names the line and what is
   *     wrong with it
   */
  public static AccessList parse(String text) {
    List<AccessRule> rules = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        addRules(line, rules);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return of(rules);
  }

  /**
   * What the list says to an address.
   *
   * @param address of IPv4 or IPv6; one of IPv4 that is mapped into IPv6 is one of IPv4
   * @return its access
   */
  public Access decide(InetAddress address) {
    if (rules.isEmpty()) {
      return Access.ALLOW;
    }
    byte[] bytes = address.getAddress();
    long high = AddressBits.high(bytes);
    long low = AddressBits.low(bytes);
    return (AddressBits.isIpv4(high, low) ? ipv4 : ipv6).find(high, low);
  }

  /**
   * The rules in force, overridden ones left out.
   *
   * @return a text that {@link #parse} reads
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    rules.forEach(
        (prefix, access) -> text.append(word(access)).append(' ').append(prefix).append('\n'));
    return text.toString();
  }

  private static void addRules(String line, List<AccessRule> rules) {
    String[] words = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
    if (words[0].isEmpty()) {
      return;
    }
    Access access = accessOf(words[0]);
    boolean all = words.length > 1 && words[1].toLowerCase(Locale.ROOT).equals("all");
    int at = all ? 2 : 1;
    if (words.length > MAX_WORDS - (all ? 0 : 1)) {
      throw new IllegalArgumentException("one prefix a line; what is \"" + words[at + 1] + "\"?");
    }
    if (words.length > at) {
      rules.add(new AccessRule(AddressPrefix.parse(words[at]), access, all));
    } else {
      rules.add(new AccessRule(AddressPrefix.IPV4, access, all));
      rules.add(new AccessRule(AddressPrefix.IPV6, access, all));
    }
  }

  private static Access accessOf(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "allow" -> Access.ALLOW;
      case "deny" -> Access.DENY;
      case "kiss" -> Access.DENY_WITH_KISS;
      default ->
          throw new IllegalArgumentException(
              "a rule begins with allow, deny or kiss, not with \"" + word + "\"");
    };
  }

  private static String word(Access access) {
    return switch (access) {
      case ALLOW -> "allow";
      case DENY -> "deny";
      case DENY_WITH_KISS -> "kiss";
    };
  }
}
