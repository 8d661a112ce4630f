package dev.coeval.logical.treeclock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.coeval.logical.CausalOrder;
import dev.coeval.logical.laws.TreeClockLaws;
import java.util.OptionalLong;

/** What our tree clock is to the laws, whatever form it takes. */
abstract class TreeClockSuite extends TreeClockLaws<TreeClock> {

  @Override
  protected void increment(TreeClock clock) {
    clock.increment();
  }

  @Override
  protected void join(TreeClock clock, TreeClock other) {
    clock.join(other);
  }

  @Override
  protected void set(TreeClock blank, TreeClock other) {
    blank.set(other);
  }

  @Override
  protected long get(TreeClock clock, int thread) {
    return clock.get(thread);
  }

  @Override
  protected boolean knows(TreeClock clock, int thread, long count) {
    return clock.knows(thread, count);
  }

  @Override
  protected CausalOrder relation(TreeClock first, TreeClock second) {
    return first.relationTo(second);
  }

  @Override
  protected OptionalLong touched(TreeClock clock) {
    return OptionalLong.of(clock.looked());
  }

  /** Every known thread stands once; rows are in order; nobody was learned after what is known. */
  @Override
  protected void checkStructure(TreeClock clock) {
    if (clock.isFlat() || clock.root() == Links.NOBODY) {
      return;
    }
    assertEquals(Links.NOBODY, clock.links().parent(clock.root()), "the root has no parent");
    int known = 0;
    for (int thread = 0; thread < clock.threads(); thread++) {
      known += clock.known(thread) > 0 ? 1 : 0;
    }
    assertEquals(known, checkBelow(clock, clock.root(), 0), "threads in the tree");
  }

  private static int checkBelow(TreeClock clock, int parent, int depth) {
    assertTrue(depth < clock.threads(), "a circle");
    int found = 1;
    long last = clock.known(parent);
    int previous = Links.NOBODY;
    int child = clock.links().firstChild(parent);
    while (child != Links.NOBODY) {
      assertEquals(parent, clock.links().parent(child));
      assertEquals(previous, clock.links().previousSibling(child));
      assertTrue(
          clock.links().attachedAt(child) <= last, "latest first, and none after the parent");
      last = clock.links().attachedAt(child);
      found += checkBelow(clock, child, depth + 1);
      previous = child;
      child = clock.links().nextSibling(child);
    }
    return found;
  }
}
