package dev.coeval.sync.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExtensionFieldTest {

  private static final byte[] BODY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};

  @Test
  void shouldWriteTypeLengthAndBodyWhenEncoded() {
    ByteBuffer buffer = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    ExtensionField.of(ExtensionField.NTS_COOKIE, BODY).encode(buffer);
    assertArrayEquals(
        new byte[] {2, 4, 0, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, buffer.array());
    assertFalse(buffer.hasRemaining());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 11, 13, 14, 1997, 2000, 65_532})
  void shouldThrowWhenBodyHasNoLengthOfOne(int length) {
    assertThrows(IllegalArgumentException.class, () -> ExtensionField.of(1, new byte[length]));
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 16, 1996})
  void shouldHoldBodyWhenItHasTheLengthOfOne(int length) {
    assertEquals(length + 4, ExtensionField.of(0xFFFF, new byte[length]).length());
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 0x10000})
  void shouldThrowWhenTypeIsNone(int type) {
    assertThrows(IllegalArgumentException.class, () -> ExtensionField.of(type, BODY));
  }

  @Test
  void shouldNotChangeWhenWhatItWasMadeOfDoes() {
    byte[] body = BODY.clone();
    ExtensionField field = ExtensionField.of(7, body);
    body[0] = 99;
    assertEquals(1, field.body().get(0));
    assertTrue(field.body().isReadOnly());
    assertEquals(ExtensionField.of(7, BODY), field);
    assertEquals(ExtensionField.of(7, BODY).hashCode(), field.hashCode());
    assertNotEquals(ExtensionField.of(8, BODY), field);
    assertNotEquals(ExtensionField.of(7, body), field);
  }

  @Test
  void shouldWriteNothingWhenThereIsNoRoom() {
    ByteBuffer buffer = ByteBuffer.allocate(15);
    ExtensionField field = ExtensionField.of(7, BODY);
    assertThrows(BufferOverflowException.class, () -> field.encode(buffer));
    assertEquals(0, buffer.position());
    assertArrayEquals(new byte[15], buffer.array());
  }
}
