package dev.coeval.bench.laws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.bench.laws.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The kit finds in published clocks the faults that they have, and none in ours. */
class LawReportTest {
  private static final Path REPORT = Path.of("LAWS.md");

  @BeforeAll
  static void run() {
    LawReport.run();
  }

  @Test
  void shouldSayNothingInTheRepositoryThatTheKitDoesNotSay() throws IOException {
    String report = LawReport.markdown();
    if (System.getProperty("coeval.laws.write") != null) {
      Files.writeString(REPORT, report);
    }
    List<String> made = tables(report);
    for (String row : tables(Files.readString(REPORT))) {
      assertTrue(made.contains(row), () -> row + " no longer holds: make LAWS.md anew");
    }
  }

  @Test
  void shouldFindOursKeepingEveryLaw() {
    LawReport.SUITES.values().stream()
        .flatMap(suite -> suite.values().stream())
        .filter(clock -> clock.getSimpleName().startsWith("Coeval"))
        .forEach(clock -> assertEquals(List.of(), broken(clock), clock::getSimpleName));
  }

  /** The fault VectorZeroIsAbsent: {@code {A=0}} counts as after {@code {}}. */
  @Test
  void shouldFindVectorZeroIsAbsentInHazelcastAndPekko() {
    List<String> zeros =
        List.of(
            "v4ShouldBeEqualInEveryWayWhenOnlyZerosDiffer",
            "v4ShouldCompareEntryByEntryWhenZerosAreAbsent");
    assertEquals(zeros, broken(HazelcastVectorClockLaws.class));
    assertTrue(broken(PekkoVectorClockLaws.class).containsAll(zeros));
    assertTrue(broken(PekkoVersionVectorLaws.class).containsAll(zeros));
  }

  /** Its entries come from one counter for all vectors of the process. */
  @Test
  void shouldFindThatPekkosVersionsAreNoCounts() {
    assertTrue(
        broken(PekkoVersionVectorLaws.class).contains("v2ShouldCountThePastExactlyWhenRead"));
  }

  /** The fault HlcPoisonNearMax, and a stamp of next year. */
  @Test
  void shouldFindHlcPoisonNearMaxInIgnite() {
    Map<String, Verdict> verdicts = LawRecorder.verdictsOn(IgniteHybridAdmissionLaws.class);
    Verdict poison = verdicts.get("h9HlcPoisonNearMaxShouldChangeNothingWhenReceived");
    assertEquals(Outcome.BREAKS, poison.outcome());
    assertTrue(poison.counterexample().contains("is negative"), poison::toString);
    Verdict nextYear = verdicts.get("h9ShouldRejectWhatIsAYearAheadWhenADayIsAllowed");
    assertEquals(Outcome.BREAKS, nextYear.outcome());
  }

  /** Receiving an old stamp, it does not look at the wall clock. */
  @Test
  void shouldFindThatIgniteFallsBehindPhysicalTime() {
    List<String> broken = broken(IgniteHybridLaws.class);
    assertTrue(broken.contains("h4ShouldStayWithinTheSkewWhenClocksAgree"), broken::toString);
  }

  private static List<String> broken(Class<?> clock) {
    Map<String, Verdict> verdicts = LawRecorder.verdictsOn(clock);
    assertTrue(!verdicts.isEmpty(), () -> clock + " was not run");
    return new TreeMap<>(verdicts)
        .values().stream()
            .filter(verdict -> verdict.outcome() != Outcome.KEEPS)
            .map(Verdict::law)
            .toList();
  }

  /** The verdicts without the inputs, which depend on what else ran in this process. */
  private static List<String> tables(String report) {
    return report.lines().filter(line -> line.startsWith("|")).toList();
  }
}
