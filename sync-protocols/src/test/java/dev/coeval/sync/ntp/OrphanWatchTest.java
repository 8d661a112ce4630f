package dev.coeval.sync.ntp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.sync.machine.PeerId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OrphanWatchTest {
  private static final PeerId LOW = PeerId.simulated(1);
  private static final PeerId HIGH = PeerId.simulated(9);

  private static OrphanGroup.Member member(PeerId peer, int id, int stratum) {
    return new OrphanGroup.Member(peer, id, stratum);
  }

  private static OrphanWatch watch(long waitNanos) {
    OrphanWatch watch = new OrphanWatch(new LocalConfig.Orphan(5, waitNanos), 5);
    watch.begin(0);
    return watch;
  }

  @Test
  void shouldLeadWhenNobodyIsLower() {
    OrphanWatch watch = watch(0);
    assertTrue(watch.settle(List.of(member(HIGH, 9, 5)), 1));
    assertEquals(OrphanWatch.Role.LEADING, watch.role());
    assertFalse(watch.mayFollow(HIGH, 5));
  }

  @Test
  void shouldFollowTheLowestWhenItIsLower() {
    OrphanWatch watch = watch(0);
    watch.settle(List.of(member(HIGH, 4, 5), member(LOW, 1, 5)), 1);
    assertEquals(OrphanWatch.Role.FOLLOWING, watch.role());
    assertTrue(watch.mayFollow(LOW, 5));
    assertFalse(watch.mayFollow(HIGH, 5));
    assertFalse(watch.mayFollow(HIGH, 6), "a follower is followed by nobody");
    watch.settle(List.of(member(LOW, -1, 5)), 2);
    assertEquals(OrphanWatch.Role.LEADING, watch.role(), "ids are unsigned");
  }

  @Test
  void shouldWaitAndGoBackWhenThereIsAReference() {
    OrphanWatch watch = watch(100);
    watch.settle(List.of(), 99);
    assertEquals(OrphanWatch.Role.NONE, watch.role());
    watch.settle(List.of(), 100);
    assertEquals(OrphanWatch.Role.LEADING, watch.role());
    watch.settle(List.of(member(HIGH, 9, 4)), 200);
    assertEquals(OrphanWatch.Role.NONE, watch.role());
    assertTrue(watch.mayFollow(HIGH, 4));
    watch.settle(List.of(), 299);
    assertEquals(OrphanWatch.Role.NONE, watch.role());
  }

  @Test
  void shouldDoNothingWhenThereIsNoGroup() {
    OrphanWatch watch = new OrphanWatch(LocalConfig.Orphan.NONE, 5);
    assertFalse(watch.settle(List.of(), 1));
    assertEquals(OrphanWatch.Role.NONE, watch.role());
    assertTrue(watch.mayFollow(LOW, 15));
  }
}
