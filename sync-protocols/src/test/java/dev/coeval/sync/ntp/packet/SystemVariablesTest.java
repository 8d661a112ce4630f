package dev.coeval.sync.ntp.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.measure.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SystemVariablesTest {

  private static final int GPS = NtpPacket.Reference.idOf("GPS");

  private static SystemVariables of(int leap, int stratum, long delay, long dispersion) {
    return new SystemVariables(leap, stratum, -24, delay, dispersion, GPS, 1_000_000_000L);
  }

  @Test
  void shouldSayNothingIsKnownWhenNeverSynchronized() {
    SystemVariables variables = SystemVariables.unsynchronized(-20);
    assertFalse(variables.isSynchronized());
    assertEquals(NtpPacket.LEAP_UNSYNCHRONIZED, variables.leap());
    assertEquals(NtpPacket.STRATUM_UNSPECIFIED, variables.wireStratum());
    assertEquals(NtpTimestamp.NONE, variables.wireReference());
    assertEquals(KissCode.INIT.id(), variables.referenceId());
    assertEquals(SystemVariables.MAX_DISPERSION_NANOS, variables.rootDistanceNanos());
  }

  @ParameterizedTest
  @CsvSource({"0, 1, true", "1, 15, true", "2, 16, false", "3, 1, false"})
  void shouldBeSynchronizedWhenLeapAndStratumSaySo(int leap, int stratum, boolean expected) {
    assertEquals(expected, of(leap, stratum, 0, 0).isSynchronized());
    assertEquals(stratum == 16 ? 0 : stratum, of(leap, stratum, 0, 0).wireStratum());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "10, 3, 8",
    "11, 3, 9",
    "9223372036854775807, 4611686018427387903, 9223372036854775807",
    "9223372036854775807, 4611686018427387904, 9223372036854775807",
    "2, 9223372036854775807, 9223372036854775807"
  })
  void shouldAddHalfTheDelayWhenDistanceIsAsked(long delay, long dispersion, long distance) {
    assertEquals(distance, of(0, 1, delay, dispersion).rootDistanceNanos());
  }

  @Test
  void shouldChangeOneThingWhenAskedTo() {
    SystemVariables variables = of(0, 2, 5, 6);
    assertEquals(of(0, 2, 5, 7), variables.withRootDispersionNanos(7));
    assertEquals(of(1, 2, 5, 6), variables.withLeap(1));
    assertEquals(NtpTimestamp.ofEpochNanos(1_000_000_000L), variables.wireReference());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 1, 0, 0",
    "-1, 1, 0, 0",
    "0, 0, 0, 0",
    "0, 17, 0, 0",
    "0, 1, -1, 0",
    "0, 1, 0, -1"
  })
  void shouldThrowWhenOutOfRange(int leap, int stratum, long delay, long dispersion) {
    assertThrows(IllegalArgumentException.class, () -> of(leap, stratum, delay, dispersion));
  }

  @Test
  void shouldGiveVariablesOfTheTickWhenTimeIsServed() {
    ServedTime served =
        new ServedTime() {
          @Override
          public long epochNanosAt(long tickNanos) {
            return tickNanos;
          }

          @Override
          public long maxErrorNanosAt(long tickNanos) {
            return Long.MAX_VALUE;
          }

          @Override
          public long rootDispersionNanosAt(long tickNanos) {
            return 6 + tickNanos;
          }

          @Override
          public int leapAt(long tickNanos) {
            return tickNanos < 20 ? variables().leap() : 0;
          }

          @Override
          public SystemVariables variables() {
            return of(1, 2, 5, 6);
          }
        };
    assertEquals(of(1, 2, 5, 16), served.variablesAt(10));
    assertEquals(of(0, 2, 5, 26), served.variablesAt(20), "the leap second has passed");
  }

  @ParameterizedTest
  @EnumSource(KissCode.class)
  void shouldBeFoundByItsFourCharactersWhenKissed(KissCode code) {
    assertEquals(code, KissCode.of(NtpPacket.Reference.idOf(code.name())));
    Rejection expected =
        switch (code) {
          case DENY, RSTR -> Rejection.KISS_DENY;
          case RATE -> Rejection.KISS_RATE;
          default -> Rejection.KISS_OTHER;
        };
    assertEquals(expected, KissCode.rejectionOf(code.id()));
  }

  @Test
  void shouldBeNoneWhenCodeIsUnknown() {
    assertNull(KissCode.of(GPS));
    assertNull(KissCode.of(0));
    assertEquals(Rejection.KISS_OTHER, KissCode.rejectionOf(0));
    assertTrue(KissCode.of(0x52415445) == KissCode.RATE);
  }
}
