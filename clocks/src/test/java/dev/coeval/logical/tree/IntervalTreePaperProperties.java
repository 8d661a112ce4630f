package dev.coeval.logical.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Our trees are those that the paper's functions give, node for node. */
final class IntervalTreePaperProperties {

  private static final int OPERATIONS = 120;
  private static final int MOST_LIVE = 9;

  @Property(tries = 300)
  void shouldGiveThePapersTreesWhenStampsComeAndGo(@ForAll long seed) {
    Random random = new Random(seed);
    List<IntervalTreeStamp> live = new ArrayList<>(List.of(IntervalTreeStamp.seed()));
    for (int i = 0; i < OPERATIONS; i++) {
      int place = random.nextInt(live.size());
      IntervalTreeStamp stamp = live.get(place);
      IntervalTreeStamp other = live.get(random.nextInt(live.size()));
      switch (random.nextInt(8)) {
        case 0 -> {
          if (live.size() < MOST_LIVE) {
            live.set(place, stamp.fork().first());
            live.add(stamp.fork().second());
          }
        }
        case 1 -> {
          if (live.size() > 1) {
            live.remove(place);
            int into = random.nextInt(live.size());
            live.set(into, joined(live.get(into), stamp));
          }
        }
        case 2, 3 -> {
          IntervalTreeStamp received = stamp.join(other.peek());
          assertEquals(paperJoin(stamp, other), received.peek().toString());
          live.set(place, received);
        }
        default -> live.set(place, happened(stamp));
      }
    }
  }

  private static IntervalTreeStamp joined(IntervalTreeStamp stamp, IntervalTreeStamp other) {
    IntervalTreeStamp joined = stamp.join(other);
    assertEquals(paperJoin(stamp, other), joined.peek().toString());
    return joined;
  }

  private static IntervalTreeStamp happened(IntervalTreeStamp stamp) {
    IntervalTreeStamp after = stamp.event();
    PaperTree paper = PaperTree.event(id(stamp), PaperTree.parse(stamp.peek().toString()));
    assertEquals(paper.toString(), after.peek().toString(), () -> "event of " + stamp);
    return after;
  }

  private static PaperTree id(IntervalTreeStamp stamp) {
    StringBuilder text = new StringBuilder();
    stamp.id().appendTo(text);
    return PaperTree.parse(text.toString());
  }

  private static String paperJoin(IntervalTreeStamp first, IntervalTreeStamp second) {
    PaperTree a = PaperTree.parse(first.peek().toString());
    PaperTree b = PaperTree.parse(second.peek().toString());
    return PaperTree.join(a, b).toString();
  }

  /**
   * The run of the paper's figure: fork, events on both sides, a second fork, join, fork, event.
   */
  @Example
  void shouldGoThroughThePapersExample() {
    IntervalTreeStamp.Fork first = IntervalTreeStamp.seed().fork();
    IntervalTreeStamp a = first.first().event();
    IntervalTreeStamp b = first.second().event();
    assertEquals("((1,0), (0,1,0))", a.toString());
    assertEquals("((0,1), (0,0,1))", b.toString());
    IntervalTreeStamp.Fork second = a.fork();
    IntervalTreeStamp c = second.second();
    a = second.first().event();
    b = b.event();
    assertEquals("(((1,0),0), (0,(1,1,0),0))", a.toString());
    assertEquals("((0,1), (0,0,2))", b.toString());
    IntervalTreeStamp.Fork third = b.join(c).fork();
    assertEquals("(((0,1),0), (1,0,1))", third.first().toString());
    assertEquals("((0,1), (1,0,1))", third.second().toString());
    IntervalTreeStamp joined = a.join(third.first());
    assertEquals("((1,0), (1,(0,1,0),1))", joined.toString());
    assertEquals("((1,0), 2)", joined.event().toString());
  }
}
