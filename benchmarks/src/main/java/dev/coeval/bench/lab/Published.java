package dev.coeval.bench.lab;

import java.util.Map;

/**
 * What others publish of themselves.
 *
 * <p>chrony's comparison of NTP implementations (chrony-project.org, "Comparison of NTP
 * implementations", section on performance): means and standard deviations over 100 runs of its
 * simulator clknetsim, in microseconds. The page does not name the statistic; it is the root mean
 * square, since a clock left alone for 23.5 hours has w T^1.5 / sqrt(12) = 7.1 ms, and that is its
 * first figure of the third test.
 */
final class Published {
  private static final Map<String, String> CHRONY =
      Map.ofEntries(
          Map.entry("chrony-test-1/10us", "35 ± 8"),
          Map.entry("chrony-test-1/100us", "109 ± 14"),
          Map.entry("chrony-test-1/1ms", "475 ± 93"),
          Map.entry("chrony-test-1/10ms", "1603 ± 447"),
          Map.entry("chrony-test-2/10us", "14 ± 0"),
          Map.entry("chrony-test-2/100us", "56 ± 3"),
          Map.entry("chrony-test-2/1ms", "229 ± 15"),
          Map.entry("chrony-test-2/10ms", "750 ± 91"),
          Map.entry("chrony-test-3/10us", "7273 ± 1744"),
          Map.entry("chrony-test-3/100us", "9528 ± 1895"),
          Map.entry("chrony-test-3/1ms", "10706 ± 2521"),
          Map.entry("chrony-test-3/10ms", "26105 ± 70408"));

  private static final Map<String, String> NTPD =
      Map.ofEntries(
          Map.entry("chrony-test-1/10us", "234 ± 46"),
          Map.entry("chrony-test-1/100us", "256 ± 50"),
          Map.entry("chrony-test-1/1ms", "454 ± 94"),
          Map.entry("chrony-test-1/10ms", "3665 ± 651"),
          Map.entry("chrony-test-2/10us", "165 ± 17"),
          Map.entry("chrony-test-2/100us", "167 ± 18"),
          Map.entry("chrony-test-2/1ms", "217 ± 17"),
          Map.entry("chrony-test-2/10ms", "1467 ± 100"),
          Map.entry("chrony-test-3/10us", "608803 ± 510468"),
          Map.entry("chrony-test-3/100us", "580679 ± 481379"),
          Map.entry("chrony-test-3/1ms", "1115961 ± 733914"),
          Map.entry("chrony-test-3/10ms", "897703 ± 847901"));

  private static final Map<String, String> OPENNTPD =
      Map.ofEntries(
          Map.entry("chrony-test-1/10us", "857 ± 226"),
          Map.entry("chrony-test-1/100us", "888 ± 221"),
          Map.entry("chrony-test-1/1ms", "980 ± 262"),
          Map.entry("chrony-test-1/10ms", "2014 ± 387"),
          Map.entry("chrony-test-3/10us", "170583 ± 140321"),
          Map.entry("chrony-test-3/100us", "160203 ± 112421"),
          Map.entry("chrony-test-3/1ms", "168645 ± 126309"),
          Map.entry("chrony-test-3/10ms", "285437 ± 295667"));

  private Published() {}

  static String chrony(String variant) {
    return micros(CHRONY, variant);
  }

  static String ntpd(String variant) {
    return micros(NTPD, variant);
  }

  static String openntpd(String variant) {
    return micros(OPENNTPD, variant);
  }

  private static String micros(Map<String, String> of, String variant) {
    String figure = of.get(variant);
    return figure == null ? "" : figure + " µs";
  }
}
