package dev.coeval.logical.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.StampFormatException;
import dev.coeval.logical.StampRejectedException;
import dev.coeval.logical.StampRejectedException.Reason;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class IntervalTreeStampTest {

  private static final String MAX = Long.toString(Long.MAX_VALUE);

  private static IntervalTreeStamp stamp(String text) {
    return IntervalTreeStamp.parse(text);
  }

  private static void assertRejected(Reason reason, Runnable operation) {
    assertEquals(reason, assertThrows(StampRejectedException.class, operation::run).reason());
  }

  /** What the misuse would need is not there: it does not compile. */
  @Test
  void itcAnonymousEventThrows() {
    Set<String> methods =
        Arrays.stream(IntervalTreeMessage.class.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertEquals(
        Set.of("empty", "relationTo", "join", "parse", "equals", "hashCode", "toString"), methods);
    assertEquals(0, IntervalTreeStamp.class.getConstructors().length);
    assertFalse(
        Arrays.stream(IntervalTreeStamp.class.getMethods())
            .filter(method -> java.lang.reflect.Modifier.isStatic(method.getModifiers()))
            .anyMatch(
                method ->
                    Arrays.asList(method.getParameterTypes()).contains(IntervalTreeMessage.class)),
        "no stamp is made of a message");
    assertThrows(StampFormatException.class, () -> stamp("(0, 3)"));
  }

  @Test
  void itcOverlapThrows() {
    IntervalTreeStamp.Fork fork = IntervalTreeStamp.seed().fork();
    IntervalTreeStamp whole = IntervalTreeStamp.seed();
    assertRejected(Reason.OVERLAPPING_ID, () -> whole.join(fork.first()));
    assertRejected(Reason.OVERLAPPING_ID, () -> fork.first().join(whole));
    assertRejected(Reason.OVERLAPPING_ID, () -> fork.first().join(fork.first().event()));
    IntervalTreeStamp quarter = fork.first().fork().second();
    assertRejected(Reason.OVERLAPPING_ID, () -> quarter.join(fork.first()));
  }

  @Test
  void shouldThrowAndNotWrapWhenCounterIsExhausted() {
    IntervalTreeStamp last = stamp("(1, " + (Long.MAX_VALUE - 1) + ")").event();
    assertEquals("(1, " + MAX + ")", last.toString());
    assertThrows(ArithmeticException.class, last::event);
    assertThrows(ArithmeticException.class, last::send);
    assertThrows(ArithmeticException.class, () -> last.receive(IntervalTreeMessage.empty()));
    assertThrows(
        ArithmeticException.class,
        () -> stamp("((0,1), (1,0," + (Long.MAX_VALUE - 1) + "))").event());
  }

  @Test
  void shouldStopAndNotWrapWhenOthersInventCounts() {
    IntervalTreeStamp ours = stamp("(((1,0),0), 0)");
    IntervalTreeMessage poison = IntervalTreeMessage.parse("(0,(0,0," + MAX + "),0)");
    IntervalTreeStamp received = ours.receive(poison);
    assertEquals("(((1,0),0), (0," + MAX + ",0))", received.toString());
    IntervalTreeMessage everywhere = received.peek();
    IntervalTreeStamp next = stamp("((0,1), 0)").receive(everywhere);
    assertEquals("((0,1), " + MAX + ")", next.toString());
    assertThrows(ArithmeticException.class, () -> next.receive(IntervalTreeMessage.empty()));
  }

  @Test
  void shouldRejectWhenOwnEventsWereForgotten() {
    IntervalTreeStamp.Fork fork = IntervalTreeStamp.seed().fork();
    IntervalTreeStamp backup = fork.first().event();
    IntervalTreeMessage later = backup.event().peek();
    IntervalTreeStamp other = fork.second().event().join(later);
    assertRejected(Reason.OWN_ENTRY_AHEAD, () -> backup.receive(later));
    assertRejected(Reason.OWN_ENTRY_AHEAD, () -> backup.join(later));
    assertRejected(Reason.OWN_ENTRY_AHEAD, () -> backup.join(other));
    assertRejected(Reason.OWN_ENTRY_AHEAD, () -> other.join(backup));
    assertEquals(CausalOrder.AFTER, other.join(backup.event()).relationTo(later));
  }

  @Test
  void shouldTakeTheSameObjectWhenNothingIsNew() {
    IntervalTreeStamp stamp = IntervalTreeStamp.seed().event().fork().first().event();
    assertSame(stamp, stamp.join(IntervalTreeMessage.empty()));
    assertSame(stamp, stamp.join(stamp.peek()));
    IntervalTreeMessage message = stamp.peek();
    assertSame(message, message.join(IntervalTreeMessage.empty()));
    assertEquals(message, IntervalTreeMessage.empty().join(message));
  }

  @Test
  void shouldStopForkingWhenTheLimitIsReached() {
    IntervalTreeStamp stamp = IntervalTreeStamp.seed();
    IntervalTreeStamp rest = stamp;
    for (int i = 0; i < IntervalTreeStamp.MAX_DEPTH; i++) {
      IntervalTreeStamp.Fork fork = stamp.fork();
      stamp = fork.first().event();
      rest = i == 0 ? fork.second() : rest.join(fork.second());
    }
    IntervalTreeStamp deepest = stamp;
    assertThrows(IllegalStateException.class, deepest::fork);
    assertEquals(deepest, stamp(deepest.toString()));
    assertEquals(CausalOrder.AFTER, deepest.relationTo(rest));
    IntervalTreeStamp whole = deepest.join(rest.event());
    assertEquals(Id.ALL, whole.id());
    assertEquals(CausalOrder.AFTER, whole.relationTo(deepest));
  }

  @Test
  void shouldDifferWhenIdsOrEventsDo() {
    IntervalTreeStamp seed = IntervalTreeStamp.seed();
    assertNotEquals(seed, seed.event());
    assertNotEquals(seed, seed.fork().first());
    assertNotEquals(seed.fork().first(), seed.fork().second());
    assertEquals(seed.fork().first(), seed.fork().first());
    assertEquals(seed.fork().first().hashCode(), seed.fork().first().hashCode());
    assertNotEquals(seed.event().peek(), seed.peek());
    assertNotEquals(stamp("(1, (0,0,(1,0,1)))"), stamp("(1, (0,(1,0,1),0))"));
    assertNotEquals(stamp("(1, (0,0,2))"), stamp("(1, (0,(0,0,2),2))"));
    assertFalse(seed.equals((Object) seed.peek()));
    assertFalse(seed.peek().equals((Object) seed));
  }
}
