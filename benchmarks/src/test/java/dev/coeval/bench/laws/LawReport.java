package dev.coeval.bench.laws;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.coeval.bench.laws.Verdict.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs clocks through the law kit and says in Markdown which laws each keeps.
 *
 * <p>The verdicts are the same every time; an input on which a law breaks is as random as the run,
 * so its seed stands beside it.
 */
final class LawReport {

  /** The suites, and the clocks in each by the name of their column. */
  static final Map<String, Map<String, Class<?>>> SUITES = suites();

  private LawReport() {}

  private static Map<String, Map<String, Class<?>>> suites() {
    Map<String, Map<String, Class<?>>> suites = new LinkedHashMap<>();
    Map<String, Class<?>> vectors = new LinkedHashMap<>();
    vectors.put("Coeval `VectorClock`", CoevalVectorLaws.class);
    vectors.put("Pekko 1.2.1 `VectorClock`", PekkoVectorClockLaws.class);
    vectors.put("Pekko 1.2.1 `VersionVector`", PekkoVersionVectorLaws.class);
    vectors.put("Hazelcast 5.5.0 `VectorClock`", HazelcastVectorClockLaws.class);
    suites.put("Vector clocks (`VectorLaws`)", vectors);
    Map<String, Class<?>> versions = new LinkedHashMap<>();
    versions.put("Coeval `VersionVector`", CoevalVersionLaws.class);
    versions.put("Pekko 1.2.1 `VersionVector`", PekkoVersionLaws.class);
    versions.put("Hazelcast 5.5.0 `VectorClock`", HazelcastVersionLaws.class);
    suites.put("Version vectors (`VersionVectorLaws`)", versions);
    Map<String, Class<?>> hybrids = new LinkedHashMap<>();
    hybrids.put("Coeval `HybridLogicalClock`", CoevalHybridLaws.class);
    hybrids.put("Ignite 3.1.0 `HybridClockImpl`", IgniteHybridLaws.class);
    suites.put("Hybrid clocks (`HybridLaws`)", hybrids);
    Map<String, Class<?>> attacked = new LinkedHashMap<>();
    attacked.put("Coeval `HybridLogicalClock`", CoevalHybridAdmissionLaws.class);
    attacked.put("Ignite 3.1.0 `HybridClockImpl`", IgniteHybridAdmissionLaws.class);
    suites.put("Hybrid clocks under attack (`HybridAdmissionLaws`)", attacked);
    suites.put(
        "Scalar clocks (`LamportLaws`)", Map.of("Coeval `LamportClock`", CoevalLamportLaws.class));
    return suites;
  }

  /** Runs every clock through its suite; the recorder has the verdicts. */
  static void run() {
    Class<?>[] clocks =
        SUITES.values().stream().flatMap(suite -> suite.values().stream()).toArray(Class<?>[]::new);
    for (Class<?> clock : clocks) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectClass(clock))
              .configurationParameter("jqwik.database", "")
              .configurationParameter("jqwik.reporting.onlyfailures", "true")
              .build();
      LauncherFactory.create().execute(request);
    }
  }

  /** The verdicts as Markdown. */
  static String markdown() {
    StringBuilder out = new StringBuilder(HEAD);
    SUITES.forEach((title, clocks) -> append(out, title, clocks));
    return out.toString();
  }

  private static final String HEAD =
      """
      # Which clock keeps which law

      Made by the law kit of `clocks`. The number before a law is the kit's. A clock that breaks a
      law is shown on the smallest input that the kit found, with the seed that finds it again.
      Made anew with

          mvn -pl benchmarks -am test -Dtest=LawReportTest -Dcoeval.laws.write -Dsurefire.failIfNoSpecifiedTests=false
      """;

  private static void append(StringBuilder out, String title, Map<String, Class<?>> clocks) {
    out.append("\n## ").append(title).append("\n\n| | law |");
    clocks.keySet().forEach(name -> out.append(' ').append(name).append(" |"));
    out.append("\n|---|---|").append("---|".repeat(clocks.size())).append('\n');
    List<Map<String, Verdict>> verdicts =
        clocks.values().stream().map(LawRecorder::verdictsOn).toList();
    List<String> broken = new ArrayList<>();
    TreeSet<String> laws = new TreeSet<>(LawReport::compareLaws);
    verdicts.forEach(of -> laws.addAll(of.keySet()));
    for (String law : laws) {
      out.append("| ").append(number(law)).append(" | ").append(words(law)).append(" |");
      int column = 0;
      for (String name : clocks.keySet()) {
        Verdict verdict = verdicts.get(column++).get(law);
        out.append(' ').append(verdict == null ? "" : verdict.outcome().text()).append(" |");
        if (verdict != null && verdict.outcome() != Outcome.KEEPS) {
          broken.add(
              "- %s, %s %s: `%s`"
                  .formatted(
                      name, number(law), words(law), verdict.counterexample().replace('`', '\'')));
        }
      }
      out.append('\n');
    }
    if (!broken.isEmpty()) {
      out.append('\n').append(String.join("\n", broken)).append('\n');
    }
  }

  /** By letter, then by number. */
  private static int compareLaws(String first, String second) {
    int letters = letter(first).compareTo(letter(second));
    int numbers = Integer.compare(digits(first), digits(second));
    return letters != 0 ? letters : numbers != 0 ? numbers : first.compareTo(second);
  }

  private static String letter(String law) {
    return law.replaceAll("\\d.*", "");
  }

  private static int digits(String law) {
    String digits = number(law).replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  /** {@code v4ShouldBe...} is law V4. */
  static String number(String law) {
    return law.replaceAll("^([a-z]+\\d+).*", "$1").toUpperCase(Locale.ROOT);
  }

  /** {@code v4ShouldBeTransitiveWhenCompared} says "be transitive when compared". */
  static String words(String law) {
    String camel = law.replaceAll("^[a-z]+\\d+(Should)?", "");
    return camel
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-z])(?=\\d)", " ")
        .toLowerCase(Locale.ROOT);
  }
}
