package dev.coeval.sync.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPortTest {

  @ParameterizedTest
  @CsvSource({
    "example.org, example.org, 12300",
    "example.org:1, example.org, 1",
    "192.0.2.1:65535, 192.0.2.1, 65535",
    "2001:db8::1, 2001:db8::1, 12300",
    "::1, ::1, 12300",
    "[::1], ::1, 12300",
    "[fe80::1%eth0]:123, fe80::1%eth0, 123",
  })
  void shouldReadHostAndPortWhenFormIsKnown(String text, String host, int port) {
    HostPort parsed = HostPort.parse(text, 12_300);
    assertEquals(new HostPort(host, port), parsed);
    assertEquals(parsed, HostPort.parse(parsed.toString(), 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":123",
        "a:",
        "a:0",
        "a:65536",
        "a:99999999999",
        "a:-1",
        "a:+1",
        "a:1x",
        "a:١",
        "a b",
        "a\n:1",
        "[::1",
        "[::1]x",
        "[::1]:",
        "[::1]:0",
        "[]:1",
        "[a]:1",
        "[[::1]]:1",
        "a/b",
      })
  void shouldSayWhyOnOneLineWhenFormIsNotKnown(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text, 12_300));
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
    assertTrue(e.getMessage().length() > 10, e.getMessage());
  }

  @Test
  void shouldResolveWhenHostIsAnAddress() throws UnknownHostException {
    assertEquals("127.0.0.1:7", HostPort.parse("127.0.0.1:7", 1).resolve().toString());
    assertEquals("[0:0:0:0:0:0:0:1]:7", HostPort.parse("[::1]:7", 1).resolve().toString());
  }

  @Test
  void shouldSayWhatToDoWhenHostIsUnknown() {
    UnknownHostException e =
        assertThrows(
            UnknownHostException.class, () -> HostPort.parse("no-such.invalid", 1).resolve());
    assertTrue(e.getMessage().contains("host does not resolve: 'no-such.invalid'"));
  }
}
