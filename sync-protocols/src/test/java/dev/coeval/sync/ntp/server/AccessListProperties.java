package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The list against one that tries every rule. */
final class AccessListProperties {
  private static final List<Access> ACCESSES = List.of(Access.values());

  /** Of the rules that cover the address and are not overridden, the longest, the latest. */
  private static Access naive(List<AccessRule> rules, byte[] address) {
    Access found = Access.ALLOW;
    int longest = -1;
    for (int i = 0; i < rules.size(); i++) {
      AccessRule rule = rules.get(i);
      if (covers(rule.prefix(), address)
          && rule.prefix().length() >= longest
          && !isOverridden(rules, i)) {
        found = rule.access();
        longest = rule.prefix().length();
      }
    }
    return found;
  }

  private static boolean isOverridden(List<AccessRule> rules, int index) {
    AddressPrefix prefix = rules.get(index).prefix();
    for (AccessRule later : rules.subList(index + 1, rules.size())) {
      if (later.overrides()
          && later.prefix().length() <= prefix.length()
          && covers(later.prefix(), prefix.address().getAddress())) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(AddressPrefix prefix, byte[] address) {
    byte[] start = prefix.address().getAddress();
    int ignored = address.length * 8 - prefix.length();
    return start.length == address.length
        && new BigInteger(1, start)
            .shiftRight(ignored)
            .equals(new BigInteger(1, address).shiftRight(ignored));
  }

  @Property(tries = 400)
  void shouldDecideAsIfEveryRuleWereTried(@ForAll long seed, @ForAll @IntRange(max = 40) int count)
      throws Exception {
    Random random = new Random(seed);
    List<AccessRule> rules = new ArrayList<>();
    List<byte[]> edges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AddressPrefix prefix = prefix(random);
      Access access = ACCESSES.get(random.nextInt(ACCESSES.size()));
      rules.add(new AccessRule(prefix, access, random.nextInt(4) == 0));
      addEdges(prefix, edges);
    }
    AccessList list = AccessList.of(rules);
    AccessList copy = AccessList.parse(list.toString());
    for (int i = 0; i < 40; i++) {
      edges.add(address(random));
    }
    for (byte[] address : edges) {
      InetAddress asked = InetAddress.getByAddress(address);
      assertEquals(naive(rules, address), list.decide(asked), () -> rules + " at " + asked);
      assertEquals(list.decide(asked), copy.decide(asked), "what is written is what was read");
    }
  }

  /** Few distinct bits, so that prefixes nest and meet. */
  private static byte[] address(Random random) {
    byte[] address = new byte[random.nextBoolean() ? 4 : 16];
    for (int i = 0; i < address.length; i++) {
      int kind = random.nextInt(6);
      address[i] = (byte) (kind == 0 ? 0xFF : kind == 1 ? 0x80 : kind == 2 ? random.nextInt() : 0);
    }
    if (address.length == 16) {
      address[0] |= 0x20; // not one that is mapped from IPv4
    }
    return address;
  }

  private static AddressPrefix prefix(Random random) throws Exception {
    byte[] address = address(random);
    int bits = address.length * 8;
    int length = random.nextInt(bits + 1);
    byte[] cut =
        padded(
            new BigInteger(1, address).shiftRight(bits - length).shiftLeft(bits - length),
            address.length);
    return new AddressPrefix(InetAddress.getByAddress(cut), length);
  }

  /** The first and last address of a prefix, and those before and behind. */
  private static void addEdges(AddressPrefix prefix, List<byte[]> edges) {
    byte[] start = prefix.address().getAddress();
    BigInteger first = new BigInteger(1, start);
    BigInteger size = BigInteger.ONE.shiftLeft(start.length * 8 - prefix.length());
    BigInteger all = BigInteger.ONE.shiftLeft(start.length * 8);
    for (BigInteger edge :
        new BigInteger[] {
          first,
          first.add(size).subtract(BigInteger.ONE),
          first.subtract(BigInteger.ONE).mod(all),
          first.add(size).mod(all)
        }) {
      byte[] address = padded(edge, start.length);
      if (start.length == 4 || edge.bitLength() > 48) {
        edges.add(address);
      }
    }
  }

  private static byte[] padded(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    byte[] raw = number.toByteArray();
    for (int i = 1; i <= Math.min(length, raw.length); i++) {
      bytes[length - i] = raw[raw.length - i];
    }
    return bytes;
  }
}
