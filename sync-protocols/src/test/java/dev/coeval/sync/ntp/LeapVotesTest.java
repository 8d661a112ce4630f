package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.scale.LeapSecond;
import dev.coeval.scale.LeapSecondTable;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.measure.Measurement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LeapVotesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant LEAP = Instant.parse("2027-01-01T00:00:00Z");
  private static final long DECEMBER = (LEAP.getEpochSecond() - 86_400) * SECOND;

  private static Measurement at(long epochNanos) {
    return new Measurement(
        PeerId.simulated(1), 0, epochNanos, epochNanos, 10, Measurement.Root.EXACT);
  }

  @Test
  void shouldBelieveTheMajorityWhenThereIsNoTable() {
    assertEquals(
        Optional.of(LeapSecond.inserted(LEAP)),
        LeapVotes.count(null, List.of(1, 1, 0), DECEMBER).leap());
    assertEquals(
        Optional.of(LeapSecond.deleted(LEAP)), LeapVotes.count(null, List.of(2), DECEMBER).leap());
    assertEquals(LeapVotes.NONE, LeapVotes.count(null, List.of(1, 0, 0), DECEMBER));
    assertEquals(LeapVotes.NONE, LeapVotes.count(null, List.of(), DECEMBER));
  }

  @Test
  void shouldSaySoWhenVotesAreDivided() {
    LeapVotes votes = LeapVotes.count(null, List.of(1, 0), DECEMBER);
    assertTrue(votes.isDivided());
    assertTrue(votes.leap().isEmpty());
    assertTrue(LeapVotes.count(null, List.of(1, 2), DECEMBER).leap().isEmpty());
  }

  @Test
  void shouldBelieveTheTableWhenItHasNotExpired() {
    LeapSecondTable known =
        LeapSecondTable.of(
            LEAP.minusSeconds(9_000_000),
            LEAP.plusSeconds(9_000_000),
            List.of(LeapSecond.inserted(LEAP)));
    LeapVotes alone = LeapVotes.count(known, List.of(0, 0), DECEMBER);
    assertEquals(Optional.of(LeapSecond.inserted(LEAP)), alone.leap());
    assertTrue(alone.isDivided());
    assertFalse(LeapVotes.count(known, List.of(1), DECEMBER).isDivided());
    long october = DECEMBER - 60 * 86_400 * SECOND;
    assertTrue(LeapVotes.count(known, List.of(), october).leap().isEmpty(), "not this month");
  }

  @Test
  void shouldNotAnnounceTheNextOneWhenServersStillAnnounceTheLast() {
    LeapWatch watch = new LeapWatch();
    LeapVotes votes = LeapVotes.count(null, List.of(1), DECEMBER);
    assertTrue(watch.vote(votes, DECEMBER));
    assertFalse(watch.vote(votes, DECEMBER));
    assertTrue(watch.isNear(at((LEAP.getEpochSecond() - 5) * SECOND)));
    assertFalse(watch.isNear(at((LEAP.getEpochSecond() - 6) * SECOND)));
    long leap = LEAP.getEpochSecond() * SECOND;
    assertTrue(watch.passed(leap - 1).isEmpty());
    assertEquals(Optional.of(LeapSecond.inserted(LEAP)), watch.passed(leap));
    assertTrue(watch.passed(leap).isEmpty());
    assertTrue(watch.isNear(at(leap - SECOND)));
    LeapVotes stale = LeapVotes.count(null, List.of(1), leap + 3600 * SECOND);
    assertFalse(watch.vote(stale, leap + 3600 * SECOND));
    assertFalse(watch.vote(votes, leap - SECOND / 2), "the second that is repeated");
    assertTrue(watch.pending().isEmpty());
  }

  @Test
  void shouldWithdrawWhenVotesChange() {
    LeapWatch watch = new LeapWatch();
    assertTrue(watch.vote(LeapVotes.count(null, List.of(1), DECEMBER), DECEMBER));
    assertTrue(watch.vote(LeapVotes.NONE, DECEMBER));
    assertTrue(watch.pending().isEmpty());
  }
}
