package dev.coeval.sync.stability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class DeviationTest {

  /** The 1000 frequencies of NIST SP 1065, section 12.4. */
  private static ClockSamples riley() {
    double[] frequencies = new double[1000];
    long n = 1234567890;
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = n / 2147483647.0;
      n = 16807 * n % 2147483647;
    }
    return ClockSamples.ofFrequency(frequencies, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "ALLAN, 1, 2.922319e-01",
    "ALLAN, 10, 9.965736e-02",
    "ALLAN, 100, 3.897804e-02",
    "OVERLAPPING_ALLAN, 1, 2.922319e-01",
    "OVERLAPPING_ALLAN, 10, 9.159953e-02",
    "OVERLAPPING_ALLAN, 100, 3.241343e-02",
    "MODIFIED_ALLAN, 1, 2.922319e-01",
    "MODIFIED_ALLAN, 10, 6.172376e-02",
    "MODIFIED_ALLAN, 100, 2.170921e-02",
    "TIME, 1, 1.687202e-01",
    "TIME, 10, 3.563623e-01",
    "TIME, 100, 1.253382e+00",
    "HADAMARD, 1, 2.943883e-01",
    "HADAMARD, 10, 1.052754e-01",
    "HADAMARD, 100, 3.910861e-02",
    "OVERLAPPING_HADAMARD, 1, 2.943883e-01",
    "OVERLAPPING_HADAMARD, 10, 9.581083e-02",
    "OVERLAPPING_HADAMARD, 100, 3.237638e-02",
  })
  void shouldGiveSevenDigitsOfThePublishedFiguresWhenDataIsRileys(
      Deviation deviation, int factor, String published) {
    assertEquals(published, String.format(Locale.ROOT, "%.6e", deviation.of(riley(), factor)));
  }

  @ParameterizedTest
  @EnumSource(Deviation.class)
  void shouldSayHowManyAreNeededWhenThereAreTooFew(Deviation deviation) {
    for (int size = 0; size < 40; size++) {
      ClockSamples samples = ClockSamples.ofPhase(new double[size], 1);
      int most = deviation.largestFactor(size);
      for (int m = 1; m <= most; m++) {
        assertEquals(0, deviation.of(samples, m), deviation + " " + size + " " + m);
      }
      assertThrows(IllegalArgumentException.class, () -> deviation.of(samples, most + 1));
      assertThrows(IllegalArgumentException.class, () -> deviation.of(samples, 0));
    }
    assertTrue(deviation.largestFactor(4) >= 1);
  }

  @Test
  void shouldRefuseGapsWhenGivenSamples() {
    double[] gap = {1, 2, Double.NaN, 4};
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ClockSamples.ofPhase(gap, 1));
    assertEquals("sample 2 is NaN: samples are without gaps", refused.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ClockSamples.ofFrequency(gap, 1));
    assertThrows(IllegalArgumentException.class, () -> ClockSamples.ofPhase(new double[3], 0));
  }

  @Test
  void shouldSeeDriftAsTheLawSaysWhenFrequencyGrowsSteadily() {
    double drift = 1e-9;
    double[] phase = new double[2000];
    for (int i = 0; i < phase.length; i++) {
      phase[i] = drift * i * i / 2;
    }
    ClockSamples samples = ClockSamples.ofPhase(phase, 1);
    for (int m : new int[] {1, 10, 100}) {
      double law = drift * m / Math.sqrt(2);
      assertEquals(law, Deviation.OVERLAPPING_ALLAN.of(samples, m), 1e-6 * law);
      assertEquals(law, Deviation.ALLAN.of(samples, m), 1e-6 * law);
      assertTrue(Deviation.OVERLAPPING_HADAMARD.of(samples, m) < 1e-6 * law);
    }
  }

  @Test
  void shouldFindTheLargestSpanWhenWindowsSlide() {
    SplittableRandom random = new SplittableRandom(5);
    double[] phase = random.doubles(200).toArray();
    ClockSamples samples = ClockSamples.ofPhase(phase, 2);
    for (int m = 1; m < 200; m += 7) {
      double largest = 0;
      for (int i = 0; i < phase.length; i++) {
        for (int j = i; j <= Math.min(i + m, phase.length - 1); j++) {
          largest = Math.max(largest, Math.abs(phase[i] - phase[j]));
        }
      }
      assertEquals(largest, Deviation.MTIE.of(samples, m), 0, "m " + m);
    }
  }

  @Test
  void shouldDoubleTheFactorWhenOctavesAreAsked() {
    List<ClockSamples.Point> points = riley().octaves(Deviation.OVERLAPPING_ALLAN);
    assertEquals(9, points.size());
    assertEquals(256, points.get(8).factor());
    assertEquals(List.of(), ClockSamples.ofPhase(new double[2], 1).octaves(Deviation.ALLAN));
  }
}
