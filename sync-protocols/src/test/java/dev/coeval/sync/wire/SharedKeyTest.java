package dev.coeval.sync.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SharedKeyTest {
  private static final String SECRET = "sixteen letters.";

  @Test
  void shouldBeTheSameKeyWhenWrittenInEachWay() {
    SharedKey key = SharedKey.of(7, SECRET.getBytes(StandardCharsets.UTF_8));
    assertEquals(key, SharedKey.ofText(7, SECRET));
    assertEquals(key, SharedKey.parse("7 text:" + SECRET));
    assertEquals(key, SharedKey.parse(" 7\tHEX:7369787465656e206c6574746572732E "));
    assertEquals(key, SharedKey.ofHex(7, "7369787465656e206c6574746572732e"));
    assertEquals(key.hashCode(), SharedKey.ofText(7, SECRET).hashCode());
    assertNotEquals(key, SharedKey.ofText(8, SECRET));
    assertNotEquals(key, SharedKey.ofText(7, SECRET + "!"));
    assertEquals(7, key.id());
  }

  @Test
  void shouldNotChangeWhenTheCallersArrayDoes() {
    byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
    SharedKey key = SharedKey.of(7, secret);
    Arrays.fill(secret, (byte) 0);
    assertEquals(SharedKey.ofText(7, SECRET), key);
  }

  @Test
  void shouldRefuseWhenSecretIsTooShortOrTooLong() {
    assertThrows(IllegalArgumentException.class, () -> SharedKey.of(1, new byte[15]));
    assertThrows(IllegalArgumentException.class, () -> SharedKey.of(1, new byte[1_025]));
    assertThrows(IllegalArgumentException.class, () -> SharedKey.of(0, new byte[16]));
    assertThrows(IllegalArgumentException.class, () -> SharedKey.of(-1, new byte[16]));
  }

  @Test
  void shouldNotTellTheSecretWhenSomethingIsWrong() {
    for (String line :
        List.of(
            "7",
            "x text:" + SECRET,
            "7 " + SECRET,
            "7 hex:" + SECRET,
            "9999999999 text:" + SECRET,
            "0 text:" + SECRET,
            "7 text:sixteen")) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> SharedKey.parse(line));
      assertFalse(e.getMessage().contains("sixteen"), e.getMessage());
    }
    assertFalse(SharedKey.ofText(7, SECRET).toString().contains("sixteen"));
  }

  @Test
  void shouldReadKeyFileWhenItHasCommentsAndEmptyLines() {
    List<SharedKey> keys =
        Keyring.parse(List.of("# ours", "", "7 text:" + SECRET, "  # old", "3 text:" + SECRET));
    assertEquals(List.of(SharedKey.ofText(7, SECRET), SharedKey.ofText(3, SECRET)), keys);
    Keyring keyring = Keyring.required(keys);
    assertEquals(7, keyring.primaryId());
    assertEquals(Optional.of(keys.get(1)), keyring.find(3));
    assertEquals(Optional.empty(), keyring.find(4));
    assertTrue(keyring.isRequired());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Keyring.parse(List.of("#", "7 " + SECRET)));
    assertTrue(e.getMessage().startsWith("line 2: "), e.getMessage());
    assertFalse(e.getMessage().contains("sixteen"), e.getMessage());
  }

  @Test
  void shouldRefuseWhenKeyringWouldBeOfNoUse() {
    SharedKey key = SharedKey.ofText(7, SECRET);
    assertThrows(IllegalArgumentException.class, () -> Keyring.required(List.of()));
    assertThrows(IllegalArgumentException.class, () -> Keyring.required(List.of(key, key)));
    assertEquals(FrameHeader.NO_KEY, Keyring.optional(List.of()).primaryId());
    assertEquals(Optional.empty(), Keyring.empty().primary());
  }
}
