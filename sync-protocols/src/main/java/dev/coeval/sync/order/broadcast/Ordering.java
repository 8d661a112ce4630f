package dev.coeval.sync.order.broadcast;

import dev.coeval.logical.lamport.LamportTimestamp;
import java.util.List;
import java.util.Set;

/** What becomes of messages once they are delivered in causal order. */
interface Ordering {

  /**
   * This node is in the group from now on.
   *
   * @param members the others
   * @param since the place of the message that took it in
   */
  void begin(Set<String> members, LamportTimestamp since);

  /** A payload, in causal order. */
  void add(Cast cast);

  /** What this actor sends from now on has a greater counter than this. */
  void heard(String actor, long counter);

  /** An actor is a member now; all that it sends has a greater counter than this. */
  void join(String actor, long counter);

  /** Nothing more comes of this actor. */
  void leave(String actor);

  /** What is to be delivered by now, in order. */
  List<Cast> take();

  /** How many messages wait. */
  int waiting();
}
