package dev.coeval.sync.order.broadcast;

import dev.coeval.sync.machine.Action;
import dev.coeval.sync.machine.PeerId;
import dev.coeval.sync.machine.StateMachine;
import dev.coeval.sync.machine.TimerId;
import dev.coeval.sync.measure.RejectionCounts;
import dev.coeval.sync.wire.Keyring;
import dev.coeval.time.ClockReading;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A node of a group in which everybody broadcasts, peer to peer, over datagrams that get lost.
 *
 * <p><b>Problem.</b> A asks, B answers; at C the answer arrives first, or the question never, as A
 * has crashed after B had it.
 *
 * <p><b>Idea.</b> Each message says which messages its sender had seen, and waits where it arrives
 * until these are there ({@link dev.coeval.causal.CausalBroadcastBuffer}). Each member keeps what
 * it has delivered, until all have, and gives it to whoever lacks it.
 *
 * <ol>
 *   <li>A message goes to each member over a link that repeats it until it is acknowledged.
 *   <li>When something new was delivered, a member reports what it has. Who lacks for a while what
 *       others have reported asks one of them for it, whoever sent it.
 *   <li>What all have reported is stable: it is forgotten.
 *   <li>Joining, leaving and removing are broadcasts themselves, so each has its place in the
 *       causal past of what depends on it.
 * </ol>
 *
 * <p>{@link #totalOrder} holds messages back further, until no member can send one with a smaller
 * Lamport stamp (Lamport 1978): all deliver the same sequence, which contradicts no causal order.
 *
 * <p><b>Known attack.</b> Members trust one another: whoever shares the group's key, or can send
 * from a member's address where there is none, can lie about what it has seen, and can have members
 * removed. That can hold messages back, within limits. It never breaks the causal order among the
 * others; but in total order a member that goes back behind the counter that it has told can have
 * its own messages delivered in other places here and there. Strangers can ask to be taken in, and
 * are: in a group that is not open to all, share a key. What else a stranger says does not count.
 *
 * <p><b>Use</b>, with a {@code UdpRuntime} that has no companion ports:
 *
 * <pre>{@code
 * BroadcastNode node = BroadcastNode.causal("chat", BroadcastConfig.joining("bob", contacts), keys, seed);
 * Switchboard board = new Switchboard().add("chat", node::claims, node);
 * UdpRuntime runtime = UdpRuntime.open(config, board, clock, report -> {
 *   if (report instanceof GroupEvent.Delivered message) {
 *     show(message.sender(), message.stamp(), message.payload());
 *   }
 * }).start();
 * runtime.submit(now -> node.broadcast(now, bytes, answer -> tell(answer)));
 * runtime.submit(node::leave);
 * }</pre>
 *
 * <p>It publishes {@link GroupEvent}s, and what it refuses as {@link
 * dev.coeval.sync.measure.Rejected}. Not thread-safe, as every {@link StateMachine}; {@link
 * #rejections()} may be read by anybody.
 */
public final class BroadcastNode implements StateMachine {
  private static final String CAUSAL = "DCBC";
  private static final String TOTAL = "GTOB";

  private final Node node;
  private final int firstByte;

  private BroadcastNode(Node node, String protocol) {
    this.node = node;
    this.firstByte = protocol.charAt(0);
  }

  /**
   * A node that delivers in causal order: as early as that allows.
   *
   * @param owner the name in its timers and sends, unique within its endpoint
   * @param config how it takes part
   * @param keyring the keys of the group, or none
   * @param seed for incarnations, sessions and challenges; on a real network from a secure source,
   *     and another one for each start of the process
   * @return the node
   */
  public static BroadcastNode causal(
      String owner, BroadcastConfig config, Keyring keyring, long seed) {
    Node.Secrets secrets = new Node.Secrets(keyring, seed);
    return new BroadcastNode(Node.of(owner, config, CAUSAL, CausalOrdering::new, secrets), CAUSAL);
  }

  /**
   * A node that delivers in the one order of Lamport's stamps, the same at all members. A message
   * waits until every member was heard to be past it: a silent member holds up all delivery until
   * it is heard again or removed.
   *
   * @param owner the name in its timers and sends, unique within its endpoint
   * @param config how it takes part
   * @param keyring the keys of the group, or none
   * @param seed for incarnations, sessions and challenges; on a real network from a secure source,
   *     and another one for each start of the process
   * @return the node
   */
  public static BroadcastNode totalOrder(
      String owner, BroadcastConfig config, Keyring keyring, long seed) {
    Node.Secrets secrets = new Node.Secrets(keyring, seed);
    return new BroadcastNode(Node.of(owner, config, TOTAL, TotalOrdering::new, secrets), TOTAL);
  }

  /**
   * Whether a datagram is for this machine, going by its first byte: D in causal order, G in total
   * order.
   *
   * @param first the first byte, 0 to 255
   * @return true if so
   */
  public boolean claims(int first) {
    return first == firstByte;
  }

  /**
   * Broadcasts a message. To be called like an event, by way of the runtime's {@code submit}.
   *
   * @param now the local clocks now
   * @param payload its bytes from position to limit; copied
   * @param answer is told, before this returns, what became of it
   * @return what to do
   */
  public List<Action> broadcast(
      ClockReading now, ByteBuffer payload, Consumer<BroadcastAnswer> answer) {
    answer.accept(node.broadcast(now.tickNanos(), payload));
    return node.done(now.tickNanos());
  }

  /**
   * Leaves the group: the machine stops when all members know, or nobody answers.
   *
   * @param now the local clocks now
   * @return what to do
   */
  public List<Action> leave(ClockReading now) {
    node.leave(now.tickNanos());
    return node.done(now.tickNanos());
  }

  /**
   * Removes members that have crashed. It is done when all others have agreed.
   *
   * @param now the local clocks now
   * @param actors whom; others than members of the group do not count
   * @return what to do
   */
  public List<Action> remove(ClockReading now, Set<String> actors) {
    node.remove(now.tickNanos(), actors);
    return node.done(now.tickNanos());
  }

  /**
   * What was not used, by reason.
   *
   * @return live counters; thread-safe
   */
  public RejectionCounts rejections() {
    return node.links().rejections();
  }

  @Override
  public List<Action> start(ClockReading now) {
    return node.start(now.tickNanos());
  }

  @Override
  public List<Action> onDatagram(ClockReading received, PeerId from, ByteBuffer payload) {
    return node.onDatagram(received.tickNanos(), from, payload);
  }

  @Override
  public List<Action> onTimer(ClockReading now, TimerId timer) {
    return node.onTimer(now.tickNanos(), timer);
  }

  Node node() {
    return node;
  }
}
