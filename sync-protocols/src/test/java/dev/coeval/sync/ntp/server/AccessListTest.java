package dev.coeval.sync.ntp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessListTest {

  private static Access decide(String rules, String address) throws Exception {
    return AccessList.parse(rules.replace(';', '\n')).decide(InetAddress.getByName(address));
  }

  /** Scenario S27, the forms that deny 192.168.123.1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "deny",
        "deny all",
        "deny 192.168.0.0/16",
        "deny 192.168.123",
        "deny 192.168.123.1",
        "allow 192.168.123.1; deny all 192.168.123.0/24",
        "kiss 192.168.123.0/24; deny 192.168.123.0/28",
        "deny ::ffff:192.168.123.0/120",
        "DENY ALL # everybody",
      })
  void shouldDenyWhenRuleCoversAddress(String rules) throws Exception {
    assertEquals(Access.DENY, decide(rules, "192.168.123.1"));
  }

  /** Scenario S27, the forms that allow it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "allow",
        "deny; allow all",
        "deny all; allow 192.168.123",
        "deny all; allow 192.168.123.0/24",
        "allow 192.168.123.1; deny 192.168.123.0/24",
        "deny 192.168.124; allow 192.168.123",
        "deny 192.168.123.1; allow all 192.168.0.0/16",
        "deny 192.168.123.1; allow 192.168.123.1",
        "deny 192.168.123.0/32; deny 192.168.123.2/31",
        "deny 2001:db8::/32; deny ::/0",
        "# deny all",
        "  \t ",
      })
  void shouldAllowWhenLongestPrefixSaysSo(String rules) throws Exception {
    assertEquals(Access.ALLOW, decide(rules, "192.168.123.1"));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, DENY",
    "2001:db8:1::1, DENY_WITH_KISS",
    "2001:db8:1:2::1, ALLOW",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, ALLOW",
    "2001:db9::, ALLOW",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, DENY",
    "255.255.255.255, DENY",
    "0.0.0.0, DENY_WITH_KISS",
    "0.0.0.1, ALLOW"
  })
  void shouldFindNestedRulesWhenAddressIsOfEitherKind(String address, Access access)
      throws Exception {
    String rules =
        "deny 2001:db8::/32; kiss 2001:db8:1::/48; allow 2001:db8:1:2::/64; deny ff00::/8;"
            + "deny 255.255.255.255; kiss 0.0.0.0/32";
    assertEquals(access, decide(rules, address));
  }

  @Test
  void shouldTakeMappedAddressForIpv4WhenSocketGivesOne() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xFF;
    mapped[12] = 10;
    InetAddress address = Inet6Address.getByAddress("", mapped, 0);
    assertTrue(address instanceof Inet6Address);
    assertEquals(Access.DENY, AccessList.parse("deny 10.0.0.0/8").decide(address));
    assertEquals(Access.ALLOW, AccessList.parse("deny ::/0").decide(address));
  }

  @ParameterizedTest
  @CsvSource({
    "permit 10.0.0.0/8, 'line 1: a rule begins with allow, deny or kiss, not with \"permit\"'",
    "'allow;deny 10.0.0.0/33', 'line 2: prefix length is not within 0 and 32: 33'",
    "deny ::/129, 'line 1: prefix length is not within 0 and 128: 129'",
    "deny 10.0.0.1/8, 'line 1: bits are set behind the prefix; did you mean 10.0.0.0/8?'",
    "'deny 10.0.0.0/8 10.1.0.0/16', 'line 1: one prefix a line; what is \"10.1.0.0/16\"?'",
    "'deny all 10 11', 'line 1: one prefix a line; what is \"11\"?'",
    "deny example.org, 'line 1: not an address: \"example.org\"'",
    "deny 10.256, 'line 1: not an address: \"10.256\"'",
    "deny 1.2.3.4.5, 'line 1: not an address: \"1.2.3.4.5\"'",
    "deny 10..1, 'line 1: not an address: \"10..1\"'",
    "deny 10/x, 'line 1: not a prefix length: \"x\"'",
    "deny 10/, 'line 1: not a prefix length: \"\"'",
    "deny 10/-1, 'line 1: not a prefix length: \"-1\"'",
    "deny 1::2::3, 'line 1: not an address: \"1::2::3\"'",
    "deny fe80::1%eth0, 'line 1: not an address: \"fe80::1%eth0\"'",
    "deny ::ffff:0:0/95,"
        + " 'line 1: a prefix of mapped addresses has 96 bits or more: ::ffff:0:0/95'",
  })
  void shouldNameLineAndReasonWhenTextIsNoList(String rules, String message) {
    String said =
        assertThrows(
                IllegalArgumentException.class, () -> AccessList.parse(rules.replace(';', '\n')))
            .getMessage();
    assertEquals(message, said);
  }

  @Test
  void shouldWriteWhatItReadsWhenAskedForText() {
    String text = "deny 0.0.0.0/0\ndeny 0:0:0:0:0:0:0:0/0\nallow 10.0.0.0/8\nkiss 10.1.0.0/16\n";
    assertEquals(text, AccessList.parse(text).toString());
    assertEquals("", AccessList.allowAll().toString());
    assertSame(AccessList.allowAll(), AccessList.allowAll());
  }

  @Test
  void shouldRefuseMoreRulesThanPeopleWrite() {
    AccessRule rule = new AccessRule(AddressPrefix.IPV4, Access.DENY, true);
    List<AccessRule> most = Collections.nCopies(AccessList.MAX_RULES, rule);
    assertEquals("deny 0.0.0.0/0\n", AccessList.of(most).toString());
    List<AccessRule> more = Collections.nCopies(AccessList.MAX_RULES + 1, rule);
    assertThrows(IllegalArgumentException.class, () -> AccessList.of(more));
  }
}
