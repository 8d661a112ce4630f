package dev.coeval.sync.order.broadcast;

import dev.coeval.logical.lamport.LamportTimestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The causal order is all that is wanted: nothing waits. */
final class CausalOrdering implements Ordering {
  private List<Cast> casts = new ArrayList<>();

  @Override
  public void begin(Set<String> members, LamportTimestamp since) {}

  @Override
  public void add(Cast cast) {
    casts.add(cast);
  }

  @Override
  public void heard(String actor, long counter) {}

  @Override
  public void join(String actor, long counter) {}

  @Override
  public void leave(String actor) {}

  @Override
  public List<Cast> take() {
    List<Cast> taken = casts;
    casts = new ArrayList<>();
    return taken;
  }

  @Override
  public int waiting() {
    return 0;
  }
}
