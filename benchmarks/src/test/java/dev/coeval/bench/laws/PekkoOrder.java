package dev.coeval.bench.laws;

import dev.coeval.logical.CausalOrder;
import java.util.Locale;

/** What Pekko's orderings are called here. */
final class PekkoOrder {
  private PekkoOrder() {}

  /** The same relation; Pekko's two clocks have singletons of their own, named alike. */
  static CausalOrder of(Object ordering) {
    String name = ordering.getClass().getSimpleName().replace("$", "");
    return name.equals("Same")
        ? CausalOrder.EQUAL
        : CausalOrder.valueOf(name.toUpperCase(Locale.ROOT));
  }
}
