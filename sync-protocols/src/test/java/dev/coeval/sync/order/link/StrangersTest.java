package dev.coeval.sync.order.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.coeval.sync.machine.PeerId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A challenge to a stranger belongs to one address, one port, one session, one secret, one time.
 */
final class StrangersTest {
  private static final PeerId PEER = PeerId.simulated(1);

  @Test
  void shouldGiveTheSameNumbersWhenAskedAgain() {
    Strangers strangers = new Strangers(7);
    long challenge = strangers.challengeFor(PEER, 5);
    strangers.challengeFor(PeerId.simulated(2), 5);
    assertEquals(challenge, strangers.challengeFor(PEER, 5));
    assertEquals(challenge, new Strangers(7).challengeFor(PEER, 5));
  }

  @Test
  void shouldGiveOtherNumbersWhenAnythingIsOther() {
    Set<Long> numbers = new HashSet<>();
    Strangers strangers = new Strangers(7);
    numbers.add(strangers.challengeFor(PEER, 5));
    numbers.add(strangers.sessionFor(PEER, 5));
    numbers.add(strangers.challengeFor(PEER, 6));
    numbers.add(strangers.challengeFor(PeerId.simulated(2), 5));
    numbers.add(strangers.challengeFor(new PeerId(PEER.address(), PEER.port() + 1), 5));
    numbers.add(new Strangers(8).challengeFor(PEER, 5));
    strangers.renew();
    numbers.add(strangers.challengeFor(PEER, 5));
    numbers.add(strangers.sessionFor(PEER, 5));
    assertEquals(8, numbers.size());
    assertFalse(numbers.contains(0L));
    assertNotEquals(strangers.challengeFor(PEER, 0), strangers.sessionFor(PEER, 0));
  }
}
